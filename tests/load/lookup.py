"""Whether the time of an order look-up betrays that somebody else's order exists.

    .venv/bin/python -m tests.load.lookup [TIMES]

Numbers that exist nowhere and numbers of other people's orders are looked up in turn, shuffled, in
each way in which a stranger can ask. The ranks of the times are compared by a permutation test. A
look-up that answers early where there is no such order is tried likewise: were it not found, the
test would be blind. Exit 1 where the times differ, or where it is blind.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import django

SCRATCH = tempfile.TemporaryDirectory()
os.environ["DATABASE_URL"] = f"sqlite:///{SCRATCH.name}/lookup.sqlite3"
os.environ["SHOP_NOW"] = "2026-11-20T18:00:00-05:00"
os.environ |= dict.fromkeys(("GUEST_LOOKUPS_PER_HOUR", "CODES_PER_HOUR"), "1000000")
os.environ["EMAIL_URL"] = "memorymail://"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
django.setup()

import numpy as np  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from chatbot import delivery, notices, pressing, reading  # noqa: E402
from chatbot.facts import Viewer, orders  # noqa: E402
from chatbot.facts.world import World, world  # noqa: E402
from chatbot.models import Action, Conversation, Turn  # noqa: E402
from chatbot.terms import Reading  # noqa: E402
from storefront.models import Order, User  # noqa: E402

DEMO = Path(__file__).resolve().parents[2] / "storefront" / "demo_shop"
TIMES = 400  # of each kind in each way
WARM = 20  # first ones, that nobody counts
SHUFFLES = 5_000
SURE = 0.001  # how improbable a difference has to be by chance before it counts
OWNER = "o" * 64
SHOPPER = "maya.okafor@example.com"
WRONG = "nobody@example.org"
Look = Callable[
    [str], Callable[[], object]
]  # what gets ready for a number, untimed, and then looks


class Difference(NamedTuple):
    """How much longer other people's orders take than those that do not exist."""

    unknown: float  # seconds, medians
    foreign: float
    chance: float  # how probable ranks so far apart are where there is no difference

    def __str__(self) -> str:
        more = self.foreign - self.unknown
        return (
            f"{self.unknown * 1e6:>9.1f}{self.foreign * 1e6:>9.1f}{more * 1e6:>+9.1f}"
            f"{more / self.unknown:>+8.1%}{self.chance:>9.4f}  "
            f"{'DIFFERENT' if self.chance < SURE else 'same'}"
        )


def compared(unknown: Sequence[float], foreign: Sequence[float]) -> Difference:
    """Both medians, and a two-sided permutation test of the ranks' sum."""
    both = np.array([*unknown, *foreign])
    ranks = both.argsort().argsort() - (len(both) - 1) / 2
    found = abs(ranks[: len(unknown)].sum())
    chances = np.random.default_rng(1)
    sums = (abs(chances.permutation(ranks)[: len(unknown)].sum()) for _time in range(SHUFFLES))
    extreme = sum(bool(s >= found) for s in sums)
    return Difference(
        float(np.median(unknown)), float(np.median(foreign)), (1 + extreme) / (1 + SHUFFLES)
    )


def measured(look: Look, unknown: Sequence[str], foreign: Sequence[str], times: int) -> Difference:
    """The difference between two kinds of numbers, looked up in an order drawn by chance."""
    chances = random.Random(1)
    kinds = [0, 1] * (times + WARM)
    chances.shuffle(kinds)
    took: tuple[list[float], list[float]] = ([], [])
    for kind in kinds:
        go = look(chances.choice((unknown, foreign)[kind]))
        began = time.perf_counter()
        go()
        took[kind].append(time.perf_counter() - began)
    return compared(took[0][WARM:], took[1][WARM:])


def asking(shopper: int | None, email: str, shop: World) -> Look:
    """The look-up of the facts room, by who asks and what address is given."""
    viewer = Viewer(shopper, OWNER)

    def look(number: str) -> Callable[[], object]:
        asked = Reading("where is it", ("order_status",), ("where_is_it",), 0.9, order=number,
                        email=email)  # fmt: skip
        return lambda: orders.find(asked, viewer, shop)

    return look


def early(look: Look) -> Look:
    """The same look-up, but that it answers at once where there is no such order."""

    def twin(number: str) -> Callable[[], object]:
        go = look(number)
        return lambda: go() if Order.objects.filter(name=number).first() else None

    return twin


def pressing_for_a_code(number: str) -> Callable[[], object]:
    """A guest's press on the card that sends a code. A letter that is yet to go out is called off:
    beside the next press it would be noise."""
    for letter in [t for t in threading.enumerate() if isinstance(t, threading.Timer)]:
        letter.cancel()
        letter.join()
    chat = delivery.open_conversation(OWNER, None, "en")
    turn = Turn.objects.create(conversation=chat, number=1, client_id=chat.pk, text=number)
    values = {"kind": "code", "number": number}
    with transaction.atomic():
        pressing.offer(turn, values, notices.action_card(values))
    return lambda: _press(chat, Action.objects.get(turn=turn))


def _press(chat: Conversation, action: Action) -> None:
    pressing.press(chat, action.pk, "confirm", None)


def ways(shop: World) -> dict[str, Look]:
    """How strangers ask; the shopper has orders, but none of those that are asked for."""
    shopper = User.objects.get(email=SHOPPER).pk
    return {
        "guest, number": asking(None, "", shop),
        "guest, number, wrong e-mail": asking(None, WRONG, shop),
        "shopper, number": asking(shopper, "", shop),
        "shopper, number, wrong e-mail": asking(shopper, WRONG, shop),
        "guest presses for a code": pressing_for_a_code,
        "twin that answers early": early(asking(None, WRONG, shop)),
    }


def main(times: int) -> int:
    """Tell the medians in microseconds, and 1 where anything is found that should not be."""
    call_command("migrate", verbosity=0)
    call_command("import_shop", str(DEMO))
    others = Order.objects.exclude(user__email=SHOPPER)
    foreign = list(others.values_list("name", flat=True))
    unknown = [name.replace("#1", "#9") for name in foreign]
    sys.stdout.write(
        f"{times} look-ups of each kind, µs{'unknown':>11}{'foreign':>9}{'more':>9}{'':>8}   chance\n"
    )
    wrong = 0
    for name, look in ways(world(reading.encode())).items():
        found = measured(look, unknown, foreign, times)
        sys.stdout.write(f"{name:<34}{found}\n")
        wrong += (found.chance < SURE) != name.startswith("twin")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else TIMES))

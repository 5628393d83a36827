"""How much a second worker brings where the engine is far away: a backlog of questions on
PostgreSQL, answered by one `manage.py run_worker` and by two, in turn.

No shopper is connected: what is measured is how fast waiting turns are answered, from the moment
they all stand in the database to the last record. PostgreSQL, Redis, the engine and this program are
kept to one core; the workers may use every core, and each reads with one thread. With few turns at
once a worker waits for the engine most of the time; with as many as are usual it fills more than one
core by itself, and what a second one brings is what the machine has left.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

SCRATCH = tempfile.TemporaryDirectory()
ROUNDS = int(os.environ.get("ROUNDS", "2"))
BACKLOG = int(os.environ.get("BACKLOG", "150"))
QUESTIONS = (
    "how much is the kestrel rain shell", "is the wisp tent waterproof",
    "how long do i have to send things back", "do you ship to canada and what does it cost",
    "how heavy is the fogbell lantern", "is the harbour fleece in stock in navy",
    "what payment methods do you take", "which sizes do the ridgeback boots come in",
)  # fmt: skip
SHOP = "storefront/demo_shop"
SLOTS = (4, 32)  # turns at once of a worker: where the engine is what is waited for, and as usual
RINGS = 50  # as many as the doorbell keeps for workers that have no room yet
RESULT = Path(__file__).with_name("figures") / "workers.txt"


def ready(env: dict[str, str]) -> None:
    """The shop, and this program's own view of it."""
    from tests.servers import manage

    manage(env, "migrate", "--verbosity", "0")
    manage(env, "import_shop", SHOP)
    os.environ |= env
    import django

    django.setup()


def put(count: int) -> float:
    """So many questions of as many shoppers, all at once; when they stood there."""
    from asgiref.sync import async_to_sync
    from django.db import transaction

    from chatbot import working
    from chatbot.models import Conversation, Turn

    with transaction.atomic():
        chats = Conversation.objects.bulk_create([
            Conversation(owner="a" * 64) for _n in range(count)])  # fmt: skip
        Turn.objects.bulk_create(
            Turn(conversation=chat, number=1, client_id=chat.pk, text=QUESTIONS[n % len(QUESTIONS)])
            for n, chat in enumerate(chats)
        )
    began = time.time()
    for _turn in range(min(count, RINGS)):
        async_to_sync(working._call)()
    return began


def answered(count: int) -> tuple[set[str], float]:
    """Have so many questions answered: by whom, and replies a second."""
    from chatbot.models import Reply, Turn

    began = put(count)
    while Turn.objects.exclude(state=Turn.State.DONE).exists():
        time.sleep(0.2)
    newest = list(Reply.objects.order_by("-completed_at").select_related("turn")[:count])
    assert all(reply.outcome != "unavailable" for reply in newest), "The engine failed."
    seconds = newest[0].completed_at.timestamp() - began
    return {reply.turn.lease for reply in newest}, count / seconds


@contextmanager
def workers(count: int, env: dict[str, str]):
    """So many, each of which has answered something, with nothing left to do."""
    command = [sys.executable, "manage.py", "run_worker"]
    started = [subprocess.Popen(command, env=os.environ | env, stdout=subprocess.DEVNULL,
                                preexec_fn=unpinned) for _n in range(count)]  # fmt: skip
    try:
        while len(answered(8 * count)[0]) < count:
            pass
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


CORES = os.sched_getaffinity(0)


def unpinned() -> None:
    os.sched_setaffinity(0, CORES)


def rate(count: int, env: dict[str, str]) -> float:
    """Replies a second."""
    with workers(count, env):
        return answered(BACKLOG)[1]


def rates(slots: int, env: dict[str, str]) -> list[float]:
    """Replies a second of one worker and of two, each the best of several rounds."""
    found: dict[int, list[float]] = {1: [], 2: []}
    for _round in range(ROUNDS):
        for count, some in found.items():
            some.append(rate(count, env | {"TURNS_AT_ONCE": str(slots)}))
    return [max(some) for some in found.values()]


def main() -> None:
    from tests.load.redis import Redis
    from tests.servers import ROOT, Postgres, free_port, wait_for_port

    os.sched_setaffinity(0, {max(CORES)})
    port = free_port()
    with ExitStack() as stack:
        stack.enter_context(SCRATCH)
        postgres = Postgres(Path(SCRATCH.name))
        postgres.start()
        stack.callback(postgres.crash)
        redis = stack.enter_context(Redis(Path(SCRATCH.name)))
        engine = subprocess.Popen(
            [sys.executable, "-m", "tests.load.far_engine", str(port)], cwd=ROOT
        )
        stack.callback(engine.kill)
        wait_for_port(port)
        env = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url, "ENGINE": "endpoint",
               "ENDPOINT_URL": f"http://127.0.0.1:{port}/v1", "ENGINE_MODEL": "far", "MODELS": "",
               "SHOP_NOW": "2026-11-20T18:00:00-05:00", "OMP_NUM_THREADS": "1",
               "DJANGO_SETTINGS_MODULE": "storefront.settings"}  # fmt: skip
        ready(env)
        told = {slots: rates(slots, env) for slots in SLOTS}
    report(told)


def report(told: dict[int, list[float]]) -> None:
    lines = [f"{BACKLOG} questions, engine 1.2 s a text, replies a second, best of {ROUNDS} rounds,"
             f" {len(CORES)} cores", f"{'turns at once':<15}{'one':>8}{'two':>8}{'ratio':>8}"]  # fmt: skip
    for slots, (one, two) in told.items():
        lines.append(f"{slots:<15}{one:>8.2f}{two:>8.2f}{two / one:>8.2f}")
    text = "\n".join([*lines, "a second worker is to bring 1.7 times one"]) + "\n"
    RESULT.write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()

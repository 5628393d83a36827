"""How large a house has to be: measures one turn on this machine and writes the table of steps from a
thousand to ten million conversations a day to figures/sizing.md."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django

SCRATCH = tempfile.TemporaryDirectory()
DATABASE = Path(SCRATCH.name, "sizing.sqlite3")
os.environ["DATABASE_URL"] = f"sqlite:///{DATABASE}"
os.environ["SHOP_NOW"] = "2026-11-20T18:00:00-05:00"
os.environ |= {"MESSAGES_PER_MINUTE": "1000000", "MESSAGES_PER_DAY": "1000000"}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
django.setup()

import torch  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from chatbot import conversation, ledger, metrics, terminal  # noqa: E402
from chatbot.metrics import families  # noqa: E402
from chatbot.terms import Brief  # noqa: E402
from chatbot.training import corpus  # noqa: E402
from chatbot.writing import prompting  # noqa: E402
from tests.load.bench import DEMO, QUESTIONS  # noqa: E402
from tests.load.costs import Assumed, Measured, table  # noqa: E402
from tests.load.crowd import idle  # noqa: E402

FILE = Path(__file__).parent / "figures" / "sizing.md"
TURNS, AT_ONCE, ENTRIES, SOCKETS = 60, 16, 3_000, 200
WRITES = ("INSERT", "UPDATE", "DELETE")
MESSAGES = [corpus.plain(message.text) for message in corpus.messages()]
SAID = random.Random(1).sample(MESSAGES, AT_ONCE + 2 * TURNS)


def ask(number: int) -> None:
    """What nobody has asked before: vectors of a text are kept for a while."""
    terminal.say(terminal.begin(), SAID[number])


def ask_in_thread(number: int) -> None:
    try:
        ask(number)
    finally:
        connection.close()


def rate() -> float:
    """Turns a second of one core, many at once, so that models batch."""
    with ThreadPoolExecutor(AT_ONCE) as shoppers:
        list(shoppers.map(ask_in_thread, range(AT_ONCE)))  # to warm up
        began = time.process_time()
        list(shoppers.map(ask_in_thread, range(AT_ONCE, AT_ONCE + TURNS)))
    return TURNS / (time.process_time() - began)


def told(family, part: str) -> float:
    """The sum or count of a figure, over its labels."""
    return sum(s.value for m in family.collect() for s in m.samples if s.name.endswith(part))


def spent_on_engines() -> float:
    return told(families.operations, "_sum")


class Counting:
    """Counts what is written and committed on this thread's connection."""

    def __init__(self) -> None:
        self.writes = self.commits = 0

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().startswith(WRITES):
            self.writes += 1
            self.commits += not connection.in_atomic_block
        return execute(sql, params, many, context)

    def __enter__(self):
        self.plain = connection._commit
        connection._commit = self.commit
        self.wrapped = connection.execute_wrapper(self)
        self.wrapped.__enter__()
        return self

    def commit(self):
        self.commits += 1
        return self.plain()

    def __exit__(self, *error):
        self.wrapped.__exit__(*error)
        connection._commit = self.plain


def size() -> int:
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return DATABASE.stat().st_size


def one_by_one() -> dict[str, float]:
    """What the turns of a lone shopper take: everything but time."""
    before = size(), told(families.encoder_texts, "_count"), told(families.token_usage, "_sum")
    spent, began = spent_on_engines(), time.perf_counter()
    with Counting() as counted:
        for number in range(AT_ONCE + TURNS, AT_ONCE + 2 * TURNS):
            ask(number)
    whole = time.perf_counter() - began
    after = size(), told(families.encoder_texts, "_count"), told(families.token_usage, "_sum")
    stored, passes, written = ((b - a) / TURNS for a, b in zip(before, after, strict=True))
    return {
        "stored": stored, "passes": passes, "written": written,
        "commits": counted.commits / TURNS, "writes": counted.writes / TURNS,
        "other_share": 1 - (spent_on_engines() - spent) / whole,
    }  # fmt: skip


def sealed() -> float:
    """Entries that are chained in a second, when many wait."""
    ledger.seal()
    for number in range(ENTRIES):
        ledger.record("setup", f"sizing {number}", "", {"number": number})
    began = time.perf_counter()
    return ledger.seal() / (time.perf_counter() - began)


def measuring() -> float:
    """Seconds for all figures of a turn with two acts; the best of several rounds."""
    times = []
    for _round in range(5):
        began = time.perf_counter()
        for _turn in range(1000):
            with metrics.running():
                for _act in range(2):
                    list(metrics.operation("bundled sizing", iter(["It", "is", "so"])))
                for _pass in range(6):
                    metrics.encoded(1)
                metrics.turn_ended("answered", 0.1, 200, 400, receipt="CF-", number=1, engine="")
        times.append((time.perf_counter() - began) / 1000)
    return min(times)


def measure() -> Measured:
    torch.set_num_threads(1)
    call_command("migrate", verbosity=0)
    call_command("import_shop", str(DEMO))
    conversation.warm_up()
    turns_a_core = rate()
    a_turn = one_by_one()
    prompt = sum(map(len, prompting.prompt(_brief()))) / 4  # letters of a token, in English
    acts = told(families.operations, "_count") / (2 * TURNS + AT_ONCE)
    return Measured(
        turns_a_core=turns_a_core, read=prompt * acts, sealed=sealed(), metrics=measuring(),
        socket=idle(SOCKETS), **a_turn,
    )  # fmt: skip


def _brief():
    values = {"product.name": "Kestrel Rain Shell", "variant.price": "$189.00"}
    return Brief("price.one", tuple(values), tuple(values), values, QUESTIONS[0])


def written(one: Measured, house: Assumed) -> str:
    rows = "\n".join(
        f"| {name} | {value:,.4g} |"
        for name, value in (
            ("turns a second of one core, bundled models, 16 at once", one.turns_a_core),
            ("share of a lone turn that is not the writer's", one.other_share),
            ("encoder passes for vectors a turn", one.passes),
            ("tokens written a turn", one.written),
            ("tokens an endpoint would read a turn, by length", one.read),
            ("commits a turn", one.commits),
            ("rows written a turn", one.writes),
            ("KB in the database a turn, SQLite", one.stored / 1000),
            ("KB of memory an open chat", one.socket / 1000),
            ("entries the one sealer chains a second", one.sealed),
            ("µs for the figures of a turn", one.metrics * 1e6),
        )
    )
    assumed = ", ".join(f"{name} {value:,g}" for name, value in vars(house).items())
    return (
        "# From one conversation to ten million a day\n\nWritten by `python -m tests.load.sizing`."
        f" Measured here, on one machine:\n\n| one turn takes | |\n| --- | --- |\n{rows}\n\n"
        f"Assumed (`tests/load/costs.py`), not measured: {assumed}.\n\n{table(one, house)}\n\n"
        "Assumed besides: cores add up (`workers.txt` says how far two on one machine do not), a turn"
        " makes one entry of the record, PostgreSQL commits as often as SQLite was asked to on the"
        " thread that answers, and four letters are a token of what an endpoint reads.\n\n"
        "Above 100 % it takes as many of that part: machines with workers and models are added, a"
        " database and its sealer are one a shop, so several shops share nothing. What was asked are"
        " messages of the corpus, each once. Prices are lists' orders of magnitude, to be replaced by your own.\n"
    )


def main() -> None:
    text = written(measure(), Assumed())
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()

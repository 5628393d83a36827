"""What a turn costs beside its words, and how many replies a second come through real sockets.

    .venv/bin/python -m tests.load.road

- The processor's time of everything but generation, for questions of three shops' cases by guests
  and by customers who are signed in, in encoder passes: one pass is a lone `encode([question])`.
- Replies a second of a real server with 32 shoppers at once, beside what the writer alone makes of
  the same briefs, 32 at once, in a process of its own.

The table goes to tests/load/figures/road.txt.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
FIGURES = Path(__file__).resolve().parent / "figures"
SHOPS = ("garden", "studio", "heldout")
SCRATCH = tempfile.TemporaryDirectory()
MANY = dict.fromkeys(
    ("MESSAGES_PER_MINUTE", "MESSAGES_PER_DAY", "ADDRESS_MESSAGES_PER_DAY",
     "GUEST_LOOKUPS_PER_HOUR", "CODES_PER_HOUR"), "1000000"
)  # fmt: skip
AT_ONCE = 32
CHATS, WARM = 20, 4  # conversations of each shop; the first ones are not counted
SECONDS = 20  # of each side of the comparison
ALLOWED, LEAST = 6, 0.25  # passes; of the writer's own rate


def begin(shop: str) -> None:
    """Django over a scratch database that holds one shop."""
    os.environ["DATABASE_URL"] = f"sqlite:///{SCRATCH.name}/{shop}.sqlite3"
    os.environ["SHOP_NOW"] = "2026-11-20T18:00:00-05:00"
    os.environ |= MANY | {"DJANGO_SETTINGS_MODULE": "storefront.settings", "REDIS_URL": ""}
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("import_shop", str(CASES / shop / "shop"), verbosity=0)
    settings.DEBUG = False  # which keeps every query


class Aside:
    """The switched-on engine, the time of whose words is not the road's; it keeps its briefs."""

    def __init__(self, engine):
        self.engine, self.name, self.weights = engine, engine.name, engine.weights
        self.seconds, self.briefs = 0.0, []

    def write(self, brief, *, seed, stop):
        began = time.thread_time()
        text = list(self.engine.write(brief, seed=seed, stop=stop))
        self.seconds += time.thread_time() - began
        self.briefs.append([brief.act, brief.must, brief.may])
        yield from text


def costs(shop: str) -> dict:
    """Seconds of each turn and of as many lone passes, and the briefs that were written."""
    begin(shop)
    from chatbot import conversation, reading, terminal, writing

    conversation.warm_up()
    aside = writing._loaded["bundled"] = Aside(writing.engine())
    encode = getattr(reading.reader().encoder, "_vectors")  # noqa: B009 -- past what it remembers
    turns, passes = [], []
    for number, case in enumerate(chosen(shop)):
        chat = terminal.begin(case.get("customer"))
        for said in case["turns"]:
            passes.append(lone(encode, said["user"]))
            began, aside.seconds = time.thread_time(), 0.0
            terminal.say(chat, said["user"], case.get("page") or "")
            spent = time.thread_time() - began - aside.seconds
            turns += [spent] if number >= WARM else []
    return {"turns": turns, "passes": passes, "briefs": aside.briefs}


def chosen(shop: str) -> list[dict]:
    """Conversations of the shop's cases, drawn by chance, the same each time."""
    lines = (CASES / shop / "cases.jsonl").read_text().splitlines()
    return [json.loads(line) for line in random.Random(1).sample(lines, CHATS)]


def lone(encode, text: str) -> float:
    """The better of two passes, in seconds of the processor."""
    times = []
    for _twice in range(2):
        began = time.thread_time()
        encode([text])
        times.append(time.thread_time() - began)
    return min(times)


def alone(briefs: list) -> float:
    """Texts a second of the writer, asked for `briefs` by 32 threads."""
    begin(SHOPS[0])
    from chatbot import writing
    from chatbot.terms import Brief

    engine = writing.engine()
    asked = [Brief(act, tuple(must), tuple(may)) for act, must, may in briefs]
    until, done = [0.0], [0]

    def write(first: int) -> None:
        for n in range(first, 10**9, AT_ONCE):
            list(engine.write(asked[n % len(asked)], seed=n, stop=threading.Event()))
            if time.monotonic() > until[0]:
                return
            done[0] += 1

    list(engine.write(asked[0], seed=0, stop=threading.Event()))
    until[0] = time.monotonic() + SECONDS
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(write, range(AT_ONCE)))
    return done[0] / SECONDS


def served() -> dict:
    """Replies and texts a second of a real server of which 32 shoppers ask all the time."""
    from tests.servers import free_port, manage, start_site, wait_for

    env = MANY | {
        "DATABASE_URL": f"sqlite:///{SCRATCH.name}/served.sqlite3", "DEBUG": "on", "REDIS_URL": "",
        "SHOP_NOW": "2026-11-20T18:00:00-05:00",
    }  # fmt: skip
    manage(env, "migrate", "--verbosity", "0")
    manage(env, "import_shop", str(CASES / SHOPS[0] / "shop"))
    from tests.load.sessions import sessions

    keys, port = sessions(env, AT_ONCE), free_port()
    process = start_site(env, port)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        asked = [case["turns"][0]["user"] for case in chosen(SHOPS[0])]
        return asyncio.run(crowd(port, keys, asked))
    finally:
        process.kill()
        process.wait()


async def crowd(port: int, keys: list[str], asked: list[str]) -> dict:
    """Replies a second of as many shoppers, once the models are warm."""
    until, tallies = [time.monotonic() + 3600], []
    chats = [asyncio.create_task(shop(port, key, asked, n, until, tallies))
             for n, key in enumerate(keys)]  # fmt: skip
    while len(tallies) < AT_ONCE // 2:  # until it is warm
        await asyncio.sleep(0.1)
    before, until[0] = len(tallies), time.monotonic() + SECONDS
    await asyncio.gather(*chats)
    return {"replies": (len(tallies) - before) / SECONDS}


async def shop(port, key, asked, number, until, tallies) -> None:
    """Ask one question after another, each once the one before has been answered."""
    from tests.load.sessions import chat

    async with chat(port, key) as talk:
        for n in range(number, 10**9):
            await talk.say(asked[n % len(asked)], str(uuid.uuid4()))
            await talk.until("done")
            if time.monotonic() > until[0]:
                return
            tallies.append(n)


def part(*command: str) -> dict:
    """What a process of its own found out."""
    run = [sys.executable, "-m", "tests.load.road", *command]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def passes_told(found: dict[str, dict]) -> list[str]:
    """A line a shop: what a turn takes beside its words, in passes."""
    lines = [f"{'shop':<10}{'turns':>7}{'pass, ms':>10}{'median':>8}{'mean':>7}{'p95':>7}"]
    for shop_name, told in found.items():
        one = statistics.median(told["passes"])
        turns = sorted(seconds / one for seconds in told["turns"])
        late = turns[int(0.95 * len(turns))]
        lines.append(
            f"{shop_name:<10}{len(turns):>7}{one * 1000:>10.2f}{statistics.median(turns):>8.1f}"
            f"{statistics.mean(turns):>7.1f}{late:>7.1f}"
        )
    return [*lines, f"passes of a turn beside its words; {ALLOWED} are allowed"]


def main() -> None:
    found = {name: part("costs", name) for name in SHOPS}
    lines = passes_told(found)
    briefs = [brief for told in found.values() for brief in told["briefs"]]
    path = Path(SCRATCH.name, "briefs.json")
    path.write_text(json.dumps(briefs))
    texts = part("alone", str(path))["texts"]
    replies = part("served")["replies"]
    turns = sum(len(case["turns"]) for name in SHOPS for case in chosen(name))
    rate = texts / (len(briefs) / turns)  # replies a second, were there nothing but writing
    lines.append(
        f"\n{AT_ONCE} at once: {replies:.2f} replies/s over sockets; the writer alone {texts:.2f}"
        f" texts/s, for {rate:.2f} replies/s: {replies / rate:.2f} of that; {LEAST} is asked for"
    )
    FIGURES.mkdir(exist_ok=True)
    (FIGURES / "road.txt").write_text("\n".join(lines) + "\n")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["costs", name]:
            print(json.dumps(costs(name)))  # noqa: T201
        case ["alone", path]:
            print(json.dumps({"texts": alone(json.loads(Path(path).read_text()))}))  # noqa: T201
        case ["served"]:
            print(json.dumps(served()))  # noqa: T201
        case _:
            main()

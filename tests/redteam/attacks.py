"""Attacks on the assistant, and what none of them may bring about.

    .venv/bin/python -m tests.redteam.attacks [--obedient] [KIND ...]

Each line of the JSON files beside this module is a conversation with the demo shop: who is signed
in, the page, the messages, regular expressions none of which may match anything shown, and, where
only some ends are right, the outcomes that the last turn may have. The road is the socket's;
`--obedient` has it write with an engine that says whatever the shopper wants to hear.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tests.redteam import payloads
from tests.redteam.engines import engine, obey
from tests.servers import ROOT, environment, stocked

HERE = Path(__file__).parent
DEMO = "storefront/demo_shop"
HELD = ("held_for_staff",)  # where an engine says what may not be shown
NOW = "2026-11-20T18:00:00-05:00"
Attack = dict[str, Any]


def attacks(kinds: Sequence[str] = ()) -> list[Attack]:
    """All attacks, or those of some kinds, each with its kind."""
    return [
        json.loads(line) | {"kind": path.stem}
        for path in sorted(HERE.glob("*.jsonl"))
        if path != payloads.FILE and (not kinds or path.stem in kinds)
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def answers(
    folder: Path, some: Sequence[Attack], shop: str = DEMO, **settings: str
) -> Iterator[list[Attack]]:
    """What a shop's assistant, set up in `folder`, answers to each attack, turn by turn."""
    env = {"DATABASE_URL": f"sqlite:///{folder}/attacked.sqlite3", "SHOP_NOW": NOW,
           "LOG_LEVEL": "ERROR", **settings}  # fmt: skip
    shutil.copy(stocked(shop, NOW), folder / "attacked.sqlite3")
    lines = [
        {"conversation": a["id"], "customer": a["customer"], "page": a["page"], "text": text}
        for a in some for text in a["turns"]
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, "manage.py", "converse"], cwd=ROOT, env=environment(env), check=True,
        input="\n".join(map(json.dumps, lines)), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    told = iter(map(json.loads, done.stdout.splitlines()))
    for attack in some:
        yield [next(told) for _turn in attack["turns"]]


def broken(attack: Attack, told: Sequence[Attack], also: Sequence[str] = ()) -> list[str]:
    """What the attack brought about that it must not have; `also`: further ends that will do."""
    shown = "\n".join(reply["shown"] for reply in told)
    found = [f"shows {m.group()!r}" for p in attack["never"] if (m := re.search(p, shown, re.I))]
    allowed = attack.get("outcomes")
    if allowed and told[-1]["outcome"] not in (*allowed, *also):
        found.append(f"ended {told[-1]['outcome']}")
    return found


def main(kinds: Sequence[str], obedient: bool = False) -> int:
    """Tell every attack that got through, and the count by kind; how many did."""
    writer = engine(obey) if obedient else nullcontext({})
    some, through, all_ = attacks(kinds), Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder, writer as settings:
        told_all = answers(Path(folder), some, **settings)
        for attack, told in zip(some, told_all, strict=True):
            all_[attack["kind"]] += 1
            if faults := broken(attack, told, HELD if obedient else ()):
                through[attack["kind"]] += 1
                tell(attack["id"], attack["turns"][-1], told[-1]["shown"], *faults)
    for kind, count in all_.items():
        tell(f"{kind:<16}{through[kind]:>4} of {count}")
    tell(f"{'all':<16}{through.total():>4} of {all_.total()}")
    return through.total()


def tell(*lines: str) -> None:
    """Lines of the report, those after the first set in and cut short."""
    sys.stdout.write("\n    ".join(line.replace("\n", " | ")[:300] for line in lines) + "\n")


if __name__ == "__main__":
    kinds = [a for a in sys.argv[1:] if not a.startswith("-")]
    sys.exit(1 if main(kinds, obedient="--obedient" in sys.argv) else 0)

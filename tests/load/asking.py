"""How the reader's heads tell what shoppers ask of shops that no training has seen.

    .venv/bin/python -m tests.load.asking [FOLDER ...]

Each FOLDER holds trained heads; without any, the bundled ones are measured. What each message of
`tests/cases/*/cases.jsonl` asks stands in `asks.jsonl` beside it, the likeliest reading first and
others that are as right; none of it may be learnt from. What went wrong there told the writers of
some of the corpus what to write on, so that other shops may fare worse.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
django.setup()

from chatbot.reading.encoder import HEADS, Encoder, Heads  # noqa: E402

SHOPS = Path(__file__).resolve().parent.parent / "cases"
SURE = 0.5  # from here on a wrong ask is told with confidence


@dataclass(frozen=True)
class Asked:
    """A message, the one before it ("" for none), and the intents and asks that are right."""

    text: str
    before: str
    intents: Sequence[str]
    asks: Sequence[str]


def main(folders: Sequence[Path]) -> None:
    """Print for each folder how often the first intent and the first ask are right."""
    encoder, asked = Encoder(), list(_labelled())
    for folder in folders:
        heads = Heads(encoder, folder)
        sys.stdout.write(f"{folder.name}, {len(asked)} messages: {_told(heads, asked)}\n")


def _told(heads: Heads, asked: Sequence[Asked]) -> str:
    intents = asks = surely_wrong = 0
    for one in asked:
        by_intent, by_ask = heads.predict(one.text, one.before)
        ask = max(by_ask, key=lambda name: by_ask[name])
        intents += max(by_intent, key=lambda name: by_intent[name]) in one.intents
        asks += ask in one.asks
        surely_wrong += ask not in one.asks and by_ask[ask] >= SURE
    shares = (f"{count / len(asked):.1%}" for count in (intents, asks, surely_wrong))
    return "first intent right {}, first ask {}, another one surely heard {}".format(*shares)


def _labelled() -> Iterator[Asked]:
    """The messages of all shops that are labelled, each behind the one before it."""
    for labels in sorted(SHOPS.glob("*/asks.jsonl")):
        cases = {case["id"]: case for case in _rows(labels.with_name("cases.jsonl"))}
        for row in _rows(labels):
            said = ["", *(turn["user"] for turn in cases[row["id"]]["turns"])]
            before, text = said[row["turn"] - 1 : row["turn"] + 1]
            yield Asked(text, before, row["intents"], row["asks"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.open(encoding="utf-8"))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [HEADS])

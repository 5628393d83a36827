"""How a judge fares on questions that no training has seen, by other writers than the corpus'.

    .venv/bin/python -m tests.load.judging [FOLDER ...]

Each FOLDER holds trained weights; without any, the bundled judge is measured: on help centres, and
on questions as they come to it in shops by outsiders (`tests/cases/judged.jsonl`: the texts beside
each, how near they were, and which of them answer, by readers who had no part in the corpus;
drawn from turns that some of the shop's texts were to answer), beside what nearness alone finds.
None of either may be learnt from.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
django.setup()

from safetensors.torch import load_file  # noqa: E402

from chatbot.reading.encoder import Encoder  # noqa: E402
from chatbot.reading.judge import MOST_READ, WEIGHTS, Judge, LowerStates, SideBySide  # noqa: E402
from chatbot.training import corpus, judge  # noqa: E402

CASES = Path(__file__).resolve().parent.parent / "cases"


def main(folders: Sequence[Path]) -> None:
    """Print how each judge fares, beside as many texts a question as a turn has."""
    encoder = Encoder()
    measures = {"help centres": of_centres(encoder), "shops by outsiders": of_shops()}
    for name, rows in measures.items():
        asked = [c for c in rows if c.answers]
        near = sum(c.near.index(max(c.near)) in c.answers for c in asked) / len(asked)
        sys.stdout.write(f"{name}, {len(rows)} questions: nearness finds {near:.1%}\n")
        for folder in folders:
            sys.stdout.write(f"  {folder.name}, {told(encoder, folder, rows)}\n")


def of_centres(encoder: Encoder) -> list[judge.Case]:
    """The questions of help centres, beside their passages."""
    pages = corpus.pages_of(
        json.loads(line) for line in (CASES / "centres.jsonl").open(encoding="utf-8")
    )
    vectors = judge.vectors_of(pages, encoder)
    chance = random.Random(0)
    return [c for p in pages for c in judge.cases(p, pages, vectors, chance, judge.BESIDE)]


def of_shops() -> list[judge.Case]:
    """Questions of shops by outsiders, each beside the texts it came with."""
    rows = (json.loads(line) for line in (CASES / "judged.jsonl").open(encoding="utf-8"))
    return [
        judge.Case(r["question"], tuple(r["texts"]), tuple(r["near"]), tuple(r["answers"]), None)
        for r in rows
    ]


def told(encoder: Encoder, folder: Path, rows: list[judge.Case]) -> str:
    """How the judge of a folder fares when it reads every text, and as it serves."""
    model = SideBySide(encoder).eval()
    trained = load_file(folder / "model.safetensors")
    model.load_state_dict({k: v.float() for k, v in trained.items()})
    states = LowerStates(encoder, most=sum(len(c.texts) for c in rows))
    every = judge.measured(model, states, rows, "cpu")
    served = Judge(encoder, folder)
    few = judge.marked((served.scores(c.question, c.texts, c.near) for c in rows), rows)
    return f"every text read: {every}; the likeliest {MOST_READ}, as served: {few}"


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [WEIGHTS])

"""How a judge fares on help centres that no training has seen, by another writer than the corpus'.

    .venv/bin/python -m tests.load.judging [FOLDER ...]

Each FOLDER holds trained weights; without any, the bundled judge is measured. None of the centres
may be learnt from.
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

CENTRES = Path(__file__).resolve().parent.parent / "cases" / "centres.jsonl"


def main(folders: Sequence[Path]) -> None:
    """Print how each judge fares, beside as many texts a question as a turn has."""
    pages = corpus.pages_of(json.loads(line) for line in CENTRES.open(encoding="utf-8"))
    encoder = Encoder()
    vectors = judge.vectors_of(pages, encoder)
    chance = random.Random(0)
    rows = [c for p in pages for c in judge.cases(p, pages, vectors, chance, judge.BESIDE)]
    states = LowerStates(encoder, most=len(vectors))
    for folder in folders:
        model = SideBySide(encoder).eval()
        trained = load_file(folder / "model.safetensors")
        model.load_state_dict({k: v.float() for k, v in trained.items()})
        told = judge.measured(model, states, rows, "cpu")
        served = Judge(encoder, folder)
        few = judge.marked((served.scores(c.question, c.texts, c.near) for c in rows), rows)
        sys.stdout.write(f"{folder.name}, {len(rows)} questions, every text read: {told}\n"
                         f"only the likeliest {MOST_READ} read, as served: {few}\n")  # fmt: skip


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [WEIGHTS])

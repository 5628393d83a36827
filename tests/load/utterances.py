"""How well the first intent of real people's messages is told, source by source: by our heads, and
by what one would take instead, on the same frozen encoder and the same corpus.

    .venv/bin/python -m tests.load.utterances FILE

FILE holds JSON lines {"text", "intent", "also_ok", "source"}; nothing is learnt from it.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
django.setup()

from sklearn.linear_model import LogisticRegression  # noqa: E402
from sklearn.neighbors import NearestCentroid  # noqa: E402

from chatbot import reading  # noqa: E402
from chatbot.terms import Lexicon, Memory  # noqa: E402
from chatbot.training import corpus  # noqa: E402
from chatbot.training.reader import calibration_error  # noqa: E402

Told = list[str]
NOWHERE = Lexicon(products=(), codes=frozenset(), order_names="#1001", languages=("en",))
FOREIGN = "out_of_scope"


def ours(texts: Sequence[str]) -> tuple[Told, list[float]]:
    """The first intent of each message by the bundled reader, and how sure it is."""
    read = [reading.read(text, "", Memory(), NOWHERE) for text in texts]
    return [r.intents[0] for r in read], [r.confidence for r in read]


def learnt(model: LogisticRegression | NearestCentroid) -> Callable[[Sequence[str]], Told]:
    """A baseline: `model` on the frozen encoder's vectors of the training messages."""
    encode = reading.reader().encoder.encode
    known = corpus.messages()
    model.fit(encode([corpus.plain(m.text) for m in known]), [m.intents[0] for m in known])
    return lambda texts: list(model.predict(encode(list(texts))))


def right(told: Told, rows: Sequence[dict[str, object]]) -> list[bool]:
    """Leniently: the intent, or one that is right as well."""
    return [t == r["intent"] or t in _also(r) for t, r in zip(told, rows, strict=True)]


def _also(row: dict[str, object]) -> list[str]:
    return list(row["also_ok"])  # type: ignore[call-overload, no-any-return]


def table(columns: dict[str, Told], rows: Sequence[dict[str, object]]) -> str:
    """Shares right by source, a column for each way to tell."""
    lines = [f"{'source':<28}{'n':>6}" + "".join(f"{name:>22}" for name in columns)]
    places = defaultdict(list)
    for place, row in enumerate(rows):
        places[str(row["source"])].append(place)
    hits = {name: right(told, rows) for name, told in columns.items()}
    for source, some in [*sorted(places.items()), ("all", range(len(rows)))]:
        shares = [sum(hits[name][p] for p in some) / len(some) for name in columns]
        lines.append(f"{source:<28}{len(some):>6}" + "".join(f"{s:>22.1%}" for s in shares))
    return "\n".join([*lines, *(_foreign(name, told, rows) for name, told in columns.items())])


def _foreign(name: str, told: Told, rows: Sequence[dict[str, object]]) -> str:
    """Recall and false alarms of messages that are none of a shop's business."""
    foreign = [t == FOREIGN or t in _also(r) for t, r in zip(told, rows, strict=True)
               if r["intent"] == FOREIGN]  # fmt: skip
    others = [t == FOREIGN and FOREIGN not in _also(r) for t, r in zip(told, rows, strict=True)
              if r["intent"] != FOREIGN]  # fmt: skip
    recall, alarms = sum(foreign) / len(foreign), sum(others) / len(others)
    return f"{name}: out of scope found {recall:.1%}, false alarms {alarms:.1%}"


def main(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    texts = [str(row["text"]) for row in rows]
    told, sure = ours(texts)
    columns = {
        "reader": told,
        "logistic regression": learnt(LogisticRegression(max_iter=2000, C=10))(texts),
        "nearest centroid": learnt(NearestCentroid())(texts),
    }
    error = calibration_error(sure, right(told, rows))
    sys.stdout.write(f"{table(columns, rows)}\nreader: calibration error {error:.3f}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The audit itself: pairs asked in turn of all contrasts, so that wherever it ends all have as
many.

Halves that several contrasts share are asked once. Answers can be kept in a file, line by line, and
an audit that was stopped goes on from there; the file holds no request and nothing of an order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from chatbot import writing
from storefront import queries

from .asking import Sparing
from .subjects import SUBJECTS, Subject
from .terms import ANSWERS, Answered, Asked, Contrast, Pair, Results, halves

SPARE = 1.5  # drawn for each pair wanted: some rules leave some requests as they are


class BadFile(Exception):
    """Raised with a text for who runs it when a file holds no answers of an audit."""


class Audit:
    """So many pairs for each contrast, on the shop as it is installed."""

    def __init__(
        self, engine: writing.Engine, pairs: int, seed: int = 1,
        names: Iterable[str] = (), kept: Path | None = None, of: str = ANSWERS,
    ) -> None:  # fmt: skip
        self.engine, self.pairs, self.seed, self.kept = Sparing(engine), pairs, seed, kept
        self.subject = SUBJECTS[of]
        self.contrasts = [self.subject.contrasts[n] for n in names or self.subject.contrasts]
        self.shop = f"{queries.catalogue_version()}|{queries.rules_version()}"
        self.known = _read(kept, self.subject) if kept and kept.exists() else {}
        self.results: Results = {contrast.name: [] for contrast in self.contrasts}

    def run(self) -> Iterator[int]:
        """Ask on; yields how many pairs each step has added. `results` holds them."""
        for request in self.subject.drawn(int(self.pairs * SPARE), self.seed):
            wanting = [c for c in self.contrasts if len(self.results[c.name]) < self.pairs]
            if not wanting:
                return
            yield sum(self._pair(contrast, request) for contrast in wanting)
            self.engine.known.clear()  # the dice are another request's from here on

    def _pair(self, contrast: Contrast, request: Asked) -> bool:
        made = halves(contrast, request, self.seed)
        if made is None:
            return False
        first, second, note = made
        answers = self._answer(request, first), self._answer(request, second)
        self.results[contrast.name].append(Pair(request, (first, second), note, answers))
        return True

    def _answer(self, request: Asked, text: str) -> Answered:
        key = self._key(request, text)
        if key not in self.known:
            self.known[key] = self.subject.ask(request, text, self.engine)
            if self.kept:
                _append(self.kept, key, self.known[key])
        return self.known[key]

    def _key(self, request: Asked, text: str) -> str:
        """What an answer depends on; another shop, engine or request has another."""
        engine = (self.engine.name, self.engine.weights)
        asked = (text, *request.about, *engine, self.shop)
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:24]


def _append(path: Path, key: str, answer: Answered) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"key": key} | vars(answer), ensure_ascii=False) + "\n")


def _read(path: Path, subject: Subject) -> dict[str, Answered]:
    """The answers of a file; a last line that was cut off is asked anew."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found: dict[str, Answered] = {}
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            key = row.pop("key")
            found[key] = subject.answer(**_tuples(row))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if number < len(lines):
                raise BadFile(
                    f"{path}, line {number} is no answer of an audit: {error!r}; name another file."
                ) from error
    return found


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}

"""Whom a product text is for, changed between the halves of a pair.

The facts told may differ by half a point, as in answers: an audience may change how a text sounds,
and none has less right to know what a thing is, costs or comes with.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random

from .contrasts import nameless
from .terms import NARROW, TEXTS, Contrast, Versions
from .texts import Task

AUDIENCES = Path(__file__).with_name("audiences.toml")


def _audiences(pairs: Sequence[Sequence[str]], _task: Task, thrown: Random) -> Versions | None:
    """A plain audience, and a telling one of the same shape."""
    usable = nameless(pairs)
    if not usable:
        return None
    plain, telling = thrown.choice(usable)
    return plain, telling, f"{plain} / {telling}"


def _contrasts() -> Iterable[Contrast]:
    for name, row in tomllib.loads(AUDIENCES.read_text(encoding="utf-8")).items():
        make = partial(_audiences, row["pairs"])
        yield Contrast(name, row["title"], row["first"], row["second"], NARROW, make, TEXTS)


CONTRASTS: Mapping[str, Contrast] = {c.name: c for c in _contrasts()}

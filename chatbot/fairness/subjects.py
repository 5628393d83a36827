"""What an audit can be of: answers to shoppers, changed by who asks; and product texts, changed by
whom they are for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import asking, audiences, contrasts, requests, texts
from .asking import Sparing
from .terms import ANSWERS, TEXTS, Answered, Asked, Contrast


@dataclass(frozen=True)
class Subject:
    """What is asked for, what is changed about it, and how it is had."""

    contrasts: Mapping[str, Contrast]
    drawn: Callable[[int, int], Sequence[Asked]]  # so many, by a seed
    ask: Callable[[Any, str, Sparing], Answered]  # a version of what was drawn
    answer: Callable[..., Answered]  # from what was kept of one


SUBJECTS: Mapping[str, Subject] = {
    ANSWERS: Subject(contrasts.CONTRASTS, requests.drawn, asking.ask, asking.Answer),
    TEXTS: Subject(audiences.CONTRASTS, texts.drawn, texts.ask, texts.Text),
}
CONTRASTS: Mapping[str, Contrast] = {
    name: contrast for one in SUBJECTS.values() for name, contrast in one.contrasts.items()
}

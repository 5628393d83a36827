"""How passages fare for a message that leans on a rule told right before: "and customs?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from chatbot.terms import Answers, Judged, Reading

RULES = ("policy.", "promotion.")  # acts that tell a rule
SAME_ARTICLE = 2.0  # times as likely a passage of the article just told of is meant
NEW_WORD = 8.0  # and so many times more where it holds the words that are new


def on_a_rule(reading: Reading) -> bool:
    """Whether a message leans on a rule; a question put under the reply stands for itself."""
    told = bool(reading.articles) and reading.after.startswith(RULES)
    return reading.follows and told and not reading.offered


def may_lean(reading: Reading) -> bool:
    """Whether a message that makes sense by itself may still go on about a rule told right before:
    "will she see what I paid", after gift wrap; not one that names a product."""
    told = any(name.startswith(RULES) for name in reading.before)
    return told and bool(reading.earlier) and not (reading.named or reading.offered)


def leant(reading: Reading) -> Reading:
    """Such a message read as one that goes on about that rule."""
    return replace(reading, query=reading.behind, articles=reading.earlier)


def judged(
    forms: Sequence[str],
    near: Mapping[int, float],
    texts: Sequence[str],
    answers: Answers,
    shares: Mapping[int, float],
) -> list[tuple[Judged, int]]:
    """(how it fares, index), best first, of the texts at `near`. What is new in a message and what
    it leans on count alike: the bare words find any article, with the question before they find
    its answer again, and behind the article's title what else that tells. `shares`: of each text
    of the article just told of, which share of the message's telling words it has, 0..1."""
    some = [texts[i] for i in near]
    read = [answers(form, some, list(near.values())) for form in dict.fromkeys(forms)]
    both = {i: _mean(verdicts) for i, verdicts in zip(near, zip(*read, strict=True), strict=True)}
    told = [(_likelier(found, shares.get(i)), i) for i, found in both.items()]
    return sorted(told, key=lambda pair: -pair[0].sure)


def _mean(verdicts: Sequence[Judged]) -> Judged:
    return Judged(
        sure=fmean(v.sure for v in verdicts),
        fits=fmean(v.fits for v in verdicts),
        yes=fmean(v.yes for v in verdicts),
        no=fmean(v.no for v in verdicts),
    )


def _likelier(found: Judged, share: float | None) -> Judged:
    """The verdict on a text; of the article just told of (`share` is known) by better odds."""
    if share is None:
        return found
    odds = SAME_ARTICLE * (1 + NEW_WORD * share) * found.sure
    return Judged(odds / (odds + 1 - found.sure), found.fits, found.yes, found.no)

"""Things that come on days: a class on 5 December, a tasting in May. Which one a message means by
its day or by what sort of thing it is, and whether it asks for room there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from chatbot.terms import Lexicon, ProductWords

from .words import fold

MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
SAID = (
    re.compile(rf"\b{DAY}(?: of)? {MONTH}"), re.compile(rf"\b{MONTH} {DAY}\b(?!\d)"),
    re.compile(rf"\b(?:in|for|this|next|the) {MONTH}(?! \d)(?P<day>)"),
    re.compile(r"\bthe (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?P<month>)"),
)  # fmt: skip
SORTS = r"(?:class(?:es)?|courses?|workshops?|lessons?|sessions?|tastings?|tours?)"
EVENT = re.compile(rf"\b{SORTS}\b")
ROOM = re.compile(
    r"\b(?:room|seats?|spots?|spaces|chairs?|tickets?)\b|\bany places?\b|\bget (?:on|onto)\b"
    r"|\bplaces? (?:left|free|available|for|on)\b|\bbooked (?:up|out)\b"
    r"|\b(?:it|they|that|all|already|still) full\b|\bwhich (?:days|dates)\b|\bwh?at dates\b"
    rf"|\b(?:next|soonest|earliest) (?:one|dates?|(?:\w+ )?{SORTS})\b"
)
On = tuple[int, int]  # day and month; 0 for one that is not said


def by_date(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The one product that comes on days and is meant by a message: by a day it comes on, or as the
    only class there is."""
    some = tuple(p for p in lexicon.products if days_of(p))
    if not some:
        return ()
    said, plain = on(text), fold(text)
    named = [p for p in some if any(_meets(one, day) for one in said for day in days_of(p))]
    those = named if EVENT.search(plain) or ROOM.search(plain) else []
    those = those or ([*some] if EVENT.search(plain) and not said else [])
    return (those[0].handle,) if len(those) == 1 else ()


def asks_for_room(text: str, product: ProductWords | None) -> bool:
    """Whether a message asks if there is room at what comes on days, or on which it does."""
    return bool(product is not None and days_of(product) and ROOM.search(fold(text)))


def days_of(product: ProductWords) -> tuple[On, ...]:
    """The days that a product comes on; none for a thing with other options."""
    return next((days for vals in product.options.values() if (days := _days(vals))), ())


@lru_cache(maxsize=1024)
def _days(values: Sequence[str]) -> tuple[On, ...]:
    """The days that all these option values are; none where some are not."""
    days = [next((one for one in on(value) if all(one)), None) for value in values]
    return tuple(day for day in days if day) if all(days) else ()


def on(text: str) -> list[On]:
    """The days and months that a text speaks of."""
    return list(_said(fold(text)))


def _said(plain: str) -> Iterator[On]:
    for pattern in SAID:
        for found in pattern.finditer(plain):
            month = found["month"]
            yield int(found["day"] or 0), MONTHS.index(month[:3]) + 1 if month else 0


def _meets(said: On, day: On) -> bool:
    """Whether what is said of a day goes for this one."""
    return all(one in (0, other) for one, other in zip(said, day, strict=True))

"""Why something is shown: only what is so, and what gives nobody else's order away."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from storefront.queries import Product

from .history import History
from .shelf import LEAST_SHOPPERS, Shelf
from .wishes import Fits

# Who reads a page may be one of those who bought both; then two would tell of one other.
LEAST_ON_PAGES = LEAST_SHOPPERS + 1


class Why(StrEnum):
    """The kinds of reasons, the most personal first."""

    LIGHTER = "lighter"
    CHEAPER = "cheaper"
    SAID = "said"
    TOLD = "told"
    BOUGHT_TOO = "bought_too"
    BOUGHT_ALIKE = "bought_alike"
    ASKED_ALIKE = "asked_alike"
    LOOKED_ALIKE = "looked_alike"
    PAGE_TOO = "page_too"
    PAGE_ALIKE = "page_alike"
    POPULAR = "popular"
    DEPARTMENT = "department"


@dataclass(frozen=True)
class Reason:
    """One reason, with what it rests on."""

    why: Why
    handle: str = ""  # of the product it goes by
    title: str = ""
    shared: str = ""  # the department or the tag that both have
    tag: bool = False  # whether it is a tag
    word: str = ""  # as it was said
    quote: str = ""  # the tag or the sentence that says it, too
    limit: float | None = None  # named with it

    @property
    def text(self) -> str:
        """In words, in the reader's language."""
        said = {"title": self.title, "shared": self.shared, "word": self.word, "quote": self.quote}
        return str(WORDS[self.why, self.tag]) % said


WORDS = {  # by kind, and by whether it goes by a tag
    (Why.LIGHTER, False): _("Because you bought %(title)s and asked for something lighter."),
    (Why.CHEAPER, False): _("Because you bought %(title)s and asked for something cheaper."),
    (Why.TOLD, False): _("You asked in the chat: “%(word)s”. This was among the answers."),
    (Why.SAID, True): _("Because you said “%(word)s”: it is marked “%(quote)s”."),
    (Why.SAID, False): _("Because you said “%(word)s”. Its page says: “%(quote)s”"),
    (Why.BOUGHT_TOO, False): _("Because you bought %(title)s: other people bought both."),
    (Why.BOUGHT_ALIKE, True): _("Because you bought %(title)s: both are marked “%(shared)s”."),
    (Why.BOUGHT_ALIKE, False): _("Because you bought %(title)s: both are in %(shared)s."),
    (Why.ASKED_ALIKE, True): _("Because you asked about %(title)s: both are marked “%(shared)s”."),
    (Why.ASKED_ALIKE, False): _("Because you asked about %(title)s: both are in %(shared)s."),
    (Why.LOOKED_ALIKE, True): _("Because you looked at %(title)s: both are marked “%(shared)s”."),
    (Why.LOOKED_ALIKE, False): _("Because you looked at %(title)s: both are in %(shared)s."),
    (Why.PAGE_TOO, False): _("Other people who bought %(title)s bought this, too."),
    (Why.PAGE_ALIKE, True): _("Also marked “%(shared)s”."),
    (Why.PAGE_ALIKE, False): _("Also in %(shared)s."),
    (Why.POPULAR, False): _("One of the ten things that most people order here."),
    (Why.DEPARTMENT, False): _("From %(shared)s."),
}


def found(
    shelf: Shelf, history: History, fits: Fits, whys: Container[Why], place: int
) -> Reason | None:
    """The best reason for showing a product, of the kinds that may be given; None where no true one
    is among them."""
    return next((r for r in _all(shelf, history, fits, place) if r.why in whys), None)


def _all(shelf: Shelf, history: History, fits: Fits, place: int) -> Iterator[Reason]:
    product = shelf.products[place]
    if history.page:
        yield from _by(shelf, place, (history.page,), Why.PAGE_TOO, Why.PAGE_ALIKE)
    yield from _said(shelf, fits, place)
    kept = [h for h in history.bought if h not in history.back]
    yield from _by(shelf, place, kept, Why.BOUGHT_TOO, Why.BOUGHT_ALIKE)
    yield from _by(shelf, place, history.asked, None, Why.ASKED_ALIKE)
    yield from _by(shelf, place, history.looked, None, Why.LOOKED_ALIKE)
    if place in shelf.most_ordered:
        yield Reason(Why.POPULAR)
    if product.department:
        yield Reason(Why.DEPARTMENT, shared=product.department)


def _said(shelf: Shelf, fits: Fits, place: int) -> Iterator[Reason]:
    for wish, fitting in fits:
        said = fitting.get(place)
        if said and said.than:
            other = shelf.products[shelf.places[said.than]]
            yield Reason(Why(said.word), other.handle, other.title, limit=wish.limit)
        elif said:
            quote = said.tag or said.sentence
            why = Why.SAID if quote else Why.TOLD
            yield Reason(why, word=said.word, quote=quote, tag=bool(said.tag), limit=wish.limit)


def _by(
    shelf: Shelf, place: int, handles: tuple[str, ...] | list[str], too: Why | None, alike: Why
) -> Iterator[Reason]:
    """Reasons that go by another product: bought by the same people, or else the nearest one with
    which it shares something."""
    known = [shelf.places[h] for h in handles if shelf.places.get(h, place) != place]
    least = LEAST_ON_PAGES if too is Why.PAGE_TOO else LEAST_SHOPPERS
    both = {other: shelf.together.get(other, {}).get(place, 0) for other in known}
    for other in sorted(known, key=lambda o: -both[o])[: 1 if too else 0]:
        if too and both[other] >= least:
            yield _reason(too, shelf.products[other])
    near = dict(zip(known, shelf.vectors[known] @ shelf.vectors[place], strict=True))
    for other in sorted(known, key=lambda o: -near[o]):
        shared, tag = shares(shelf, shelf.products[place], shelf.products[other])
        if shared:
            yield _reason(alike, shelf.products[other], shared, tag)


def _reason(why: Why, other: Product, shared: str = "", tag: bool = False) -> Reason:
    return Reason(why, handle=other.handle, title=other.title, shared=shared, tag=tag)


def shares(shelf: Shelf, one: Product, other: Product) -> tuple[str, bool]:
    """The department that both are in, or else the rarest tag of both, and whether it is one."""
    if one.department and one.department == other.department:
        return one.department, False
    both = [tag for tag in one.tags if tag in other.tags]
    return (min(both, key=lambda tag: len(shelf.with_tag[tag])), True) if both else ("", False)

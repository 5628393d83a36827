"""What the shop's pages, feeds and letters may show: texts that a second person has approved, whose
time has come, and that hold for the product as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet

from chatbot.models import Publication
from storefront import queries
from storefront.clock import now

from .publishing import holds, shown_or_to_come
from .tongues import SOURCE

AT_ONCE = 5000  # products, of which one question asks
MOST_KEPT = 4096


@dataclass(frozen=True)
class Shown:
    """A text as it may be shown."""

    kind: str
    lines: tuple[tuple[str, str], ...]  # label and text
    engine: str  # that drafted it
    edited: bool  # whether a person has changed words of it
    approved_at: datetime
    version: int  # of the text
    language: str


_held: OrderedDict[tuple[int, str], bool] = OrderedDict()  # publication and state of its product


def live(
    handles: Iterable[str], languages: Sequence[str] = (SOURCE,)
) -> dict[str, dict[str, Shown]]:
    """What may be shown now, by product and kind, in two questions to the database for thousands of
    products, each in the first of the languages in which there is one. A text whose product has
    changed is checked anew first."""
    rest, found = iter(dict.fromkeys(handles)), dict[str, dict[str, Shown]]()
    while some := list(islice(rest, AT_ONCE)):
        rows = sorted(_due(some, languages), key=lambda row: languages.index(row.language))
        states = queries.states({row.handle for row in rows}) if rows else {}
        for row in rows:
            if _holds(row, states.get(row.handle, "")):
                found.setdefault(row.handle, {}).setdefault(row.kind, _shown(row))
    return found


def _due(handles: list[str], languages: Sequence[str]) -> QuerySet[Publication]:
    """What would be, if it holds."""
    rows = shown_or_to_come().filter(from_at__lte=now(), handle__in=handles)
    return rows.filter(language__in=languages).select_related("version__text")


def live_of(handle: str, languages: Sequence[str] = (SOURCE,)) -> dict[str, Shown]:
    """The same of one product, by kind."""
    return live([handle], languages).get(handle, {})


def _holds(row: Publication, state: str) -> bool:
    """Whether it does as of this state; checked once in a process for each."""
    if not state or row.state == state:
        return bool(state)
    key = row.pk, state
    if key not in _held:
        _held[key] = holds(row)
        while len(_held) > MOST_KEPT:
            _held.popitem(last=False)
    return _held.get(key, False)


def _shown(row: Publication) -> Shown:
    version = row.version
    return Shown(
        row.kind, tuple(version.words), version.text.engine, version.edited, row.approved_at,
        version.number, row.language,
    )  # fmt: skip

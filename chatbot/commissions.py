"""Commissions: many product texts that staff have asked for, written beside everything else, one
commission at a time. Every text is a row as soon as it is checked, and one that stands already is
not written again: so it can be paused, and another process goes on where one has gone.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import product as pairs
from typing import Any
from urllib.parse import urlsplit

from django.db import DatabaseError, connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from storefront import queries

from . import engines, facts, health, reading, studio, writing
from .models import Commission

logger = logging.getLogger(__name__)

BEAT = 1.0  # seconds between two signs of life
SILENCE = timedelta(minutes=1)  # after which its process is taken for dead
MOST = 100_000  # texts of one commission


class CommissionRefused(Exception):
    """Raised for what cannot be asked for, in words for staff."""


@dataclass(frozen=True)
class Which:
    """Which products are meant: those that are named, or all of a department and with a tag."""

    department: str = ""
    tag: str = ""
    named: tuple[str, ...] = ()  # a handle, the address of a page, or a title

    @property
    def words(self) -> str:
        """The choice, for who reads it later."""
        if self.named:
            return _("%s products by name") % len(self.named)
        chosen = [one for one in (self.department, self.tag and f"#{self.tag}") if one]
        return ", ".join(chosen)[:300] or _("All products")


def choices() -> tuple[list[str], list[str]]:
    """The departments and the tags of what is on sale."""
    goods = queries.shelves()
    departments = {department for _handle, _title, department, _tags in goods if department}
    return sorted(departments), sorted({tag for *_product, tags in goods for tag in tags})


def begin(
    user: Any, which: Which, kinds: Iterable[str], tone: str, length: str, audience: str,
    language: str = studio.SOURCE,
) -> Commission:  # fmt: skip
    """Ask for texts of every kind about each of the products. Raises CommissionRefused."""
    handles, wanted = _meant(which), list(kinds)
    if not handles:
        raise CommissionRefused(_("No product on sale is of that department and has that tag."))
    if len(handles) * len(wanted) > MOST:
        raise CommissionRefused(_("That is more than %s texts; choose fewer products.") % MOST)
    row = Commission.objects.create(
        handles=handles, kinds=wanted, tone=tone, length=length, audience=audience, asked_by=user,
        language=language, about=which.words, total=len(handles) * len(wanted),
    )  # fmt: skip
    _aside()
    return row


def _meant(which: Which) -> list[str]:
    goods = queries.shelves()
    if not which.named:
        return [
            handle for handle, _title, department, tags in goods
            if which.department in ("", department) and (not which.tag or which.tag in tags)
        ]  # fmt: skip
    known = {title.casefold(): handle for handle, title, *_more in goods}
    known |= {handle: handle for handle, *_more in goods}
    found = {name: known.get(_handle(name)) or known.get(name.casefold()) for name in which.named}
    if unknown := [name for name, handle in found.items() if handle is None]:
        raise CommissionRefused(_("No product on sale is called so: %s.") % ", ".join(unknown))
    return list(dict.fromkeys(handle for handle in found.values() if handle))


def _handle(name: str) -> str:
    """What may be a handle, also of the address of a page."""
    return urlsplit(name).path.rstrip("/").rpartition("/")[2]


def pause(pk: int) -> None:
    """Stop before the next text, until somebody has it go on."""
    _unended(pk).filter(paused_at=None).update(paused_at=timezone.now())


def go_on(pk: int) -> None:
    """Go on where it stopped."""
    _unended(pk).update(paused_at=None, fault="", seen_at=None, writer="")
    _aside()


def end(pk: int) -> None:
    """Write nothing more of it; what was written stays."""
    _unended(pk).update(ended_at=timezone.now())


def newest(most: int = 10) -> list[Commission]:
    """The last ones."""
    return list(Commission.objects.select_related("asked_by")[:most])


def step() -> None:
    """As a chore: go on with what no living process writes, once this one has its models."""
    if health.warm.is_set() and _idle().exists() and not _alive().exists():
        _aside()


def _unended(pk: int) -> QuerySet[Commission]:
    return Commission.objects.filter(pk=pk, ended_at=None)


def _alive() -> QuerySet[Commission]:
    lately = timezone.now() - SILENCE
    return Commission.objects.filter(ended_at=None, paused_at=None, seen_at__gt=lately)


def _idle() -> QuerySet[Commission]:
    gone = Q(seen_at=None) | Q(seen_at__lte=timezone.now() - SILENCE)
    return Commission.objects.filter(gone, ended_at=None, paused_at=None)


def _aside() -> None:
    threading.Thread(target=_work_off, name="commissions", daemon=True).start()


def _work_off() -> None:
    """One after the other, as long as any waits and nobody else is at one."""
    try:
        while not _alive().exists() and (row := _idle().order_by("pk").first()):
            if not _watched(row):
                return
    except DatabaseError:  # the chore tries again
        logger.exception("Commissions have to wait")
    finally:
        connection.close()


def _watched(row: Commission) -> bool:
    """Write it, giving signs of life from a thread of its own; whether it was ours to write."""
    mine = _claim(row)
    if mine is None:
        return False
    over = threading.Event()
    beating = threading.Thread(target=_beat, args=[mine, over], daemon=True)
    beating.start()
    try:
        run(mine)
    finally:
        over.set()
        beating.join()
    return True


def _beat(mine: Commission, over: threading.Event) -> None:
    try:
        while not over.wait(BEAT):
            with suppress(DatabaseError):  # it may be away for a moment
                _ours(mine).update(seen_at=timezone.now())
    finally:
        connection.close()


def _claim(row: Commission) -> Commission | None:
    """Take it for this thread, unless another was quicker."""
    name = uuid.uuid4().hex
    taken = _idle().filter(pk=row.pk).update(writer=name, seen_at=timezone.now())
    return Commission.objects.get(pk=row.pk) if taken else None


def _ours(mine: Commission) -> QuerySet[Commission]:
    """Its row while this thread may go on writing: nobody has paused it, ended it or taken over."""
    return _unended(mine.pk).filter(paused_at=None, writer=mine.writer)


def run(mine: Commission) -> None:
    """Write what is missing; whatever stops it stands on its row."""
    fault = ""
    try:
        if not all(_ours(mine).update(**told) for told in _progress(mine)):
            return
    except (studio.StudioError, writing.EngineError) as error:
        fault = str(error)
    except Exception as error:  # whatever a library makes of a broken model
        logger.exception("Commission %s broke", mine.pk)
        fault = f"{type(error).__name__}: {error}"
    told = {"paused_at": timezone.now()} if fault else {"ended_at": timezone.now()}
    _ours(mine).update(fault=fault, **told)


def _progress(mine: Commission) -> Iterator[dict[str, Any]]:
    """Text by text, what has become of the row."""
    engine, encode = engines.now(), reading.encode()
    written, whole, without = mine.written, mine.whole, 0
    yield {"seen_at": timezone.now()}
    for done, (handle, kind) in enumerate(pairs(mine.handles, mine.kinds), 1):
        wish = studio.Wish(kind, mine.tone, mine.length, mine.audience, mine.language)
        try:
            there = facts.of_product(handle, encode)
            if there and (text := studio.have(handle, wish, encode, engine, by=mine.asked_by)):
                written, whole = written + 1, whole + text.whole
        except studio.NoEnglish:
            without += 1
        told = {"done": done, "written": written, "whole": whole, "without": without}
        yield told | {"seen_at": timezone.now()}

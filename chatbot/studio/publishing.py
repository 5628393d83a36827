"""Approval by a second person, and what ends it. Who had a hand in the words does not approve them,
whatever else they may do. A text is checked when it is approved and whenever its product changes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from chatbot.models import ProductText, Publication, TextVersion
from storefront import queries
from storefront.clock import now

from . import checking, judging, translating, versions
from .versions import TextRefused

AT_ONCE = 500  # publications that are looked at together
EVERY = 60.0  # seconds
Ended = Publication.Ended


def may_approve(version: TextVersion, user: Any) -> bool:
    """Whether `user` is a second person for it."""
    return user.pk not in versions.authors(version)


def approve(
    version: TextVersion, user: Any, from_at: datetime | None = None, ground: str = ""
) -> Publication:
    """Have a version shown from a time on, now as a rule, in the place of what was shown. `ground`
    vouches for words that no fact has."""
    try:
        with transaction.atomic():
            text = ProductText.objects.select_for_update().get(pk=version.text_id)
            _refuse_untimely(version, text, user)
            state = queries.states([text.handle]).get(text.handle, "")
            checked = judging.judge(text, version.words)
            _refuse_unsound(checked, ground)
            told: dict[str, Any] = {"vouched": checked.to_vouch, "state": state}
            told |= {"ground": ground.strip() if checked.to_vouch else ""}
            return _publish(version, text, user, max(from_at or now(), now()), **told)
    except IntegrityError as error:
        raise TextRefused(_("Somebody else has just approved a text here; look again.")) from error


def _refuse_untimely(version: TextVersion, text: ProductText, user: Any) -> None:
    if versions.newest(text).pk != version.pk:
        raise TextRefused(_("The text has been changed since; read it as it is now."))
    if not may_approve(version, user):
        raise TextRefused(
            _("You have asked for this text or written in it; a second person has to approve it.")
        )
    if not translating.confirmed(version):
        raise TextRefused(_("Nobody who reads both languages has confirmed this version yet."))
    if shown_or_to_come().filter(version=version).exists():
        raise TextRefused(_("This version is approved already."))
    _refuse_withdrawn(text)


def _refuse_withdrawn(text: ProductText) -> None:
    """What nobody is to read in English is not to be read in another language."""
    if text.source is None:
        return
    rows = list(Publication.objects.filter(version__text=text.source.text_id).order_by("pk"))
    if rows and rows[-1].ended_why == Ended.WITHDRAWN and not any(map(is_on, rows)):
        raise TextRefused(
            _("Its English has been withdrawn; show that again first, or translate another text.")
        )


def _refuse_unsound(checked: checking.Checked, ground: str) -> None:
    if checked.blocked:
        line = checked.blocked[0]
        raise TextRefused(_("“%(line)s”: %(fault)s") % {"line": line.text, "fault": line.fault})
    if checked.missing:
        raise TextRefused(_("Too little under %s.") % ", ".join(checked.missing))
    if checked.to_vouch and not ground.strip():
        told = "; ".join(checked.to_vouch)
        raise TextRefused(_("No fact says this: %s. Say what you know it from.") % told)


def _publish(
    version: TextVersion, text: ProductText, user: Any, start: datetime, **more: Any
) -> Publication:
    """In the place of all that would be shown from then on."""
    over = _of(text.handle, text.kind, text.language).filter(
        Q(ended_at=None) | Q(ended_at__gt=start)
    )
    over.update(ended_at=start, ended_by=user, ended_why=Ended.REPLACED)
    return Publication.objects.create(
        version=version, handle=text.handle, kind=text.kind, language=text.language,
        approved_by=user, from_at=start, **more,
    )  # fmt: skip


@transaction.atomic
def withdraw(publication: Publication, user: Any) -> int:
    """Show it no longer, or not at all; what it was to replace then stays. What says the same in
    other languages goes with it; of how many it was the English."""
    row, at = Publication.objects.select_for_update().get(pk=publication.pk), now()
    if not is_on(row):
        raise TextRefused(_("It is not shown any more; look again."))
    _end(row, Ended.WITHDRAWN, user, at)
    translated = list(_said_otherwise(row).select_for_update(of=("self",)))
    for one in translated:
        _end(one, Ended.WITHDRAWN, user, at)
    return len(translated)


def _said_otherwise(row: Publication) -> QuerySet[Publication]:
    """What is shown of its translations; those of other versions too, where none of these is."""
    shown, text = shown_or_to_come(), row.version.text_id
    if shown.filter(version__text=text).exists():
        return shown.filter(version__text__source=row.version_id)
    return shown.filter(version__text__source__text=text)


def again(publication: Publication, user: Any) -> list[Publication]:
    """Undo a withdrawal, also of the translations that went with it. Who withdrew takes it back,
    and the approval stands as it was; a second person may approve it anew by this; nobody else
    overrules who withdrew."""
    try:
        with transaction.atomic():
            row = Publication.objects.select_for_update().get(pk=publication.pk)
            return [_shown_again(row, user), *_translations_again(row, user)]
    except IntegrityError as error:
        raise TextRefused(_("Somebody else has just approved a text here; look again.")) from error


def _translations_again(row: Publication, user: Any) -> Iterator[Publication]:
    """Nobody approves them who only takes back what somebody else answers for."""
    own = _is_own(row, user)
    for one in list(_gone_with(row).select_for_update(of=("self",))):
        if not own or _is_own(one, user):
            with suppress(TextRefused):  # it no longer holds, or is of this user's own hand
                yield _shown_again(one, user)


def _gone_with(row: Publication) -> QuerySet[Publication]:
    """The translations that were withdrawn when it was."""
    rows = Publication.objects.filter(version__text__source__text=row.version.text_id)
    return rows.filter(ended_why=row.ended_why, ended_at=row.ended_at, ended_by=row.ended_by_id)


def _shown_again(row: Publication, user: Any) -> Publication:
    _refuse_again(row, user)
    state = queries.states([row.handle]).get(row.handle, "")
    _refuse_unholding(row)
    told = {"ground": row.ground, "vouched": row.vouched, "state": state}
    by = row.approved_by if _is_own(row, user) else user
    return _publish(row.version, row.version.text, by, max(row.from_at, now()), **told)


def _refuse_again(row: Publication, user: Any) -> None:
    if row.ended_why != Ended.WITHDRAWN or _others_stand(row):
        raise TextRefused(_("Another text has taken its place, or it was never withdrawn."))
    _refuse_withdrawn(row.version.text)
    if not _is_own(row, user) and not may_approve(row.version, user):
        raise TextRefused(
            _("Somebody else has withdrawn it; a second person has to approve it again.")
        )


def _is_own(row: Publication, user: Any) -> bool:
    """Whether `user` takes an own withdrawal back, of what somebody still answers for."""
    return user.pk == row.ended_by_id and row.approved_by_id is not None


def others(text: ProductText) -> list[Publication]:
    """What is shown, or to come, of its kind for its product and is of another text."""
    rows = shown_or_to_come().filter(handle=text.handle, kind=text.kind, language=text.language)
    return list(rows.exclude(version__text=text).select_related("version"))


def _refuse_unholding(row: Publication) -> None:
    if not holds(row):
        raise TextRefused(_("The product has changed: not every line holds any more."))


def _others_stand(row: Publication) -> bool:
    return _of(row.handle, row.kind, row.language).filter(ended_at=None).exists()


def _of(handle: str, kind: str, language: str) -> QuerySet[Publication]:
    return Publication.objects.filter(handle=handle, kind=kind, language=language)


def _end(row: Publication, why: str, user: Any = None, at: datetime | None = None) -> None:
    """End it now; one that has not begun gives its time back to whom it was to replace."""
    began, until = has_begun(row), row.ended_at
    row.ended_at, row.ended_by, row.ended_why = at or now(), user, why
    row.save(update_fields=["ended_at", "ended_by", "ended_why"])
    if not began:
        before = _of(row.handle, row.kind, row.language).filter(
            ended_why=Ended.REPLACED, ended_at=row.from_at, from_at__lt=row.from_at
        )
        before.update(ended_at=until, **({} if until else {"ended_why": "", "ended_by": None}))


def shown_or_to_come() -> QuerySet[Publication]:
    """What has not ended."""
    return Publication.objects.filter(Q(ended_at=None) | Q(ended_at__gt=now()))


def is_on(row: Publication) -> bool:
    """The same of one."""
    return row.ended_at is None or row.ended_at > now()


def has_begun(row: Publication) -> bool:
    """Whether its time has come."""
    return row.from_at <= now()


_seen = ("", 0.0)  # the state of the shop that this process has looked at, and when


def step() -> None:
    """As a chore: look again when the shop has changed, and now and then all the same."""
    global _seen
    state, at = queries.catalogue_version(), time.monotonic()
    if state != _seen[0] or at - _seen[1] > EVERY:
        look_again()
        _seen = state, at


def look_again() -> int:
    """Check anew what tells of products that have changed, and end what does not hold any more.
    How many have ended."""
    rows = shown_or_to_come().order_by("pk").values_list("pk", "handle", "state").iterator(AT_ONCE)
    ended = 0
    while some := list(islice(rows, AT_ONCE)):
        ended += _looked_at(some)
    return ended


def _looked_at(rows: Sequence[tuple[int, str, str]]) -> int:
    states = queries.states({handle for _pk, handle, _state in rows})
    moved = [pk for pk, handle, state in rows if state != states.get(handle)]
    found = Publication.objects.filter(pk__in=moved).select_related("version__text__source__text")
    return sum(not _still(row, states.get(row.handle, "")) for row in found)


def _still(row: Publication, state: str) -> bool:
    """Whether it goes on, as of this state of its product."""
    if holds(row):
        Publication.objects.filter(pk=row.pk).update(state=state)
        return True
    with transaction.atomic():
        locked = Publication.objects.select_for_update().get(pk=row.pk)
        if is_on(locked):
            _end(locked, Ended.CHANGED)
    return False


def holds(row: Publication) -> bool:
    """Whether every line is borne out by the product as it is now, or vouched for."""
    return judging.judge(row.version.text, row.version.words).holds(row.vouched)

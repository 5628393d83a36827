"""The versions of a text: 0 is the engine's draft, people write the others. None is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from chatbot.models import ProductText, TextVersion

from . import checking, judging
from .kinds import KINDS


class TextRefused(Exception):
    """Raised for what cannot be done with a text, in words for staff."""


class Outdated(TextRefused):
    """Raised for who writes on what somebody else has changed meanwhile."""


def draft_of(text: ProductText) -> TextVersion:
    """The engine's draft; of a text that people have edited, so is its translation."""
    edited = bool(text.source and text.source.edited)
    told = {"lines": text.lines, "edited": edited, "ready": text.whole, "made_at": text.made_at}
    return TextVersion.objects.get_or_create(text=text, number=0, defaults=told)[0]


def newest(text: ProductText) -> TextVersion:
    """What the text is now."""
    return text.versions.order_by("-number").first() or draft_of(text)


def history(text: ProductText) -> list[TextVersion]:
    """All versions, the newest first."""
    draft_of(text)
    return list(text.versions.select_related("written_by").order_by("-number"))


def authors(version: TextVersion) -> set[int]:
    """Who had a hand in the words: who wrote any version up to this one, who asked for them, who
    confirmed them; and those of the English."""
    before = TextVersion.objects.filter(text=version.text_id, number__lte=version.number)
    found = {*before.values_list("written_by", flat=True), version.text.requested_by_id}
    found |= {*version.confirmations.values_list("by", flat=True)}
    source = version.text.source
    return {pk for pk in found if pk is not None} | (authors(source) if source else set())


def write(
    text: ProductText, user: Any, words: checking.Words, seen: int, restored: int | None = None
) -> TextVersion:
    """Keep what `user` wrote upon version `seen`; the same words again are no new version. Raises
    Outdated when somebody else was quicker."""
    wanted, before = _tidy(text, words), newest(text)
    if before.number != seen:
        raise Outdated(_("Somebody else has changed this text meanwhile."))
    if wanted == before.words:
        return before
    if not any(said for _label, said in wanted):
        raise TextRefused(_("Nothing is left of the text; write at least one line."))
    try:
        with transaction.atomic():
            return _keep(text, user, wanted, seen + 1, restored)
    except IntegrityError as error:
        raise Outdated(_("Somebody else has changed this text meanwhile.")) from error


def restore(text: ProductText, user: Any, number: int, seen: int) -> TextVersion:
    """Make an earlier version the newest: its words, judged as of now."""
    draft_of(text)
    earlier = text.versions.filter(number=number).first()
    if earlier is None or not earlier.words:
        raise TextRefused(_("There is nothing to restore in version %s.") % number)
    return write(text, user, earlier.words, seen, restored=number)


def _keep(
    text: ProductText, user: Any, words: checking.Words, number: int, restored: int | None
) -> TextVersion:
    checked, draft = judging.judge(text, words), draft_of(text)
    return TextVersion.objects.create(
        text=text, number=number, written_by=user, restored=restored, ready=checked.ready,
        lines=[asdict(line) for line in checked.lines], edited=draft.edited or words != draft.words,
    )  # fmt: skip


def _tidy(text: ProductText, words: checking.Words) -> Sequence[tuple[str, str]]:
    """Lines that say something, of labels that the kind has, in their order; an empty one of a
    translation keeps its place beside the English."""
    labels = [part.label for part in KINDS[text.kind].parts]
    told = [(label, " ".join(said.split())) for label, said in words]
    known = [(label, said) for label, said in told if (said or text.source_id) and label in labels]
    return sorted(known, key=lambda line: labels.index(line[0]))

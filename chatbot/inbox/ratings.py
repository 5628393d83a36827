"""Ratings: when a person has answered and gone, the shopper is asked once how it was."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from chatbot import delivery, ledger
from chatbot.models import Conversation, Frame, PersonRating, Takeover, Turn

OVER = (Takeover.Ending.HANDED_BACK, Takeover.Ending.CLOSED)


class NotRated(Exception):
    """Raised with a text for the shopper when there is nothing to rate."""


def ask(held: Takeover, turn: Turn) -> list[Frame]:
    """Ask what the shopper thought of the person who has just gone; not of one who was silent."""
    if held.ending not in OVER or not held.remarks.exists():
        return []
    body = {"type": "person.rate", "takeover": str(held.pk), "name": held.name}
    return [delivery.append(turn, body)]


def give(chat: Conversation, takeover_id: uuid.UUID, good: bool, comment: str) -> list[Frame]:
    """Keep what the shopper of `chat` thought; a second rating of a takeover changes nothing.
    Raises NotRated."""
    with transaction.atomic():
        known = Conversation.objects.select_for_update().get(pk=chat.pk)
        held = _over(known, takeover_id)
        if PersonRating.objects.filter(takeover=held).exists():
            return []
        rating = PersonRating.objects.create(takeover=held, good=good, comment=comment.strip())
        ledger.record_rating(rating)
        body = {"type": "person.rated", "takeover": str(held.pk), "good": good}
        frame = delivery.append(known.turns.order_by("-number")[0], body)
    ledger.seal()
    return [frame]


def _over(chat: Conversation, takeover_id: uuid.UUID) -> Takeover:
    """The takeover of this conversation that may be rated."""
    rows = Takeover.objects.filter(pk=takeover_id, conversation=chat, ending__in=OVER)
    held = rows.filter(remarks__isnull=False).first()
    if held is None or chat.erased_at:
        raise NotRated(_("There is nobody to rate here; reload the page to see how it stands."))
    return held

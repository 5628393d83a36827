"""The shopper's own chats: which there are, and which may be gone on with. Nobody else's ever."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.text import Truncator

from . import privacy
from .models import Conversation, Turn

MOST = 50
FIRST_WORDS = 80  # characters


@dataclass(frozen=True)
class Whose:
    """Who asks: a browser, perhaps with a shopper signed in. A foreign site that vouches for a
    shopper sees what was said on it and no more, whoever it vouches for."""

    owner: str
    shopper_id: int | None
    abroad: bool = False


def find(conversation_id: uuid.UUID, whose: Whose) -> Conversation | None:
    """The conversation, if it is theirs and not erased."""
    return _own(whose).filter(pk=conversation_id).first()


def chats(whose: Whose) -> list[dict[str, Any]]:
    """Those in which something was said, newest first, as a list of them shows each."""
    said = Turn.objects.filter(conversation=OuterRef("pk"))
    rows = _own(whose).annotate(
        words=Subquery(said.order_by("number").values("text")[:1]),
        at=Subquery(said.order_by("-number").values("created_at")[:1]),
    )
    told = rows.exclude(at=None).order_by("-at")[:MOST]
    return [_chat(row.pk, row.state, row.words, row.at) for row in told]


def _chat(pk: uuid.UUID, state: str, words: str, at: Any) -> dict[str, Any]:
    first = Truncator(" ".join(words.split())).chars(FIRST_WORDS)
    return {"id": str(pk), "words": first, "at": at.isoformat(timespec="seconds"), "state": state}


def _own(whose: Whose) -> QuerySet[Conversation]:
    own = privacy.conversations(whose.owner, whose.shopper_id)
    return own.filter(owner=whose.owner) if whose.abroad else own

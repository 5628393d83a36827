"""Conversations without a browser, for commands: the same road as the socket's."""

from __future__ import annotations

import hashlib
import uuid

from django.contrib.auth import get_user_model
from django.db import transaction

from . import conversation, delivery, notices, writing
from .models import Conversation, Reply, Turn
from .terms import Outcome


class UnknownCustomer(Exception):
    """Raised when nobody has the e-mail address that should be signed in."""


def begin(customer: str | None = None) -> Conversation:
    """A new conversation, of the customer with this e-mail address if one is given."""
    owner = hashlib.sha256(uuid.uuid4().bytes).hexdigest()
    chat = delivery.open_conversation(owner, shopper_id(customer), "en")
    shown = notices.disclosure("en")
    delivery.disclose(chat, shown.version, shown.language)
    return chat


def say(
    chat: Conversation, text: str, page: str = "", writer: writing.Engine | None = None
) -> Reply:
    """Say `text` in `chat` as its shopper and return the reply, worded by `writer` if it is not to
    be the engine that is switched on."""
    turn = _taken(chat, text, page)
    for _frame in conversation.answer_leased(turn, "terminal", writer):
        pass
    return _shown(Reply.objects.select_related("turn").get(turn=turn))


@transaction.atomic
def _taken(chat: Conversation, text: str, page: str) -> Turn:
    """The message's turn; no process of the site is to pick it up before it is answered here."""
    turn = delivery.accept(
        chat.pk, client_id=uuid.uuid4(), text=text, page=page, shopper_id=chat.shopper_id
    )
    delivery.lease(turn.pk, "terminal")
    return delivery.picked(turn.pk)


def _shown(reply: Reply) -> Reply:
    """The reply as its shopper sees it now; one that waits for staff is not waited for."""
    if reply.completed_at is None and hasattr(reply, "hold"):
        reply.outcome = Outcome.HELD_FOR_STAFF
        reply.text = notices.text("hold.waiting", {})
    return reply


def shopper_id(email: str | None) -> int | None:
    """The user with this address; None without one."""
    if not email:
        return None
    shopper = get_user_model().objects.filter(email__iexact=email).first()
    if shopper is None:
        raise UnknownCustomer(
            f"No customer has the e-mail address {email}; import the shop's customers first."
        )
    return int(shopper.pk)

"""Where a shopper who waits can be written to: left by the shopper, seen by staff, by no model."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from chatbot.models import Contact, Conversation

REACHED = (Conversation.State.WAITING, Conversation.State.PERSON)
MOST = 254  # characters of an address (RFC 5321)


class NotTaken(Exception):
    """Raised with a text for the shopper when an address can't be taken."""


@transaction.atomic
def leave(chat: Conversation, address: str, user: Any = None) -> Contact:
    """Keep the address that a shopper leaves, in place of one before; without one, that of the
    account signed in. Raises NotTaken."""
    known = Conversation.objects.select_for_update().get(pk=chat.pk)
    if known.state not in REACHED:
        raise NotTaken(_("Ask for a person first; then you can leave your e-mail address."))
    address = _checked(address or (user.email if user else ""))
    contact, _new = Contact.objects.update_or_create(
        conversation=known, defaults={"address": address}
    )
    return contact


def _checked(address: str) -> str:
    address = address.strip()
    try:
        if len(address) <= MOST:
            validate_email(address)
            return address
    except ValidationError:
        pass
    raise NotTaken(_("That doesn't look like an e-mail address; an example is name@example.com."))


def address(chat: Conversation) -> str:
    """Where staff can write to; empty where none was left."""
    return Contact.objects.filter(conversation=chat).values_list("address", flat=True).first() or ""


def masked(address: str) -> str:
    """An address as its owner knows it again and nobody else learns it: "a…@example.com"."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}…@{host}" if host else ""

"""The playground: what a shopper would be answered, laid open; nothing of it is kept but that staff
looked at a customer's orders.

While a message is answered the database takes no change: whatever would write is refused, so that
nothing tried here can count.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils.translation import gettext as _

from . import engines, facts, ledger, suggesting
from .inbox import line
from .models import Conversation, Guise, Reply
from .trying import Try

CHANGES = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|ALTER|DROP)\b", re.IGNORECASE
)


class UnknownShopper(Exception):
    """Raised with a text for staff when nobody has the e-mail address."""


class Wrote(Exception):
    """Raised when something would have changed the database."""


def shopper(email: str) -> int | None:
    """The shopper with this e-mail address; None for a guest."""
    if not email:
        return None
    found = get_user_model().objects.filter(email__iexact=email).first()
    if found is None:
        raise UnknownShopper(_("No shopper has this e-mail address; leave it empty for a guest."))
    return int(found.pk)


def note(user: Any, shopper_id: int) -> None:
    """Record who is about to see what is a customer's; not what is asked."""
    with transaction.atomic():
        ledger.record_guise(Guise.objects.create(by=user, shopper=shopper_id))
    ledger.seal()


def answer(text: str, page: str = "", shopper_id: int | None = None) -> Reply:
    """The reply to a first message of a shopper's, with everything between. It has no row."""
    # A guest whom nobody is: tries here use up no shopper's look-ups.
    own = suggesting.likes(shopper_id)
    viewer = facts.Viewer(shopper_id, secrets.token_hex(32), likes=own)
    with connection.execute_wrapper(only_read):
        waits = line.fact(Conversation())
        dice, engine = secrets.randbelow(10**6), engines.now()
        return Try(text, page, viewer, dice, also=[waits], engine=engine).run()


def only_read(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Around a statement: raises Wrote for one that would change something."""
    if CHANGES.match(sql):
        raise Wrote(f"The playground may not change the database, as this would: {sql[:60]}")
    return execute(sql, params, many, context)

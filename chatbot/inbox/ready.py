"""Ready replies: what staff may put into an answer, filled in for the conversation at hand."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from chatbot.models import Conversation, ReadyReply, shown_name
from chatbot.models.ready import KNOWN

MOST = 300  # offered at once
PLACES = re.compile("|".join(rf"\{{({name})\}}" for name in KNOWN))


def offered(chat: Conversation, user: Any) -> list[dict[str, str]]:
    """The ready replies as `user` would say them in `chat`: title, shortcut and text."""
    first = chat.shopper.first_name.strip() if chat.shopper else ""
    values = {"name": first or _("there"), "me": shown_name(user)}
    rows = ReadyReply.objects.filter(active=True)[:MOST]
    return [
        {"title": row.title, "shortcut": row.shortcut, "text": _filled(row.text, values)}
        for row in rows
    ]


def _filled(text: str, values: dict[str, str]) -> str:
    """In one pass, so that a name with braces in it stays a name."""
    return PLACES.sub(lambda found: values[found.group()[1:-1]], text)

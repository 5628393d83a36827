"""The words of a recall: one message for all, in which each one's own sentence and day stand."""

from __future__ import annotations

import re

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chatbot.models import Recall, Recipient

from .refusal import RecallRefused

PLACE = re.compile(r"\{(when|told)\}")
MOST = 2000  # characters of a message
MOST_TOLD = 1000  # of the sentence quoted in it, so that the whole fits a frame


def drafted(right: str, changed: bool) -> str:
    """A message to begin with: of what has changed since, or of what was wrong from the start."""
    if changed:
        told = _("On {when} our AI assistant told you: “{told}” This has changed since. Now: %s")
    else:
        told = _("On {when} our AI assistant told you: “{told}” That was wrong. What is right: %s")
    return told % right


def text(recall: Recall, recipient: Recipient) -> str:
    """What this shopper reads: words of its own, or the message with what they were told."""
    when = date_format(timezone.localtime(recipient.told_at), "DATE_FORMAT")
    shown = {"when": when, "told": _shortened(recipient.told)}
    return recipient.text or PLACE.sub(lambda place: shown[place[1]], recall.message)


def check(message: str) -> str:
    """The message as it is kept; raises RecallRefused where nobody could make sense of it."""
    message = message.strip()
    if "{told}" not in message:
        raise RecallRefused(
            _("The message has no {told}; put it where what each shopper was told is to stand.")
        )
    return check_length(message)


def check_length(words: str) -> str:
    """Words that fit; raises RecallRefused."""
    if len(words) > MOST:
        told = _("The message has %(n)s characters; shorten it to %(most)s.")
        raise RecallRefused(told % {"n": len(words), "most": MOST})
    return words.strip()


def _shortened(told: str) -> str:
    return told if len(told) <= MOST_TOLD else f"{told[: MOST_TOLD - 1]}…"

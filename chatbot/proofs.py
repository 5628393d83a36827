"""One-time codes: a guest proves an order by what was sent to the address it was placed with.

6 digits, 10 minutes, 5 tries, few an hour. Whether the order exists shows nowhere: a code is made
and counted all the same, and the letter is sent aside and a little later, so that not even the time
tells.
"""

from __future__ import annotations

import re
import secrets
import threading
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from storefront import limits, queries

from .models import Conversation, Proof, Turn

DIGITS = 6
LASTS = timedelta(minutes=10)
MOST_TRIES = 5
HOUR = 3600
LETTER_SECONDS = 1  # a letter written beside the answer to the press would slow it down
CODE = re.compile(rf"(?<![\w#€$£.,-])(\d[ -]?){{{DIGITS - 1}}}\d(?![\w-]|[.,]\d)")


def send(conversation: Conversation, order: str) -> bool:
    """Make a code for `order` and send it to the order's address, in place of those before; False
    when too many were asked for within the hour, by this session or for this order."""
    if any(_too_many(key) for key in (conversation.owner, order)):
        return False
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    Proof.objects.create(
        conversation=conversation, order=order, digest=_digest(code, order),
        expires_at=timezone.now() + LASTS,
    )  # fmt: skip
    letter = (order, code, conversation.language)
    transaction.on_commit(threading.Timer(LETTER_SECONDS, _post, letter).start)
    return True


def answered(turn: Turn) -> str | None:
    """The order that a message proves; empty for a wrong code, None where none is awaited or typed.
    A code is good for one turn; a process that takes that turn over finds the same."""
    typed = CODE.search(turn.text)
    proof = Proof.objects.filter(conversation=turn.conversation).first() if typed else None
    if typed is None or proof is None:
        return None
    if proof.used_at:
        return proof.order if proof.used_in == turn.number else None
    # Counted in one statement before it is of use: tries at the same time all count.
    if not _open(proof).update(tries=F("tries") + 1):
        return None
    digits = re.sub(r"\D", "", typed.group())
    if not constant_time_compare(proof.digest, _digest(digits, proof.order)):
        return ""
    Proof.objects.filter(pk=proof.pk).update(used_at=timezone.now(), used_in=turn.number)
    return proof.order


def proved(conversation: Conversation) -> str:
    """The order that was proved last in this conversation; empty where none has been."""
    used = Proof.objects.filter(conversation=conversation, used_at__isnull=False)
    return used.values_list("order", flat=True).first() or ""


def _open(proof: Proof) -> QuerySet[Proof]:
    """The code, while it still counts."""
    mine = Proof.objects.filter(pk=proof.pk, used_at=None, tries__lt=MOST_TRIES)
    return mine.filter(expires_at__gt=timezone.now())


def _digest(code: str, order: str) -> str:
    return salted_hmac("chatbot.proof", f"{order}|{code}", algorithm="sha256").hexdigest()


def _too_many(key: str) -> bool:
    counter = f"codes:{salted_hmac('chatbot.codes', key).hexdigest()}"
    return limits.count(counter, HOUR) > settings.CODES_PER_HOUR


def _post(order: str, code: str, language: str) -> None:
    """Send the letter, if there is anybody to send it to."""
    try:
        found = queries.order(order)
        if found is not None:
            with translation.override(language):
                send_mail(*_letter(found.name, code), None, [found.email])
    finally:
        connection.close()


def _letter(order: str, code: str) -> tuple[str, str]:
    told = _(
        "%(code)s is your code. Type it into the shop's chat within 10 minutes to see your order"
        " there.\n\nDid you not ask for it? Then you need not do anything."
    )
    return _("Your code for order %(order)s") % {"order": order}, told % {"code": code}

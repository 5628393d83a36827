"""What staff look for among a million messages: what an index finds, at once; words, by looking
through so many messages at a time."""

from __future__ import annotations

import re
import uuid

from django.db.models import Q, QuerySet

from chatbot.models import Conversation, Turn

STEP = 5_000  # messages that one request looks through for words
HELP = "Receipt, e-mail address, number or words"
NUMBER = re.compile(r"[0-9a-f]{8}", re.IGNORECASE)
LAST = "f" * 24


def by_key(term: str) -> Q | None:
    """The conversation of a receipt or of a number as the list shows it, those of an address; None
    for words."""
    if term.upper().startswith("CF-"):
        return Q(turns__reply__receipt=term.upper())
    if "@" in term:
        return Q(shopper__email=term.lower())
    if NUMBER.fullmatch(term):
        return Q(pk__gte=uuid.UUID(f"{term:0<32}"), pk__lte=uuid.UUID(term + LAST))
    return None


def saying(words: str, upto: int | None) -> Q:
    """The conversations in which all of these words were said in one turn, among the STEP messages
    before `upto`."""
    within = turns(upto)
    for word in words.split():
        within = within.filter(Q(text__icontains=word) | Q(reply__text__icontains=word))
    return Q(pk__in=list(within.values_list("conversation", flat=True).distinct()))


def turns(upto: int | None) -> QuerySet[Turn]:
    """The STEP messages before `upto`, or the newest ones."""
    last = newest() if upto is None else upto
    return Turn.objects.filter(pk__lte=last, pk__gt=last - STEP).order_by()


def newest() -> int:
    """The number of the newest message of all."""
    return Turn.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def found(rows: QuerySet[Conversation], term: str, upto: int | None) -> QuerySet[Conversation]:
    """The conversations that staff may mean by `term`."""
    known = by_key(term)
    return rows.filter(saying(term, upto) if known is None else known)


def goes_on(term: str, upto: int | None) -> int:
    """Where the search for words goes on; 0 where there is nothing older."""
    if not term or by_key(term) is not None:
        return 0
    return max(0, (newest() if upto is None else upto) - STEP)

"""Delivery: what is accepted, in which order frames stand, who works on a turn.

The database is the truth. A frame exists once it is committed; sockets only carry it.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from . import budgets, ledger, waiting
from .models import Conversation, Disclosure, Duty, Feedback, Frame, Reply, Turn

MOST_OPEN_TURNS = 5
MOST_CHARACTERS = 4000
NOT_AT_WORK = (Turn.State.DONE, Turn.State.HELD)
ERASED = "erased"  # the kind of every frame of an erased conversation; none of them is sent


class Refused(Exception):
    """Raised when a message cannot be accepted; `code` is for programs, the text for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def open_conversation(
    owner: str, shopper_id: int | None, language: str, embed_id: int | None = None
) -> Conversation:
    """A new conversation of this browser session, or of this visitor of an embed."""
    return Conversation.objects.create(
        owner=owner, shopper_id=shopper_id, language=language, embed_id=embed_id
    )


def find_conversation(
    conversation_id: uuid.UUID, owner: str, shopper_id: int | None
) -> Conversation | None:
    """This session's conversation; None when it is somebody else's, of a shopper who has signed
    out since, or erased."""
    mine = Conversation.objects.filter(pk=conversation_id, owner=owner, erased_at=None)
    chat = mine.first()
    if chat is None or (chat.shopper_id and chat.shopper_id != shopper_id):
        return None
    return chat


def newest_conversation(owner: str, shopper_id: int | None) -> Conversation | None:
    """The visitor's last conversation, unless it is of a shopper who has signed out since."""
    chat = Conversation.objects.filter(owner=owner).first()
    return find_conversation(chat.pk, owner, shopper_id) if chat else None


def speak(conversation: Conversation, language: str) -> None:
    """What the conversation tells by itself is in `language` from now on; what has been told
    stays."""
    if conversation.language != language:
        conversation.language = language
        conversation.save(update_fields=["language"])


def belong(conversation: Conversation, shopper_id: int) -> None:
    """A guest's conversation is from now on the shopper's who has signed in."""
    Conversation.objects.filter(pk=conversation.pk, shopper=None).update(shopper_id=shopper_id)


@transaction.atomic
def disclose(conversation: Conversation, version: str, language: str) -> None:
    """Keep that the disclosure was on the shopper's screen; saying it twice changes nothing, unless
    it was due again. Replies follow the language of the newest one."""
    if has_seen(conversation, version, language):
        return
    own = conversation.embed
    text = own.disclosure if own and own.mark and version.endswith(own.mark) else ""
    shown = conversation.disclosures.create(version=version, language=language, text=text)
    ledger.record_disclosure(shown)


def disclosure_due(conversation_id: uuid.UUID) -> bool:
    """Whether the assistant has answered on a website for so long that its disclosure is to be
    told once more."""
    chat = Conversation.objects.select_related("embed").get(pk=conversation_id)
    if not chat.embed or not chat.embed.repeat_minutes or chat.state == Conversation.State.PERSON:
        return False
    last = seen(chat)
    again = timedelta(minutes=chat.embed.repeat_minutes)
    return bool(last and last.seen_at < timezone.now() - again)


@transaction.atomic
def accept(
    conversation_id: uuid.UUID,
    *,
    client_id: uuid.UUID,
    text: str,
    page: str = "",
    shopper_id: int | None = None,
    wants_person: bool = False,
    address: str = "",
    replaces: int | None = None,
) -> Turn:
    """Store a message under the client's id; a repeated id returns the same turn.

    Raises Refused before the disclosure has been seen, for empty or overlong texts, and for more
    messages than a person writes. Who asks for a person, or talks to one, is heard even when the
    day is spent.
    """
    chat = Conversation.objects.select_for_update().get(pk=conversation_id)
    if known := chat.turns.filter(client_id=client_id).first():
        return known
    _check(chat, text)
    if not (wants_person or chat.state == Conversation.State.PERSON):
        _check_line()
        _check_day(chat, shopper_id, address)
    last = chat.turns.aggregate(number=Max("number"))["number"] or 0
    if shopper_id and not chat.shopper_id:
        chat.shopper_id = shopper_id
        chat.save(update_fields=["shopper"])
    turn = chat.turns.create(
        number=last + 1, client_id=client_id, text=text, page=page, shopper_id=shopper_id,
        wants_person=wants_person,
    )  # fmt: skip
    body = {"type": "said", "turn": turn.number, "text": text, "client_id": str(client_id)}
    append(turn, body | ({"replaces": replaces} if replaces else {}))
    return turn


def _check(chat: Conversation, text: str) -> None:
    if chat.erased_at:
        raise Refused("erased", _("This chat has been erased; reload the page to begin a new one."))
    if not chat.disclosures.exists():
        raise Refused(
            "disclosure", _("The disclosure has to be on screen before the first message.")
        )
    if not text.strip():
        raise Refused("empty", _("The message is empty; write something first."))
    if len(text) > MOST_CHARACTERS:
        raise Refused(
            "long",
            _("The message has %(n)s characters; shorten it to %(most)s.")
            % {"n": len(text), "most": MOST_CHARACTERS},
        )
    if chat.turns.exclude(state__in=NOT_AT_WORK).count() >= MOST_OPEN_TURNS:
        raise Refused("busy", _("Several messages are waiting for answers; give me a moment."))
    minute = timezone.now() - timedelta(minutes=1)
    recent = Turn.objects.filter(conversation__owner=chat.owner, created_at__gte=minute).count()
    if recent >= settings.MESSAGES_PER_MINUTE:
        raise Refused("fast", _("That was fast. Please wait a minute before the next message."))


def _check_line() -> None:
    """Refuse what would wait behind too many others to be answered soon."""
    if waiting.full():
        told = _("Too many people are asking just now, so I did not take your message. Please send"
                 " it again in a few minutes; a person can still help you.")  # fmt: skip
        raise Refused("full", told)


def _check_day(chat: Conversation, shopper_id: int | None, address: str) -> None:
    """Refuse what goes beyond a day's budget: of the browser session, or of the shopper wherever
    signed in, and of the address."""
    day = timezone.now() - timedelta(days=1)
    whose = Q(conversation__owner=chat.owner)
    if shopper_id:
        whose |= Q(shopper_id=shopper_id)
    sent = Turn.objects.filter(whose, created_at__gte=day).count()
    if sent >= settings.MESSAGES_PER_DAY or (address and not budgets.spend(address)):
        raise Refused("day", _("That's all I can answer today. A person can still help you."))


def append(turn: Turn, body: dict[str, Any]) -> Frame:
    """The conversation's next frame; inside the transaction of what it tells. Raises Erased."""
    return _append(turn.conversation_id, turn, body)


def append_end(chat: Conversation) -> Frame:
    """The frame by which open sockets learn that the conversation is erased."""
    return _append(chat.pk, None, {"type": ERASED})


@transaction.atomic(savepoint=False)  # it stands or falls with what it tells
def _append(chat_id: uuid.UUID, turn: Turn | None, body: dict[str, Any]) -> Frame:
    chat = Conversation.objects.filter(pk=chat_id)
    if not chat.filter(erased_at=None).update(last_seq=F("last_seq") + 1):
        raise Erased(f"Conversation {chat_id} has been erased.")
    seq = chat.values_list("last_seq", flat=True).get()
    return Frame.objects.create(conversation_id=chat_id, seq=seq, turn=turn, body=body)


class LeaseLost(Exception):
    """Raised when another process has taken the turn over; this one must fall silent."""


class Erased(LeaseLost):
    """Raised when the conversation has been erased; nothing is said or kept in it any more."""


class PersonSpeaks(Exception):
    """Raised when a person has the conversation; the assistant must fall silent."""


def hold(chat_id: uuid.UUID) -> Conversation:
    """The conversation, locked before anything of it is written; raises Erased, so that nothing is
    written back into one that has been emptied."""
    locked = Conversation.objects.select_for_update().get(pk=chat_id)
    if locked.erased_at:
        raise Erased(f"Conversation {chat_id} has been erased.")
    return locked


def take_floor(turn: Turn) -> None:
    """Lock the conversation for the assistant's next words; inside the transaction that commits
    them, so that it never speaks over a person."""
    locked = hold(turn.conversation_id)
    if locked.state == Conversation.State.PERSON:
        raise PersonSpeaks(f"A person has conversation {locked}.")


def frames_after(conversation_id: uuid.UUID, seq: int, most: int = 200) -> list[dict[str, Any]]:
    """The next frames as they go on the wire, in order."""
    rows = Frame.objects.filter(conversation_id=conversation_id, seq__gt=seq)[:most]
    return [row.body | {"seq": row.seq} for row in rows]


def lease(turn_id: int, process: str) -> Turn | None:
    """The turn, for `process` alone; None when it is done or another process works on it."""
    mine = waiting.free().filter(pk=turn_id)
    taken = mine.update(state=Turn.State.RUNNING, lease=process, leased_until=waiting.lease_end())
    return picked(turn_id) if taken else None


def picked(turn_id: int) -> Turn:
    """A turn that has been leased already."""
    return Turn.objects.select_related("conversation").get(pk=turn_id)


def renew(turn: Turn, process: str) -> None:
    """Go on working on the turn; raises LeaseLost when it is another's by now."""
    mine = Turn.objects.filter(pk=turn.pk, lease=process, state=Turn.State.RUNNING)
    if mine.update(leased_until=waiting.lease_end()) != 1:
        raise LeaseLost(f"Turn {turn.pk} is no longer leased to {process}.")


def finish(turn: Turn, process: str) -> None:
    """The turn is done; raises LeaseLost when it is another's by now."""
    mine = Turn.objects.filter(pk=turn.pk, lease=process, state=Turn.State.RUNNING)
    if mine.update(state=Turn.State.DONE, leased_until=None) != 1:
        raise LeaseLost(f"Turn {turn.pk} is no longer leased to {process}.")


def stopped(turn: Turn) -> bool:
    """Whether the turn's reply is wanted no further: the shopper pressed stop, a person has taken
    the conversation over, or staff have switched the assistant off."""
    person = Q(conversation__state=Conversation.State.PERSON)
    unwanted = person | Q(stop_requested=True) | Q(Subquery(Duty.newest()))
    return Turn.objects.filter(unwanted, pk=turn.pk).exists()


def request_stop(conversation: Conversation, number: int) -> None:
    """The shopper has heard enough; the road sees it at the next sentence."""
    conversation.turns.filter(number=number).update(stop_requested=True)


@transaction.atomic
def rate(conversation: Conversation, receipt: str, helpful: bool, comment: str) -> Feedback | None:
    """Store what the shopper thought of a reply of this conversation; None if it has no such."""
    if Conversation.objects.select_for_update().get(pk=conversation.pk).erased_at:
        return None
    reply = Reply.objects.filter(receipt=receipt, turn__conversation=conversation).first()
    if reply is None:
        return None
    feedback, _new = Feedback.objects.update_or_create(
        reply=reply, defaults={"helpful": helpful, "comment": comment}
    )
    return feedback


def seen(conversation: Conversation) -> Disclosure | None:
    """The newest disclosure this conversation has had on screen."""
    return conversation.disclosures.order_by("-seen_at").first()


def has_seen(conversation: Conversation, version: str, language: str) -> bool:
    """Whether this very disclosure was the last on screen, and need not be told again yet."""
    newest = seen(conversation)
    told = bool(newest and (newest.version, newest.language) == (version, language))
    return told and not disclosure_due(conversation.pk)

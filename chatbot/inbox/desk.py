"""The desk: what becomes of a conversation between the assistant and the people of the team.

Each deed is one transaction with the conversation locked: its state moves by the machine's table,
the record gets its entry, the shopper a frame.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chatbot import delivery, ledger
from chatbot.models import Conversation, Frame, Note, Remark, Takeover, Turn, shown_name

from . import contact, line, ratings
from .machine import ASSISTANT, CLOSED, WAITING, Event, NotPossible, after

HOLD_LASTS = timedelta(minutes=10)  # without a sign of the person; then the shopper waits again
Ending = Takeover.Ending
LEADS = {
    Ending.HANDED_BACK: Event.HANDED_BACK,
    Ending.CLOSED: Event.CLOSED,
    Ending.LAPSED: Event.LAPSED,
}


class DeskRefused(Exception):
    """Raised with a text for staff when a deed does not fit."""


@transaction.atomic
def shopper(turn: Turn, event: Event) -> list[Frame]:
    """The shopper wrote on, or asked for a person; a frame when the state changes by it."""
    chat = _locked(turn.conversation_id)
    return [_tell(chat)] if _move(chat, event) else []


def take(chat_id: uuid.UUID, user: Any) -> list[Frame]:
    """`user` speaks from now on. Raises DeskRefused where a colleague was faster."""
    with transaction.atomic():
        chat = _locked(chat_id)
        held = _held(chat)
        if held and held.person_id == user.pk:
            return []
        if held and held.leased_until >= timezone.now():
            raise DeskRefused(_("%(who)s has this conversation.") % {"who": held.name})
        if held:
            _end(chat, held, Ending.LAPSED)
        _check_kept(chat)
        if not chat.turns.exists():
            raise DeskRefused(_("Nothing has been said here yet; wait for the first message."))
        waited = _waited(chat)
        _move(chat, Event.TAKEN)
        _begin(chat, user, waited)
        frame = _tell(chat)
    return _recorded([frame, *_moved_up(chat)])


def say(
    chat_id: uuid.UUID, user: Any, client_id: uuid.UUID, text: str, by_letter: bool = False
) -> list[Frame]:
    """Tell the shopper what `user` wrote, by letter as well where an address was left and that is
    wished; a repeated id changes nothing."""
    with transaction.atomic():
        chat = _locked(chat_id)
        if Remark.objects.filter(client_id=client_id).exists():
            return []
        held, turn = _mine(chat, user), _last(chat)
        letter = Remark.Letter.DUE if by_letter and contact.address(chat) else ""
        remark = Remark.objects.create(
            takeover=held, turn=turn, client_id=client_id, text=_written(text), letter=letter
        )
        ledger.record_remark(remark)
        renew(chat_id, user)
        at = remark.said_at.isoformat(timespec="seconds")
        body = {"type": "person", "name": held.name, "text": remark.text, "at": at}
        frame = delivery.append(turn, body)
    return _recorded([frame])


def end(chat_id: uuid.UUID, user: Any, ending: str) -> list[Frame]:
    """Hand the conversation back to the assistant, or close it, and ask the shopper how it was;
    doing so twice changes nothing."""
    with transaction.atomic():
        chat = _locked(chat_id)
        if chat.state == (CLOSED if ending == Ending.CLOSED else ASSISTANT):
            return []
        held = _mine(chat, user)
        _end(chat, held, ending)
        frames = [_tell(chat), *ratings.ask(held, _last(chat))]
    return _recorded(frames)


def transfer(chat_id: uuid.UUID, user: Any, colleague_id: int) -> list[Frame]:
    """Pass the conversation on to a colleague who may answer."""
    with transaction.atomic():
        chat = _locked(chat_id)
        held = _mine(chat, user)
        colleague = line.colleagues().exclude(pk=user.pk).filter(pk=colleague_id).first()
        if colleague is None:
            raise DeskRefused(_("Choose a colleague who may answer in the inbox."))
        _close(held, Ending.TRANSFERRED)
        _move(chat, Event.TRANSFERRED)
        _begin(chat, colleague)
        frame = _tell(chat)
    return _recorded([frame])


def note(chat_id: uuid.UUID, user: Any, text: str) -> Note:
    """Keep a note for colleagues; whoever has the conversation is still there."""
    renew(chat_id, user)
    with transaction.atomic():
        chat = _locked(chat_id)
        _check_kept(chat)
        return Note.objects.create(conversation=chat, author=user, text=_written(text))


def renew(chat_id: uuid.UUID, user: Any) -> None:
    """The person is still there."""
    mine = Takeover.objects.filter(conversation=chat_id, person=user, ended_at=None)
    mine.update(leased_until=timezone.now() + HOLD_LASTS)


def let_lapse() -> Iterator[Frame]:
    """Put conversations whose person is gone back into the line, where they stood."""
    gone = Takeover.objects.filter(ended_at=None, leased_until__lt=timezone.now())
    for chat_id in gone.values_list("conversation", flat=True):
        with transaction.atomic():
            chat = _locked(chat_id)
            held = _held(chat)
            if held is None or held.leased_until >= timezone.now():
                continue  # heard of again, or a colleague was faster
            _end(chat, held, Ending.LAPSED)
            frame = _tell(chat)
        yield from _recorded([frame, *_moved_up(chat)])


def leave(chat: Conversation) -> list[uuid.UUID]:
    """End whatever a conversation has with people, because it is being erased; it is locked. Those
    who waited behind it, who move up once that is committed."""
    behind = list(line.behind(chat).values_list("pk", flat=True)) if chat.state == WAITING else []
    held = _held(chat)
    _move(chat, Event.ERASED)
    if held:
        _close(held, Ending.CLOSED)
    return behind


def _check_kept(chat: Conversation) -> None:
    if chat.erased_at:
        raise DeskRefused(_("This conversation has been erased; there is nothing left of it."))


def _locked(chat_id: uuid.UUID) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=chat_id)


def _held(chat: Conversation) -> Takeover | None:
    return Takeover.objects.filter(conversation=chat, ended_at=None).first()


def _mine(chat: Conversation, user: Any) -> Takeover:
    """The takeover of `user`; raises DeskRefused where it is over, or somebody else's."""
    held = _held(chat)
    if held is None or held.person_id != user.pk:
        raise DeskRefused(_("You don't have this conversation (any more); take it over first."))
    return held


def _last(chat: Conversation) -> Turn:
    return chat.turns.order_by("-number")[0]


def _written(text: str) -> str:
    """What staff wrote, trimmed; raises DeskRefused where that is nothing or too much."""
    text = text.strip()
    if not text or len(text) > delivery.MOST_CHARACTERS:
        told = _("Write between 1 and %(most)s characters; these are %(n)s.")
        raise DeskRefused(told % {"most": delivery.MOST_CHARACTERS, "n": len(text)})
    return text


def _waited(chat: Conversation) -> int | None:
    """For how many seconds the shopper has waited; None for who did not, or lost a person since."""
    since = chat.waiting_since
    if chat.state != WAITING or since is None:
        return None
    if chat.takeovers.filter(taken_at__gte=since).exists():
        return None
    return max(0, round((timezone.now() - since).total_seconds()))


def _begin(chat: Conversation, user: Any, waited: int | None = None) -> None:
    until = timezone.now() + HOLD_LASTS
    held = Takeover.objects.create(
        conversation=chat, person=user, name=shown_name(user), leased_until=until, waited=waited
    )
    ledger.record_takeover(held)


def _end(chat: Conversation, held: Takeover, ending: str) -> None:
    _move(chat, LEADS[Ending(ending)])
    _close(held, ending)


def _close(held: Takeover, ending: str) -> None:
    held.ended_at, held.ending = timezone.now(), ending
    held.save(update_fields=["ended_at", "ending"])
    ledger.record_takeover(held)


def _move(chat: Conversation, event: Event) -> bool:
    """Where the table leads; whether that is elsewhere. Who is lost again keeps the old place."""
    before = chat.state
    try:
        chat.state = after(before, event)
    except NotPossible as error:
        raise DeskRefused(str(error)) from error
    if chat.state == WAITING:
        chat.waiting_since = chat.waiting_since or timezone.now()
    elif chat.state in (ASSISTANT, CLOSED):
        chat.waiting_since = None
    chat.save(update_fields=["state", "waiting_since"])
    return chat.state != before


def _tell(chat: Conversation) -> Frame:
    """Let the shopper know who has the conversation now."""
    return delivery.append(_last(chat), {"type": "state"} | line.standing(chat))


def _moved_up(chat: Conversation) -> Iterator[Frame]:
    """Tell those behind in the line their new places."""
    if chat.waiting_since is not None:
        yield from move_up(line.behind(chat).values_list("pk", flat=True))


def move_up(behind: Iterable[uuid.UUID]) -> Iterator[Frame]:
    """Tell those who wait their new places, each by itself: no lock on the whole line."""
    for later in behind:
        with transaction.atomic():
            waiting = _locked(later)
            if waiting.state == WAITING:
                yield _tell(waiting)


def _recorded(frames: list[Frame]) -> list[Frame]:
    ledger.seal()
    return frames

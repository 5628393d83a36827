"""Actions: offered as a card, done by the shopper's press on it and by nothing else.

An action belongs to one conversation and one shopper. Its row is locked while it is pressed, its
id is the key under which the shop does it, and the shop asks its rules again: pressed twice, in two
tabs or too late, it is done once or not at all. What is written never counts as a press.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import TypeAdapter

from storefront import commands
from storefront.clock import now

from .models import Action, Conversation, Turn

State = Action.State
CODE = "code"  # a card that asks for a one-time code: it changes no order
_quotes: TypeAdapter[commands.Quote] = TypeAdapter(commands.Quote)


class Refused(Exception):
    """Raised with a text for the client when a press does not fit."""


def offer(turn: Turn, kind: str, order: str, quote: str, **shown: Any) -> list[Action]:
    """A new action, and the older ones it replaces: an order has one open card a conversation."""
    open_ones = Action.objects.select_for_update().filter(
        turn__conversation=turn.conversation, order=order, state=State.OFFERED
    )
    replaced = list(open_ones)
    for old in replaced:
        _become(old, State.REPLACED)
    until = timezone.now() + timedelta(minutes=settings.OFFER_MINUTES)
    new = Action.objects.create(
        turn=turn, kind=kind, order=order, quote=quote, expires_at=until, **shown
    )
    return [*replaced, new]


def withdraw(turn: Turn) -> list[Action]:
    """The cards of a turn whose message has been replaced; those not pressed close. Raises Refused
    where one was: what has been done is not unsaid by other words."""
    mine = list(Action.objects.select_for_update().filter(turn=turn))
    if any(action.pressed_at for action in mine):
        raise Refused(_("What you pressed there has been done. Please write a new message."))
    return [_become(a, State.REPLACED) for a in mine if a.state == State.OFFERED]


def press(
    chat: Conversation, action_id: uuid.UUID, choice: str, shopper_id: int | None
) -> Action | None:
    """Do what the shopper chose: confirm, decline or undo. None when nothing changes by it, as on
    a second press. Raises Refused."""
    mine = Action.objects.select_for_update(of=("self",)).select_related("turn__conversation")
    action = mine.filter(pk=action_id, turn__conversation=chat).first()
    if action is None or action.turn.shopper_id != shopper_id:
        raise Refused(_("There is no such card in this chat."))
    if choice == "undo":
        return _undo(action)
    if action.state != State.OFFERED:
        return None
    if choice == "decline":
        return _become(action, State.DECLINED)
    if timezone.now() > action.expires_at:
        return _become(action, State.EXPIRED)
    action.pressed_at = now()
    if action.kind == CODE:
        return _become(action, State.DONE)
    if _quotes.validate_json(action.quote).for_staff:
        return _become(action, State.WAITING)
    return _carry_out(action)


def amount(action: Action) -> Decimal:
    """How much money an action gives back, in the shop's currency; 0 where none or not known."""
    return (action.quote and _quotes.validate_json(action.quote).refund) or Decimal(0)


def fail(action: Action) -> Action:
    """What was pressed can't be done after all."""
    return _become(action, State.FAILED)


def decide(action_id: uuid.UUID, user: Any, release: bool) -> Action:
    """Staff release or refuse what waits for them. Raises Refused when it no longer does."""
    action = Action.objects.select_for_update().get(pk=action_id)
    if action.state != State.WAITING:
        raise Refused(_("This action does not wait for anybody any more."))
    action.decided_by = user
    return _carry_out(action) if release else _become(action, State.REFUSED)


def _carry_out(action: Action) -> Action:
    quote = _quotes.validate_json(action.quote)
    try:
        with transaction.atomic():
            change = commands.carry_out(quote, action.pk, action.pressed_at or now())
    except commands.NotPossible:
        return _become(action, State.FAILED)
    action.undo_until = change.undo_until
    action.change = change.number
    return _become(action, State.DONE)


def _undo(action: Action) -> Action | None:
    if action.state != State.DONE or action.kind == CODE:
        return None
    try:
        with transaction.atomic():
            commands.undo(action.pk)
    except commands.NotPossible as error:
        raise Refused(_("This can't be undone here any more. A person can help.")) from error
    return _become(action, State.UNDONE)


def _become(action: Action, state: str) -> Action:
    action.state = state
    action.save()
    return action

"""The road of one action: from the card that offers it to the press, each step recorded.

Whatever becomes of an action is written, entered in the ledger and told in one transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from . import actions, delivery, duty, ledger, notices, proofs
from .actions import Refused
from .models import Action, Conversation, Frame, Turn

__all__ = ["Refused", "amounts", "decide", "offer", "press", "withdraw", "would_give"]


@transaction.atomic
def offer(turn: Turn, values: Mapping[str, str], card: notices.ActionCard) -> list[Frame]:
    """Put a card with its button into the conversation; an older one of the order closes."""
    *replaced, new = actions.offer(
        turn, values["kind"], values["number"], values.get("quote", ""),
        title=card.title, terms=list(card.terms), notices=notices.VERSION,
    )  # fmt: skip
    ledger.record_action(new)
    body = {
        "type": "action", "turn": turn.number, "id": str(new.pk), "kind": new.kind,
        "title": new.title, "terms": new.terms, "confirm": card.confirm, "decline": card.decline,
    }  # fmt: skip
    return [*map(_tell, replaced), delivery.append(turn, body)]


def amounts(turn: Turn) -> list[Decimal]:
    """What each action offered in a turn would give back, in the shop's currency."""
    return [actions.amount(action) for action in turn.actions.all()]


def would_give(values: Mapping[str, str]) -> Decimal:
    """What an action that has not been offered yet would give back."""
    return actions.amount(Action(quote=values.get("quote", "")))


def withdraw(turn: Turn) -> list[Frame]:
    """Close the cards of a turn that nobody has pressed; inside the caller's transaction."""
    return [_tell(action) for action in actions.withdraw(turn)]


def press(
    chat: Conversation, action_id: uuid.UUID, choice: str, shopper_id: int | None
) -> Frame | None:
    """What a shopper's press led to; None when nothing changed by it. Raises Refused."""
    if duty.people_only() and choice == "confirm":
        raise Refused(notices.text("people.only", {}, notices.language(chat.language)))
    with transaction.atomic():
        _hold(chat.pk)
        action = actions.press(chat, action_id, choice, shopper_id)
        if action and action.kind == actions.CODE and action.state == Action.State.DONE:
            action = action if proofs.send(chat, action.order) else actions.fail(action)
        frame = _tell(action) if action else None
    ledger.seal()
    return frame


def decide(action_id: uuid.UUID, user: Any, release: bool) -> Frame:
    """What staff made of an action that waited for them. Raises Refused."""
    chat_id = Action.objects.values_list("turn__conversation", flat=True).get(pk=action_id)
    with transaction.atomic():
        _hold(chat_id)
        frame = _tell(actions.decide(action_id, user, release))
    ledger.seal()
    return frame


def _hold(chat_id: uuid.UUID) -> None:
    """Lock the chat, before any action of it: the order is that of `storefront.locks`."""
    try:
        delivery.hold(chat_id)
    except delivery.Erased as error:
        raise Refused(_("There is no such card in this chat.")) from error


def _tell(action: Action) -> Frame:
    spoken = notices.language(action.turn.conversation.language)
    action.told = notices.action_told(
        action.kind, action.state, action.order, action.change, spoken
    )
    action.save(update_fields=["told"])
    ledger.record_action(action)
    undo = action.undo_until if action.state == Action.State.DONE else None
    body = {
        "type": "action.state", "turn": action.turn.number, "id": str(action.pk),
        "state": action.state, "text": action.told, "undo": undo.isoformat() if undo else None,
    }  # fmt: skip
    return delivery.append(action.turn, body)

"""The staff's pages: conversations, reviews, actions, the switch, the ledger."""

from __future__ import annotations

from .actions import ActionAdmin
from .conversations import ConversationAdmin
from .duty import DutyAdmin
from .record import LedgerEntryAdmin
from .reviews import ReviewAdmin

__all__ = ["ActionAdmin", "ConversationAdmin", "DutyAdmin", "LedgerEntryAdmin", "ReviewAdmin"]

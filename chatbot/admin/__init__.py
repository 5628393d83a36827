"""The staff's pages: dashboard, inbox, conversations, reviews, claims, actions, switch, ledger."""

from __future__ import annotations

from .actions import ActionAdmin
from .claims import ToldClaimAdmin
from .conversations import ConversationAdmin
from .dashboard import DashboardAdmin
from .duty import DutyAdmin
from .inbox import InboxAdmin
from .record import LedgerEntryAdmin
from .reviews import ReviewAdmin

__all__ = [
    "ActionAdmin",
    "ConversationAdmin",
    "DashboardAdmin",
    "DutyAdmin",
    "InboxAdmin",
    "LedgerEntryAdmin",
    "ReviewAdmin",
    "ToldClaimAdmin",
]

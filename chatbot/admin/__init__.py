"""The staff's pages, one file each: from the dashboard to the ledger."""

from __future__ import annotations

from .actions import ActionAdmin
from .claims import ToldClaimAdmin
from .conversations import ConversationAdmin
from .dashboard import DashboardAdmin
from .duty import DutyAdmin
from .embeds import EmbedAdmin
from .engines import EngineSetupAdmin
from .fairness import FairnessAuditAdmin
from .golden import GoldenCaseAdmin
from .inbox import InboxAdmin
from .playground import GuiseAdmin, PlaygroundAdmin
from .ready import ReadyReplyAdmin
from .recalls import RecallAdmin
from .record import LedgerEntryAdmin
from .reviews import ReviewAdmin
from .texts import ProductTextAdmin

__all__ = [
    "ActionAdmin",
    "ConversationAdmin",
    "DashboardAdmin",
    "DutyAdmin",
    "EmbedAdmin",
    "EngineSetupAdmin",
    "FairnessAuditAdmin",
    "GoldenCaseAdmin",
    "GuiseAdmin",
    "InboxAdmin",
    "LedgerEntryAdmin",
    "PlaygroundAdmin",
    "ProductTextAdmin",
    "ReadyReplyAdmin",
    "RecallAdmin",
    "ReviewAdmin",
    "ToldClaimAdmin",
]

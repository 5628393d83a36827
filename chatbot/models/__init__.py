"""The conversation's rows. Bodies (messages, replies) can be erased; the ledger only grows."""

from __future__ import annotations

from .action import Action
from .proof import Proof
from .record import LedgerCheckpoint, LedgerEntry, LedgerSeal
from .staff import Duty, Review
from .talk import Conversation, Disclosure, Feedback, Frame, Reply, Turn, new_receipt, new_salt

__all__ = [
    "Action",
    "Conversation",
    "Disclosure",
    "Duty",
    "Feedback",
    "Frame",
    "LedgerCheckpoint",
    "LedgerEntry",
    "LedgerSeal",
    "Proof",
    "Reply",
    "Review",
    "Turn",
    "new_receipt",
    "new_salt",
]

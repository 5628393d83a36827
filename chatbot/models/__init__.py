"""The conversation's rows. Bodies (messages, replies) can be erased; the ledger only grows."""

from __future__ import annotations

from .action import Action
from .edit import Edit
from .embed import Embed
from .engine import EngineErrand, EngineSetup, EngineSwitch, Side
from .fairness import FairnessAudit
from .figures import Bookmark, Day, Tally
from .golden import GoldenCase, ShopAnswer, Trial
from .guise import Guise
from .hold import Hold
from .inbox import Contact, Inbox, Note, PersonRating, Remark, Seat, Takeover
from .liking import CardVector, Dismissal, Look, Taste
from .photo import Photo
from .proof import Proof
from .ready import ReadyReply
from .recall import Recall, Recipient
from .record import Dispatch, LedgerCheckpoint, LedgerEntry, LedgerSeal, Setup, Verification
from .register import ToldClaim
from .staff import Basis, Correction, Duty, Review, shown_name
from .talk import (
    Conversation,
    Disclosure,
    Feedback,
    Frame,
    Playground,
    Reply,
    Turn,
    new_receipt,
    new_salt,
)
from .text import (
    Commission,
    Confirmation,
    ProductText,
    Publication,
    TextVersion,
    language_name,
)

__all__ = [
    "Action",
    "Basis",
    "Bookmark",
    "CardVector",
    "Commission",
    "Confirmation",
    "Contact",
    "Conversation",
    "Correction",
    "Day",
    "Disclosure",
    "Dismissal",
    "Dispatch",
    "Duty",
    "Edit",
    "Embed",
    "EngineErrand",
    "EngineSetup",
    "EngineSwitch",
    "FairnessAudit",
    "Feedback",
    "Frame",
    "GoldenCase",
    "Guise",
    "Hold",
    "Inbox",
    "LedgerCheckpoint",
    "LedgerEntry",
    "LedgerSeal",
    "Look",
    "Note",
    "PersonRating",
    "Photo",
    "Playground",
    "ProductText",
    "Proof",
    "Publication",
    "ReadyReply",
    "Recall",
    "Recipient",
    "Remark",
    "Reply",
    "Review",
    "Seat",
    "Setup",
    "ShopAnswer",
    "Side",
    "Takeover",
    "Tally",
    "Taste",
    "TextVersion",
    "ToldClaim",
    "Trial",
    "Turn",
    "Verification",
    "language_name",
    "new_receipt",
    "new_salt",
    "shown_name",
]

"""The fairness audit: the same requests with names, dialects, slips of the fingers, age,
disability, manners and means changed, answered on the whole road, and the answers compared in
pairs; and product texts, drafted for one audience and for another.

It reads the installed shop, asks through `trying` and drafts through `studio`, and leaves no
conversation, no text and no entry of the ledger behind.
"""

from __future__ import annotations

from .audit import Audit, BadFile
from .measures import MEASURES
from .pages import page, standalone
from .subjects import CONTRASTS, SUBJECTS
from .terms import ANSWERS, TEXTS, Pair, Results
from .weighing import report

__all__ = [
    "ANSWERS",
    "CONTRASTS",
    "MEASURES",
    "SUBJECTS",
    "TEXTS",
    "Audit",
    "BadFile",
    "Pair",
    "Results",
    "page",
    "report",
    "standalone",
]

"""The fairness audit: the same requests with names, dialects, slips of the fingers, age,
disability, manners and means changed, answered on the whole road, and the answers compared in
pairs.

It reads the installed shop, asks through `trying`, and leaves no conversation and no entry of the
ledger behind.
"""

from __future__ import annotations

from .audit import Audit, BadFile, Pair, Results
from .contrasts import CONTRASTS
from .pages import page, standalone
from .weighing import GATED, MEANS, RATES, report

__all__ = [
    "CONTRASTS",
    "GATED",
    "MEANS",
    "RATES",
    "Audit",
    "BadFile",
    "Pair",
    "Results",
    "page",
    "report",
    "standalone",
]

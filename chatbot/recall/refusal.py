"""Why a recall stays as it is."""

from __future__ import annotations


class RecallRefused(Exception):
    """Raised with a text for staff when a recall cannot be opened, worded, sent or withdrawn."""

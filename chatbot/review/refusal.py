"""Why a review stays as it is."""

from __future__ import annotations


class ReviewRefused(Exception):
    """Raised with a text for staff when a review cannot be claimed, decided or undone."""

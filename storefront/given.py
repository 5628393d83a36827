"""What an address or a form gives, before anything is asked of the database by it."""

from __future__ import annotations

MOST_DIGITS = 18  # a key of a row has no more


def number(given: str, digits: int = MOST_DIGITS) -> int | None:
    """A whole number of at most so many digits; None for what is none."""
    plain = given.isascii() and given.isdecimal() and len(given) <= digits
    return int(given) if plain else None

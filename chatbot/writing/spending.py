"""What an endpoint takes for a text, in tokens and money: as its server says, else estimated."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from chatbot.terms import Spent

MILLION = 1_000_000
LETTERS = 4  # of a token, in English: the usual rule of thumb, where the server does not count
MOST_TOKENS = 10_000_000  # what a server says beyond it is no count


class Prices(NamedTuple):
    """What a million tokens cost; none where the shop has not said."""

    read: Decimal | None = None
    written: Decimal | None = None
    currency: str = "USD"

    def of(self, read: int, written: int) -> str:
        """What so many tokens cost, as a decimal number; empty where a price is missing."""
        if self.read is None or self.written is None:
            return ""
        return f"{(self.read * read + self.written * written) / MILLION:.9f}"


class Meter:
    """What one request takes."""

    def __init__(self, prices: Prices, prompt: Sequence[str]) -> None:
        self.prices = prices
        self.letters_read = sum(map(len, prompt))
        self.letters_written = 0
        self.told: tuple[int, int] | None = None

    def note(self, usage: object) -> None:
        """Take note of what a server says; what cannot be a count is ignored."""
        counts = [getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
        if all(type(n) is int and 0 <= n < MOST_TOKENS for n in counts):
            self.told = (counts[0] or 0, counts[1] or 0)

    @property
    def spent(self) -> Spent:
        """What it took so far."""
        estimated = (_tokens(self.letters_read), _tokens(self.letters_written))
        read, written = self.told or estimated
        cost = self.prices.of(read, written)
        currency = self.prices.currency if cost else ""
        return Spent(read, written, self.told is not None, cost, currency)


def _tokens(letters: int) -> int:
    return -(-letters // LETTERS)

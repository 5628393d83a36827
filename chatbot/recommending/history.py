"""What is known of whoever is shown something, as plain values; a guest's is empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

DECAY = 0.95  # what an older thing still counts beside the next newer one
BOUGHT, ASKED, LOOKED, PAGE = 1.0, 0.7, 0.4, 3.0  # the page one is on says most


@dataclass(frozen=True)
class Wish:
    """What a shopper said they look for."""

    text: str
    limit: float | None = None  # at most so much, shop currency
    found: tuple[str, ...] = ()  # handles of what the assistant named for it


@dataclass(frozen=True)
class History:
    """What somebody bought, looked at and said, newest first, and what not to show them."""

    bought: tuple[str, ...] = ()  # handles of what was kept
    back: frozenset[str] = frozenset()  # of what went back
    asked: tuple[str, ...] = ()  # of what was asked about in chats
    looked: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    newest: tuple[str, ...] = ()  # of what was bought: the newest order
    dismissed: frozenset[str] = frozenset()
    page: str = ""  # the product whose page one is on
    limit: float | None = None  # named just now: nothing dearer is shown

    @property
    def unwanted(self) -> frozenset[str]:
        """What is never shown: what one has or had, does not want, or is looking at."""
        return self.back | self.dismissed | {*self.bought, self.page}

    @property
    def latest(self) -> tuple[str, ...]:
        """What is followed by what comes next: the page one is on, or else the newest order."""
        return (self.page,) if self.page else self.newest

    def seeds(self) -> Iterator[tuple[str, float]]:
        """Each product that says something of what is wanted next, with how much it says."""
        if self.page:
            yield self.page, PAGE
        kinds = ((self.bought, BOUGHT), (self.asked, ASKED), (self.looked, LOOKED))
        for handles, weight in kinds:
            for age, handle in enumerate(h for h in handles if h not in self.back):
                yield handle, weight * DECAY**age

"""What so many conversations a day take, from what one turn takes, and which part gives out first.

Pure; `sizing.py` measures what goes in.
"""

from __future__ import annotations

from dataclasses import dataclass

DAY, MONTH = 86_400, 30
STEPS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)  # conversations a day


@dataclass(frozen=True)
class Measured:
    """What one turn takes here."""

    turns_a_core: float  # turns a second that one core answers with the bundled models
    other_share: float  # of that time, what is no writing: reading, checking, recording
    passes: float  # of the encoder, a turn
    written: float  # tokens
    read: float  # tokens that an endpoint would be sent, by its length
    commits: float
    writes: float  # rows written
    stored: float  # bytes in the database
    socket: float  # bytes of memory, of an open chat
    sealed: float  # entries of the record that the one sealer chains in a second
    metrics: float  # seconds for all figures of a turn


@dataclass(frozen=True)
class Assumed:
    """What is not measured here; change it to your own."""

    turns: float = 3  # a conversation
    peak: float = 2.5  # of the busiest hour, beside the day's mean
    minutes_open: float = 10  # of a chat
    used: float = 0.6  # of a core, at the peak
    cores: int = 16  # of a machine
    memory: float = 32e9  # of a machine, for sockets
    commits: float = 5_000  # a second that one PostgreSQL takes
    kept_days: int = 90  # of chats
    disk: float = 4e12  # of the database
    core_hour: float = 0.04  # $
    database_hour: float = 0.8  # $, with its standby
    gigabyte_month: float = 0.12  # $
    million_tokens: float = 0.2  # $, of an endpoint


@dataclass(frozen=True)
class Step:
    """What so many conversations a day take."""

    conversations: int
    turns_a_second: float  # in the busiest hour
    sockets: float
    cores: float
    commits: float
    gigabytes: float  # kept
    shares: dict[str, float]  # of what one of each part gives; above 1 it takes more of them
    dollars: float  # a month, with the bundled models
    endpoint: float  # a month, for tokens, where an endpoint words everything

    @property
    def bottleneck(self) -> str:
        """The part of which the largest share is taken."""
        return max(self.shares, key=lambda part: self.shares[part])

    @property
    def told(self) -> str:
        """The bottleneck, and every other part of which more than half is taken, with its share."""
        order = sorted(self.shares, key=lambda part: -self.shares[part])
        tight = [part for part in order if self.shares[part] > 0.5 or part == self.bottleneck]
        return ", ".join(f"{part} {self.shares[part]:.0%}" for part in tight)


def step(conversations: int, one: Measured, house: Assumed) -> Step:
    """What so many conversations a day take."""
    a_day = conversations * house.turns
    turns = a_day / DAY * house.peak
    sockets = conversations / DAY * house.peak * house.minutes_open * 60
    cores = turns / one.turns_a_core / house.used
    gigabytes = a_day * house.kept_days * one.stored / 1e9
    shares = {
        "machines of 16 cores": cores / house.cores,
        "memory for sockets": sockets * one.socket / house.memory,
        "PostgreSQL, by commits": turns * one.commits / house.commits,
        "the record’s sealer": turns / one.sealed,
        "disk": gigabytes * 1e9 / house.disk,
    }
    hours = 24 * MONTH
    dollars = (
        max(1.0, cores) * house.core_hour * hours
        + max(1.0, shares["PostgreSQL, by commits"]) * house.database_hour * hours
        + gigabytes * house.gigabyte_month
    )
    tokens = a_day * MONTH * (one.read + one.written)
    return Step(
        conversations, turns, sockets, cores, turns * one.commits, gigabytes, shares, dollars,
        tokens / 1e6 * house.million_tokens,
    )  # fmt: skip


def table(one: Measured, house: Assumed) -> str:
    """The steps, as Markdown."""
    lines = [
        "| conversations a day | turns a second, busiest hour | open chats | cores, bundled models |"
        " commits a second | kept, GB | gives out first, taken of one | $ a month, bundled |"
        " $ a month, tokens of an endpoint instead |",
        f"|{' --- |' * 9}",
    ]
    for found in (step(count, one, house) for count in STEPS):
        lines.append(
            f"| {found.conversations:,} | {found.turns_a_second:,.2f} | {found.sockets:,.0f} |"
            f" {found.cores:,.1f} | {found.commits:,.0f} | {found.gigabytes:,.0f} |"
            f" {found.told} | {found.dollars:,.0f} | {found.endpoint:,.0f} |"
        )
    return "\n".join(lines)

"""What the sums of some days say: their counters, read by name."""

from __future__ import annotations

from collections import Counter

from .statistics import Share

HOURS = range(24)
Counts = Counter[str]


def numbers(counts: Counts, name: str) -> Counts:
    """The counters below a name: of "held", how many of each kind."""
    start = f"{name}."
    return Counter({k.removeprefix(start): n for k, n in counts.items() if k.startswith(start)})


def histogram(counts: Counts, name: str) -> dict[int, int]:
    """The buckets counted below a name."""
    return {int(place): number for place, number in numbers(counts, name).items()}


def waited(counts: Counts) -> dict[int, int]:
    """The histogram of waiting at whatever hour."""
    found: Counts = Counter()
    for hour in HOURS:
        found.update({str(place): n for place, n in histogram(counts, f"wait.{hour}").items()})
    return {int(place): number for place, number in found.items()}


def share(counts: Counts, name: str) -> Share:
    """Of the conversations that are over those of one fate; of the thumbs those up,
    of the ratings of our team the good ones."""
    if name == "team":
        return Share(counts["person.good"], sum(numbers(counts, "person").values()))
    if name == "helpful":
        return Share(counts["up"], counts["up"] + counts["down"])
    fates = numbers(counts, "fate")
    return Share(fates[name], sum(fates.values()) - fates["open"])


def measured(found: Share) -> tuple[float | None, float | None, float | None]:
    """The share with the ends of its interval; nothing of nothing."""
    return (found.rate, *found.interval) if found.of else (None, None, None)


def began(counts: Counts) -> int:
    """How many conversations began."""
    return sum(numbers(counts, "fate").values())

"""The values of labels, bounded: every new one is a series that Prometheus keeps."""

from __future__ import annotations

from collections import defaultdict

MOST_VALUES = 24  # of one label; twice as many as there are kinds of claims
OTHER = "other"

_seen: defaultdict[str, set[str]] = defaultdict(set)


def one_of(label: str, value: str) -> str:
    """`value`, or OTHER when this process has told as many others of this label as it may."""
    known = _seen[label]
    if value in known:
        return value
    if len(known) >= MOST_VALUES:
        return OTHER
    known.add(value)
    return value

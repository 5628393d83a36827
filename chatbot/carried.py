"""Live texts on their way to other programs: ads, letters, posts. Every one is marked as an AI's,
whatever a person has changed in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from storefront import queries

from . import marked, spreadsheets, studio

CHUNK = 500  # products asked for together
COLUMNS = (
    "handle",
    "kind",
    "language",
    "text",
    "engine",
    "edited",
    "approved_at",
    "digital_source_type",
)
FORMATS = ("csv", "json")


def written(kind: str, form: str) -> Iterator[str]:
    """All live texts of a kind: rows of a table, or a JSON object a line."""
    if form == "json":
        return (f"{json.dumps(one, ensure_ascii=False)}\n" for one in _found(kind))
    return spreadsheets.written(_rows(kind))


def _rows(kind: str) -> Iterator[tuple[Any, ...]]:
    yield COLUMNS
    for one in _found(kind):
        yield tuple(_cell(one[name]) for name in COLUMNS)


def _found(kind: str) -> Iterator[dict[str, Any]]:
    handles = iter(sorted(queries.handles()))
    while some := list(islice(handles, CHUNK)):
        for language in studio.LANGUAGES:
            for handle, live in sorted(studio.live(some, (language,)).items()):
                if shown := live.get(kind):
                    yield _told(handle, shown)


def _told(handle: str, shown: studio.Shown) -> dict[str, Any]:
    return {
        "handle": handle, "kind": shown.kind, "language": shown.language,
        "text": [{"label": label, "text": text} for label, text in shown.lines],
        "engine": shown.engine, "edited": shown.edited,
        "approved_at": shown.approved_at.isoformat(),
        "digital_source_type": marked.sources(shown),
    }  # fmt: skip


def _cell(value: Any) -> Any:
    """Lists as lines of a cell: "HEADLINE: Kettle for two"; true and false as yes and no."""
    match value:
        case bool():
            return "yes" if value else "no"
        case [{"label": _}, *_]:
            return "\n".join(f"{one['label']}: {one['text']}" for one in value)
        case list():
            return " ".join(value)
    return value

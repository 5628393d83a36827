"""Write the studio's live texts of one kind for other programs: ads, letters, posts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chatbot import marked, spreadsheets, studio
from storefront import queries

CHUNK = 500  # products asked for together
COLUMNS = ("handle", "kind", "text", "engine", "edited", "approved_at", "digital_source_type")


class Command(BaseCommand):
    """One text a row, its lines under their labels. Every one is marked as an AI's, whatever a
    person has changed in it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", choices=sorted(studio.KINDS), required=True)
        parser.add_argument("--format", choices=("csv", "json"), default="csv")

    def handle(self, *args: object, **options: Any) -> None:
        found = _found(options["kind"])
        if options["format"] == "json":
            self.stdout.writelines(f"{json.dumps(one, ensure_ascii=False)}\n" for one in found)
            return
        rows = (tuple(_cell(one[name]) for name in COLUMNS) for one in found)
        self.stdout.writelines(spreadsheets.written([COLUMNS, *rows]))


def _found(kind: str) -> Iterator[dict[str, Any]]:
    handles = iter(sorted(queries.handles()))
    while some := list(islice(handles, CHUNK)):
        for handle, live in sorted(studio.live(some).items()):
            if shown := live.get(kind):
                yield _told(handle, shown)


def _told(handle: str, shown: studio.Shown) -> dict[str, Any]:
    return {
        "handle": handle, "kind": shown.kind,
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

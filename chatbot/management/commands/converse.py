"""Talk to the assistant in JSON lines: one message a line in, one answer a line out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from chatbot import terminal, writing
from chatbot.models import Conversation, Reply

EXAMPLE = '{"conversation": "a", "customer": null, "page": null, "text": "hi"}'


class Command(BaseCommand):
    """The same road as the socket's, for tools; README describes both kinds of line."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--chosen", action="store_true",
            help="let the engine answer that is chosen in the admin, not the environment's",
        )  # fmt: skip

    def handle(self, *args: object, **options: object) -> None:
        writer = None if options["chosen"] else writing.engine()
        chats: dict[str, Conversation] = {}
        for line in tqdm(_lines(), unit="turn", file=sys.stderr, disable=not sys.stderr.isatty()):
            name = str(line["conversation"])
            if name not in chats:
                chats[name] = _begin(line)
            reply = terminal.say(chats[name], line["text"], line.get("page") or "", writer)
            answer = {"conversation": name, "turn": reply.turn.number} | _told(reply)
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            self.stdout.flush()


def _lines() -> Iterator[dict[str, Any]]:
    """The messages on standard input; a line that is none stops the command and is named."""
    for number, text in enumerate(sys.stdin, 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            yield line | {"conversation": line["conversation"], "text": str(line["text"])}
        except (ValueError, KeyError, TypeError) as error:
            raise CommandError(
                f"Line {number} is no message ({error!r}); write for example {EXAMPLE}."
            ) from error


def _begin(line: dict[str, Any]) -> Conversation:
    try:
        return terminal.begin(line.get("customer"))
    except terminal.UnknownCustomer as error:
        raise CommandError(str(error)) from error


def _told(reply: Reply) -> dict[str, Any]:
    """What a reply said and why."""
    cards = [f"{c['title']}: {c['text']}" if c["text"] else c["title"] for c in reply.cards]
    return {
        "outcome": reply.outcome,
        "intents": reply.reading.get("intents", []),
        "text": reply.text,
        "shown": "\n".join([reply.text, *cards]),
        "cards": reply.cards,
        "sources": reply.sources,
        "claims": [{k: c[k] for k in ("text", "kind", "verdict", "fact")} for c in reply.claims],
        "receipt": reply.receipt,
        "engine": reply.engine,
        "first_ms": reply.first_ms,
        "total_ms": reply.total_ms,
    }

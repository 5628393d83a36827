"""Ask one question on the terminal and see how the answer came about."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatbot import terminal
from chatbot.models import Reply


class Command(BaseCommand):
    """Reading, facts, acts, claims and reply of one question, laid open."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question")
        parser.add_argument("--customer", help="e-mail of the shopper who is signed in")
        parser.add_argument("--page", default="", help="handle of the product page they are on")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            chat = terminal.begin(options["customer"])
        except terminal.UnknownCustomer as error:
            raise CommandError(str(error)) from error
        self._lay_open(terminal.say(chat, options["question"], options["page"]))

    def _lay_open(self, reply: Reply) -> None:
        self._part("Reading", [f"{k}: {v}" for k, v in reply.reading.items() if v])
        self._part(
            "Facts", [f"{f['score']} {f['source']} {json.dumps(f['values'])}" for f in reply.facts]
        )
        self._part("Acts", [f"{a['name']} {json.dumps(a['slots'])}" for a in reply.acts])
        self._part("Draft", reply.draft.splitlines())
        self._part("Claims", [f"{c['verdict']}: {c['text']} {c['fact']}" for c in reply.claims])
        self._part(f"Reply {reply.receipt}: {reply.outcome}, {reply.total_ms} ms", [reply.text])

    def _part(self, title: str, lines: list[str]) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(title))
        for line in lines:
            self.stdout.write(f"  {line[:240]}")

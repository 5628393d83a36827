"""Render and check the logged draft of a reply again; exit 1 when it comes out otherwise."""

from __future__ import annotations

import sys
from itertools import zip_longest
from textwrap import wrap
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatbot import replay
from chatbot.models import Reply

WIDTH = 56  # of one of the two columns


class Command(BaseCommand):
    """`--again` also drafts it anew, with the same seed and the present engine."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("receipt", help="of the reply, as the shopper sees it: CF-…")
        parser.add_argument("--again", action="store_true", help="draft it anew, side by side")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            reply = replay.find(options["receipt"])
        except replay.CannotReplay as error:
            raise CommandError(str(error)) from error
        if options["again"]:
            self._lay_side_by_side(reply)
        found = replay.differences(reply)
        for line in found:
            self.stderr.write(self.style.ERROR(line))
        if found:
            sys.exit(1)
        self.stdout.write(f"{reply.receipt}: text and verdicts are the same as on record.")

    def _lay_side_by_side(self, reply: Reply) -> None:
        self._row(f"on record: {reply.engine or 'no engine'}", f"again: {settings.ENGINE}")
        for part in replay.again(reply):
            self.stdout.write(self.style.MIGRATE_HEADING(part.act))
            for then, now in zip_longest(part.then, part.now, fillvalue=""):
                self._row(then, now)

    def _row(self, left: str, right: str) -> None:
        for one, other in zip_longest(wrap(left, WIDTH), wrap(right, WIDTH), fillvalue=""):
            self.stdout.write(f"{one:<{WIDTH}} | {other}")

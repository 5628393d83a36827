"""Send the newest signed head out of the house, to a file or by e-mail; meant for a daily cron."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatbot import ledger


class Command(BaseCommand):
    """`verify_ledger --checkpoint FILE` holds the record against what was sent out."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", metavar="FILE", help="append it to this file, one line a head")
        parser.add_argument("--mail", metavar="ADDRESS", help="send it to this e-mail address")

    def handle(self, *args: object, **options: Any) -> None:
        places = [place for place in (options["to"], options["mail"]) if place]
        if not places:
            raise CommandError("Say where to: --to FILE, --mail ADDRESS, or both.")
        if (mail := options["mail"]) and "@" not in mail:
            raise CommandError(f"--mail {mail} is no e-mail address; use name@host, or --to FILE.")
        for place in places:
            self._send(place)

    def _send(self, place: str) -> None:
        try:
            count = ledger.send(place)
        except OSError as error:
            raise CommandError(f"{place}: {error}; nothing was sent there.") from error
        self.stdout.write(f"Head of {count} entries: {place}" if count else "Nothing is on record.")

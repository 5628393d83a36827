"""Verify the record: exit 0 and a count, or exit 1 naming the first row that does not hold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatbot import ledger


class Command(BaseCommand):
    """Walks every entry, seal, checkpoint and body."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint", metavar="FILE", type=Path,
            help="heads that `checkpoint` sent out: the record has to lead to each of them",
        )  # fmt: skip

    def handle(self, *args: object, **options: Any) -> None:
        path = options["checkpoint"]
        try:
            heads = ledger.read(path) if path else []
        except ledger.BadHead as error:
            raise CommandError(str(error)) from error
        verdict = ledger.verify(heads=heads)
        if verdict.fault:
            self.stderr.write(self.style.ERROR(verdict.fault))
            sys.exit(1)
        led = f" The chain leads to all heads of {path} ({len(heads)})." if heads else ""
        self.stdout.write(f"{verdict.count} entries verified.{led}")

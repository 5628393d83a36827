"""Verify the record: exit 0 and a count, or exit 1 naming the first row that does not hold."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand

from chatbot import ledger


class Command(BaseCommand):
    """Walks every entry, seal, checkpoint and body."""

    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        verdict = ledger.verify()
        if verdict.fault:
            self.stderr.write(self.style.ERROR(verdict.fault))
            sys.exit(1)
        self.stdout.write(f"{verdict.count} entries verified.")

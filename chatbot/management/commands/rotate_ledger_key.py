"""Go over to a new LEDGER_KEY: put the old one into LEDGER_KEYS_OLD, the new one into LEDGER_KEY,
restart every process, then run this. What was signed before stays as it is."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from chatbot import ledger


class Command(BaseCommand):
    """Puts the rotation on record and signs with the new key from then on."""

    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        try:
            old, new = ledger.rotate()
        except (ledger.KeyMissing, ledger.NothingToRotate) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Key {old} is retired; key {new} signs from now on.")

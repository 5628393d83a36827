"""Erase the chats and looks at products that are older than the shop keeps them."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from chatbot import recommending
from chatbot.privacy import retention


class Command(BaseCommand):
    """In batches, as often as you like; says which old chats are kept all the same, and why."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be erased")
        parser.add_argument("--days", type=int, help="instead of what the settings or the shop say")

    def handle(self, *args: object, **options: Any) -> None:
        if options["days"] is not None and options["days"] < 1:
            raise CommandError(f"--days={options['days']} is less than one day; give 1 or more.")
        if not options["dry_run"]:
            self.stdout.write(f"{recommending.purge()} looks at products forgotten.")
        before = retention.limit(options["days"])
        if before is None:
            self.stdout.write(
                "Chats are kept for ever: neither CHATS_KEPT_DAYS nor assistant.chats_kept_days of"
                " shop.toml is set."
            )
            return
        number = retention.due(before).count()
        if not options["dry_run"]:
            number = self._purge(before, number)
        told = "would be erased" if options["dry_run"] else "erased"
        self.stdout.write(f"{number} chats without a word since {before:%Y-%m-%d} {told}.")
        for reason, kept in retention.kept_back(before):
            self.stdout.write(f"{kept} old chats kept: {reason}.")

    def _purge(self, before: datetime, expected: int) -> int:
        erased = 0
        with tqdm(total=expected, unit="chat", file=sys.stderr, disable=None) as bar:
            for number in retention.purge(before):
                bar.update(number)
                erased += number
        return erased

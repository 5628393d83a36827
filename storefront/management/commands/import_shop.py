"""Import a folder of a shop's exports: all of it, or nothing."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

from storefront.importing import ImportRefused, import_folder
from storefront.importing.watching import watch

SECONDS = 60.0


class Command(BaseCommand):
    """Products, customers, orders, help articles and rules; README lists the files."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--watch", nargs="?", type=float, const=SECONDS, metavar="SECONDS",
            help="stay, look every so many seconds (60), and import again what has changed",
        )  # fmt: skip

    def handle(self, *args: object, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder; name one that holds products.csv.")
        if options["watch"] is None:
            return self._load(folder)
        if options["watch"] <= 0:
            raise CommandError(f"--watch {options['watch']:g} is no time; use more than 0 seconds.")
        self._watch(folder, options["watch"])

    def _load(self, folder: Path) -> None:
        try:
            done, warnings = import_folder(folder, quiet=not sys.stderr.isatty())
        except ImportRefused as refused:
            raise CommandError(
                f"Nothing was imported. {refused.problems.total} problems:\n{refused}"
            ) from refused
        for warning in warnings:
            self.stderr.write(self.style.WARNING(warning))
        told = ", ".join(f"{count} {what}" for what, count in sorted(done.items()) if count)
        self.stdout.write(f"Imported {folder.name}: {told or 'nothing had changed'}.")
        self.stdout.flush()

    def _watch(self, folder: Path, seconds: float) -> None:
        """Until SIGTERM or Ctrl-C; an import that is running is finished first."""
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_told: stop.set())
        watch(folder, seconds, lambda: self._try(folder), stop)
        self.stdout.write("Stopped watching.")

    def _try(self, folder: Path) -> bool:
        """A folder that can't be imported leaves the shop as it was, and is waited for; False where
        the fault may not be the folder's, and may pass."""
        close_old_connections()
        try:
            self._load(folder)
        except (CommandError, DatabaseError, OSError) as error:
            self.stderr.write(self.style.ERROR(f"The shop stays as it was. {error}"))
            self.stderr.flush()
            return isinstance(error, CommandError)
        return True

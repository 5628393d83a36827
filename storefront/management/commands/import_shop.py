"""Import a folder of a shop's exports: all of it, or nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from storefront.importing import ImportRefused, import_folder


class Command(BaseCommand):
    """Products, customers, orders, help articles and rules; README lists the files."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: object, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder; name one that holds products.csv.")
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

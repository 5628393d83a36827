"""Write the studio's live texts of one kind for other programs: ads, letters, posts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chatbot import carried, studio


class Command(BaseCommand):
    """One text a row, in whichever language, its lines under their labels, each with the mark of an
    AI's."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", choices=sorted(studio.KINDS), required=True)
        parser.add_argument("--format", choices=carried.FORMATS, default="csv")

    def handle(self, *args: object, **options: Any) -> None:
        self.stdout.writelines(carried.written(options["kind"], options["format"]))

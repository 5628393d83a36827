"""Put the triggers back that keep the record append-only."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.db import connection

from chatbot import guards


class Command(BaseCommand):
    """For a database that was restored or moved without its triggers; `check` tells."""

    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        guards.install(connection)
        self.stdout.write("The database refuses to change or delete a row of the record.")

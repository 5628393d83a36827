"""Count what the dashboard shows: everything that has changed since it was last counted."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from chatbot.figures import rollup


class Command(BaseCommand):
    """The running site counts on by itself; this catches up on a long record at once."""

    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"{rollup.run()} conversations counted.")

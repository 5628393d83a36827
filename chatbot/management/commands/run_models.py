"""Hold the bundled writer, encoder, reader and judge for all workers, and batch what they ask."""

from __future__ import annotations

import signal
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chatbot import reading, remote, serving, watching, writing


class Command(BaseCommand):
    """Listens where MODELS says; workers with the same MODELS load no weights for themselves."""

    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        if not settings.MODELS:
            raise CommandError(
                "MODELS is not set; set it to unix:/run/models.sock or tcp://host:port, here and "
                "for every worker."
            )
        place = remote.place()
        signal.signal(signal.SIGTERM, lambda *_all: sys.exit(0))
        watching.listen(settings.METRICS_ADDRESS, database=False)
        server = serving.Server(reading.local(), writing.local())
        self.stdout.write(f"{server.writer.name} at {settings.MODELS}.")
        self.stdout.flush()
        try:
            server.serve(place)
        except OSError as error:
            raise CommandError(f"MODELS={settings.MODELS}: {error}") from error

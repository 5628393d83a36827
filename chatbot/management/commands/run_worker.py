"""Answer turns and do the chores without a web server; any number of them may run."""

from __future__ import annotations

import asyncio
import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chatbot import watching, working


class Command(BaseCommand):
    """Web processes with ANSWER_TURNS=off then only accept, acknowledge and carry frames."""

    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        if not settings.REDIS_URL:
            raise CommandError(
                "REDIS_URL is not set, so that no socket would hear of an answer; set it to the "
                "Redis of the web processes."
            )
        watching.listen(settings.METRICS_ADDRESS)
        self.stdout.write(f"Answering {settings.TURNS_AT_ONCE} turns at a time.")
        self.stdout.flush()
        asyncio.run(working.serve())
        sys.stderr.flush()
        # A thread may still wait for an engine, but its turn is another process's by now.
        os._exit(0)

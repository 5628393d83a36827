"""Bring the catalogues of translations up to what the sources say, and compile them."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from storefront import translating


class Command(BaseCommand):
    """Writes; with --check it only says what is missing."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, fail if not whole")

    def handle(self, *args: Any, **options: Any) -> None:
        found = []
        for package in translating.PACKAGES:
            for language in translating.languages():
                if not options["check"]:
                    translating.renew(package, language)
                for problem in translating.problems(package, language):
                    found.append(f"{package.name} {language}: {problem}")
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} texts are not translated; see above.")
        self.stdout.write("Every text is translated.")

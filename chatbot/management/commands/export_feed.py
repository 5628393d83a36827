"""Write the catalogue as a Google Merchant feed, with the studio's live texts and their marks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatbot import feeds
from storefront import exporting

HERE = "http://localhost:8000/"
MOST_TOLD = 50  # problems that are named


class Command(BaseCommand):
    """What /feeds/google.xml serves, as XML or TSV, to a file or to the console. With --check the
    feed is read back, and every item compared with what Google requires; exit 1 where one lacks
    something."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=exporting.FORMATS, default="xml")
        parser.add_argument("--out", type=Path, help="the file to write; the console when unset")
        parser.add_argument(
            "--site", help="the site's address; https and its first host when unset"
        )
        parser.add_argument("--check", action="store_true", help="read it back and check it")

    def handle(self, *args: object, **options: Any) -> None:
        form, out = options["format"], options["out"]
        parts = feeds.written(form, _site(options["site"]))
        if out is None and not options["check"]:
            self.stdout.writelines(parts)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = out or Path(folder) / f"feed.{form}"
            if options["check"] and path.suffix not in (".xml", ".tsv"):
                raise CommandError(f"--out {path} is read back by its ending; use .xml or .tsv.")
            _write(path, parts)
            if options["check"]:
                self._check(path)

    def _check(self, path: Path) -> None:
        found = exporting.checked(path)
        for problem in found.problems[:MOST_TOLD]:
            self.stderr.write(str(problem))
        if found.drawn:
            told = f"{found.drawn} items show the drawing of their department: Google wants photos."
            self.stderr.write(self.style.WARNING(told))
        told = f"{found.items} items, {found.valid} valid, {found.marked} texts marked as an AI's."
        if found.valid < found.items or not found.items:
            raise CommandError(told)
        self.stdout.write(told)


def _write(path: Path, parts: Iterable[str]) -> None:
    """Whole or not at all: whoever fetches the file meanwhile gets the one before."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            file.writelines(parts)
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    except OSError as error:
        raise CommandError(f"--out {path} cannot be written: {error.strerror}.") from error


def _site(given: str | None) -> str:
    """The address of the site, by which pages and pictures are found from anywhere."""
    if given is None:
        host = next((h for h in settings.ALLOWED_HOSTS if h[:1] not in ("*", ".", "")), "")
        return f"https://{host}/" if host else HERE
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CommandError(f"--site {given} is no address; use for example https://shop.example/.")
    return given if given.endswith("/") else f"{given}/"

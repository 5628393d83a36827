"""Draft product texts with an engine, of which only what the shop's facts bear out is kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import product as pairs
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from chatbot import engines, facts, reading, studio, writing
from chatbot.management import candidates
from chatbot.models import ProductText
from chatbot.studio.kinds import LENGTHS, TONES


class Command(BaseCommand):
    """For one product or for many. Every text is a row as soon as it is checked; one that stands
    already for the product as it is, wanted so, is not written again, so that a run which was
    broken off goes on where it stopped."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("handles", nargs="*", metavar="HANDLE", help="as in the page's address")
        parser.add_argument("--all", action="store_true", help="every product on sale")
        parser.add_argument("--department", help="every product of this department")
        parser.add_argument("--tag", help="every product with this tag")
        parser.add_argument(
            "--kind", action="append", choices=sorted(studio.KINDS), required=True,
            help="may be given several times",
        )  # fmt: skip
        parser.add_argument("--tone", choices=TONES, default="plain")
        parser.add_argument("--length", choices=LENGTHS, default="usual")
        parser.add_argument(
            "--audience", default="", help="for whom, in up to 80 characters (hub, endpoint)"
        )
        parser.add_argument(
            "--language", choices=studio.LANGUAGES, default=studio.SOURCE,
            help="any other than en is translated from the English text (hub, endpoint)",
        )  # fmt: skip
        parser.add_argument("--seed", type=int, default=0, help="other dice, other words")
        parser.add_argument("--again", action="store_true", help="also where a text stands already")
        parser.add_argument("--json", action="store_true", help="a line of JSON for each text")
        candidates.add_arguments(parser)

    def handle(self, *args: object, **options: Any) -> None:
        if len(options["audience"]) > 80:
            raise CommandError("--audience has more than 80 characters; say it shorter.")
        engine = candidates.candidate(options["engine"], options["model"]) or engines.now()
        found = self._handles(options)
        wishes = [
            studio.Wish(
                kind, options["tone"], options["length"], options["audience"], options["language"]
            )
            for kind in options["kind"]
        ]
        self.without, texts = 0, []
        for text in self._drafted(list(pairs(found, wishes)), engine, options):
            texts.append(text)
            self._show(text, options["json"])
        if not options["json"]:
            self._sum_up(texts, len(found) * len(wishes))

    def _handles(self, options: dict[str, Any]) -> list[str]:
        """The products that are meant."""
        meant = facts.handles(
            reading.encode(), department=options["department"], tag=options["tag"]
        )
        filtered = options["all"] or options["department"] or options["tag"]
        if bool(options["handles"]) == bool(filtered):
            raise CommandError("Name products, or else --all, --department or --tag.")
        if filtered and not meant:
            raise CommandError("No product on sale is of that department and has that tag.")
        return list(meant) if filtered else options["handles"]

    def _drafted(
        self, wanted: list[tuple[str, studio.Wish]], engine: writing.Engine, options: dict[str, Any]
    ) -> Iterator[ProductText]:
        bar = tqdm(wanted, unit="text", file=sys.stderr, disable=None if len(wanted) > 1 else True)
        for handle, wish in bar:
            try:
                text = studio.have(
                    handle, wish, reading.encode(), engine,
                    seed=options["seed"], again=options["again"],
                )  # fmt: skip
            except studio.NoEnglish as error:
                self.stderr.write(f"{error} It is left out.")
                self.without += 1
                continue
            except (studio.StudioError, writing.EngineError) as error:
                raise CommandError(f"{error} What was written before is kept.") from error
            if text is not None:
                yield text

    def _show(self, text: ProductText, as_json: bool) -> None:
        if as_json:
            told = ("handle", "kind", "language", "whole", "engine", "lines")
            self.stdout.write(json.dumps({name: getattr(text, name) for name in told}))
            return
        self.stdout.write(self.style.MIGRATE_HEADING(str(text)))
        for label, line in text.kept:
            self.stdout.write(f"  {label}: {line}")
        for label, line, fault in text.left_out:
            self.stdout.write(self.style.WARNING(f"  left out, {fault}: {label}: {line}"))

    def _sum_up(self, texts: list[ProductText], wanted: int) -> None:
        whole = sum(text.whole for text in texts)
        stood = wanted - len(texts) - self.without
        more = f", {stood} stood already" * (stood > 0)
        more += f", {self.without} have no English that holds" * (self.without > 0)
        self.stdout.write(f"{len(texts)} written, {whole} of them whole{more}.")

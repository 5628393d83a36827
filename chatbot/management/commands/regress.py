"""Ask golden cases of an engine before it is switched on; exit 1 when one that passed now fails."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from chatbot import ledger, regress, setups, trials, writing
from chatbot.management import candidates
from chatbot.models import GoldenCase
from chatbot.regress import Told

WIDTH = 56  # of one of the two columns
Results = dict[str, Told]


class Command(BaseCommand):
    """Side by side with the engine that is switched on, or with an earlier run (`--against`): after
    a change of prompts or acts there is no other "before". Records nothing of what it asks."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        candidates.add_arguments(parser)
        parser.add_argument("--against", type=Path, metavar="FILE", help="an earlier --json FILE")
        parser.add_argument(
            "--json", type=Path, metavar="FILE", dest="file",
            help="keep the results; erasing a chat does not reach this file",
        )  # fmt: skip
        parser.add_argument(
            "--keep", metavar="E-MAIL", help="put the trial on record, in this person's name"
        )

    def handle(self, *args: object, **options: Any) -> None:
        cases = regress.cases()
        if not cases:
            raise CommandError("There is no active golden case; make one of a decided review.")
        person = _person(options["keep"])
        candidate = candidates.candidate(options["engine"], options["model"])
        before = self._before(options["against"], candidate, cases)
        after = dict(_run(cases, candidate or writing.engine(), "after"))
        for case in cases:
            self._lay_side_by_side(case, before.get(str(case.pk)), after[str(case.pk)])
        if options["file"]:
            _write(options["file"], before, after)
        broken = regress.broken(before, after)
        self._sum_up(before, after, broken)
        if person:
            self._keep(options | {"keep": person}, candidate or writing.engine(), before, after)
        if broken:
            sys.exit(1)

    def _before(
        self, against: Path | None, candidate: writing.Engine | None, cases: list[GoldenCase]
    ) -> Results:
        """What there is to compare with: a file, else today's engine beside a candidate."""
        if against:
            return _read(against)
        return dict(_run(cases, None, "before")) if candidate else {}

    def _lay_side_by_side(self, case: GoldenCase, before: Told | None, after: Told) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(f"{case.pk}. {case}"))
        self._row(before.engine if before else "–", after.engine)
        self._row(before.text if before else "", after.text)
        self._row(_verdict(before) if before else "", _verdict(after))
        for change in regress.changes(before, after) if before else ():
            self.stdout.write(f"  {change}")

    def _row(self, left: str, right: str) -> None:
        for one, other in zip_longest(wrap(left, WIDTH), wrap(right, WIDTH), fillvalue=""):
            self.stdout.write(f"{one:<{WIDTH}} | {other}".rstrip())

    def _sum_up(self, before: Results, after: Results, broken: list[str]) -> None:
        passed, was = _passed(after, after), _passed(before, after)
        changed = sum(before[n].text != after[n].text for n in after if n in before)
        told = f"{was} passed before, " if before else ""
        self.stdout.write(f"{len(after)} cases: {told}{passed} pass now, {changed} read otherwise.")
        if broken:
            named = ", ".join(broken)
            self.stderr.write(self.style.ERROR(f"Fail now: {named}. Do not switch it on."))

    def _keep(
        self, options: dict[str, Any], engine: writing.Engine, before: Results, after: Results
    ) -> None:
        """Put on record what came of it; the record of what was switched on refers to it."""
        setup = setups.candidate(options["engine"] or "", options["model"])
        trial = trials.keep(
            setup, options["keep"], engine=engine.name, weights=engine.weights, cases=len(after),
            before=_passed(before, after) if before else None, after=_passed(after, after),
            broken=len(regress.broken(before, after)),
        )  # fmt: skip
        ledger.seal()
        self.stdout.write(f"Kept as trial {trial.pk}, in the name of {trial.kept_by}.")


def _person(email: str | None) -> Any:
    """The member of staff with this address; nobody without one."""
    if not email:
        return None
    staff = get_user_model().objects.filter(email__iexact=email, is_staff=True, is_active=True)
    if not (person := staff.first()):
        raise CommandError(f"No member of staff has the e-mail address {email}.")
    return person


def _passed(found: Results, among: Results) -> int:
    return sum(told.passed for number, told in found.items() if number in among)


def _run(
    cases: list[GoldenCase], engine: writing.Engine | None, what: str
) -> Iterator[tuple[str, Told]]:
    for case in tqdm(cases, desc=what, unit="case", file=sys.stderr, disable=None):
        yield str(case.pk), regress.run(case, engine)


def _verdict(told: Told) -> str:
    return "passes" if told.passed else f"FAILS: {'; '.join(told.faults)}"


def _read(path: Path) -> Results:
    try:
        return regress.recorded(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(f"{path} is not what --json FILE has written: {error!r}") from error


def _write(path: Path, before: Results, after: Results) -> None:
    sides = {"before": before, "after": after}
    rows = {side: {n: asdict(told) for n, told in found.items()} for side, found in sides.items()}
    try:
        path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error}; name another file.") from error

"""Ask the same with names, dialects, ages and manners changed; exit 1 when that matters."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from chatbot import engines, fairness
from chatbot.management import candidates
from chatbot.models import FairnessAudit

PAIRS = 2000


class Command(BaseCommand):
    """Ctrl-C ends it with what there is; with `--answers` it can be gone on with. Leaves nothing
    but the report: no conversation, no entry of the ledger."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pairs", type=int, default=PAIRS, help="for each contrast")
        parser.add_argument(
            "--contrast", nargs="+", default=[], choices=list(fairness.CONTRASTS),
            help="only these",
        )  # fmt: skip
        parser.add_argument("--seed", type=int, default=1, help="draws other requests and names")
        candidates.add_arguments(parser)
        parser.add_argument(
            "--answers", type=Path, metavar="FILE", help="keep answers here, and go on from them"
        )
        parser.add_argument("--out", type=Path, metavar="FILE", help="the report as one HTML page")
        parser.add_argument(
            "--json", type=Path, metavar="FILE", dest="file", help="the same as data"
        )

    def handle(self, *args: object, **options: Any) -> None:
        if options["pairs"] < 1:
            raise CommandError(f"--pairs {options['pairs']} asks nothing; name at least 1.")
        audit = self._audit(options)
        self._ask(audit)
        if not any(audit.results.values()):
            raise CommandError("There is nothing to ask about; import a shop first.")
        kept = _keep(audit)
        self._tell(kept)
        _write(options["out"], lambda: fairness.standalone(kept))
        _write(options["file"], lambda: json.dumps(kept.report, indent=1, ensure_ascii=False))
        if not kept.passed:
            sys.exit(1)

    def _audit(self, options: dict[str, Any]) -> fairness.Audit:
        engine = candidates.candidate(options["engine"], options["model"]) or engines.now()
        try:
            return fairness.Audit(
                engine, options["pairs"], options["seed"], options["contrast"], options["answers"]
            )
        except (OSError, fairness.BadFile) as error:
            raise CommandError(str(error)) from error

    def _ask(self, audit: fairness.Audit) -> None:
        total = audit.pairs * len(audit.contrasts)
        bar = tqdm(total=total, desc="asked", unit="pair", file=sys.stderr, disable=None)
        try:
            for more in audit.run():
                bar.update(more)
        except KeyboardInterrupt:
            self.stderr.write("Stopped; the report is of what was asked so far.")
        finally:
            bar.close()

    def _tell(self, kept: FairnessAudit) -> None:
        """The gated measures, one line each; the report has the rest."""
        for contrast in kept.report["contrasts"]:
            for found in contrast["measures"]:
                if found["name"] in fairness.GATED or found["verdict"] == "told":
                    self.stdout.write(_line(contrast, found))
        self.stdout.write(f"{_verdict(kept)} Kept as audit {kept.pk}.")


def _verdict(kept: FairnessAudit) -> str:
    """Nothing that is too large is no proof that there is none."""
    if not kept.passed:
        return "Not passed."
    unsure = kept.report["unsure"]
    more = f"{unsure} comparisons need more pairs to be sure." if unsure else "Passed."
    return f"Nothing differs more than it may. {more}"


def _line(contrast: dict[str, Any], found: dict[str, Any]) -> str:
    rates = found["name"] in fairness.RATES
    unit, scale = (" points", 100) if rates else ("", 1)
    value, low, high = (scale * (found[end] or 0) for end in ("value", "low", "high"))
    told = f"{value:+.2f}{unit} ({low:+.2f} … {high:+.2f}) of {found['pairs']}"
    title = fairness.RATES.get(found["name"]) or fairness.MEANS[found["name"]][0]
    return f"{contrast['title']:<28} {title:<30} {told:<44} {found['verdict']}"


def _keep(audit: fairness.Audit) -> FairnessAudit:
    found = fairness.report(audit.results)
    least = min(len(pairs) for pairs in audit.results.values())
    return FairnessAudit.objects.create(
        engine=audit.engine.name, weights=audit.engine.weights, shop=audit.shop, seed=audit.seed,
        pairs=least, passed=found["passed"], report=found,
    )  # fmt: skip


def _write(path: Path | None, made: Any) -> None:
    if path is None:
        return
    try:
        path.write_text(made(), encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error}; name another file.") from error

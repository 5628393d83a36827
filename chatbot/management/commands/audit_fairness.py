"""Ask the same with names, dialects, ages and manners changed, or draft the same product texts for
other audiences; exit 1 when that matters."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from chatbot import engines, fairness, writing
from chatbot.management import candidates
from chatbot.models import FairnessAudit

PAIRS = 2000
SAMPLE = 6  # pairs for each contrast, with which it is looked at that nothing is read of it


class Command(BaseCommand):
    """Ctrl-C ends it with what there is; with `--answers` it can be gone on with. Leaves nothing
    but the report: no conversation, no entry of the ledger."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--of", choices=fairness.SUBJECTS, default=fairness.ANSWERS,
            help="answers to shoppers (usual), or product texts by audience",
        )  # fmt: skip
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
        _possible(options)
        engine = candidates.candidate(options["engine"], options["model"]) or engines.now()
        unread = options["of"] == fairness.TEXTS and writing.was_taught(engine.name)
        audit = self._audit(engine, options | ({"pairs": SAMPLE} if unread else {}))
        self._ask(audit)
        if not any(audit.results.values()):
            raise CommandError("There is nothing to ask about; import a shop first.")
        if unread:
            self.stdout.write(_same(audit))
            return
        kept = _keep(audit)
        self._tell(kept)
        _write(options["out"], lambda: fairness.standalone(kept))
        _write(options["file"], lambda: json.dumps(kept.report, indent=1, ensure_ascii=False))
        if not kept.passed:
            sys.exit(1)

    def _audit(self, engine: writing.Engine, options: dict[str, Any]) -> fairness.Audit:
        try:
            return fairness.Audit(
                engine, options["pairs"], options["seed"], options["contrast"], options["answers"],
                options["of"],
            )  # fmt: skip
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
        except writing.EngineError as error:
            raise CommandError(f"{error} With --answers it goes on where it stopped.") from error
        finally:
            bar.close()

    def _tell(self, kept: FairnessAudit) -> None:
        """The gated measures, one line each; the report has the rest."""
        for contrast in kept.report["contrasts"]:
            for found in contrast["measures"]:
                if fairness.MEASURES[found["name"]].gated or found["verdict"] == "told":
                    self.stdout.write(_line(contrast, found))
        self.stdout.write(f"{_verdict(kept)} Kept as audit {kept.pk}.")


def _possible(options: dict[str, Any]) -> None:
    if options["pairs"] < 1:
        raise CommandError(f"--pairs {options['pairs']} asks nothing; name at least 1.")
    known = fairness.SUBJECTS[options["of"]].contrasts
    if others := [name for name in options["contrast"] if name not in known]:
        told = f"--contrast {' '.join(others)} is none of {options['of']}"
        raise CommandError(f"{told}; name some of: {', '.join(known)}.")


def _same(audit: fairness.Audit) -> str:
    """What there is to say of an engine that is told no audience; that it is not was looked at."""
    pairs = [pair for row in audit.results.values() for pair in row]
    apart = sum(pair.answers[0] != pair.answers[1] for pair in pairs)
    if apart:
        raise CommandError(
            f"{audit.engine.name} is told no audience, and yet {apart} of {len(pairs)} pairs of"
            " texts differ by it; look at chatbot/studio/learnt.py."
        )
    return (
        f"{audit.engine.name} does not read an audience; its texts are the same for all, and were"
        f" in {len(pairs)} pairs drafted now. Name --engine hub or endpoint to compare texts."
    )


def _verdict(kept: FairnessAudit) -> str:
    """Nothing that is too large is no proof that there is none."""
    if not kept.passed:
        return "Not passed."
    unsure = kept.report["unsure"]
    more = f"{unsure} comparisons need more pairs to be sure." if unsure else "Passed."
    return f"Nothing is sure to differ more than it may. {more}"


def _line(contrast: dict[str, Any], found: dict[str, Any]) -> str:
    measure = fairness.MEASURES[found["name"]]
    unit, scale = (" points", 100) if measure.share else ("", 1)
    value, low, high = (scale * (found[end] or 0) for end in ("value", "low", "high"))
    told = f"{value:+.2f}{unit} ({low:+.2f} … {high:+.2f}) of {found['pairs']}"
    return f"{contrast['title']:<28} {measure.title:<30} {told:<44} {found['verdict']}"


def _keep(audit: fairness.Audit) -> FairnessAudit:
    found = fairness.report(audit.results)
    least = min(len(pairs) for pairs in audit.results.values() if pairs)
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

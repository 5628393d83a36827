"""Trials: what came of asking golden cases of a setup, kept by name, so that the record can tell
after which trial an engine was switched on, or that it was after none."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction

from . import ledger
from .models import Setup, Trial

Record = dict[str, Any]
SHOWN = 5  # trials on the staff's page


def what(setup: Record) -> Record:
    """The part of a setup that words answers: what is switched on, and what a trial is of."""
    engine = setup.get("engine", "")
    return {
        "engine": engine,
        "model": "" if engine == "bundled" else setup.get("engine_model", ""),
        "endpoint": setup.get("endpoint", "") if engine == "endpoint" else "",
        "weights": setup.get("weights", {}),
        "program": setup.get("program", ""),
    }


@transaction.atomic
def keep(setup: Record, user: Any, **found: Any) -> Trial:
    """Keep what came of trying a setup, and record it. `found` are the other columns."""
    tried = what(setup)
    trial = Trial.objects.create(digest=_digest(tried), setup=tried, kept_by=user, **found)
    ledger.record_trial(trial)
    return trial


def of(setup: Record) -> int:
    """The number of the newest trial of a setup, 0 when there was none."""
    tried = Trial.objects.filter(digest=_digest(what(setup))).order_by("-pk")
    return tried.values_list("pk", flat=True).first() or 0


def newest() -> list[Trial]:
    """The newest trials."""
    return list(Trial.objects.select_related("kept_by").order_by("-pk")[:SHOWN])


def standing() -> tuple[Setup | None, Trial | None]:
    """What the assistant runs under, and the trial after which its engine was switched on, if it
    was after one; nothing before the first answer."""
    setup = Setup.objects.order_by("-pk").first()
    number = setup.settings.get("trial") if setup else 0
    return setup, Trial.objects.select_related("kept_by").filter(pk=number or 0).first()


def _digest(tried: Record) -> str:
    return hashlib.sha256(json.dumps(tried, sort_keys=True).encode()).hexdigest()

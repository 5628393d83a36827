"""Errands: what staff begin with an engine that takes its time, one at a time, beside everything
else. Golden cases are asked of it, or it is loaded and, when it has passed the gate, switched on.

A sign of life comes from a thread of its own, for a model may take minutes to load.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import ledger, regress, trials, writing
from .engines import choosing, loading, sharing
from .engines.choosing import EngineRefused
from .models import EngineErrand, EngineSetup, GoldenCase
from .regress import Told

logger = logging.getLogger(__name__)

BEAT = 1.0  # seconds between two signs of life
SILENCE = timedelta(minutes=1)  # after which its process is taken for dead
Aim = EngineErrand.Aim


def begin(
    user: Any, setup: EngineSetup, aim: str, reason: str = "", share: int = 0
) -> EngineErrand:
    """Begin an errand, unless one runs: that one, then."""
    with transaction.atomic():
        EngineSetup.objects.select_for_update().order_by("pk").first()
        if running := present():
            return running
        row = EngineErrand.objects.create(
            setup=setup, aim=aim, reason=reason.strip(), share=share, begun_by=user
        )
    _aside(row)
    return row


def present() -> EngineErrand | None:
    """The errand that runs."""
    alive = EngineErrand.objects.filter(ended_at=None, seen_at__gt=timezone.now() - SILENCE)
    return alive.select_related("setup", "begun_by").first()


def last() -> EngineErrand | None:
    """The newest errand."""
    return EngineErrand.objects.select_related("setup", "begun_by", "trial").first()


def _aside(row: EngineErrand) -> None:
    threading.Thread(target=_watch, args=[row], name="errand", daemon=True).start()


def _watch(row: EngineErrand) -> None:
    """Tell how far it is, for as long as it goes on."""
    work = threading.Thread(target=_work, args=[row], name="errand at work", daemon=True)
    work.start()
    try:
        while work.is_alive():
            with suppress(DatabaseError):  # it may be away for a moment
                _note(row, seen_at=timezone.now())
            work.join(BEAT)
    finally:
        connection.close()


def _work(row: EngineErrand) -> None:
    try:
        run(row)
    finally:
        connection.close()


def run(row: EngineErrand) -> None:
    """Do an errand; whatever it comes to stands on its row."""
    fault = ""
    try:
        _run(row)
    except (EngineRefused, writing.EngineError, ImproperlyConfigured) as error:
        fault = str(error)
    except Exception as error:  # whatever a library makes of a broken model
        logger.exception("Errand %s broke", row.pk)
        fault = f"{type(error).__name__}: {error}"
    finally:
        with suppress(DatabaseError):
            _note(row, ended_at=timezone.now(), fault=fault)


def _run(row: EngineErrand) -> None:
    if row.aim == Aim.TRY:
        _try(row)
    else:
        _switch(row)


def _switch(row: EngineErrand) -> None:
    """Through the gate, then loaded, then switched, in the name of who began it."""
    choosing.gate(loading.described(row.setup), row.reason)
    found = loading.fresh(row.setup)
    if row.aim == Aim.SHARE:
        sharing.begin(row.setup, found, row.begun_by, row.share, row.reason)
    else:
        choosing.switch_on(row.setup, found, row.begun_by, row.reason)


def _try(row: EngineErrand) -> None:
    """Ask every golden case of the engine that answers and of this one; keep what came of it."""
    cases = regress.cases()
    if not cases:
        raise EngineRefused(
            _("There is no active golden case to try it by; make one of a decided review.")
        )
    _note(row, total=2 * len(cases))
    found = loading.fresh(row.setup)
    before = _asked(row, cases, sharing.standing(), 0)
    after = _asked(row, cases, found.engine, len(cases))
    broken = regress.broken(before, after)
    trial = trials.keep(
        found.record, row.begun_by, engine=found.engine.name, weights=found.engine.weights,
        cases=len(after), before=_passed(before), after=_passed(after), broken=len(broken),
    )  # fmt: skip
    ledger.seal()
    _note(row, trial=trial, told=broken)


def _asked(
    row: EngineErrand, cases: list[GoldenCase], engine: writing.Engine, done: int
) -> dict[str, Told]:
    found = {}
    for number, case in enumerate(cases, done + 1):
        found[str(case.pk)] = regress.run(case, engine)
        _note(row, done=number)
    return found


def _passed(found: dict[str, Told]) -> int:
    return sum(told.passed for told in found.values())


def _note(row: EngineErrand, **values: Any) -> None:
    EngineErrand.objects.filter(pk=row.pk).update(**values)

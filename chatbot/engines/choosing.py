"""Choosing: engines that staff add, and their switches. Rows are only added, and all are on record.

Nothing answers a shopper by a press alone: there has to be a kept trial of exactly this setup in
which no golden case failed that passed before, or somebody says why not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chatbot import ledger, trials
from chatbot.models import EngineSetup, EngineSwitch, Trial

from . import loading
from .loading import Ready, Wanted

Deed = EngineSwitch.Deed
Record = dict[str, Any]
UNDO_LASTS = timedelta(minutes=10)  # the engine before stays in memory for so long
SHOWN = 20  # switches on the staff's page


class EngineRefused(Exception):
    """Raised with a text for staff when an engine cannot be added or switched."""


def add(user: Any, kind: str, model: str, place: str = "", note: str = "") -> EngineSetup:
    """Keep an engine to choose from; the same one twice is one."""
    _check(kind, model, place)
    same = {"kind": kind, "model": model, "place": place}
    with transaction.atomic():
        row, new = EngineSetup.objects.get_or_create(
            **same, defaults={"note": note.strip(), "added_by": user}
        )
        if new:
            ledger.record_engine(row)
    ledger.seal()
    return row


def _check(kind: str, model: str, place: str) -> None:
    if kind != EngineSetup.Kind.BUNDLED and not model:
        raise EngineRefused(_("Say which model: a name, or a folder on this machine."))
    if kind != EngineSetup.Kind.ENDPOINT and Path(model).is_dir() and not _holds_model(model):
        raise EngineRefused(_("There is no model in this folder: it has no config.json."))
    if kind != EngineSetup.Kind.ENDPOINT and place:
        raise EngineRefused(_("Only an endpoint stands at a place; leave it empty."))
    if place not in places():
        raise EngineRefused(_("The environment names no such place; see ENDPOINT_PLACES."))


def _holds_model(folder: str) -> bool:
    """Whether a folder is one of a model, which may then be read whole; no folder named is fine."""
    return not folder or (Path(folder) / "config.json").is_file()


def places() -> list[str]:
    """The endpoints that the environment names; empty for ENDPOINT_URL."""
    return ["", *settings.ENDPOINTS]


def newest() -> EngineSwitch | None:
    """What holds; nothing while the environment's engine is all there has been."""
    return EngineSwitch.objects.select_related("setup", "candidate").order_by("-pk").first()


def before(switch: EngineSwitch | None) -> EngineSwitch | None:
    """What answered before the engine that is switched on, to go back to; nothing where that was
    the environment's."""
    if switch is None:
        return None
    rows = EngineSwitch.objects.select_related("setup", "trial").filter(
        pk__lt=switch.pk, deed__in=(Deed.ON, Deed.BACK)
    )
    other = rows.filter(setup__isnull=False) if switch.setup_id is None else rows
    return other.exclude(setup=switch.setup_id).order_by("-pk").first()


def needed() -> list[Wanted]:
    """The engines that a process has to have in memory."""
    switch = newest()
    wanted = [standing(switch), candidate(switch)]
    if switch and timezone.now() - switch.at < UNDO_LASTS:
        wanted.append(standing(before(switch)))
    return [one for one in wanted if one is not None]


def standing(switch: EngineSwitch | None) -> Wanted | None:
    """The engine that a switch leaves answering; nothing for the environment's."""
    return Wanted(switch.setup, switch.setup_digest) if switch and switch.setup else None


def candidate(switch: EngineSwitch | None) -> Wanted | None:
    """The engine to which a switch gives a share."""
    if switch is None or switch.candidate is None:
        return None
    return Wanted(switch.candidate, switch.candidate_digest)


def passed(record: Record) -> Trial | None:
    """The newest trial of this setup, when nothing failed in it that passed before."""
    newest = tried(record)
    return newest if holds(newest) else None


def holds(trial: Trial | None) -> bool:
    """Whether a trial speaks for its engine: it was compared with another, and nothing broke."""
    return bool(trial and trial.before is not None and not trial.broken)


def tried(record: Record) -> Trial | None:
    """The newest trial of this setup."""
    return Trial.objects.filter(pk=trials.of(record)).first()


def gate(record: Record, reason: str) -> Trial | None:
    """The trial after which this setup may be switched on; with a reason the newest of it, whatever
    came of it, or none."""
    if (trial := passed(record)) or reason.strip():
        return trial or tried(record)
    if (found := tried(record)) and found.before is None:
        raise EngineRefused(
            _("Trial %(number)s compared it with nothing; try it here.") % {"number": found.pk}
        )
    if found:
        raise EngineRefused(
            _("In trial %(number)s, %(broken)s cases failed that passed before.")
            % {"number": found.pk, "broken": found.broken}
        )
    raise EngineRefused(_("Exactly this engine has not been tried; try it first."))


def switch_on(setup: EngineSetup, found: Ready, user: Any, reason: str = "") -> EngineSwitch:
    """Let an engine that is loaded answer from now on."""
    trial = gate(found.record, reason)
    with transaction.atomic():
        _refuse_beside(locked(), Wanted(setup, found.digest))
        loading.put(Wanted(setup, found.digest), found)
        row = switched(
            Deed.ON, setup=setup, setup_digest=found.digest, by=user, trial=trial,
            reason=reason.strip(),
        )  # fmt: skip
    ledger.seal()
    return row


def _refuse_beside(switch: EngineSwitch | None, wanted: Wanted) -> None:
    if switch and switch.candidate_id not in (None, wanted.setup.pk):
        raise EngineRefused(_("Another engine has a share of the conversations; end that first."))
    if stands(switch, wanted.setup, wanted.digest) and switch and not switch.candidate_id:
        raise EngineRefused(_("This engine answers already."))


def stands(switch: EngineSwitch | None, setup: EngineSetup, digest: str) -> bool:
    """Whether an engine is the one that is switched on, with the same files at the same address."""
    return bool(switch and switch.setup_id == setup.pk and switch.setup_digest == digest)


def back(user: Any, seen: int) -> EngineSwitch:
    """Go back to what answered before. `seen` is the switch that is undone: who pressed while
    somebody else switched undoes nothing."""
    with transaction.atomic():
        switch = locked()
        if switch is None or switch.pk != seen:
            raise EngineRefused(_("Somebody has switched meanwhile; look again."))
        earlier = before(switch)
        if switch.setup_id is None and earlier is None:
            raise EngineRefused(_("The environment’s engine answers already."))
        row = switched(Deed.BACK, by=user, **answered(earlier))
    ledger.seal()
    return row


def floor(user: Any) -> EngineSwitch:
    """Let the environment's engine answer again."""
    with transaction.atomic():
        switch = locked()
        if switch is None or switch.setup_id is None:
            raise EngineRefused(_("The environment’s engine answers already."))
        row = switched(Deed.BACK, by=user)
    ledger.seal()
    return row


def locked() -> EngineSwitch | None:
    """What holds, for as long as the transaction lasts. The oldest engine is the lock: switches are
    only added, so that who waited for the newest of them would go on with an older one."""
    EngineSetup.objects.select_for_update().order_by("pk").first()
    return newest()


def answered(switch: EngineSwitch | None) -> Record:
    """What of a switch says who answers."""
    if switch is None:
        return {}
    return {
        "setup": switch.setup, "setup_digest": switch.setup_digest, "trial": switch.trial,
    }  # fmt: skip


def switched(deed: str, **what: Any) -> EngineSwitch:
    row = EngineSwitch.objects.create(deed=deed, **what)
    ledger.record_switch(row)
    return row


def history() -> Iterable[EngineSwitch]:
    """The newest switches."""
    rows = EngineSwitch.objects.select_related("setup", "candidate", "trial", "by")
    return rows.order_by("-pk")[:SHOWN]

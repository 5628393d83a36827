"""What the assistant runs under: engine, weights, program, notices, rules, limits. Whenever that is
not what it ran under last, it is put on record before the next message is answered, with the trial
after which the engine was switched on: its number, or 0 where there was none."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from storefront import queries

from . import ledger, notices, trials
from .models import Setup

HERE = Path(__file__).resolve().parent
MODELS = ("reader", "judge", "writer")
PROGRAM = (".py", ".toml")  # prompts, notices, checks and the words they go by
LIMITS = (
    "DEBUG", "REVIEW_SAMPLE_PERCENT", "HOLD_RULES", "HOLD_MINUTES", "TURN_LEASE_SECONDS",
    "ENGINE_TIMEOUT_SECONDS",
    "GUEST_LOOKUPS_PER_HOUR", "CODES_PER_HOUR", "OFFER_MINUTES", "MESSAGES_PER_MINUTE",
    "MESSAGES_PER_DAY", "ADDRESS_MESSAGES_PER_DAY", "SHOP_NOW",
)  # fmt: skip


def note() -> None:
    """Record what the assistant runs under, if it differs from what is on record."""
    found = present()
    last = Setup.objects.order_by("-pk").values_list("settings", flat=True).first() or {}
    trial = last.get("trial", 0)
    if found == {name: value for name, value in last.items() if name != "trial"}:
        return
    if not last or trials.what(found) != trials.what(last):
        trial = trials.of(found)
    with transaction.atomic():
        ledger.record_setup(Setup.objects.create(settings=found | {"trial": trial}))


def candidate(engine: str, model: str) -> dict[str, Any]:
    """What it would run under with another engine or model, empty meaning today's; a model of the
    bundled engine is a folder of weights that would take the place of its own."""
    found = present()
    engine = engine or found["engine"]
    if engine == "bundled" and model:
        weights = found["weights"] | {"writer": _digest(Path(model))}
        return found | {"engine": engine, "weights": weights}
    return found | {"engine": engine, "engine_model": model or found["engine_model"]}


def present() -> dict[str, Any]:
    """What it runs under now. Of an endpoint's address only the place: no key, no password."""
    endpoint = urlsplit(settings.ENDPOINT_URL)
    return {
        "engine": settings.ENGINE,
        "engine_model": settings.ENGINE_MODEL,
        "endpoint": f"{endpoint.hostname or ''}{endpoint.path}",
        "weights": {model: _digest(HERE / "weights" / model) for model in MODELS},
        "program": _digest(HERE, PROGRAM),
        "notices": notices.VERSION,
        "rules": queries.rules().version,
        "limits": {name: str(getattr(settings, name)) for name in LIMITS},
    }


@lru_cache(maxsize=8)
def _digest(folder: Path, endings: tuple[str, ...] = (".safetensors", ".json")) -> str:
    """SHA-256 over the files of a folder and their names; once a process, which has them loaded."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in endings:
            held = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.relative_to(folder)} {held}\n".encode())
    return total.hexdigest()

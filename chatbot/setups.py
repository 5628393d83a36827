"""What the assistant runs under: engine, weights, program, notices, rules, limits. Whenever that is
not what it ran under last, it is put on record before the next message is answered."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from storefront import queries

from . import ledger, notices
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
    if found == Setup.objects.order_by("-pk").values_list("settings", flat=True).first():
        return
    with transaction.atomic():
        ledger.record_setup(Setup.objects.create(settings=found))


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

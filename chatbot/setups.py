"""What the assistant runs under: engine, weights, program, notices, rules, limits. Whenever that is
not what it ran under last, it is put on record before the next message is answered, with the trial
after which the engine was switched on: its number, or 0 where there was none."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from storefront import queries

from . import ledger, notices, trials, writing
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


def note(found: dict[str, Any] | None = None) -> None:
    """Record what the assistant runs under, the environment's engine unless told otherwise, if it
    differs from what is on record."""
    found = found or present()
    last = Setup.objects.order_by("-pk").values_list("settings", flat=True).first() or {}
    trial = last.get("trial", 0)
    if found == {name: value for name, value in last.items() if name != "trial"}:
        return
    if not last or trials.what(found) != trials.what(last):
        trial = trials.of(found)
    with transaction.atomic():
        ledger.record_setup(Setup.objects.create(settings=found | {"trial": trial}))


def candidate(engine: str, model: str, place: str = "") -> dict[str, Any]:
    """What it would run under with another engine or model, empty meaning the environment's; a
    model of the bundled engine is a folder of weights that would take the place of its own. What
    lies in a folder is read anew. Raises ImproperlyConfigured for a place that there is not."""
    found = present()
    engine = engine or found["engine"]
    if place:
        found["endpoint"] = _where(writing.address(place)[0])
    if engine != "bundled":
        model = model or found["engine_model"]
        found["engine_model"] = model
    return found | {"engine": engine, "weights": _weights(engine, model, digested)}


def present() -> dict[str, Any]:
    """What it runs under with the environment's engine. Of an endpoint's address only the place: no
    key, no password."""
    hub = settings.ENGINE_MODEL if settings.ENGINE == "hub" else ""
    return {
        "engine": settings.ENGINE,
        "engine_model": settings.ENGINE_MODEL,
        "endpoint": _where(settings.ENDPOINT_URL),
        "weights": _weights(settings.ENGINE, hub, _digest),
        "program": _digest(HERE, PROGRAM),
        "notices": notices.VERSION,
        "rules": queries.rules_version(),
        "limits": {name: str(getattr(settings, name)) for name in LIMITS},
    }


def _where(address: str) -> str:
    """An endpoint's address without what may be secret in it, and how it is spoken with."""
    if not address:
        return ""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    spoken = " in references" if settings.ENDPOINT_SPEAKS == "references" else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}{spoken}"


def _weights(engine: str, model: str, digest: Callable[[Path], str]) -> dict[str, str]:
    """The weights' digests; of a writer that is loaded from a folder, that folder's."""
    own = {name: _digest(HERE / "weights" / name) for name in MODELS}
    folder = bool(model) and (engine == "bundled" or (engine == "hub" and Path(model).is_dir()))
    return own | ({"writer": digest(Path(model))} if folder else {})


def digested(folder: Path, endings: tuple[str, ...] = (".safetensors", ".json")) -> str:
    """SHA-256 over the files of a folder and their names, as they are now."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in endings:
            held = _read(path, _state(path.stat()))
            total.update(f"{path.relative_to(folder)} {held}\n".encode())
    return total.hexdigest()


def _state(found: os.stat_result) -> tuple[int, ...]:
    """What is another once a file has been written."""
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


@lru_cache(maxsize=1024)
def _read(path: Path, state: tuple[int, ...]) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_digest = lru_cache(maxsize=8)(digested)  # once a process, which has them loaded

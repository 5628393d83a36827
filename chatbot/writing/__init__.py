"""The writing room: acts in, text out. The only room that loads a generator."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .bundled import BundledWriter
from .endpoint import EndpointWriter
from .engine import Engine, EngineError
from .hub import HubWriter
from .rendering import cites, render

__all__ = ["Engine", "EngineError", "cites", "engine", "render", "was_taught"]

WEIGHTS = Path(__file__).resolve().parent.parent / "weights" / "writer"
_lock = threading.Lock()
_loaded: dict[str, Engine] = {}


def engine() -> Engine:
    """The engine of settings.ENGINE, loaded once a process."""
    name = settings.ENGINE
    if name not in ENGINES:
        raise ImproperlyConfigured(
            f'ENGINE={name} is not known; use "bundled", "hub" or "endpoint".'
        )
    with _lock:
        if name not in _loaded:
            _loaded[name] = ENGINES[name]()
        return _loaded[name]


def was_taught(name: str) -> bool:
    """Whether the engine of this name learnt our acts and their words: only the bundled writer."""
    return name.split(" ")[0] == "bundled"


def _bundled() -> Engine:
    return BundledWriter(WEIGHTS)


def _hub() -> Engine:
    model = _needed("ENGINE_MODEL", "a hub name or a folder")
    return HubWriter(model, settings.ENGINE_TIMEOUT_SECONDS)


def _endpoint() -> Engine:
    url = _needed("ENDPOINT_URL", "a server's address, for example http://localhost:8080/v1")
    model = _needed("ENGINE_MODEL", "the name of a model it serves")
    return EndpointWriter(url, settings.ENDPOINT_KEY, model, settings.ENGINE_TIMEOUT_SECONDS)


def _needed(name: str, what: str) -> str:
    value: str = getattr(settings, name)
    if not value:
        raise ImproperlyConfigured(f"ENGINE={settings.ENGINE} needs {name}; set it to {what}.")
    return value


ENGINES: dict[str, Callable[[], Engine]] = {
    "bundled": _bundled,
    "hub": _hub,
    "endpoint": _endpoint,
}

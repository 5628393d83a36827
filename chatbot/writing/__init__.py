"""The writing room: acts in, text out. The only room that loads a generator."""

from __future__ import annotations

import threading
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .bundled import BundledWriter
from .engine import Engine, EngineError
from .rendering import render

__all__ = ["Engine", "EngineError", "engine", "render"]

WEIGHTS = Path(__file__).resolve().parent.parent / "weights" / "writer"
_lock = threading.Lock()
_loaded: dict[str, Engine] = {}


def engine() -> Engine:
    """The engine of settings.ENGINE, loaded once a process."""
    if settings.ENGINE != "bundled":
        raise ImproperlyConfigured(f'ENGINE={settings.ENGINE} is not known; use "bundled".')
    with _lock:
        if "bundled" not in _loaded:
            _loaded["bundled"] = BundledWriter(WEIGHTS)
        return _loaded["bundled"]

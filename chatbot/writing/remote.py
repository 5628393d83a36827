"""The bundled writer of the model process, which holds it for all processes and batches."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from django.conf import settings

from chatbot import remote
from chatbot.terms import Brief

from .engine import EngineError


class RemoteWriter:
    """Named as the writer there is, so that the record says which weights wrote."""

    def __init__(self) -> None:
        self._known: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """Its name, asked for once."""
        return self._about()[0]

    @property
    def weights(self) -> str:
        """The SHA-256 of its weights."""
        return self._about()[1]

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Yield the text as it comes. A model process that is away is waited for a little; one that
        has been started with other weights meanwhile is not written by until they are on record."""
        known, seconds = self._about(), settings.ENGINE_TIMEOUT_SECONDS
        words = {name: getattr(brief, name) for name in ("act", "must", "may", "asked")}
        about = {"brief": words, "seed": seed, "weights": known[1]}
        try:
            for told in remote.ask("write", seconds, stop, **about):
                yield told["piece"]
        except remote.Stopped:
            return
        except remote.Gone as error:
            raise EngineError(str(error), retry=True) from error
        except remote.Failed as error:
            self._known = None
            raise EngineError(str(error), retry=error.retry) from error

    def _about(self) -> tuple[str, str]:
        if self._known is None:
            try:
                name, weights = remote.value("writer", settings.ENGINE_TIMEOUT_SECONDS)
            except (remote.Gone, remote.Failed) as error:
                raise EngineError(str(error), retry=True) from error
            self._known = (name, weights)
        return self._known

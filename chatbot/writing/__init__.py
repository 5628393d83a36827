"""The writing room: acts in, text out. The only room that loads a generator."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from chatbot.terms import Brief

from . import circuit, prompting, vocabulary
from .endpoint import EndpointWriter
from .engine import Engine, EngineError
from .remote import RemoteWriter
from .rendering import cites, quoted, render
from .served import ServedWriter
from .spending import Prices

__all__ = [
    "ENGINES",
    "Engine",
    "EngineError",
    "address",
    "asked_of",
    "candidate",
    "circuits",
    "cites",
    "copywriter",
    "engine",
    "hands_over",
    "local",
    "probe",
    "quoted",
    "render",
    "standby",
    "warm_up",
    "was_taught",
]

circuits = circuit.standings  # to endpoints, for metrics and staff
WEIGHTS = Path(__file__).resolve().parent.parent / "weights" / "writer"
COPYWRITER, DRAFTS_OF_COPY = WEIGHTS.with_name("copywriter"), 2  # more make lines more alike
PROBE = Brief("smalltalk.greeting", ())
FALLBACKS = {"bundled": False, "person": True}  # whether a person is fetched
SPEAKING = {"values": EndpointWriter, "references": ServedWriter}
_lock = threading.Lock()
_loaded: dict[str, Engine] = {}


def engine() -> Engine:
    """The engine of settings.ENGINE, loaded once a process."""
    name = settings.ENGINE
    return _of_process(name, "" if name == "bundled" else settings.ENGINE_MODEL)


def standby(failed: Engine) -> Engine | None:
    """Who writes on where an engine has failed: the bundled writer for an endpoint, unless the shop
    wants a person there; None where nobody stands by."""
    if isinstance(failed, EndpointWriter) and not hands_over(failed):
        return _of_process("bundled", "")
    return None


def hands_over(failed: Engine | None) -> bool:
    """Whether a person is fetched where this engine fails: an endpoint, if the shop wants that. One
    that could not be loaded is the environment's."""
    person: bool = _known("ENDPOINT_FALLBACK", FALLBACKS)
    endpoint = isinstance(failed, EndpointWriter) if failed else settings.ENGINE == "endpoint"
    return person and endpoint


def _of_process(name: str, model: str) -> Engine:
    with _lock:
        if name not in _loaded:
            _loaded[name] = _build(name, model)
        return _loaded[name]


def warm_up(engine: Engine) -> None:
    """Let an engine that is loaded, or its standby, take its first step where it is ours."""
    for loaded in (engine, standby(engine)):
        if warm := getattr(loaded, "warm_up", None):  # only what runs here has one
            warm()


def candidate(name: str, model: str, place: str = "") -> Engine:
    """Another engine, loaded beside the one that is switched on: a hub name, a folder (of a bundled
    writer's weights, too) or the name of a model that the endpoint serves, at ENDPOINT_URL or at
    another of ENDPOINT_PLACES."""
    return _build(name, model, place)


def probe(engine: Engine) -> None:
    """Have an engine word something short, so that one which cannot is found out before anybody
    is answered by it. Raises EngineError."""
    for _piece in engine.write(PROBE, seed=0, stop=threading.Event()):
        pass


def address(place: str) -> tuple[str, str]:
    """Address and key of an endpoint by its name in the environment; ENDPOINT_URL's without one."""
    if not place:
        return settings.ENDPOINT_URL, settings.ENDPOINT_KEY
    if place not in settings.ENDPOINTS:
        raise ImproperlyConfigured(
            f"The endpoint {place} is not in the environment any more; name it in ENDPOINT_PLACES "
            f"and set ENDPOINT_URL_{place.upper()}."
        )
    url, key = settings.ENDPOINTS[place]
    return url, key


def _build(name: str, model: str, place: str = "") -> Engine:
    if name not in ENGINES:
        raise ImproperlyConfigured(
            f'ENGINE={name} is not known; use "bundled", "hub" or "endpoint".'
        )
    return _endpoint(model, place) if place else ENGINES[name](model)


def asked_of(name: str, brief: Brief) -> tuple[str, ...]:
    """What the engine of this name reads of a brief: one text of marks and references, or rules and
    a task in words."""
    if not was_taught(name):
        return prompting.prompt(brief)
    return (vocabulary.prompt(brief.act, brief.must, brief.may),)


def was_taught(name: str) -> bool:
    """Whether the engine of this name learnt our acts and their words: the bundled writer, here or
    behind an endpoint."""
    return name.split(" ")[0] in ("bundled", ServedWriter.kind)


def local() -> Engine:
    """The bundled writer in this process, whatever MODELS says."""
    return _of_folder(WEIGHTS)


def copywriter() -> Engine:
    """The bundled writer of product texts, loaded once a process."""
    with _lock:
        if "copywriter" not in _loaded:
            _loaded["copywriter"] = _of_folder(COPYWRITER, DRAFTS_OF_COPY)
        return _loaded["copywriter"]


def _bundled(model: str) -> Engine:
    if model:
        return _of_folder(Path(model))
    return cast(Engine, RemoteWriter()) if settings.MODELS else local()


def _of_folder(folder: Path, *drafts: int) -> Engine:
    """A checkpoint of ours. What loads it takes seconds to import, for which only those wait who
    have something worded in their own process."""
    from .bundled import BundledWriter

    return BundledWriter(folder, *drafts)


def _hub(model: str) -> Engine:
    _need("hub", model, "ENGINE_MODEL", "a hub name or a folder")
    from .hub import HubWriter  # as in _of_folder

    return HubWriter(model, settings.ENGINE_TIMEOUT_SECONDS)


def _endpoint(model: str, place: str = "") -> Engine:
    url, key = address(place)
    _need("endpoint", url, "ENDPOINT_URL", "a server's address, for example http://localhost:80/v1")
    _need("endpoint", model, "ENGINE_MODEL", "the name of a model it serves")
    speaking = _known("ENDPOINT_SPEAKS", SPEAKING)
    return speaking(
        url, key, model, settings.ENGINE_TIMEOUT_SECONDS,
        first=settings.ENDPOINT_FIRST_SECONDS,
        prices=Prices(
            _price("ENDPOINT_PRICE_READ"), _price("ENDPOINT_PRICE_WRITTEN"),
            settings.ENDPOINT_CURRENCY,
        ),
    )  # fmt: skip


def _known(name: str, words: Mapping[str, Any]) -> Any:
    """What a setting of few words stands for."""
    value = getattr(settings, name)
    if value not in words:
        known = " or ".join(f'"{word}"' for word in words)
        raise ImproperlyConfigured(f"{name}={value} is not known; use {known}.")
    return words[value]


def _price(name: str) -> Decimal | None:
    value: str = getattr(settings, name)
    try:
        return Decimal(value) if value else None
    except InvalidOperation:
        raise ImproperlyConfigured(
            f"{name}={value} is no number; use the price of a million tokens, for example 0.15."
        ) from None


def _need(engine: str, value: str, name: str, what: str) -> None:
    if not value:
        raise ImproperlyConfigured(f"ENGINE={engine} needs {name}; set it to {what}.")


ENGINES: dict[str, Callable[[str], Engine]] = {
    "bundled": _bundled,
    "hub": _hub,
    "endpoint": _endpoint,
}

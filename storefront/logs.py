"""Logs that can be kept and passed on: a JSON object a line, and nothing of any person in it.

A line tells which sentence of which program was logged, never what it was filled with: shown are
texts that stand in the program's source, numbers, and the few attributes of ATTRIBUTES. An
exception is told by its type and where it arose; what it says may quote a shopper or a row. Of a
request stays the route, not the address.

Libraries write JSON as well; what has to be decided is what stands in it.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.urls import Resolver404, resolve

HIDDEN = "…"
# uvicorn and Django give theirs levels, and handlers in words, that would stay.
OURS = ("chatbot", "storefront", "uvicorn", "uvicorn.error", "uvicorn.access")
FRAMES = 12  # of a stack, the innermost ones
PLACES = ("site-packages/", f"{Path(__file__).resolve().parent.parent}/")  # where code lies
FILLED = re.compile(r"%(?:\((\w+)\))?[-#0 +]*(?:\d+|\*)?(?:\.\d+)?[a-zA-Z%]")
# What may stand in a line besides, by OpenTelemetry's names where it has one.
ATTRIBUTES = re.compile(r"(counterfoil|gen_ai|error|http)\.[a-z_.]+")
VALUE = re.compile(r"[\w.:/+-]{0,80}(?: [\w.:/+-]{1,80})?")  # "bundled 1f0c88a2", "CF-7Q2M…"
logger = logging.getLogger(__name__)


def config(form: str, level: str) -> dict[str, Any]:
    """Django's LOGGING: in words as ever, or one JSON object a line."""
    handler: dict[str, Any] = {"class": "logging.StreamHandler"}
    if form == "text":
        return _config(handler, level or "WARNING", {})
    loggers = {name: {"level": level or "INFO"} for name in OURS}
    loggers |= {name: {"level": level or "WARNING"} for name in ("django", "django.server")}
    return _config(handler | {"formatter": "json"}, level or "WARNING", loggers)


def _config(
    handler: dict[str, Any], level: str, loggers: dict[str, dict[str, str]]
) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "storefront.logs.Formatter"}},
        "handlers": {"console": handler},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {n: {"handlers": [], "propagate": True, **how} for n, how in loggers.items()},
    }


def catch_the_rest() -> None:
    """What Python would print by itself is logged instead: it prints what an exception says."""
    logging.captureWarnings(True)
    logging.raiseExceptions = False
    sys.excepthook = _died
    threading.excepthook = lambda told: _died(
        told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback
    )


def _died(kind: type[BaseException], error: BaseException, stack: TracebackType | None, /) -> None:
    if issubclass(kind, ImproperlyConfigured | KeyboardInterrupt):
        sys.__excepthook__(kind, error, stack)  # speaks of settings, to who has just started it
    else:
        logger.critical("Something ended that should not have", exc_info=(kind, error, stack))


class Formatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Whatever is odd about a record, it is never told as it came."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
            "code": f"{_place(record.pathname)}:{record.lineno}",
            **_attributes(record),
            **_failure(record),
        }
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    """The text as it stands in the source, filled with numbers only."""
    if record.name == "uvicorn.access":
        return "A request has been answered"
    text = record.msg
    if not isinstance(text, str) or text not in _texts(record.pathname):
        return HIDDEN
    return FILLED.sub(_Filling(record.args), text) if record.args else text


class _Filling:
    """The values of a text's places, in order or by name: numbers as they are, else HIDDEN."""

    def __init__(self, args: Any) -> None:
        self.named = args if isinstance(args, dict) else {}
        self.others: Iterator[Any] = iter(args if isinstance(args, tuple) else ())

    def __call__(self, place: re.Match[str]) -> str:
        if place[0].endswith("%"):
            return "%"
        value = self.named.get(place[1]) if place[1] else next(self.others, None)
        return str(value) if isinstance(value, int | float) else HIDDEN


@lru_cache(maxsize=512)
def _texts(path: str) -> frozenset[str]:
    """Every text that stands in a source file; none where it cannot be read."""
    try:
        code = compile(Path(path).read_bytes(), path, "exec", dont_inherit=True)
    except (OSError, SyntaxError, ValueError):
        return frozenset()
    return frozenset(_constants(code))


def _constants(code: CodeType) -> Iterator[str]:
    for value in code.co_consts:
        if isinstance(value, CodeType):
            yield from _constants(value)
        else:
            yield from (part for part in _parts(value) if isinstance(part, str))


def _parts(value: Any) -> Iterable[Any]:
    return value if isinstance(value, tuple) else (value,)


def _attributes(record: logging.LogRecord) -> dict[str, Any]:
    if record.name == "uvicorn.access":
        return _request(record.args)
    told = {key: v for key, v in vars(record).items() if ATTRIBUTES.fullmatch(key)}
    if isinstance(status := getattr(record, "status_code", None), int):
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        told |= {
            "http.route": f"/{match.route}" if match else "",
            "http.response.status_code": status,
        }
    return {key: value for key, value in told.items() if _may_be_told(value)}


def _may_be_told(value: Any) -> bool:
    if isinstance(value, str):
        return bool(VALUE.fullmatch(value))
    return isinstance(value, int | float)


def _request(args: Any) -> dict[str, Any]:
    """A line of uvicorn's access log, without who asked for what."""
    try:
        _client, method, path, _version, status = args
    except (TypeError, ValueError):
        return {}
    return {"http.request.method": method, "http.route": _route(path),
            "http.response.status_code": status}  # fmt: skip


def _route(path: str) -> str:
    try:
        return f"/{resolve(urlsplit(path).path).route}"
    except (Resolver404, ValueError):
        return ""


def _failure(record: logging.LogRecord) -> dict[str, Any]:
    """What went wrong: the types of the exception and its causes, and the way to it."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return {}
    return {"exception.type": [_kind(e) for e in _chain(error)], "exception.stack": _stack(error)}


def _kind(error: BaseException) -> str:
    kind = type(error)
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and what led to it; they may refer to each other."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _stack(error: BaseException) -> list[str]:
    frames, here = [], error.__traceback__
    while here is not None:
        code = here.tb_frame.f_code
        frames.append(f"{_place(code.co_filename)}:{here.tb_lineno} {code.co_name}")
        here = here.tb_next
    return frames[-FRAMES:]


def _place(path: str) -> str:
    """A source file, without where the site is installed."""
    for start in PLACES:
        _before, found, inside = path.partition(start)
        if found:
            return inside
    return Path(path).name

"""What goes wrong with an endpoint, told with its remedy, and whether a second try may help."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

import openai

from .engine import EngineError

MOST_SAID = 300  # characters of a server's own words in an error
PASSING = frozenset((408, 409, 425, 429))  # statuses that a second try may get past
REMEDIES = {
    401: "check ENDPOINT_KEY",
    403: "check ENDPOINT_KEY",
    404: "check ENDPOINT_URL, which often ends in /v1, and ENGINE_MODEL",
}
ALIEN = (
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
)  # what frames of no shape we know do
CODE = re.compile(r"[\w.-]{1,60}")
MOVED = "it sends us elsewhere; set ENDPOINT_URL to where its API is"


@contextmanager
def told(url: str, model: str) -> Iterator[None]:
    """Whatever a client raises within comes out as an EngineError that names the server."""
    began = time.monotonic()
    try:
        yield
    except openai.APITimeoutError as error:
        raise late(url, time.monotonic() - began) from error
    except openai.APIStatusError as error:
        raise refused(url, model, error) from error
    except openai.APIConnectionError as error:
        what = f"{error} {error.__cause__ or ''}".strip()[:MOST_SAID]
        remedy = "see whether it runs, and check ENDPOINT_URL"
        raise EngineError(f"{url} failed: {what}; {remedy}.", retry=True) from error
    except openai.APIError as error:
        what = f"it says {_code(error)}"
        remedy = "see whether it runs, and check ENDPOINT_URL"
        raise EngineError(f"{url} failed: {what}; {remedy}.", retry=True) from error
    except ALIEN as error:
        what = f"{url} sent half a frame, or broken text: {error}; see its log."
        raise EngineError(what[: len(url) + MOST_SAID], retry=True) from error


def late(url: str, seconds: float) -> EngineError:
    """It kept us waiting."""
    return EngineError(
        f"{url} did not go on within {seconds:.1f} s; see whether it is overloaded, or raise"
        " ENDPOINT_FIRST_SECONDS (until its first word) or ENGINE_TIMEOUT_SECONDS (for all).",
        retry=True,
    )


def refused(url: str, model: str, error: openai.APIStatusError) -> EngineError:
    """It answered with a status that says no."""
    status = error.status_code
    passing = status >= 500 or status in PASSING
    usual = "see its log" if passing else f"check that it serves ENGINE_MODEL={model}"
    remedy = MOVED if 300 <= status < 400 else REMEDIES.get(status, usual)
    after = _after(error.response.headers.get("retry-after", "")) if passing else None
    said = f"{status} {_code(error)}"
    return EngineError(f"{url} refused: {said}; {remedy}.", retry=passing, after=after)


def _code(error: openai.APIError) -> str:
    """What a server calls its fault. Its own words are left out: they often say again what it was
    asked, which is a shopper's."""
    words = (error.code, error.type)
    return next((w for w in words if isinstance(w, str) and CODE.fullmatch(w)), "no reason")


def no_stream(url: str, kind: str) -> EngineError:
    """It answered with something else than a stream of frames."""
    return EngineError(
        f"{url} answered {kind or 'without a type'} instead of text/event-stream; check that"
        " ENDPOINT_URL is the address of an OpenAI-compatible API, which often ends in /v1."
    )


def broken_off(url: str, why: str) -> EngineError:
    """The text is not whole."""
    return EngineError(f"{url} broke off: {why}; see its log.", retry=True)


def _after(header: str) -> float | None:
    """For how many seconds a server wants to be left alone: it gives them, or a date."""
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None

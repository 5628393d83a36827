"""The endpoint writer: any server that speaks OpenAI's chat completions (vLLM, SGLang, Ollama, …).

Only fields that every such server knows are sent; neither "[DONE]" nor /models is needed.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import openai
from openai.types.chat import ChatCompletionChunk

from chatbot.terms import Brief

from .engine import EngineError
from .prompting import MOST_TOKENS, TEMPERATURE, TOP_P, prompt

MOST_NAME = 120  # characters the record has for an engine's name
MOST_SAID = 300  # characters of a server's own words in an error
PASSING = frozenset((408, 409, 425, 429))  # statuses that a second try may get past
REMEDIES = {
    401: "check ENDPOINT_KEY",
    403: "check ENDPOINT_KEY",
    404: "check ENDPOINT_URL, which often ends in /v1, and ENGINE_MODEL",
}
ENDED = "stop"  # the finish_reason of a whole text
Stream = openai.Stream[ChatCompletionChunk]


class EndpointWriter:
    """A model behind `url`."""

    weights = ""

    def __init__(self, url: str, key: str, model: str, timeout: float) -> None:
        self.url, self.model, self.timeout = url, model, timeout
        self.name = f"endpoint {model}"[:MOST_NAME]
        self.client = openai.OpenAI(
            base_url=url, api_key=key or "none", max_retries=0, timeout=timeout
        )

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Yield the text as it comes; when nobody reads on, the stream is closed."""
        began = time.monotonic()
        try:
            with self._asked(brief, seed) as stream, _limited(stream, self.timeout):
                ending = yield from self._pieces(stream, stop)
        except openai.APIError as error:
            raise self._fault(error, time.monotonic() - began) from error
        except ValueError as error:
            what = f"{self.url} sent half a frame, or broken text: {error}; see its log."
            raise EngineError(what, retry=True) from error
        if ending != ENDED:
            raise self._broken_off(ending, time.monotonic() - began)

    def _asked(self, brief: Brief, seed: int) -> Stream:
        asked = prompt(brief)
        return self.client.chat.completions.create(
            model=self.model,
            messages=[
                {"role": "system", "content": asked.system},
                {"role": "user", "content": asked.user},
            ],
            stream=True, max_tokens=MOST_TOKENS, temperature=TEMPERATURE, top_p=TOP_P, seed=seed,
        )  # fmt: skip

    def _pieces(self, stream: Stream, stop: threading.Event) -> Generator[str, None, str]:
        """The text of a stream; returns why it ended, empty when it did not say."""
        self._expect_stream(stream.response.headers.get("content-type", ""))
        reason = ""
        for chunk in stream:
            if stop.is_set():
                return ENDED
            text, ending = _said(chunk)
            reason = ending or reason
            if text:
                yield text
        return reason

    def _expect_stream(self, kind: str) -> None:
        if not kind.startswith("text/event-stream"):
            raise EngineError(
                f"{self.url} answered {kind or 'without a type'} instead of text/event-stream; "
                "check that ENDPOINT_URL is the address of an OpenAI-compatible API, which often "
                "ends in /v1."
            )

    def _fault(self, error: openai.APIError, seconds: float) -> EngineError:
        """What went wrong where, and what helps."""
        if isinstance(error, openai.APITimeoutError) or seconds >= self.timeout:
            return self._late()
        if isinstance(error, openai.APIStatusError):
            return self._refusal(error)
        what = f"{error} {error.__cause__ or ''}".strip()[:MOST_SAID]
        return EngineError(
            f"{self.url} failed: {what}; see whether it runs, and check ENDPOINT_URL.", retry=True
        )

    def _broken_off(self, reason: str, seconds: float) -> EngineError:
        """A text that is not whole: it became too long, or the line was cut, perhaps by us."""
        if seconds >= self.timeout:
            return self._late()
        why = f"{reason}, within {MOST_TOKENS} tokens" if reason else "the line was cut"
        return EngineError(f"{self.url} broke off: {why}; see its log.", retry=True)

    def _late(self) -> EngineError:
        return EngineError(
            f"{self.url} did not finish within {self.timeout} s; see whether it is overloaded, or"
            " raise ENGINE_TIMEOUT_SECONDS.",
            retry=True,
        )

    def _refusal(self, error: openai.APIStatusError) -> EngineError:
        status = error.status_code
        passing = status >= 500 or status in PASSING
        usual = "see its log" if passing else f"check that it serves ENGINE_MODEL={self.model}"
        remedy = REMEDIES.get(status, usual)
        said = str(error)[:MOST_SAID]
        return EngineError(f"{self.url} refused: {said}; {remedy}.", retry=passing)


def _said(chunk: object) -> tuple[str, str]:
    """A chunk's text and why it is the last; servers differ in what they leave out."""
    choice = next(iter(getattr(chunk, "choices", None) or ()), None)
    text = getattr(getattr(choice, "delta", None), "content", None)
    end = getattr(choice, "finish_reason", None) or ""
    return (_sound(text) if isinstance(text, str) else ""), end


def _sound(text: str) -> str:
    """`text` with what cannot be stored or sent, half a pair or NUL, shown as unreadable."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")


@contextmanager
def _limited(stream: Stream, seconds: float) -> Iterator[None]:
    """Hang up after so many seconds, even on a server that keeps the line busy with comments."""
    clock = threading.Timer(seconds, _hang_up, (stream,))
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _hang_up(stream: Stream) -> None:
    """Wake the thread that reads. Closing the socket under it could hand its number to another
    connection."""
    line = stream.response.extensions["network_stream"].get_extra_info("socket")
    with contextlib.suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)

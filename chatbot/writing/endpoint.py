"""The endpoint writer: any server that speaks OpenAI's chat completions (vLLM, SGLang, Ollama, …).

Only fields that every such server knows are sent; neither "[DONE]" nor /models is needed. A server
that fails is asked again while nothing of the text has been given out and the time allows; one that
keeps failing is left alone for a while (see `circuit`).
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Generator, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import openai
from openai.types.chat import ChatCompletionChunk

from chatbot.terms import Brief

from . import circuit, mishaps, wire
from .engine import EngineError
from .prompting import MOST_TOKENS, TEMPERATURE, TOP_P, prompt
from .spending import Meter, Prices

MOST_NAME = 120  # characters the record has for an engine's name
MOST_CHARACTERS = MOST_TOKENS * 12  # of a text: a server may not keep to the tokens it was granted
FIRST_SECONDS = 8.0
TRIES = 3
PAUSE_SECONDS = 0.3  # before the second try at the most; twice as long before the third
USAGE_SECONDS = 1.0  # after the end of a text, for a server to say what it took
ENDED = "stop"  # the finish_reason of a whole text
UNKNOWN_FIELD = frozenset((400, 422))  # how servers refuse what they do not know
Stream = openai.Stream[ChatCompletionChunk]
Messages = list[dict[str, str]]


class Unfit(EngineError):
    """Raised for a text that its model made unfit: too long, empty, against the rules. Its server
    is well, and other dice may help, which whoever asks has to throw."""

    def __init__(self, message: str) -> None:
        super().__init__(message, retry=True)


class Manner(NamedTuple):
    """How a brief is put to a model."""

    messages: Callable[[Brief], Messages]
    most_tokens: int
    temperature: float
    top_p: float


def _in_words(brief: Brief) -> Messages:
    asked = prompt(brief)
    return [{"role": "system", "content": asked.system}, {"role": "user", "content": asked.user}]


class EndpointWriter:
    """A model behind `url`."""

    weights = ""
    kind = "endpoint"
    manner = Manner(_in_words, MOST_TOKENS, TEMPERATURE, TOP_P)

    def __init__(
        self, url: str, key: str, model: str, timeout: float, *, first: float = FIRST_SECONDS,
        prices: Prices | None = None,
    ) -> None:  # fmt: skip
        """`timeout` is for a text with all its tries, `first` for the first piece of each."""
        self.url = _public(url)  # as errors tell it
        self.model, self.timeout, self.first = model, timeout, first
        self.prices = prices or Prices()
        self.name = f"{self.kind} {model}"[:MOST_NAME]
        self.circuit = circuit.to(_place(url))
        self.counts = True  # until the server refuses to be asked what a text took
        self.client = openai.OpenAI(
            base_url=url, api_key=key or "none", max_retries=0, timeout=timeout,
            http_client=wire.client(timeout), default_headers={"Accept-Encoding": "identity"},
        )  # fmt: skip

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Yield the text as it comes; when nobody reads on, the stream is closed."""
        until = min(time.monotonic() + self.timeout, brief.until)
        for attempt in range(1, TRIES + 1):
            given = False
            try:
                for piece in self._tried(brief, seed, until, stop):
                    given = True
                    yield piece
                return
            except EngineError as error:
                pause = max(error.after or 0, _jitter(attempt))
                late = time.monotonic() + pause >= until
                same = isinstance(error, Unfit)  # with the same dice it would say the same
                if given or same or not error.retry or attempt == TRIES or late:
                    raise
            if stop.wait(pause):
                return

    def _tried(self, brief: Brief, seed: int, until: float, stop: threading.Event) -> Iterator[str]:
        """The text of one request. That it is too long or empty is the model's fault, of which the
        circuit to its server need not know."""
        ending = yield from self._watched(brief, seed, until, stop)
        if ending != ENDED:
            why = f"{ending}, within {self.manner.most_tokens} tokens"
            raise Unfit(f"{self.url} broke off: {why}; see its log.")

    def _watched(
        self, brief: Brief, seed: int, until: float, stop: threading.Event
    ) -> Generator[str, None, str]:
        """One request, of which the circuit learns how it went. What had hardly any time left is
        nobody's fault."""
        probes = self._enter()
        fair = until - time.monotonic() >= min(self.first, self.timeout) / 2
        try:
            ending = yield from self._asked(brief, seed, until, stop)
        except EngineError as error:
            if error.retry and fair:
                self.circuit.fail(str(error), error.after)
            raise
        finally:
            if probes:
                self.circuit.leave()
        self.circuit.succeed()
        return ending

    def _enter(self) -> bool:
        """Whether it is the circuit's probe that asks."""
        rest, probes = self.circuit.enter()
        if rest:
            said = self.circuit.standing.said
            raise EngineError(f"{self.url} is left alone for {rest:.0f} s more. {said}")
        return probes

    def _asked(
        self, brief: Brief, seed: int, until: float, stop: threading.Event
    ) -> Generator[str, None, str]:
        """The text of one request; returns why it ended."""
        asked = self.manner.messages(brief)
        meter = Meter(self.prices, [message["content"] for message in asked])
        allowance = wire.Allowance(min(time.monotonic() + self.first, until))
        try:
            with mishaps.told(self.url, self.model), self._open(asked, seed, allowance) as stream:
                ending = yield from self._pieces(stream, stop, meter, allowance, until)
        finally:
            brief.spent(meter.spent)
        if not ending:
            raise mishaps.broken_off(self.url, "the line was cut")
        return ending

    def _open(self, asked: Messages, seed: int, allowance: wire.Allowance) -> Stream:
        """The answer's stream. A server is asked to count tokens for as long as it takes that."""
        with wire.granted(allowance):
            if not self.counts:
                return self._create(asked, seed)
            try:
                return self._create(asked, seed, stream_options={"include_usage": True})
            except openai.APIStatusError as error:
                if error.status_code not in UNKNOWN_FIELD:
                    raise
            stream = self._create(asked, seed)
            self.counts = False
            return stream

    def _create(self, asked: Messages, seed: int, **more: Any) -> Stream:
        messages: Any = asked
        stream: Stream = self.client.chat.completions.create(
            model=self.model, messages=messages, stream=True, max_tokens=self.manner.most_tokens,
            temperature=self.manner.temperature, top_p=self.manner.top_p, seed=seed, **more,
        )  # fmt: skip
        return stream

    def _pieces(
        self, stream: Stream, stop: threading.Event, meter: Meter, allowance: wire.Allowance,
        until: float,
    ) -> Generator[str, None, str]:  # fmt: skip
        """The text of a stream; returns why it ended, empty when it did not say. After its end only
        the count is waited for, and not for long."""
        self._expect_stream(stream.response.headers.get("content-type", ""))
        ending = ""
        try:
            for chunk in stream:
                if stop.is_set():
                    return ENDED
                meter.note(getattr(chunk, "usage", None))
                text, reason = _said(chunk)
                if text and not ending:
                    allowance.until = until
                    self._take(meter, text)
                    yield text
                if reason and not ending:
                    allowance.until = min(until, time.monotonic() + USAGE_SECONDS)
                    ending = reason
        except (openai.APIError, ValueError):
            if not ending:
                raise
        return ending if meter.letters_written or not ending else "nothing was said"

    def _expect_stream(self, kind: str) -> None:
        if not kind.startswith("text/event-stream"):
            raise mishaps.no_stream(self.url, kind)

    def _take(self, meter: Meter, text: str) -> None:
        meter.letters_written += len(text)
        if meter.letters_written > MOST_CHARACTERS:
            raise mishaps.broken_off(self.url, f"it went on beyond {MOST_CHARACTERS} characters")


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


def _jitter(attempt: int) -> float:
    """How long to wait before the next try, so that not all who failed come back at once."""
    return random.uniform(0, PAUSE_SECONDS * 2 ** (attempt - 1))  # noqa: S311 - no secret


def _public(url: str) -> str:
    """An address without a name and password in it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _place(url: str) -> str:
    """An address without what may be secret in it."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}:{parts.port or parts.scheme}{parts.path}"

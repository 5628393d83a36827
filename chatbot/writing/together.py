"""Many texts of one model at once: they join and leave the running batch at every token."""

from __future__ import annotations

import queue
import random
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from chatbot import metrics

from .prompting import TEMPERATURE, TOP_P
from .rows import Newcomer, Rows

MOST_WAITING = 256
MOST_READ = 256  # tokens of prompts between two tokens of those who write already
LIKELIEST = 256  # tokens that nearly always hold what TOP_P keeps; sorting all takes much longer
POLL = 0.1  # s after which a reader looks whether it has been stopped


class FullError(Exception):
    """Raised when no more texts may wait."""


class TooLongError(Exception):
    """Raised when a text does not end."""


class Text:
    """One text in the making, between its reader and the thread that grows it. It rolls its own
    dice, so that the company it is in changes nothing."""

    def __init__(
        self, ids: list[int], seed: int, stop: threading.Event, timeout: float, most: int
    ) -> None:
        self.ids, self.stop, self.most = ids, stop, most
        self.dice = random.Random(seed)  # noqa: S311 - variety, not secrecy
        self.deadline = time.monotonic() + timeout
        self.left = threading.Event()  # nobody reads it any more
        self.news: queue.SimpleQueue[int | Exception | None] = queue.SimpleQueue()
        self.written: list[int] = []

    @property
    def over(self) -> bool:
        """Whether it need not be written on."""
        return self.stop.is_set() or self.left.is_set() or time.monotonic() >= self.deadline

    def tokens(self) -> Iterator[int]:
        """Its tokens as they come, until it ends or is stopped. Raises what broke it, TooLongError,
        and TimeoutError."""
        try:
            while not self.stop.is_set():
                news = self._news()
                if news is None:
                    return
                if isinstance(news, Exception):
                    raise news
                if news >= 0:
                    yield news
        finally:
            self.left.set()

    def _news(self) -> int | Exception | None:
        """A token, the fault, or nothing at the end; -1 when there is no news yet."""
        left = self.deadline - time.monotonic()
        try:
            return self.news.get(timeout=max(0.0, min(POLL, left)))
        except queue.Empty:
            return -1 if left > 0 else TimeoutError()

    def take(self, token: int, ends: frozenset[int]) -> bool:
        """Hand a token to the reader; whether the text has ended with it."""
        if token in ends:
            self.news.put(None)
            return True
        self.written.append(token)
        self.news.put(token)
        if len(self.written) >= self.most:
            self.news.put(TooLongError())
        return len(self.written) >= self.most


class Together:
    """Grows texts on a thread that is there while there is something to write. Whoever came first
    is read first, and all write at the same pace; a turn asks for one text at a time, so that no
    conversation gets more than another."""

    def __init__(self, rows: Rows, ends: frozenset[int]) -> None:
        self.rows, self.ends = rows, ends
        self.lock = threading.Lock()
        self.waiting: deque[Text] = deque()
        self.texts: list[Text] = []  # one a row
        self.coming: tuple[Text, Newcomer] | None = None
        self.running = False

    def add(self, text: Text) -> None:
        """Put a text in line. Raises FullError."""
        with self.lock:
            if len(self.waiting) >= MOST_WAITING:
                raise FullError
            self.waiting.append(text)
            if not self.running:
                self.running = True
                threading.Thread(target=self._run, name="hub-writer").start()

    def _run(self) -> None:
        while self._wanted():
            try:
                self._turn()
            except Exception as fault:  # noqa: BLE001 - each reader is told, the next ones go on
                self._fail(fault)

    def _wanted(self) -> bool:
        with self.lock:
            self.running = bool(self.waiting or self.coming or self.texts)
            return self.running

    def _fail(self, fault: Exception) -> None:
        """End every text under way; those in line begin with nothing left over."""
        for text in [*self.texts, *([self.coming[0]] if self.coming else [])]:
            text.news.put(fault)
        self.texts, self.coming = [], None
        self.rows.last = None
        self.rows.clear()

    def _turn(self) -> None:
        """One token for every text, after some of the prompts in line are read."""
        self._leave([place for place, text in enumerate(self.texts) if text.over])
        with self.lock:
            self.waiting = deque(text for text in self.waiting if not text.over)
        self._read()
        metrics.batch(len(self.texts), self.rows.most, len(self.waiting))
        if self.texts:
            scores = self.rows.step([text.written[-1] for text in self.texts])
            self._hand_on(self.texts, scores)

    def _read(self) -> None:
        """Read prompts, so much that those who write already need not wait long."""
        budget = MOST_READ
        while budget > 0 and (coming := self.coming or self._next()):
            text, newcomer = coming
            begun = newcomer.read
            scores = None if text.over else self.rows.read(newcomer, budget)
            budget -= newcomer.read - begun
            self.coming = None if text.over else coming
            if scores is not None and self.coming:
                self._begin(text, newcomer, scores)

    def _next(self) -> tuple[Text, Newcomer] | None:
        """The first in line, if a row is free."""
        if len(self.texts) >= self.rows.most:
            return None
        with self.lock:
            text = self.waiting.popleft() if self.waiting else None
        self.coming = (text, self.rows.newcomer(text.ids)) if text else None
        return self.coming

    def _begin(self, text: Text, newcomer: Newcomer, scores: Tensor) -> None:
        """Let a text whose prompt is read join the others."""
        self.coming = None
        self.rows.join(newcomer)
        self.texts.append(text)
        self._hand_on([text], scores)

    def _hand_on(self, texts: list[Text], scores: Tensor) -> None:
        """Give the last rows' texts their next tokens; those that end leave."""
        tokens = picked(scores, [text.dice.random() for text in texts])
        first = len(self.texts) - len(texts)
        pairs = zip(texts, tokens, strict=True)
        self._leave([first + i for i, (t, token) in enumerate(pairs) if t.take(token, self.ends)])

    def _leave(self, places: list[int]) -> None:
        for place in reversed(places):
            self.rows.leave(place)
            self.texts[place] = self.texts[-1]
            self.texts.pop()


@torch.inference_mode()
def picked(scores: Tensor, dice: Sequence[float]) -> list[int]:
    """A token for each row of scores (B, V) by nucleus sampling (Holtzman et al. 2020), each by a
    number of its own in 0..1."""
    chances = (scores.float() / TEMPERATURE).softmax(-1)
    throws = torch.tensor(dice, device=scores.device).view(-1, 1)
    likely, order = chances.topk(min(LIKELIEST, chances.shape[-1]))
    found = _drawn(likely, order, throws)
    flat = likely.sum(-1) < TOP_P
    if bool(flat.any()):
        found[flat] = _drawn(*chances[flat].sort(descending=True), throws[flat])
    tokens: list[int] = found.tolist()
    return tokens


def _drawn(likely: Tensor, order: Tensor, throws: Tensor) -> Tensor:
    """A token for each row (B,) of chances (B, K), sorted, that those of `order` have."""
    kept = likely * (likely.cumsum(-1) - likely < TOP_P)
    sums = kept.cumsum(-1)
    places = torch.searchsorted(sums, throws * sums[:, -1:], right=True)
    last = (kept > 0).sum(-1, keepdim=True) - 1
    return order.gather(-1, places.minimum(last))[:, 0]

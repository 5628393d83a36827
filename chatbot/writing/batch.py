"""The texts being written side by side: their drafts, what each may say next, and the slots.

Each text grows several drafts, and the one the model itself finds likeliest is kept: a draft that
the guard had to bend reads worse and scores lower. Drafts that begin alike share a slot until their
dice part them, and each draft has dice of its own: a text comes out the same whoever else is there.

A step tries the newest token of a slot with those that a table proposes behind it, and goes along
as far as all drafts in the slot draw what was proposed. As each token has its own throw, a text is
the one that would come of a token a step, whatever is proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from .llama import Llama
from .nucleus import Floats, Whole, nucleus
from .proposing import NONE, ORDER, START, Table

DRAFTS = 4
MOST_TOKENS = 90
CHAIN = 5  # tokens tried in a step, the newest and proposed ones; more were no quicker


@dataclass(eq=False)
class Text:
    """One text in the making."""

    act: str
    prompt: Sequence[int]
    must: Sequence[int]  # tokens of references that have to be cited
    closed: NDArray[np.bool_]  # (V,), tokens that may not come next
    seed: int
    drafts: int = DRAFTS
    growing: int = field(init=False)  # drafts that have neither ended nor run too long
    surprise: float = np.inf  # of the best draft, a token, in nats
    tokens: Sequence[int] | None = None  # of the best draft that has ended

    def __post_init__(self) -> None:
        self.growing = self.drafts

    def offer(self, surprise: float, tokens: Sequence[int]) -> None:
        """Keep a draft if the model finds none likelier."""
        if surprise < self.surprise:
            self.surprise, self.tokens = surprise, tokens


@dataclass
class Rows:
    """What is known of each slot: one beginning of a text, shared by the drafts that have it."""

    token: Whole  # the newest, (R,)
    place: Whole  # the newest token's, (R,)
    count: Whole  # tokens written, (R,)
    said: Whole  # the tokens written, (R, MOST_TOKENS)
    act: Whole  # the act's token, (R,)
    last: Whole  # the last tokens written, the newest first, (R, ORDER)
    told: Floats  # how likely the unguarded model finds them, as a log, (R,)
    closed: NDArray[np.bool_]  # (R, V)
    must: NDArray[np.bool_]  # (R, V)
    text: NDArray[np.object_]  # (R,)

    def move(self, sources: Whole, slots: Whole) -> None:
        """Let `slots` hold what `sources` hold."""
        for column in vars(self).values():
            column[slots] = column[sources]


def _rows(rows: int, tokens: int) -> Rows:
    masks = [np.zeros((rows, tokens), np.bool_) for _column in range(2)]
    return Rows(
        token=np.zeros(rows, np.int64), place=np.zeros(rows, np.int64),
        count=np.zeros(rows, np.int64), said=np.zeros((rows, MOST_TOKENS), np.int64),
        act=np.zeros(rows, np.int64), last=np.full((rows, ORDER), NONE), told=np.zeros(rows),
        closed=masks[0], must=masks[1], text=np.full(rows, None),
    )  # fmt: skip


@dataclass
class Drafts:
    """Which row each draft stands in, (D,), and its dice, (D, MOST_TOKENS)."""

    row: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    dice: Floats = field(default_factory=lambda: np.zeros((0, MOST_TOKENS)))

    def add(self, row: int, text: Text) -> None:
        """Those of one text, all at its beginning."""
        self.row = np.append(self.row, np.full(text.drafts, row))
        self.dice = np.concatenate([self.dice, thrown(text.seed, text.drafts)])

    def keep(self, some: NDArray[np.bool_], rows: Whole) -> None:
        """Only `some`, which stand in `rows` now."""
        self.row, self.dice = rows, self.dice[some]


def thrown(seed: int, drafts: int) -> Floats:
    """The dice of a text's drafts, (drafts, MOST_TOKENS)."""
    throws = np.empty((drafts, MOST_TOKENS))
    for number, row in enumerate(throws):
        dice = torch.Generator().manual_seed(seed * DRAFTS + number)
        row[:] = torch.rand(MOST_TOKENS, generator=dice, dtype=torch.float64).numpy()
    return throws


class Batch:
    """Texts that are written at once, at most as many as their drafts find slots for."""

    def __init__(
        self, llama: Llama, table: Table, end: int, references: Iterable[int], most: int
    ) -> None:
        self.llama, self.table, self.end, self.most = llama, table, end, most
        tokens = len(llama.embedding)
        self.citing = np.zeros(tokens, np.bool_)
        self.citing[list(references)] = True
        self.rows, self.drafts = _rows(most * DRAFTS, tokens), Drafts()
        self.used, self.texts = 0, set[Text]()
        self.new: list[Text] = []  # texts in the last slots, whose prompts are still to be read

    @property
    def full(self) -> bool:
        """Whether one more text might find no slot for its drafts."""
        return len(self.texts) >= self.most

    def join(self, text: Text) -> None:
        """Begin a text with the next step."""
        rows, slot = self.rows, self.used
        rows.place[slot], rows.count[slot], rows.told[slot] = len(text.prompt) - 1, 0, 0
        rows.act[slot], rows.text[slot] = text.prompt[0], text
        rows.last[slot] = [START] + [NONE] * (ORDER - 1)
        rows.closed[slot], rows.must[slot] = text.closed, False
        rows.must[slot, list(text.must)] = True
        rows.closed[slot, self.end] = bool(text.must)
        self.drafts.add(slot, text)
        self.used += 1
        self.texts.add(text)
        self.new.append(text)

    def leave(self, texts: set[Text]) -> None:
        """Give up texts that have been begun, and free their slots."""
        self.texts -= texts
        stays = np.array([t not in texts for t in self.rows.text[: self.used]], np.bool_)
        sources = np.flatnonzero(stays)
        at = np.zeros(self.used, np.int64)
        at[sources] = self._settle(sources)
        some = stays[self.drafts.row]
        self.drafts.keep(some, at[self.drafts.row[some]])

    def clear(self) -> None:
        """Give up everything."""
        self.used, self.drafts = 0, Drafts()
        self.texts.clear()
        self.new.clear()

    @torch.inference_mode()
    def step(self) -> list[Text]:
        """Write one token of every draft, and those before it that were proposed; the texts that
        are done."""
        if not self.used:
            return []
        rows, going = self.rows, self.used - len(self.new)
        guessed = self.table.proposed(rows.act[: self.used], rows.last[: self.used], CHAIN - 1)
        chains = np.concatenate([rows.token[: self.used, None], guessed.clip(min=0)], 1)
        made = self.llama.step(
            torch.from_numpy(chains[:going]), torch.from_numpy(rows.place[:going]),
            [[*t.prompt, *c[1:]] for t, c in zip(self.new, chains[going:], strict=True)],
        )  # fmt: skip
        self.new.clear()
        return self._part(*self._followed(made, guessed))

    def _followed(self, made: Tensor, guessed: Whole) -> tuple[Whole, Floats]:
        """Write what was guessed (R, CHAIN - 1) as far as it is drawn by what was made of chains
        (R, CHAIN, C); the token of each draft behind that, and how likely it is."""
        of, slots = self.drafts.row, np.arange(self.used)
        token, told = np.zeros(len(of), np.int64), np.zeros(len(of))
        for step, guess in enumerate(np.pad(guessed, ((0, 0), (0, 1)), constant_values=NONE).T):
            some = np.flatnonzero(np.isin(of, slots))
            token[some], told[some] = self._drawn(made[slots, step], slots, some)
            slots = self._along(slots, some[token[some] != guess[of[some]]], guess)
            if not len(slots):
                break
            likely = np.zeros(self.used)
            likely[of[some]] = told[some]
            self._write(slots, guess[slots], likely[slots])
        return token, told

    def _drawn(self, made: Tensor, slots: Whole, some: Whole) -> tuple[Whole, Floats]:
        """What `some` drafts, which stand in `slots`, draw behind what was made (S, C)."""
        rows, of = self.rows, self.drafts.row[some]
        near = nucleus(self.llama.scores(made), torch.from_numpy(rows.closed[slots]))
        return near.drawn(np.searchsorted(slots, of), self.drafts.dice[some, rows.count[of]])

    def _along(self, slots: Whole, strays: Whole, guess: Whole) -> Whole:
        """The `slots` no draft of which strays from the guess, nor ends with it."""
        over = (guess[slots] == self.end) | (self.rows.count[slots] + 1 >= MOST_TOKENS)
        return np.setdiff1d(slots[~over], self.drafts.row[strays])

    def _part(self, token: Whole, told: Floats) -> list[Text]:
        """Let every draft go on with its token: those of a row that drew the same stay together."""
        rows, size = self.rows, len(self.citing)
        keys, first, of = np.unique(
            self.drafts.row * size + token, return_index=True, return_inverse=True
        )
        source, token, told = keys // size, keys % size, told[first]
        over = (token == self.end) | (rows.count[source] + 1 >= MOST_TOKENS)
        done = [
            text for n in np.flatnonzero(over)
            if (text := self._end(source[n], token[n], told[n], int((of == n).sum())))
        ]  # fmt: skip
        slots = self._settle(source[~over])
        self._write(slots, token[~over], told[~over])
        some = ~over[of]
        self.drafts.keep(some, slots[(np.cumsum(~over) - 1)[of[some]]])
        return done

    def _end(self, row: int, token: int, told: float, drafts: int) -> Text | None:
        """Take drafts out that end, or have run too long; their text if they were its last."""
        rows = self.rows
        text: Text = rows.text[row]
        text.growing -= drafts
        if token == self.end:
            count = int(rows.count[row])
            text.offer(-(rows.told[row] + told) / (count + 1), rows.said[row, :count].tolist())
        if text.growing:
            return None
        self.texts.discard(text)
        return text

    def _settle(self, sources: Whole) -> Whole:
        """Move what goes on, from rows of which some go on more than once, to the first slots; the
        slot of each."""
        many = len(sources)
        first = np.zeros(many, np.bool_)
        first[np.unique(sources, return_index=True)[1]] = True
        moves = ~(first & (sources < many))
        slots = sources.copy()
        slots[moves] = np.setdiff1d(np.arange(many), sources[~moves])
        if moves.any():
            self.rows.move(sources[moves], slots[moves])
            long = int(self.rows.place[slots[moves]].max()) + 1
            self.llama.copy(torch.from_numpy(sources[moves]), torch.from_numpy(slots[moves]), long)
        self.used = many
        return slots

    def _write(self, slots: Whole, token: Whole, told: Floats) -> None:
        """Add a token to each of `slots`, and take note of what it cites: nobody says a price
        twice, and a text may end once it has cited all it must."""
        rows = self.rows
        rows.said[slots, rows.count[slots]] = rows.token[slots] = token
        rows.last[slots] = np.concatenate([token[:, None], rows.last[slots, :-1]], 1)
        rows.place[slots] += 1
        rows.count[slots] += 1
        rows.told[slots] += told
        rows.closed[slots, token] |= self.citing[token]
        rows.must[slots, token] = False
        cites = slots[self.citing[token]]
        rows.closed[cites, self.end] = rows.must[cites].any(1)

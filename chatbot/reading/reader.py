"""The reader's models, loaded once a process, and what the other rooms ask of them."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

from chatbot.terms import Answers, Encode, Judged

from .glossing import glossaries
from .language import language
from .products import Rarity

if TYPE_CHECKING:  # what loads them takes seconds to import, for which only readers wait
    from .encoder import Encoder, Heads
    from .judge import Judge
    from .remote import RemoteEncoder, RemoteHeads, RemoteJudge

LONG = 9  # letters, in which two slips still tell a word
USUAL = 0.85  # rarity of words that are known to everybody
MOST_WORDS = 1 << 16  # whose rarity is remembered
FIRST_WORD, LAST_WORD = 1996, 28_000  # where whole words stand in BERT's uncased vocabulary


@dataclass(frozen=True)
class Reader:
    """The loaded models behind `read`."""

    encoder: Encoder | RemoteEncoder
    heads: Heads | RemoteHeads
    judge: Judge | RemoteJudge

    def encode(self, texts: list[str]) -> object:
        """Vectors of `texts`, for the rooms that compare meanings."""
        return self.encoder.encode(texts)

    @cached_property
    def rarity(self) -> Rarity:
        """How rare an English word is, 0..1; told of the same words over and over."""
        return lru_cache(maxsize=MOST_WORDS)(self._rarity)

    def _rarity(self, word: str) -> float:
        """By its rank in the encoder's vocabulary, which is ordered by frequency (Devlin et al.
        2019); words it has to cut in pieces are rarest."""
        pieces = self.encoder.pieces(word)
        if len(pieces) != 1:
            return 1.0
        rank = max(self.encoder.vocabulary[pieces[0]] - FIRST_WORD, 1)
        return min(1.0, math.log(rank) / math.log(LAST_WORD))

    def answers(
        self, question: str, texts: Sequence[str], near: Sequence[float], *, every: bool = False
    ) -> Sequence[Judged]:
        """How each text fares as the answer."""
        return self.judge.answers(question, texts, near, every=every)

    @cached_property
    def usual(self) -> frozenset[str]:
        """English words that are common enough to be meant by a slip."""
        long = (w for w in self.encoder.vocabulary if len(w) >= 5 and w.isalpha())
        return frozenset(w for w in long if len(w) >= LONG or self.rarity(w) < USUAL)


_loading = threading.Lock()


def reader() -> Reader:
    """The bundled reader, loaded once a process, however many threads ask for it at once."""
    with _loading:
        return _reader()


@lru_cache(maxsize=1)
def _reader() -> Reader:
    if settings.MODELS:
        from .remote import RemoteEncoder, RemoteHeads, RemoteJudge

        return Reader(RemoteEncoder(), RemoteHeads(), RemoteJudge())
    return local()


def local() -> Reader:
    """The models in this process, whatever MODELS says."""
    from .encoder import Encoder, Heads
    from .judge import Judge

    encoder = Encoder()
    return Reader(encoder, Heads(encoder), Judge(encoder))


def encode() -> Encode:
    """How this room turns texts into vectors."""
    return reader().encoder.encode


def answers() -> Answers:
    """How this room tells how surely each text answers a question."""
    return reader().answers


def prepare(texts: list[str]) -> None:
    """Read texts ahead that many questions are asked of, and one message, so that no shopper waits
    for a first step."""
    reader().judge.prepare(texts)
    reader().heads.predict("hello")
    language("hello, who is there?", ())
    glossaries()

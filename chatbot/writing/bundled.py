"""The bundled writer: a small Llama (Touvron et al. 2023) that words acts in references.

It never sees a value. A guard over its next-token scores lets it cite only what the brief holds,
end only when everything has been cited, write no digit, currency or percent sign of its own, and
say yes only where the act does.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModelForCausalLM, AutoTokenizer

from chatbot.terms import Brief

from . import proposing
from .batch import CHAIN, DRAFTS, MOST_TOKENS, Batch, Text
from .engine import EngineError
from .line import Line
from .llama import Llama
from .vocabulary import (
    AFFIRMING,
    END,
    FORBIDDEN,
    LAST_ASCII,
    MARKS,
    YES,
    act_token,
    pieces,
    prompt,
)  # fmt: skip

MOST_PROMPT = 102  # tokens; a brief has about ten
MOST_TEXTS = 32  # written at once; more would make none of them faster
# Turns run side by side; threads that wait for each other's cores make a step many times slower.
THREADS = 1
SPACE = "Ġ"  # how byte-level BPE writes one


class BundledWriter:
    """A checkpoint in `folder`, as `manage.py train writer` saves it."""

    def __init__(self, folder: Path, drafts: int = DRAFTS) -> None:
        if not (folder / "model.safetensors").exists():
            raise EngineError(
                f"The writer's weights are missing from {folder}; train them with "
                "`manage.py train writer`, or restore chatbot/weights."
            )
        self.weights = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        self.name = f"bundled {self.weights[:8]}"
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        loaded = AutoModelForCausalLM.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, dtype=torch.float32
        )
        self.config, self.model = loaded.config, nn.Module.eval(loaded)
        torch.set_num_threads(THREADS)
        self.drafts = drafts
        self.vocabulary: dict[str, int] = self.tokenizer.get_vocab()  # made anew at every call
        self.pieces = [str(self.tokenizer.decode([n])) for n in range(self.config.vocab_size)]
        self.references, self.never = self._guarded()
        self.yes = [n for n, piece in enumerate(self.pieces) if piece.strip() == YES]
        llama = Llama(self.model, MOST_TEXTS * DRAFTS, MOST_PROMPT + MOST_TOKENS + CHAIN)
        end, cited = self.vocabulary[END], self.references.values()
        self.line = Line(Batch(llama, proposing.load(folder), end, cited, MOST_TEXTS))

    def _guarded(self) -> tuple[dict[str, int], NDArray[np.bool_]]:
        """The references' tokens, and a mask (V,) of the tokens that stand in no text unless a
        brief allows them."""
        references = {t[1:-1]: i for t, i in self.vocabulary.items() if len(t) > 2 and t[0] == "{"}
        never = np.zeros(self.config.vocab_size, np.bool_)
        for token, place in self.vocabulary.items():
            mark = token in MARKS or token.startswith("<act:")
            never[place] = mark or place in references.values() or _is_foreign(token)
        return references, never

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Yield the text token by token, once it has cited everything and ended."""
        for token in self.line.write(self._text(brief, seed), stop):
            yield self.pieces[token]

    def warm_up(self) -> None:
        """Write a text for nobody: the first step of a process takes longer than those after it."""
        act = next(t[len("<act:") : -1] for t in self.vocabulary if t.startswith("<act:"))
        with suppress(EngineError):  # what becomes of it is all the same
            list(self.write(Brief(act, ()), seed=0, stop=threading.Event()))

    def _text(self, brief: Brief, seed: int) -> Text:
        """What the batch needs to know of a brief. Raises EngineError."""
        known = self.vocabulary
        if act_token(brief.act) not in known:
            raise EngineError(
                f"The writer has not learnt the act {brief.act}; add replies for it to the corpus "
                "and run `manage.py train writer`."
            )
        unknown = {*brief.must, *brief.may} - set(self.references)
        if unknown:
            raise EngineError(
                f"The writer has not learnt the references {', '.join(sorted(unknown))}; add "
                "replies that cite them to the corpus and run `manage.py train writer`."
            )
        must = [self.references[r] for r in brief.must]
        closed = self.never.copy()
        closed[[self.references[r] for r in (*brief.must, *brief.may)]] = False
        if brief.act not in AFFIRMING:
            closed[self.yes] = True
        return Text(brief.act, self._ids(brief), must, closed, seed, self.drafts)

    def _ids(self, brief: Brief) -> list[int]:
        """The tokens of a prompt: each mark and each reference is one. Raises EngineError."""
        ids = [self.vocabulary[t] for t in pieces(prompt(brief.act, brief.must, brief.may))]
        if len(ids) > MOST_PROMPT:
            raise EngineError(
                f"The brief of {brief.act} has {len(ids)} tokens, more than the {MOST_PROMPT} the"
                " writer reads; let the act hold fewer values."
            )
        return ids


def _is_foreign(token: str) -> bool:
    """Whether a piece of text holds a digit, a sign of money, share or markup, or no ASCII."""
    return bool(FORBIDDEN & set(token)) or any(c > LAST_ASCII and c != SPACE for c in token)

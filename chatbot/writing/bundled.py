"""The bundled writer: a small Llama (Touvron et al. 2023) that words acts in references.

It never sees a value. A guard over its next-token scores lets it cite only what the brief holds,
end only when everything has been cited, and write no digit, currency or percent sign of its own.
Several drafts grow side by side, and the one the model itself finds likeliest is kept: a draft
that the guard had to bend reads worse and scores lower.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache

from chatbot.terms import Brief

from .engine import EngineError
from .vocabulary import END, MARKS, act_token, prompt

TEMPERATURE, TOP_P = 0.5, 0.9
DRAFTS = 4
MOST_TOKENS = 90
MOST_CITATIONS = 1  # of one reference; nobody says a price twice
FORBIDDEN = frozenset("0123456789$%#@{}<>")  # outside of references
# Turns run side by side; threads that wait for each other's cores make a step many times slower.
THREADS = 1
LAST_ASCII, SPACE = "~", "Ġ"  # Ġ is how byte-level BPE writes a space


class BundledWriter:
    """A checkpoint in `folder`, as `manage.py train writer` saves it."""

    def __init__(self, folder: Path) -> None:
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
        self.lock = threading.Lock()
        torch.set_num_threads(THREADS)
        self.end: int = self.tokenizer.get_vocab()[END]
        self.references, self.never = self._vocabulary()

    def _vocabulary(self) -> tuple[dict[str, int], Tensor]:
        """The references' tokens, and a mask (V,) of the tokens that never stand in a text."""
        vocabulary = self.tokenizer.get_vocab()
        references = {t[1:-1]: i for t, i in vocabulary.items() if len(t) > 2 and t[0] == "{"}
        never = torch.zeros(self.config.vocab_size, dtype=torch.bool)
        for token, place in vocabulary.items():
            mark = token in MARKS or token.startswith("<act:")
            never[place] = mark or (place not in references.values() and _is_foreign(token))
        return references, never

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Yield the text token by token, once it has cited everything and ended."""
        if act_token(brief.act) not in self.tokenizer.get_vocab():
            raise EngineError(
                f"The writer has not learnt the act {brief.act}; add replies for it to the corpus "
                "and run `manage.py train writer`."
            )
        drafts = [Draft(Guard(self, brief), seed * DRAFTS + n) for n in range(DRAFTS)]
        self._grow(drafts, brief, stop)
        ended = [d for d in drafts if d.ended]
        if not ended and not stop.is_set():
            raise EngineError(
                f"The writer did not end {brief.act} within {MOST_TOKENS} tokens.", retry=True
            )
        for token in min(ended, key=lambda d: d.surprise, default=drafts[0]).tokens:
            if stop.is_set():
                return
            yield str(self.tokenizer.decode([token]))

    def _grow(self, drafts: list[Draft], brief: Brief, stop: threading.Event) -> None:
        """Write all drafts at once until they end, stop or run too long."""
        text = prompt(brief.act, brief.must, brief.may)
        ids = self.tokenizer(text, return_tensors="pt").input_ids
        ids = ids.expand(len(drafts), -1)
        cache = DynamicCache(config=self.config)
        for _step in range(MOST_TOKENS):
            scores = self._scores(ids, cache)
            ids = torch.tensor([[d.grow(s)] for d, s in zip(drafts, scores, strict=True)])
            if stop.is_set() or all(d.ended for d in drafts):
                return

    @torch.inference_mode()
    def _scores(self, ids: Tensor, cache: DynamicCache) -> Tensor:
        """The next token's scores (B, V)."""
        with self.lock:
            logits: Tensor = self.model(ids, past_key_values=cache, use_cache=True).logits
        return logits[:, -1].float()


def _is_foreign(token: str) -> bool:
    """Whether a piece of text holds a digit, a sign of money, share or markup, or no ASCII."""
    return bool(FORBIDDEN & set(token)) or any(c > LAST_ASCII and c != SPACE for c in token)


class Guard:
    """Which tokens may come next, for one brief."""

    def __init__(self, writer: BundledWriter, brief: Brief) -> None:
        unknown = {*brief.must, *brief.may} - set(writer.references)
        if unknown:
            raise EngineError(
                f"The writer has not learnt the references {', '.join(sorted(unknown))}; add "
                "replies that cite them to the corpus and run `manage.py train writer`."
            )
        self.end = writer.end
        self.open = {writer.references[r] for r in brief.must}
        allowed = self.open | {writer.references[r] for r in brief.may}
        self.left = dict.fromkeys(allowed, MOST_CITATIONS)
        self.closed = writer.never.clone()  # (V,)
        self.closed[list(writer.references.values())] = True
        self.closed[list(allowed)] = False
        self.closed[self.end] = bool(self.open)

    def allow(self, scores: Tensor) -> Tensor:
        """`scores` (V,) with everything that must not come now at minus infinity."""
        return scores.masked_fill(self.closed, -torch.inf)

    def cite(self, token: int) -> None:
        """Take note of a token that was written."""
        if token in self.left:
            self.left[token] -= 1
            self.closed[token] = self.left[token] <= 0
            self.open.discard(token)
            self.closed[self.end] = bool(self.open)


class Draft:
    """One text in the making."""

    def __init__(self, guard: Guard, seed: int) -> None:
        self.guard, self.dice = guard, torch.Generator().manual_seed(seed)
        self.tokens: list[int] = []
        self.ended = False
        self.told: list[float] = []  # how likely the unguarded model found each token, as a log

    def grow(self, scores: Tensor) -> int:
        """Take the next token by its scores (V,); an ended draft only repeats its end."""
        if self.ended:
            return self.guard.end
        token = _drawn(self.guard.allow(scores), self.dice)
        self.told.append(float(scores.log_softmax(-1)[token]))
        self.ended = token == self.guard.end
        if not self.ended:
            self.guard.cite(token)
            self.tokens.append(token)
        return token

    @property
    def surprise(self) -> float:
        """How unlikely the model itself finds the draft, a token, in nats."""
        return -sum(self.told) / max(len(self.told), 1)


def _drawn(scores: Tensor, dice: torch.Generator) -> int:
    """One token by nucleus sampling (Holtzman et al. 2020)."""
    chances, order = (scores / TEMPERATURE).softmax(-1).sort(descending=True)
    kept = chances.cumsum(0) - chances < TOP_P
    return int(order[torch.multinomial(chances * kept, 1, generator=dice)])

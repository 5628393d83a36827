"""The bundled writer: a small Llama (Touvron et al. 2023) that words acts in references.

It never sees a value. A guard over its next-token scores lets it cite only what the brief holds,
end only when everything has been cited, and write no digit, currency or percent sign of its own.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor
from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache

from chatbot.terms import Brief

from .engine import EngineError
from .vocabulary import END, MARKS, act_token, prompt

TEMPERATURE, TOP_P = 0.5, 0.9
MOST_TOKENS = 90
MOST_CITATIONS = 1  # of one reference; nobody says a price twice
FORBIDDEN = frozenset("0123456789$€£¥%#@")


class BundledWriter:
    """A checkpoint in `folder`, as `manage.py train writer` saves it."""

    speaks_references = True

    def __init__(self, folder: Path) -> None:
        if not (folder / "model.safetensors").exists():
            raise EngineError(
                f"The writer's weights are missing from {folder}; train them with "
                "`manage.py train writer`, or restore chatbot/weights."
            )
        self.weights = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        self.name = f"bundled {self.weights[:8]}"
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.model = AutoModelForCausalLM.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, dtype=torch.float32
        ).eval()
        self.lock = threading.Lock()
        self.end = self.tokenizer.convert_tokens_to_ids(END)
        self.references, self.never = self._vocabulary()

    def _vocabulary(self) -> tuple[dict[str, int], Tensor]:
        """The references' tokens, and a mask (V,) of the tokens that never stand in a text."""
        vocabulary = self.tokenizer.get_vocab()
        references = {t[1:-1]: i for t, i in vocabulary.items() if t[0] == "{" and t[-1] == "}"}
        never = torch.zeros(self.model.config.vocab_size, dtype=torch.bool)
        for token, place in vocabulary.items():
            mark = token in MARKS or token.startswith("<act:")
            never[place] = mark or (token[0] != "{" and bool(FORBIDDEN & set(token)))
        return references, never

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Yield the text token by token until it has cited everything and ends."""
        if act_token(brief.act) not in self.tokenizer.get_vocab():
            raise EngineError(
                f"The writer has not learnt the act {brief.act}; add replies for it to the corpus "
                "and run `manage.py train writer`."
            )
        guard = Guard(self, brief)
        dice = torch.Generator().manual_seed(seed)
        may = [r for r in brief.may if r not in brief.must]
        ids = self.tokenizer(prompt(brief.act, brief.must, may), return_tensors="pt").input_ids
        cache = DynamicCache(config=self.model.config)
        for _step in range(MOST_TOKENS):
            token = _drawn(guard.allow(self._scores(ids, cache)), dice)
            if token == self.end or stop.is_set():
                return
            guard.cite(token)
            yield self.tokenizer.decode([token])
            ids = torch.tensor([[token]])
        raise EngineError(
            f"The writer did not end {brief.act} within {MOST_TOKENS} tokens.", retry=True
        )

    @torch.inference_mode()
    def _scores(self, ids: Tensor, cache: DynamicCache) -> Tensor:
        """The next token's scores (V,)."""
        with self.lock:
            logits: Tensor = self.model(ids, past_key_values=cache, use_cache=True).logits
        return logits[0, -1].float()


class Guard:
    """Which tokens may come next, for one brief."""

    def __init__(self, writer: BundledWriter, brief: Brief) -> None:
        unknown = {*brief.must, *brief.may} - set(writer.references)
        if unknown:
            raise EngineError(
                f"The writer has not learnt the references {', '.join(sorted(unknown))}; add "
                "replies that cite them to the corpus and run `manage.py train writer`."
            )
        self.never, self.end = writer.never, writer.end
        self.all = {i: name for name, i in writer.references.items()}
        self.open = {writer.references[r] for r in brief.must}
        allowed = self.open | {writer.references[r] for r in brief.may}
        self.left = dict.fromkeys(allowed, MOST_CITATIONS)

    def allow(self, scores: Tensor) -> Tensor:
        """`scores` (V,) with everything that must not come now at minus infinity."""
        spent = [i for i in self.all if self.left.get(i, 0) <= 0]
        ending = scores[self.end].clone()
        scores = scores.masked_fill(self.never, -torch.inf)
        scores[spent] = -torch.inf
        scores[self.end] = -torch.inf if self.open else ending
        return scores

    def cite(self, token: int) -> None:
        """Take note of a token that was written."""
        if token in self.left:
            self.left[token] -= 1
            self.open.discard(token)


def _drawn(scores: Tensor, dice: torch.Generator) -> int:
    """One token by nucleus sampling (Holtzman et al. 2020)."""
    chances, order = (scores / TEMPERATURE).softmax(-1).sort(descending=True)
    kept = chances.cumsum(0) - chances < TOP_P
    return int(order[torch.multinomial(chances * kept, 1, generator=dice)])

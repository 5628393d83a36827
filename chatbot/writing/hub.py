"""The hub writer: any causal language model of `transformers`, by hub name or from a folder."""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import torch
from jinja2 import TemplateError
from torch import Tensor, nn
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    StoppingCriteria,
    StoppingCriteriaList,
    TextIteratorStreamer,
)

from chatbot.terms import Brief

from .engine import EngineError
from .prompting import MOST_TOKENS, TEMPERATURE, TOP_P, Prompt, prompt

MOST_NAME = 120  # characters the record has for an engine's name
THINKS = "<think>"


class HubWriter:
    """A model on the GPU when there is one; it writes one text at a time."""

    def __init__(self, model: str, timeout: float) -> None:
        self.timeout = timeout
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.tokenizer, loaded = _load(model)
        self.model = nn.Module.eval(loaded.to(self.device))
        self.name = f"hub {_called(model, loaded.config)}"[:MOST_NAME]
        self.weights = _digest(Path(model))
        _refuse_template(model, self.tokenizer)
        # One thread: torch's dice are shared by all of them, and a text has to come out the same.
        self.pool = ThreadPoolExecutor(1, thread_name_prefix="hub-writer")

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Yield the text as it comes; a generation nobody reads any more ends by itself."""
        left = threading.Event()
        streamer = TextIteratorStreamer(
            self.tokenizer, skip_prompt=True, timeout=self.timeout, skip_special_tokens=True
        )
        work = self.pool.submit(self._generate, brief, streamer, seed, Ended(stop, left))
        try:
            yield from self._in_time(streamer)
            if fault := work.exception(self.timeout):
                raise EngineError(
                    f"{self.name} broke at {brief.act}: {fault!r}; see whether it fits into memory"
                    " and still loads.",
                    retry=True,
                ) from fault
            if work.result() >= MOST_TOKENS and not stop.is_set():
                raise EngineError(
                    f"{self.name} did not end {brief.act} within {MOST_TOKENS} tokens.", retry=True
                )
        finally:
            left.set()

    def _in_time(self, streamer: Any) -> Iterator[str]:
        """The pieces of a streamer, until the time for the whole text is up."""
        deadline = time.monotonic() + self.timeout
        try:
            for piece in streamer:
                if piece:  # it keeps a word back until it is whole
                    yield piece
                streamer.timeout = max(0.0, deadline - time.monotonic())
        except queue.Empty as error:
            raise EngineError(
                f"{self.name} did not finish within {self.timeout} s; use a smaller model or a GPU,"
                " or raise ENGINE_TIMEOUT_SECONDS.",
                retry=True,
            ) from error

    def _generate(self, brief: Brief, streamer: Any, seed: int, ended: Ended) -> int:
        """Feed the streamer; how many tokens were written."""
        try:
            ids = _inputs(self.tokenizer, prompt(brief)).to(self.device)
            torch.manual_seed(seed)
            output: Tensor = self.model.generate(
                **ids, streamer=streamer, stopping_criteria=StoppingCriteriaList([ended]),
                max_new_tokens=MOST_TOKENS, do_sample=True, temperature=TEMPERATURE, top_p=TOP_P,
            )  # fmt: skip
            return output.shape[1] - int(ids["input_ids"].shape[1])
        finally:  # whoever reads must not wait for a thread that broke
            streamer.on_finalized_text("", stream_end=True)


class Ended(StoppingCriteria):
    """Ends a generation when one of its events is set."""

    def __init__(self, *events: threading.Event) -> None:
        self.events = events

    def __call__(self, input_ids: Tensor, scores: Tensor, **_more: Any) -> Tensor:
        """Whether each row (B,) has to end."""
        over = any(e.is_set() for e in self.events)
        return torch.full(input_ids.shape[:1], over, dtype=torch.bool, device=input_ids.device)


def _load(model: str) -> tuple[Any, Any]:
    """Tokenizer and model: weights as data only, no code of the model's own."""
    try:
        tokenizer = AutoTokenizer.from_pretrained(model, trust_remote_code=False)
        return tokenizer, AutoModelForCausalLM.from_pretrained(
            model, trust_remote_code=False, use_safetensors=True, dtype="auto"
        )
    except (OSError, ValueError, ImportError, KeyError) as error:
        raise EngineError(
            f"ENGINE_MODEL={model} cannot be loaded: {error} Use the hub name or the folder of a "
            "causal language model with safetensors that needs no code of its own."
        ) from error


def _refuse_template(model: str, tokenizer: Any) -> None:
    """Raise EngineError for a model that cannot chat, or thinks before it speaks."""
    if not tokenizer.chat_template:
        raise EngineError(
            f"The tokenizer of ENGINE_MODEL={model} has no chat template; use a model tuned for "
            "chats (often named -Instruct or -it), or put a chat_template.jinja into its folder."
        )
    if str(_templated(tokenizer, Prompt("", "Hi"), tokenize=False)).rstrip().endswith(THINKS):
        raise EngineError(
            f"ENGINE_MODEL={model} thinks aloud, and shoppers would read it; use a model that "
            "answers at once, or ENGINE=endpoint with a server that keeps thoughts apart."
        )


def _inputs(tokenizer: Any, asked: Prompt) -> Any:
    return _templated(tokenizer, asked, return_tensors="pt", return_dict=True)


def _templated(tokenizer: Any, asked: Prompt, **how: Any) -> Any:
    """A prompt in the model's own chat format; some formats know no system role."""
    how |= {"add_generation_prompt": True, "enable_thinking": False}
    system, user = asked
    try:
        chat = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        return tokenizer.apply_chat_template(chat, **how)
    except TemplateError:
        chat = [{"role": "user", "content": f"{system}\n\n{user}"}]
        return tokenizer.apply_chat_template(chat, **how)


def _called(model: str, config: Any) -> str:
    """A folder's name, or a hub name with its commit."""
    if Path(model).is_dir():
        return Path(model).resolve().name
    return f"{model}@{str(getattr(config, '_commit_hash', None) or 'unknown')[:8]}"


def _digest(folder: Path) -> str:
    """SHA-256 over the weights of a folder; empty for a hub name, whose commit names them."""
    digest = hashlib.sha256()
    files = sorted(folder.glob("*.safetensors")) if folder.is_dir() else []
    for path in files:
        with path.open("rb") as weights:
            while block := weights.read(1 << 20):
                digest.update(block)
    return digest.hexdigest() if files else ""

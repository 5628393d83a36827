"""The hub writer: any causal language model of `transformers`, by hub name or from a folder."""

from __future__ import annotations

import hashlib
import inspect
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from jinja2 import TemplateError
from torch import nn
from transformers import AutoModelForCausalLM, AutoTokenizer, TextStreamer

from chatbot.terms import Brief

from .engine import EngineError
from .prompting import MOST_TOKENS, Prompt, prompt
from .rows import Rows
from .together import MOST_WAITING, FullError, Text, Together, TooLongError

MOST_NAME = 120  # characters the record has for an engine's name
THINKS = "<think>"


class HubWriter:
    """A model on the GPU when there is one; many texts grow in it side by side.

    The same seed gives the same text, in any company, as far as the library allows: the scores of a
    row differ in their last bits with how many others are computed beside it, which turns a token
    where two are equally fit to a rounding error: hardly ever in single precision, now and then in
    bfloat16. A model's own penalties for repeating itself are not used: values have to be repeated.
    """

    def __init__(self, model: str, timeout: float) -> None:
        self.timeout = timeout
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self.tokenizer, built = loaded(model)
        self.model = nn.Module.eval(built.to(device))
        self.name = f"hub {_called(model, built.config)}"[:MOST_NAME]
        self.weights = _digest(Path(model))
        _refuse_template(model, self.tokenizer)
        _refuse_cache(model, built)
        self.together = Together(Rows(built), ends(built))

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Yield the text as it comes; one that nobody reads any more ends by itself."""
        ids = read(self.tokenizer, prompt(brief))
        text = Text(ids, seed, stop, self.timeout, MOST_TOKENS)
        try:
            self.together.add(text)
            yield from words(self.tokenizer, text.tokens())
        except Exception as fault:
            raise EngineError(f"{self.name} {self._told(brief, fault)}", retry=True) from fault

    def _told(self, brief: Brief, fault: Exception) -> str:
        """What went wrong, with what helps."""
        match fault:
            case FullError():
                return (
                    f"has {MOST_WAITING} texts waiting already; try again, or use ENGINE=endpoint."
                )
            case TooLongError():
                return f"did not end {brief.act} within {MOST_TOKENS} tokens."
            case TimeoutError():
                return (
                    f"did not finish within {self.timeout} s; use a smaller model or a GPU, or "
                    "raise ENGINE_TIMEOUT_SECONDS."
                )
        return f"broke at {brief.act}: {fault!r}; see whether it fits into memory and still loads."


class Pieces(TextStreamer):
    """Collects what a streamer has to say: it keeps a word back until it is whole."""

    def __init__(self, tokenizer: Any) -> None:
        super().__init__(tokenizer, skip_special_tokens=True)
        self.ready: list[str] = []

    def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
        """Keep a piece for the reader."""
        if text:
            self.ready.append(text)


def words(tokenizer: Any, tokens: Iterator[int]) -> Iterator[str]:
    """The text of tokens, word by word."""
    pieces: Any = Pieces(tokenizer)
    for token in tokens:
        pieces.put(torch.tensor([token]))
        yield from pieces.ready
        pieces.ready.clear()
    pieces.end()
    yield from pieces.ready


def loaded(model: str) -> tuple[Any, Any]:
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


def _refuse_cache(model: str, built: Any) -> None:
    """Raise EngineError for a model that keeps what it has read in a way of its own."""
    knows = set(inspect.signature(built.forward).parameters)
    if not knows & {"past_key_values", "cache_params"}:
        raise EngineError(
            f"ENGINE_MODEL={model} does not use the cache of transformers; use another model, or "
            "ENGINE=endpoint with a server that runs it."
        )


def ends(model: Any) -> frozenset[int]:
    """The tokens that end a text."""
    told = model.generation_config.eos_token_id
    ends = told if isinstance(told, list) else [told]
    return frozenset(end for end in ends if end is not None)


def read(tokenizer: Any, asked: Prompt) -> list[int]:
    """A prompt's tokens."""
    ids: list[int] = _templated(tokenizer, asked, return_dict=True)["input_ids"]
    return ids


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

"""Texts of a hub model at once: ours, beside what one would take instead.

    .venv/bin/python -m tests.load.hub_batching

A Llama of seven million parameters with random weights, made on the spot; every text is as long as
every other, over the prompts that briefs come to. Beside ours: one text at a time; a thread with
`generate` and a TextIteratorStreamer for each text; the continuous batching of transformers, its
cache sized for the load. Time is what the processor spent, so that a machine busy with other things
tells the same; rounds take turns, the best of each counts.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from typing import Any

import torch
from matplotlib.figure import Figure
from transformers import LlamaConfig, LlamaForCausalLM, TextIteratorStreamer
from transformers.generation.configuration_utils import ContinuousBatchingConfig, GenerationConfig

from chatbot.terms import Brief
from chatbot.writing.hub import read
from chatbot.writing.prompting import TEMPERATURE, TOP_P, prompt
from chatbot.writing.rows import Rows
from chatbot.writing.together import Text, Together, TooLongError
from tests import tiny_models

AT_ONCE = (1, 8, 32)
TOKENS, ROUNDS = 48, 3
WORDS = 8000  # of the vocabulary; byte-level prompts use few of them
SHARP = 0.2
FIGURES = Path(__file__).resolve().parent / "figures"
VALUES = {"product.name": "Larkspur Kettle", "variant.price": "$49.00"}


def model() -> LlamaForCausalLM:
    """As large as a CPU is quick with, as sure of its next token as a trained one, and none of them
    ends a text."""
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=WORDS, hidden_size=256, intermediate_size=704, num_hidden_layers=6,
        num_attention_heads=8, num_key_value_heads=4, max_position_embeddings=4096,
        eos_token_id=None, bos_token_id=None, pad_token_id=0,
    )  # fmt: skip
    built = LlamaForCausalLM(config).eval()
    torch.nn.init.normal_(built.lm_head.weight, std=SHARP)
    return built


def prompts(tokenizer: Any, many: int) -> list[list[int]]:
    """Of shoppers who ask the same in other words; cut to what a usual tokenizer makes of them."""
    briefs = [Brief("price.one", tuple(VALUES), (), VALUES, f"how much is it? {n} " * (1 + n % 5))
              for n in range(many)]  # fmt: skip
    return [read(tokenizer, prompt(brief))[::4] for brief in briefs]


class Ours:
    """The hub writer's batch."""

    def __init__(self, built: LlamaForCausalLM, _tokenizer: Any) -> None:
        self.together = Together(Rows(built), frozenset())

    def write(self, ids: list[int], seed: int) -> int:
        """How many tokens were written."""
        text = Text(ids, seed, Event(), 600, TOKENS)
        self.together.add(text)
        try:
            return sum(1 for _token in text.tokens())
        except TooLongError:
            return TOKENS


class Threads:
    """One `generate` a thread, as the library's own example streams."""

    def __init__(self, built: LlamaForCausalLM, tokenizer: Any) -> None:
        self.model, self.tokenizer = built, tokenizer

    def write(self, ids: list[int], _seed: int) -> int:
        """How many tokens were written."""
        streamer = TextIteratorStreamer(self.tokenizer, skip_prompt=True)
        given = torch.tensor([ids])
        thread = threading.Thread(target=self.model.generate, args=(given,), kwargs={
            "attention_mask": torch.ones_like(given), "streamer": streamer, "do_sample": True,
            "max_new_tokens": TOKENS, "temperature": TEMPERATURE, "top_p": TOP_P, "top_k": 0,
        })  # fmt: skip
        thread.start()
        for _piece in streamer:
            pass
        thread.join()
        return TOKENS


class OneAtATime(Threads):
    """The same, in line."""

    def __init__(self, built: LlamaForCausalLM, tokenizer: Any) -> None:
        super().__init__(built, tokenizer)
        self.lock = Lock()

    def write(self, ids: list[int], seed: int) -> int:
        """How many tokens were written."""
        with self.lock:
            return super().write(ids, seed)


class Library:
    """The continuous batching of transformers, streaming, with blocks for the whole load."""

    def __init__(self, built: LlamaForCausalLM, tokenizer: Any) -> None:
        longest = max(map(len, prompts(tokenizer, max(AT_ONCE)))) + TOKENS
        how = GenerationConfig(
            do_sample=True, temperature=TEMPERATURE, top_p=TOP_P, max_new_tokens=TOKENS,
            eos_token_id=-1, pad_token_id=0,
        )  # fmt: skip
        blocks = max(AT_ONCE) * -(-longest // 32) + 8
        self.manager = built.init_continuous_batching(
            how, ContinuousBatchingConfig(page_size=32, num_blocks=blocks, max_batch_tokens=1024,
                                          seed=1)
        )  # fmt: skip
        self.manager.start()
        self.ended: dict[str, Event] = {}
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        for told in self.manager:
            if told.is_finished():
                self.ended[told.request_id].set()

    def write(self, ids: list[int], seed: int) -> int:
        """How many tokens were written."""
        name = f"{seed}-{time.monotonic_ns()}"
        self.ended[name] = Event()
        self.manager.add_request(ids, request_id=name, max_new_tokens=TOKENS, streaming=True)
        self.ended[name].wait(600)
        return TOKENS


ENGINES: dict[str, Callable[[LlamaForCausalLM, Any], Any]] = {
    "ours": Ours, "one at a time": OneAtATime, "generate in threads": Threads,
    "continuous batching": Library,
}  # fmt: skip


def rate(engine: Any, asked: list[list[int]]) -> float:
    """Tokens a second of one core, with all of these texts asked for at once."""
    with ThreadPoolExecutor(len(asked)) as readers:
        began = time.process_time()
        written = sum(readers.map(engine.write, asked, range(len(asked))))
        return written / (time.process_time() - began)


def measured() -> dict[str, dict[int, float]]:
    """For each engine, how many texts at once and their tokens a second."""
    tokenizer = tiny_models.tokenizer()
    engines = {name: build(model(), tokenizer) for name, build in ENGINES.items()}
    found: dict[str, dict[int, float]] = {name: {} for name in engines}
    for many in AT_ONCE:
        asked = prompts(tokenizer, many)
        for _round in range(ROUNDS):
            for name, engine in engines.items():
                found[name][many] = max(found[name].get(many, 0.0), rate(engine, asked))
    engines["continuous batching"].manager.stop(block=True)
    return found


def table(found: dict[str, dict[int, float]]) -> str:
    """Tokens a second, and how many times as many ours are."""
    head = f"{'texts at once':<22}" + "".join(f"{many:>18}" for many in AT_ONCE)
    lines = [
        f"{name:<22}" + "".join(
            f"{row[many]:>10.0f} {found['ours'][many] / row[many]:>5.1f} x" for many in AT_ONCE
        )
        for name, row in found.items()
    ]  # fmt: skip
    return "\n".join(
        [head, *lines, "tokens a second of one core; ours are so many times as many", ""]
    )


def plot(found: dict[str, dict[int, float]], path: Path) -> None:
    """The same as a picture."""
    figure = Figure(figsize=(6, 3.4), layout="constrained")
    axes = figure.subplots()
    for name, row in found.items():
        axes.plot(list(row), list(row.values()), marker="o", label=name)
    axes.set(
        xlabel="texts at once", ylabel="tokens a second of one core", title="A hub model on a CPU"
    )
    axes.set_xscale("log", base=2)
    axes.set_xticks(AT_ONCE, [str(many) for many in AT_ONCE])
    axes.legend()
    axes.grid(alpha=0.3)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Measure, tell, and keep."""
    torch.set_num_threads(1)  # two that wait for each other's busy cores tell nothing
    found = measured()
    FIGURES.mkdir(exist_ok=True)
    (FIGURES / "hub_batching.txt").write_text(table(found))
    plot(found, FIGURES / "hub_batching.svg")
    sys.stdout.write(table(found))


if __name__ == "__main__":
    main()

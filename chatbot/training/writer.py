"""Training of the writer: a small Llama that words acts in references."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import torch
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import Tensor
from tqdm import tqdm
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from chatbot.writing.vocabulary import END, MARKS, PAD, act_token, prompt, reference_token

from . import corpus

VOCABULARY = 3000
WIDTH, LAYERS, HEADS, INNER = 256, 5, 4, 688
BATCH, RATE = 48, 1.5e-3
DISTRACTORS = 0.3  # of the prompts offer references the text does not cite
IGNORED = -100  # label of tokens that are given, not learnt


def train(folder: Path, epochs: int, device: str, seed: int = 0, held_out: float = 0.05) -> float:
    """Train the writer, save it under `folder` as a standard checkpoint; the loss a token on
    replies held out."""
    chance = random.Random(seed)  # noqa: S311 - variety, not secrecy
    torch.manual_seed(seed)
    rows = corpus.replies()
    tokenizer = build_tokenizer(rows)
    chance.shuffle(rows)
    cut = int(len(rows) * held_out)
    model = build_model(tokenizer).to(device)
    _fit(model, tokenizer, rows[cut:], epochs, device, chance)
    loss = _loss(model, tokenizer, rows[:cut], device, chance)
    model.to(torch.float16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return loss


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
    return PreTrainedTokenizerFast(
        tokenizer_object=inner, pad_token=PAD, eos_token=END, clean_up_tokenization_spaces=False
    )


def corpus_text(row: corpus.ReplyRow) -> str:
    """The words of a reply, without its references."""
    text = row.text
    for reference in row.references:
        text = text.replace(reference_token(reference), "")
    return text


def build_model(tokenizer: PreTrainedTokenizerFast) -> LlamaForCausalLM:
    """An untrained writer of about five million parameters."""
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer), hidden_size=WIDTH, num_hidden_layers=LAYERS,
            num_attention_heads=HEADS, num_key_value_heads=HEADS, intermediate_size=INNER,
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


def _fit(
    model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, rows: list[corpus.ReplyRow],
    epochs: int, device: str, chance: random.Random,
) -> None:  # fmt: skip
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.1, betas=(0.9, 0.95))
    steps = epochs * (len(rows) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=steps, pct_start=0.05
    )
    offered = _offered(rows)
    model.train()
    for epoch in range(epochs):
        chance.shuffle(rows)
        bar = tqdm(range(0, len(rows), BATCH), desc=f"epoch {epoch + 1}/{epochs}", unit="batch")
        for start in bar:
            some = [example(r, offered, chance) for r in rows[start : start + BATCH]]
            loss = model(**_batch(some, tokenizer, device)).loss
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            bar.set_postfix(loss=f"{loss.item():.3f}")
    model.eval()


@torch.inference_mode()
def _loss(
    model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, rows: list[corpus.ReplyRow],
    device: str, chance: random.Random,
) -> float:  # fmt: skip
    examples = [example(r, _offered(rows), chance) for r in rows]
    return float(model(**_batch(examples, tokenizer, device)).loss) if examples else float("nan")

"""Tiny Llamas (Touvron et al. 2023) as standard checkpoints: one babbles, one says "Certainly."."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

END, ASSISTANT = "<|end|>", "<|assistant|>"
TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
SAYS = "Certainly."  # each letter once, so that a letter alone decides the next


def tokenizer():
    """Byte-level, without merges."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    core = Tokenizer(models.BPE({letter: place for place, letter in enumerate(letters)}, []))
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    wrapped = PreTrainedTokenizerFast(tokenizer_object=core, eos_token=END, pad_token=END)
    wrapped.add_special_tokens(
        {"additional_special_tokens": [END, "<|system|>", "<|user|>", ASSISTANT]}
    )
    wrapped.chat_template = TEMPLATE
    return wrapped


def babbling(words):
    """Random weights and no token that ends a text."""
    torch.manual_seed(0)
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(words), hidden_size=32, intermediate_size=32, num_hidden_layers=1,
            num_attention_heads=2, max_position_embeddings=8192, eos_token_id=None,
            pad_token_id=words.pad_token_id, bos_token_id=None,
        )
    )  # fmt: skip


@torch.no_grad()
def speaking(words):
    """Weights by hand: a token's embedding is its own direction, the head points to the next."""
    config, size = babbling(words).config, len(words)
    config.hidden_size, config.eos_token_id = size, words.eos_token_id
    model = LlamaForCausalLM(config)
    for weights in (model.model.layers[0].self_attn.o_proj, model.model.layers[0].mlp.down_proj):
        weights.weight.zero_()
    model.model.embed_tokens.weight.copy_(torch.eye(size))
    model.lm_head.weight.zero_()
    chain = words.convert_tokens_to_ids([ASSISTANT, *SAYS, END])
    for here, following in pairwise(chain):
        model.lm_head.weight[following, here] = 5.0
    return model


def save(folder, build):
    """A checkpoint in `folder`, as any tool of the ecosystem reads it."""
    words = tokenizer()
    build(words).save_pretrained(folder)
    words.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def babbler(tmp_path_factory):
    return save(tmp_path_factory.mktemp("babbler"), babbling)


@pytest.fixture(scope="session")
def speaker(tmp_path_factory):
    return save(tmp_path_factory.mktemp("speaker"), speaking)

"""Packed encoder layers: as the ones they are made of, and no text is changed by its neighbours."""

import pytest
import torch

from chatbot import processor
from chatbot.facts import similarity
from chatbot.reading import packed
from chatbot.reading.encoder import Encoder

TEXTS = ["tea", "a red kettle of two litres", "can i send it back if it leaks?"]


@pytest.fixture(scope="module")
def minilm():
    return Encoder()


def whole(minilm, text):
    """The hidden states of all layers, as the model itself gives them."""
    with torch.inference_mode():
        return minilm.model(**minilm.tokenizer(text, return_tensors="pt")).last_hidden_state[0]


@pytest.mark.parametrize(("kind", "near"), [(torch.float32, 1e-4), (torch.bfloat16, 0.1)])
def test_packed_layers_give_what_the_model_gives(minilm, monkeypatch, kind, near):
    own = [packed.Layer(layer, kind) for layer in minilm.model.encoder.layer]
    monkeypatch.setattr(minilm, "layers", own)
    hidden, lengths = minilm.packed(TEXTS, 6, 96)
    for found, text in zip(packed.cut(hidden, lengths), TEXTS, strict=True):
        assert torch.allclose(found, whole(minilm, text), atol=near)


def test_a_text_reads_the_same_beside_others(minilm):
    hidden, lengths = minilm.packed(TEXTS, 3, 96)
    alone, _length = minilm.packed(TEXTS[1:2], 3, 96)
    assert torch.allclose(packed.cut(hidden, lengths)[1], alone, atol=0.05)


def test_half_precision_is_used_only_where_the_processor_has_it(monkeypatch):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True})
    assert processor.best() == torch.float32
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True})
    assert processor.best() == torch.bfloat16


def test_shared_words_are_counted_by_how_few_texts_have_them():
    tea, kettle, leaks = similarity.shared("the red tea", TEXTS)
    assert tea == kettle > leaks == 0
    assert similarity.shared("nothing of it", TEXTS).tolist() == [0, 0, 0]

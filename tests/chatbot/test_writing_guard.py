"""The bundled writer's guard, on an untrained writer: what it forbids, no weights can write."""

import hashlib
import threading

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.terms import Brief
from chatbot.training import corpus, writer
from chatbot.writing import EngineError
from chatbot.writing.bundled import MOST_CITATIONS, BundledWriter, Draft, Guard, _is_foreign

REFERENCES = ("product.name", "variant.price", "variant.options", "order.number")
some = st.lists(st.sampled_from(REFERENCES), unique=True).map(tuple)
checked = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An untrained checkpoint that knows every act and reference of the corpus."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"WIDTH": 32, "LAYERS": 1, "INNER": 32, "VOCABULARY": 600}.items():
            patch.setattr(writer, name, value)
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


def drawn(engine, brief, seed, steps=60):
    """Tokens of one draft grown over random scores, the end always made tempting."""
    draft, dice = Draft(Guard(engine, brief), seed), torch.Generator().manual_seed(seed)
    for _step in range(steps):
        scores = torch.randn(engine.config.vocab_size, generator=dice) * 4
        scores[engine.end] = 12.0
        draft.grow(scores)
        if draft.ended:
            break
    return draft, [engine.tokenizer.convert_ids_to_tokens(t) for t in draft.tokens]


@checked
@given(must=some, may=some, seed=st.integers(0, 999))
def test_only_references_of_the_brief_are_ever_drawn(untrained, must, may, seed):
    _draft, tokens = drawn(untrained, Brief("price.one", must, may), seed)
    cited = [t[1:-1] for t in tokens if t[0] == "{"]
    assert set(cited) <= {*must, *may}
    assert all(cited.count(c) <= MOST_CITATIONS for c in cited)


@checked
@given(must=some, seed=st.integers(0, 999))
def test_a_draft_ends_only_after_citing_all_it_must(untrained, must, seed):
    draft, tokens = drawn(untrained, Brief("price.one", must), seed)
    assert not draft.ended or {f"{{{r}}}" for r in must} <= set(tokens)


def test_a_draft_that_owes_nothing_may_end_at_once(untrained):
    draft, _tokens = drawn(untrained, Brief("smalltalk.thanks", ()), seed=0)
    assert draft.ended


@checked
@given(seed=st.integers(0, 999))
def test_no_digit_and_no_sign_of_money_is_ever_drawn(untrained, seed):
    _draft, tokens = drawn(untrained, Brief("price.one", ("order.number",)), seed)
    assert not any(_is_foreign(t) for t in tokens if len(t) < 3 or t[0] != "{")


@pytest.mark.parametrize("token", ["0", "Ġ12", "$", "%", "Â£", "â", "a1b", "{", "Ġ<"])
def test_digits_money_and_broken_letters_are_foreign(token):
    assert _is_foreign(token)


@pytest.mark.parametrize("token", ["a", "Ġprice", ".", "Ġ", '"', "'s"])
def test_plain_letters_and_marks_are_not_foreign(token):
    assert not _is_foreign(token)


def test_without_the_guard_the_same_scores_would_break_the_rules(untrained):
    guard = Guard(untrained, Brief("price.one", ("product.name",)))
    scores = torch.zeros(untrained.config.vocab_size)
    banned = [untrained.end, untrained.references["variant.price"]]
    scores[banned] = 50.0
    assert int(scores.argmax()) in banned
    assert int(guard.allow(scores).argmax()) not in banned


def test_a_draft_that_never_ends_is_an_error_worth_a_second_try(untrained, monkeypatch):
    monkeypatch.setattr("chatbot.writing.bundled.MOST_TOKENS", 3)
    with pytest.raises(EngineError, match=r"did not end price\.one within 3 tokens") as error:
        list(untrained.write(Brief("price.one", REFERENCES), seed=0, stop=threading.Event()))
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
    drafts = [Draft(Guard(untrained, Brief("smalltalk.bye", ())), n) for n in range(2)]
    drafts[0].told, drafts[1].told = [-5.0, -0.1], [-0.2, -0.3]
    assert min(drafts, key=lambda d: d.surprise) is drafts[1]

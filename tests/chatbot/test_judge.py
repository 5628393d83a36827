"""How surely a text answers a question: what holds for a judge that has learnt nothing."""

import threading

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file

from chatbot.reading.encoder import Encoder, ReaderError
from chatbot.reading.judge import MET_WEIGHT, Judge, Late, LowerStates, SideBySide
from chatbot.reading.remembered import Remembered

pytestmark = pytest.mark.slow

QUESTION = "is it waterproof?"
LONG = "Knit from wool that was spun and dyed in the Alps, by people who know rain. " * 3
TEXTS = ("Waterproof down to ten metres.", "Weight: 740 g.", LONG)  # so many are all read
NEAR = (0.7, 0.2, 0.1)
MANY, MANY_NEAR = (*TEXTS, "No.", "Red or blue."), (*NEAR, 0.4, 0.3)


@pytest.fixture(scope="module")
def minilm():
    return Encoder()


@pytest.fixture(scope="module")
def judge(minilm, tmp_path_factory):
    """Random weights, saved as training saves them; it remembers no pairs."""
    folder = tmp_path_factory.mktemp("judge")
    torch.manual_seed(0)
    state = SideBySide(minilm).state_dict()
    save_file({k: v.half().contiguous() for k, v in state.items()}, folder / "model.safetensors")
    judge = Judge(minilm, folder)
    judge.known = Remembered(0)
    return judge


def close(value):
    return pytest.approx(value, abs=5e-3)  # states are kept in half precision


NEARNESS = st.integers(-100, 130).map(lambda percent: percent / 100)


@settings(max_examples=20, deadline=None)
@given(
    asked=st.text(max_size=40), told=st.lists(st.tuples(st.text(max_size=60), NEARNESS), max_size=5)
)
def test_what_all_texts_leave_to_one_is_that_none_of_them_answers(judge, asked, told):
    found = judge.answers(asked, [t for t, _near in told], [near for _t, near in told])
    assert len(found) == len(told)
    assert sum(f.sure for f in found) <= 1 + 1e-5
    assert all(0 <= p <= 1 for f in found for p in (f.sure, f.fits, f.yes, f.no))
    assert all(f.yes + f.no <= 1 + 1e-5 for f in found)


@pytest.mark.parametrize("place", range(len(TEXTS)))
def test_how_a_text_fits_does_not_depend_on_what_is_read_beside_it(judge, place):
    together = judge.answers(QUESTION, TEXTS, NEAR)[place]
    (alone,) = judge.answers(QUESTION, [TEXTS[place]], [NEAR[place]])
    assert (together.fits, together.yes, together.no) == (
        close(alone.fits), close(alone.yes), close(alone.no),
    )  # fmt: skip


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(range(len(TEXTS))))
def test_the_order_of_the_texts_changes_nothing(judge, order):
    straight = judge.answers(QUESTION, TEXTS, NEAR)
    mixed = judge.answers(QUESTION, [TEXTS[i] for i in order], [NEAR[i] for i in order])
    assert [f.sure for f in mixed] == [close(straight[i].sure) for i in order]


def test_another_text_makes_each_less_sure_but_fits_as_well(judge):
    one = judge.answers(QUESTION, TEXTS[:1], NEAR[:1])[0]
    first = judge.answers(QUESTION, TEXTS, NEAR)[0]
    assert first.sure < one.sure
    assert first.fits == close(one.fits)


def test_the_surest_text_is_the_one_that_fits_best(judge):
    found = judge.answers(QUESTION, TEXTS, NEAR)
    assert max(found, key=lambda f: f.sure) is max(found, key=lambda f: f.fits)


def test_the_same_text_twice_gets_the_same_answer_twice(judge):
    first, second = judge.answers(QUESTION, TEXTS[:1] * 2, NEAR[:1] * 2)
    assert first.sure == close(second.sure)


def test_no_texts_give_no_answers(judge):
    assert judge.answers(QUESTION, [], []) == []


def test_what_is_too_long_is_cut_not_refused(judge):
    assert len(judge.answers("word " * 500, ["word " * 2000], [0.5])) == 1


def test_missing_weights_name_the_command_that_makes_them(minilm, tmp_path):
    with pytest.raises(ReaderError, match=r"manage\.py train judge"):
        Judge(minilm, tmp_path)


@pytest.fixture
def read(minilm, monkeypatch):
    """The texts whose lower states were computed, in order."""
    seen, real = [], minilm.packed
    monkeypatch.setattr(
        minilm, "packed", lambda texts, *more: seen.extend(texts) or real(texts, *more)
    )
    return seen


def test_a_text_is_read_once_and_the_one_longest_unused_is_forgotten_first(minilm, read):
    states = LowerStates(minilm, most=2)
    states.kept(["tea", "kettle"])
    states.kept(["tea"])
    states.kept(["mug"])  # drops the kettle
    assert read == ["tea", "kettle", "mug"]
    states.kept(["tea", "mug", "kettle"])
    assert read == ["tea", "kettle", "mug", "kettle"]


def test_states_are_given_in_the_order_asked_even_of_more_texts_than_are_kept(minilm):
    states = LowerStates(minilm, most=1)
    some = ["tea", "a red kettle", "tea", LONG]
    for found, text in zip(states.kept(some), some, strict=True):
        assert torch.allclose(found, states.of([text], 128)[0], atol=5e-3)
    assert len(states.each.known.known) == 1


def test_a_pair_is_judged_once_whatever_stands_beside_it(judge, monkeypatch):
    scored, real = [], judge._scored
    monkeypatch.setattr(judge, "known", Remembered(10))
    monkeypatch.setattr(judge, "_scored", lambda pairs: scored.extend(pairs) or real(pairs))
    first = judge.answers(QUESTION, TEXTS[:2], NEAR[:2])
    assert len(judge.answers(QUESTION, TEXTS, NEAR)) == len(scored) == len(TEXTS)
    assert judge.answers(QUESTION, TEXTS[:2], NEAR[:2]) == first
    judge.answers("is it heavy?", TEXTS[:1], NEAR[:1])
    assert len(scored) == len(TEXTS) + 1


def test_a_pair_that_is_remembered_fits_better_the_nearer_it_is(judge, monkeypatch):
    fresh = [judge.scores(QUESTION, TEXTS[:1], [near]) for near in (0.1, 0.9)]
    monkeypatch.setattr(judge, "known", Remembered(10))
    known = [judge.scores(QUESTION, TEXTS[:1], [near]) for near in (0.1, 0.9)]
    assert torch.allclose(torch.cat(known), torch.cat(fresh), atol=5e-3)
    assert known[0][0, 0] != known[1][0, 0]


def test_several_threads_get_the_same_answers(judge):
    alone, found = judge.answers(QUESTION, TEXTS, NEAR), [None] * 6

    def ask(n):
        found[n] = judge.answers(QUESTION, TEXTS, NEAR)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(len(found))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all([f.sure for f in each] == [close(a.sure) for a in alone] for each in found)


def test_tuning_the_judge_leaves_the_encoder_alone(minilm):
    shared = {p.data_ptr() for p in minilm.model.parameters()}
    assert not shared & {p.data_ptr() for p in SideBySide(minilm).parameters()}


def test_texts_read_ahead_need_not_be_read_again_and_change_no_answer(minilm, judge, monkeypatch):
    before = judge.scores(QUESTION, TEXTS, NEAR)
    judge.states = LowerStates(minilm)
    judge.prepare(TEXTS)
    read = []
    of = judge.states.of
    monkeypatch.setattr(judge.states, "of", lambda texts, n: read.extend(texts) or of(texts, n))
    assert torch.allclose(judge.scores(QUESTION, TEXTS, NEAR), before, atol=5e-3)
    assert read == [QUESTION]


WORDS = torch.eye(384)  # states of words that have nothing to do with each other


def comparing():
    """What compares words as they are, the first 128 of WORDS."""
    late = Late(384)
    with torch.no_grad():
        late.project.weight.copy_(WORDS[:128])
    return late


def test_a_text_that_meets_every_word_of_a_question_outdoes_one_that_meets_some():
    late = comparing()
    some, every, none = late(WORDS[:2], [WORDS[[0, 5, 6]], WORDS[[7, 1, 0]], WORDS[8:9]]).tolist()
    assert every == close(MET_WEIGHT) and none == close(0) and none < some < every


def test_a_word_that_tells_more_counts_for_more():
    late = comparing()
    with torch.no_grad():
        late.weigh.weight[0, 0] = 3.0
    first, second = late(WORDS[:2], [WORDS[:1], WORDS[1:2]]).tolist()
    assert first > second


def test_how_words_are_met_is_part_of_the_score(judge, monkeypatch):
    before = judge.scores(QUESTION, TEXTS, NEAR)[:, 0]
    monkeypatch.setattr(Late, "forward", lambda _late, _asked, told: torch.zeros(len(told)))
    without = judge.scores(QUESTION, TEXTS, NEAR)[:, 0]
    assert (before > without).all()


def test_of_many_texts_only_the_likeliest_are_read(judge, monkeypatch):
    scored, real = [], judge._scored
    monkeypatch.setattr(judge, "_scored", lambda pairs: scored.extend(pairs) or real(pairs))
    seems = torch.tensor([0.1, 0.5, 0.2, 0.4, 0.3])
    monkeypatch.setattr(SideBySide, "glance", lambda *_: seems)
    judge.answers(QUESTION, MANY, MANY_NEAR)
    assert [text for _question, text in scored] == ["Weight: 740 g.", "No.", "Red or blue."]
    judge.answers(QUESTION, MANY, MANY_NEAR, every=True)
    assert {text for _question, text in scored} == set(MANY)


@pytest.mark.parametrize("seems", [-20.0, 20.0])
def test_what_is_not_read_is_no_likelier_than_what_is_and_says_nothing(judge, monkeypatch, seems):
    glance = torch.full((len(MANY),), seems)
    monkeypatch.setattr(SideBySide, "glance", lambda *_: glance + torch.arange(5, 0, -1) / 100)
    *read, fourth, last = judge.scores(QUESTION, MANY, MANY_NEAR)
    least = min(float(found[0]) for found in read)
    taken = pytest.approx(min(least, seems), abs=0.1)
    assert float(fourth[0]) == taken and float(last[0]) == taken
    assert all(f.yes + f.no < 0.01 for f in judge.answers(QUESTION, MANY, MANY_NEAR)[3:])


def test_a_glance_sees_how_near_a_text_is_and_how_its_words_are_met(judge):
    def glance(told, near):
        return judge.model.glance(WORDS[:2], [WORDS[told]], torch.tensor([near])).item()

    assert glance([0, 1], 0.5) > glance([0, 5], 0.5) > glance([5, 6], 0.5)
    assert glance([0, 1], 0.6) > glance([0, 1], 0.5)


def test_what_is_trained_is_what_is_served(judge):
    asked, *told = judge.states.kept([QUESTION, *TEXTS])
    pairs = [(asked.float(), text.float(), near) for text, near in zip(told, NEAR, strict=True)]
    with torch.no_grad():
        trained = judge.model(pairs)
    assert torch.allclose(trained, judge.scores(QUESTION, TEXTS, NEAR), atol=5e-2)

"""Training the judge: what it learns from, that it learns, and how well it knows how sure it is."""

import random
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from django.conf import settings
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file

from chatbot.reading.encoder import Encoder, ReaderError
from chatbot.reading.judge import Judge, LowerStates, SideBySide
from chatbot.training import corpus, judge, reader
from chatbot.training.corpus import Asked, Page, Question
from chatbot.training.reader import calibration_error

MOST = 5  # texts beside a question
KETTLE = Page(
    "Larkspur Kettle", "product",
    ("Capacity: 0.9 L.", "Works on induction.", "Weight: 740 g.", "Made of steel.", "Red or blue.",
     "Boils in four minutes.", "The spout does not drip."),
    (Question("how much does the Larkspur Kettle hold?", (0,)),
     Question("is it ok on induction", (1,), "yes"), Question("is it made in italy", ()),
     Question("size and weight pls", (0, 2))),
)  # fmt: skip
TEAPOT = Page(
    "Brindle Teapot", "product",
    ("Capacity: 1.2 L.", "Stoneware, fired twice.", "Not for the dishwasher.", "Fits six cups."),
    (Question("can it go in the dishwasher", (2,), "no"), Question("how big is it", (0, 3))),
)  # fmt: skip
RETURNS = Page(
    "Returns", "article", ("You have 30 days.", "The label costs four dollars."),
    (Question("how long do I have for the Returns?", (0,)),),
)  # fmt: skip
CENTRES = [
    Page("Fern", "centre", ("Returns. You have 30 days.", "Shipping. It costs $4."),
         (Question("and to ireland?", (1,), before="what is shipping?"),)),
    Page("Moss", "centre", ("Returns. You have 60 days.",), ()),
]  # fmt: skip
PAGES = [KETTLE, TEAPOT, RETURNS, *CENTRES]
HOLDS, HEAT, STEEL, HOB = (
    "Capacity: 0.9 L.",
    "Works on induction.",
    "Made of steel.",
    "Not for gas.",
)
ROWS = [
    judge.Case("how much does it hold?", (HOLDS, STEEL), (0.4, 0.1), (0,), ""),
    judge.Case("is it ok on induction", (STEEL, HEAT), (0.2, 0.6), (1,), "yes"),
    judge.Case("can i use it with gas?", (HOB, HOLDS), (0.5, 0.1), (0,), "no"),
    judge.Case("what is it made of", (HEAT, STEEL), (0.1, 0.5), (1,), ""),
    judge.Case("does it whistle", (HOLDS, HEAT), (0.1, 0.2), (), ""),
    judge.Case("capacity?", (STEEL, HOLDS), (0.1, 0.8), (1,), ""),
    judge.Case("gas hob yes?", (HEAT, HOB), (0.3, 0.5), (1,), "no"),
    judge.Case("which metal", (STEEL, HOB), (0.4, 0.1), (0,), ""),
    judge.Case("made in italy?", (STEEL, HOB), (0.5, 0.1), (), ""),
    judge.Case("induction?", (HEAT, HOLDS), (0.7, 0.1), (0,), "yes"),
]

ASKED = [Asked(shop, "is it yours?", (f"{shop.title()}.", "No."), (0.5, 0.1), (0,))
         for shop in ("fern", "moss", "moss", "oak")]  # fmt: skip


@pytest.fixture(scope="module")
def minilm():
    return Encoder()


@pytest.fixture(scope="module")
def cases(minilm):
    """The cases of every page, by its title."""
    vectors = judge.vectors_of(PAGES, minilm)
    return {p.title: list(judge.cases(p, PAGES, vectors, random.Random(0), MOST)) for p in PAGES}


@pytest.mark.slow
@pytest.mark.parametrize("page", [KETTLE, TEAPOT])
def test_every_case_holds_the_pieces_that_answer_and_says_where(cases, page):
    for case, question in zip(cases[page.title], page.questions, strict=True):
        assert {case.texts[i] for i in case.answers} == {page.texts[i] for i in question.answers}
        assert (case.says, len(case.near)) == (question.says, len(case.texts))


@pytest.mark.slow
def test_every_case_holds_a_stranger_that_does_not_answer(cases):
    for case in cases["Larkspur Kettle"]:
        strange = [i for i, text in enumerate(case.texts) if text not in KETTLE.texts]
        assert len(strange) == judge.STRANGERS
        assert all(case.texts[i] in TEAPOT.texts and i not in case.answers for i in strange)


@pytest.mark.slow
def test_beside_a_help_centre_stands_no_other_shops_rule(cases):
    assert sorted(cases["Fern"][0].texts) == sorted(CENTRES[0].pieces)


@pytest.mark.slow
def test_a_question_that_leans_on_another_is_put_behind_it(cases):
    assert cases["Fern"][0].question == "what is shipping? and to ireland?"


@pytest.mark.slow
def test_a_case_holds_no_more_texts_than_it_may_and_the_nearest_of_its_page(cases):
    for case in cases["Larkspur Kettle"]:
        assert len(case.texts) == MOST < len(KETTLE.texts)
    holds = cases["Larkspur Kettle"][1]
    assert "Red or blue." not in holds.texts


@pytest.mark.slow
def test_the_answers_stand_in_no_fixed_place(minilm):
    vectors = judge.vectors_of(PAGES, minilm)
    some = [next(judge.cases(KETTLE, PAGES, vectors, random.Random(n), MOST)) for n in range(12)]
    assert len({case.answers for case in some}) > 2


@pytest.mark.slow
def test_a_question_is_put_without_the_products_name_but_with_the_articles(cases):
    assert cases["Larkspur Kettle"][0].question == "how much does the hold?"
    assert cases["Returns"][0].question == "how long do I have for the Returns?"
    assert all(text.startswith("Returns. ") for text in cases["Returns"][0].texts)


def lost(model, states):
    with torch.no_grad():
        return float(judge.loss(model.eval(), states, ROWS, "cpu"))


@pytest.fixture(scope="module")
def trained(minilm):
    """(loss before, loss after, weights before, model) of two dozen steps on ten questions."""
    torch.manual_seed(0)
    model, states = SideBySide(minilm), LowerStates(minilm)
    untrained = {name: p.detach().clone() for name, p in model.named_parameters()}
    before = lost(model, states)
    judge.fit(model, states, ROWS, [], 12, "cpu")
    return before, lost(model, states), untrained, model


@pytest.mark.slow
def test_two_dozen_steps_on_ten_questions_lower_the_loss(trained):
    before, after, _untrained, _model = trained
    assert after < before - 0.5


@pytest.mark.slow
def test_no_part_of_the_judge_stays_untrained(trained):
    _before, _after, untrained, model = trained
    same = [name for name, p in model.named_parameters() if torch.equal(p, untrained[name])]
    assert same == []


@pytest.mark.slow
@torch.no_grad()
def test_words_of_many_pairs_are_met_at_once_as_they_are_pair_by_pair(minilm, trained):
    read = LowerStates(minilm).of([text for case in ROWS for text in case.texts], 32)
    asked, told = zip(*pairwise(states.float() for states in read), strict=True)
    late = trained[3].late
    alone = torch.cat([late(q, [t]) for q, t in zip(asked, told, strict=True)])
    assert torch.allclose(late.each(asked, told), alone, atol=1e-4)
    assert alone.std() > 0.1


@pytest.mark.slow
def test_what_was_learnt_by_heart_is_mostly_known(minilm, trained):
    score = judge.measured(trained[3], LowerStates(minilm), ROWS, "cpu")
    assert score.chosen > 0.5
    assert score.told > 0.5


def test_a_question_that_is_mistyped_keeps_its_texts_and_answers():
    case = judge.Case("is it ok on induction?", ("Yes.", "No."), (0.5, 0.1), (0,), "yes")
    typed = [judge._mistyped(case, random.Random(n)) for n in range(20)]
    assert len({c.question for c in typed}) > 3
    assert {(c.texts, c.near, c.answers, c.says) for c in typed} == {
        (case.texts, case.near, case.answers, case.says)
    }


def test_a_case_without_answer_wants_none():
    assert judge._shares(judge.Case("?", ("a", "b"), (0, 0), (), "")).tolist() == [0, 0, 1]
    assert judge._shares(judge.Case("?", ("a", "b"), (0, 0), (0, 1), "")).tolist() == [0.5, 0.5, 0]


@pytest.mark.slow
def test_a_trial_ends_quickly_and_leaves_a_judge_that_loads(minilm, tmp_path, capsys):
    call_command("train", "judge", "--smoke", "--out", str(tmp_path / "trial"))
    assert "held out: chosen" in capsys.readouterr().out
    assert "<svg" in (tmp_path / "trial" / "loss.svg").read_text()
    (answer,) = Judge(minilm, tmp_path / "trial").answers("is it red?", ["It is red."], [0.9])
    assert 0 < answer.sure < 1


@pytest.mark.parametrize("model", ["reader", "judge", "writer", "copywriter"])
def test_a_trial_that_would_replace_the_bundled_weights_is_refused(model, capsys, monkeypatch):
    monkeypatch.setattr(f"chatbot.training.{model}.train", lambda *_a, **_k: pytest.fail("trained"))
    with pytest.raises(SystemExit) as refused:
        call_command("train", model, "--smoke")
    assert refused.value.code == 2
    assert "--smoke needs --out" in capsys.readouterr().err


def test_only_the_judge_takes_a_number_of_pages(capsys, tmp_path):
    with pytest.raises(SystemExit) as refused:
        call_command("train", "reader", "--pages", "5", "--smoke", "--out", str(tmp_path))
    assert refused.value.code == 2
    assert "Only the judge learns from pages" in capsys.readouterr().err


@pytest.mark.slow
def test_a_trained_judge_is_what_a_run_goes_on_from(tmp_path, trained):
    judge._save(trained[3], tmp_path / "first")
    judge.train(tmp_path / "second", 0, "cpu", most=2, start=tmp_path / "first")
    first, second = (load_file(tmp_path / n / "model.safetensors") for n in ("first", "second"))
    calibrated = ("head.", "late.scale", "first")
    learnt = [name for name in first if not name.startswith(calibrated)]
    assert learnt and all(torch.equal(first[name], second[name]) for name in learnt)


@pytest.mark.slow
def test_pages_and_shops_are_held_out_whole(minilm, monkeypatch):
    monkeypatch.setattr(corpus, "pages", lambda: PAGES)
    monkeypatch.setattr(corpus, "asked", lambda: ASKED)
    learnt, held = judge._split(minilm, random.Random(0), 0.2, None, None)
    of_shops = [
        {c.texts[0] for c in some if c.question == "is it yours?"} for some in (learnt, held)
    ]
    assert of_shops == [{"Moss.", "Oak."}, {"Fern."}]
    assert len(learnt) + len(held) == len(ASKED) + sum(len(p.questions) for p in PAGES)


@pytest.mark.slow
def test_a_trial_has_few_pages_and_few_questions_of_shops(minilm, monkeypatch):
    monkeypatch.setattr(corpus, "pages", lambda: PAGES)
    monkeypatch.setattr(corpus, "asked", lambda: ASKED)
    learnt, held = judge._split(minilm, random.Random(0), 0.2, 2, 2)
    of_shops = [c.question == "is it yours?" for c in (*learnt, *held)]
    assert sum(of_shops) == 2
    assert 0 < of_shops.count(False) < sum(len(p.questions) for p in PAGES)


@pytest.mark.slow
def test_where_nobody_looked_whether_it_is_a_yes_nothing_is_learnt_of_that(minilm):
    model, states = SideBySide(minilm), LowerStates(minilm)
    for says, learns in (("yes", True), (None, False)):
        model.zero_grad()
        case = judge.Case("is it ok on induction", (STEEL, HEAT), (0.2, 0.6), (1,), says)
        judge.loss(model, states, [case], "cpu").backward()
        assert bool(model.says.weight.grad.any()) == learns


@pytest.mark.slow
def test_how_many_are_unanswered_does_not_move_where_none_stands(minilm, trained):
    states, open_ones = LowerStates(minilm), [c for c in ROWS if not c.answers]
    stands = []
    for rows in (ROWS, ROWS + 4 * open_ones):
        model = deepcopy(trained[3])
        judge.calibrate(model, states, rows, "cpu")
        stands.append(model.head.bias.item())
    assert stands[0] == pytest.approx(stands[1], abs=0.2)


def _asked(texts, answers, *, wish=False):
    near = tuple(1 - n / 10 for n in range(len(texts)))
    return Asked("fern", "is it yours?", tuple(texts), near, answers, wish)


@given(st.integers(1, 12), st.sets(st.integers(0, 11), max_size=3))
def test_a_question_of_a_shop_keeps_its_answers_beside_the_nearest_texts(many, some):
    texts, answers = [f"Text {n}." for n in range(many)], tuple(sorted(i for i in some if i < many))
    case = judge._beside_few(_asked(texts, answers))
    assert [case.texts[i] for i in case.answers] == [texts[i] for i in answers]
    assert len(case.texts) == min(many, judge.BESIDE)
    others = [t for n, t in enumerate(texts) if n not in answers]
    assert set(others[: judge.BESIDE - len(answers)]) <= set(case.texts)


@pytest.mark.slow
def test_what_a_judge_made_of_wishes_is_learnt_again_and_of_questions_what_answers(minilm, trained):
    states, wish = LowerStates(minilm), replace(ROWS[0], wish=True)
    asked, kept = judge.as_before(trained[3], states, [ROWS[1], wish], "cpu")
    assert asked == ROWS[1]
    (found,) = judge.scores(trained[3].eval(), states, [wish], "cpu")
    likely = torch.cat([found[:, 0], torch.zeros(1)]).softmax(0)
    assert judge._shares(kept).tolist() == pytest.approx(likely.tolist(), abs=1e-3)


def test_an_epoch_has_no_more_questions_without_an_answer_than_with_and_fewer_wishes():
    answered, open_ones = [c for c in ROWS if c.answers], [c for c in ROWS if not c.answers]
    wishes = [replace(c, wish=True, shares=(0.2, 0.3, 0.5)) for c in ROWS]
    some = judge.drawn([*answered, *open_ones * 9, *wishes * 9], random.Random(0))
    kept = [c for c in some if c.shares]
    assert [c for c in ROWS if c in some and c.answers] == answered
    assert sum(not c.answers for c in some if not c.shares) == len(answered)
    assert len(kept) == judge.KEPT_WISHES * len(answered)


@pytest.mark.slow
def test_a_glance_is_fitted_to_what_reading_gives(minilm, trained):
    model, states = trained[3], LowerStates(minilm)
    judge.fit_glance(model, states, ROWS, "cpu")
    with torch.no_grad():
        read = torch.cat([f[:, 0] for f in judge.scores(model, states, ROWS, "cpu")])
        seen = torch.cat([_glance(model, states, case) for case in ROWS])
    assert torch.corrcoef(torch.stack([seen, read]))[0, 1] > 0.5
    assert seen.mean().item() == pytest.approx(read.mean().item(), abs=0.01)


def _glance(model, states, case):
    asked, *told = (text.float() for text in states.kept([case.question, *case.texts]))
    return model.glance(asked, told, torch.tensor(case.near))


@pytest.mark.slow
def test_trained_heads_are_what_a_run_goes_on_from(tmp_path, capsys):
    bundled = Path(settings.BASE_DIR) / "chatbot/weights/reader"
    given = ("train", "reader", "--from", str(bundled), "--smoke", "--out", str(tmp_path))
    call_command(*given)
    assert "first intent right" in capsys.readouterr().out
    assert (tmp_path / "labels.json").read_text() == (bundled / "labels.json").read_text()


def test_heads_that_do_not_know_an_intent_of_the_corpus_are_refused_by_its_name(tmp_path):
    (tmp_path / "labels.json").write_text('{"intents": ["smalltalk"], "asks": ["thanks"]}')
    with pytest.raises(ReaderError, match="train the reader anew"):
        reader.train(tmp_path, 0, "cpu", most=50, start=tmp_path)


def test_who_is_right_as_often_as_they_say_has_no_calibration_error():
    sure = [0.75] * 4 + [0.5] * 2 + [1.0] * 3
    right = [True, True, True, False, True, False, True, True, True]
    assert calibration_error(sure, right) == pytest.approx(0)


def test_who_is_always_sure_and_right_half_the_time_has_a_large_one():
    assert calibration_error([0.99] * 10, [True, False] * 5) == pytest.approx(0.49)
    assert calibration_error([0.3] * 10, [True] * 10) == pytest.approx(0.7)


@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.booleans()), max_size=40),
    st.integers(1, 20),
)
def test_a_calibration_error_is_a_share(some, bins):
    sure, right = [s for s, _r in some], [r for _s, r in some]
    assert 0 <= calibration_error(sure, right, bins) <= 1

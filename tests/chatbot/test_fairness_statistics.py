"""Paired differences as the papers give them, and a planted bias of five points that is found."""

import random
from dataclasses import replace

import pytest

from chatbot.fairness import audiences, statistics, weighing
from chatbot.fairness.asking import Answer
from chatbot.fairness.contrasts import CONTRASTS
from chatbot.fairness.measures import GATED
from chatbot.fairness.requests import Request, Right
from chatbot.fairness.terms import ANSWERS, Pair
from chatbot.fairness.texts import Task, Text

ANSWER = Answer(True, False, False, False, False, False, "", (), None, 9, 1, 50, "answered", ())
TEXT = Text(5, 5, "", False, True, 0, True, 60, 0, "")
PAIRS = 2000


def pairs(bias, seed, number=PAIRS, noise=0.002, measure="right"):
    """Pairs whose second half is worse in a share of cases; both differ by chance as well."""
    dice, found = random.Random(seed), []
    known = {side: replace(ANSWER, **{measure: side}) for side in (True, False)}
    for n in range(number):
        sides = [dice.random() >= noise, dice.random() >= noise]
        sides[1] = sides[1] and dice.random() >= bias
        answers = tuple(known[side] for side in sides)
        found.append(Pair(Request(n, "price", "?", Right()), ("a", "b"), "", answers))
    return found


def failed(results):
    return {(w.contrast, w.measure) for w in weighing.failures(weighing.weigh(results))}


def test_the_interval_is_that_of_newcombes_table():
    found = statistics.of_table(36, 2, 12, 0)
    assert (found.low, found.high) == pytest.approx((0.0569, 0.3404), abs=5e-5)
    assert found.value == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("lost", "won", "p"), [(121, 59, 4.434e-06), (86, 150, 3.716e-05), (0, 0, 1.0), (1, 0, 1.0)]
)
def test_the_exact_test_is_mcnemars(lost, won, p):
    assert statistics.mcnemar(lost, won) == pytest.approx(p, rel=1e-3)


def test_the_correction_is_holms():
    assert statistics.holm([0.03, 0.01, 0.04, 0.02, 0.05]) == pytest.approx(
        [0.09, 0.05, 0.09, 0.08, 0.09]
    )


def test_halves_swapped_are_the_same_difference_the_other_way():
    one, other = statistics.of_table(50, 7, 3, 40), statistics.of_table(50, 3, 7, 40)
    assert (one.low, one.high, one.p) == pytest.approx((-other.high, -other.low, other.p))


def test_a_mean_of_paired_differences_has_the_interval_of_the_normal_distribution():
    found = statistics.means([(0.0, 1.0), (0.0, 3.0)] * 50)
    error = 1.96 * (1.00504 / 10)
    assert (found.value, found.low) == pytest.approx((2.0, 2.0 - error), abs=1e-3)
    assert statistics.means([(1.0, 1.0)] * 9).p == 1.0


def test_of_few_shares_that_are_all_alike_it_is_not_sure_that_none_differs():
    few, many = (statistics.shares([(0.6, 0.6)] * n) for n in (60, 2000))
    assert few.low < -0.04 and few.high > 0.04 and (few.value, few.p) == (0, 1)
    assert -0.002 < many.low < 0 < many.high < 0.002


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("measure", GATED[ANSWERS])
def test_a_planted_bias_of_five_points_is_found(seed, measure):
    results = {name: pairs(0.0, f"{seed}{name}") for name in CONTRASTS}
    results["name_nigerian"] = pairs(0.05, seed, measure=measure)
    assert failed(results) == {("name_nigerian", measure)}


@pytest.mark.parametrize("contrast", ["scottish", "learner"])
def test_it_is_found_in_a_dialect_which_may_differ_by_three_points(contrast):
    assert failed({contrast: pairs(0.05, 1)}) == {(contrast, "right")}
    assert failed({contrast: pairs(0.015, 1)}) == set()


def test_typing_errors_are_reported_and_never_fail():
    found = weighing.weigh({"typos": pairs(0.2, 1)})
    assert weighing.failures(found) == []
    assert "told" in {weighing.verdict(w) for w in found}


def test_a_small_difference_that_is_no_chance_fails_where_nothing_may_differ():
    found = failed({"gender": pairs(0.004, 1, number=20_000, noise=0.0)})
    assert found == {("gender", "right")}


def test_equal_is_only_what_surely_lies_within_the_limit():
    many, few = (weighing.weigh({"gender": pairs(0, 1, number=n, noise=0)}) for n in (2000, 50))
    verdicts = [
        next(weighing.verdict(w) for w in one if w.measure == "right") for one in (many, few)
    ]
    assert verdicts == ["equal", "unsure"]


def test_products_of_both_halves_are_compared_as_sets():
    request = Request(0, "search", "?", Right())
    sides = (replace(ANSWER, products=("a", "b")), replace(ANSWER, products=("b", "c")))
    assert weighing.overlap([Pair(request, ("", ""), "", sides)]) == pytest.approx(1 / 3)
    assert weighing.overlap([Pair(request, ("", ""), "", (ANSWER, ANSWER))]) is None


def drafts(bias, seed, measure, chance=0.2):
    """Pairs of texts, of which both lose something by chance, and the second half in more cases."""
    dice, found = random.Random(seed), []
    less = {measure: 4 if measure == "facts" else False}
    for n in range(PAIRS):
        shares = (chance, chance + bias)
        texts = tuple(replace(TEXT, **less) if dice.random() < s else TEXT for s in shares)
        found.append(Pair(Task(n, "ad", "plain", "kettle", "Kettle"), ("men", "women"), "", texts))
    return found


@pytest.mark.parametrize("measure", GATED["texts"])
def test_texts_that_tell_less_to_some_are_found_among_texts_that_differ_by_chance(measure):
    results = {name: drafts(0.0, f"{name}", measure) for name in audiences.CONTRASTS}
    results["for_poor"] = drafts(0.1, 1, measure)
    assert failed(results) == {("for_poor", measure)}


def test_texts_that_differ_more_than_they_may_by_chance_alone_are_unsure():
    few = weighing.weigh({"for_poor": drafts(0.0, 3, "whole", chance=0.5)[:60]})
    whole = next(w for w in few if w.measure == "whole")
    assert abs(whole.difference.value) > 0.005 and weighing.verdict(whole) == "unsure"


def test_the_least_difference_that_is_no_chance_fails_in_texts_as_well():
    sides = (TEXT, replace(TEXT, facts=4))
    told = [Pair(Task(n, "ad", "plain", "kettle", "Kettle"), ("", ""), "", (sides[0], sides[n % 50 == 0]))
            for n in range(PAIRS)]  # fmt: skip
    assert failed({"for_poor": told}) == {("for_poor", "facts")}

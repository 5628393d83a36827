"""What is recommended, and that every reason is true."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.recommending import now, reasons
from chatbot.recommending.comparing import weight
from chatbot.recommending.history import History, Wish
from chatbot.recommending.picking import pick
from chatbot.recommending.reasons import Why
from chatbot.recommending.scoring import DEFAULT, scores
from storefront.queries import Basket, Sentence
from tests.chatbot.made_shops import BEGIN, history, priced, product, shelf
from tests.chatbot.reasons_checked import holds

CASES = 2000
ALL = {"content": 0.4, "words": 0.2, "together": 0.4, "then": 0.3, "popular": 0.1}
seeds = st.integers(0, 10**6)


def shop(*products, baskets=()):
    return now.build(products, [Basket(who, BEGIN, handles) for who, handles in baskets], {})


def shown(shop, known, most=8):
    return [p.product.handle for p in pick(shop, known, most, ALL)]


def stated(many):
    """So many reasons as they are given in made-up shops, and what tells whether they are true."""
    chance, found = random.Random(2026), 0
    while found < many:
        here = shelf(chance)
        goods = {p.handle: p for p in here.products}
        for _n in range(5):
            known = history(chance, here)
            for told in pick(here, known, 8, ALL):
                found += 1
                yield told, (told.reason, told.product, known, goods, here.baskets)


def test_two_thousand_reasons_are_all_true():
    found = [(told.reason.why, holds(*said)) for told, said in stated(CASES)]
    assert len(found) >= CASES and all(true for _why, true in found)
    assert {why for why, _true in found} == set(Why)


def lied(reason, other):
    """The same reason by another product, word or department."""
    return replace(reason, handle=other.handle, title=other.title, shared="elsewhere",
                   word="silk", why=reason.why)  # fmt: skip


def test_a_reason_that_is_made_up_is_found_out():
    for _told, (reason, item, _known, goods, _baskets) in stated(300):
        if reason.why is not Why.POPULAR:
            assert not holds(lied(reason, item), item, History(), goods, [])


@pytest.mark.parametrize(
    ("broken", "whys"),
    [
        ("LEAST_SHOPPERS", {Why.BOUGHT_TOO}),
        ("shares", {Why.BOUGHT_ALIKE, Why.ASKED_ALIKE, Why.LOOKED_ALIKE, Why.PAGE_ALIKE}),
    ],
)
def test_what_finds_false_reasons_is_caught(monkeypatch, broken, whys):
    liar = 0 if broken == "LEAST_SHOPPERS" else lambda *_products: ("Tea", False)
    monkeypatch.setattr(reasons, broken, liar)
    false = {told.reason.why for told, said in stated(1000) if not holds(*said)}
    assert false & whys


@settings(max_examples=60, deadline=None)
@given(seeds, st.sampled_from(["0.01", "0.5", "3", "1000"]))
def test_prices_rank_nothing(seed, factor):
    chance = random.Random(seed)
    here = shelf(chance)
    known = history(chance, here)
    known = replace(known, wishes=tuple(replace(w, limit=None) for w in known.wishes))
    other = priced(here, Decimal(factor))
    assert shown(here, known, 24) == shown(other, known, 24)


@settings(max_examples=60, deadline=None)
@given(seeds, st.floats(10, 150))
def test_a_limit_leaves_out_what_is_dearer_and_ranks_nothing(seed, limit):
    chance = random.Random(seed)
    here = shelf(chance)
    known = history(chance, here)
    cheap = {p.handle for p in here.products if float(p.variants[0].price) <= limit}
    every = [h for h in shown(here, known, 24) if h in cheap]
    assert shown(here, replace(known, limit=limit), 24) == every


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_who_pays_for_being_shown_is_ranked_as_anybody(seed):
    chance = random.Random(seed)
    here = shelf(chance)
    paid = tuple(replace(p, sponsored=chance.random() < 0.5) for p in here.products)
    known = history(chance, here)
    assert shown(here, known) == shown(replace(here, products=paid), known)


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_nothing_is_shown_that_was_had_sent_back_dismissed_or_is_sold_out(seed):
    chance = random.Random(seed)
    here = shelf(chance)
    known = history(chance, here)
    gone = {p.handle for p in here.products if not p.variants[0].in_stock}
    assert not set(shown(here, known, 24)) & (known.unwanted | gone)


def test_a_gift_card_is_recommended_to_nobody():
    here = shop(product(1), replace(product(2), gift_card=True))
    assert shown(here, History()) == ["thing-1"]


def test_what_one_other_shopper_did_is_neither_told_nor_counted():
    pair = ("thing-1", "thing-2")
    alone = shop(product(1), product(2, department="Bread"), product(3), baskets=[(1, pair)])
    two = shop(
        product(1), product(2, department="Bread"), product(3), baskets=[(1, pair), (2, pair)]
    )
    known = History(bought=("thing-1",))
    assert all(p.reason.why is not Why.BOUGHT_TOO for p in pick(alone, known, 8))
    assert alone.together.get(0, {}) == {}
    (first, *_rest) = pick(two, known, 8)
    assert (first.product.handle, first.reason.why) == ("thing-2", Why.BOUGHT_TOO)


def test_on_a_page_it_takes_one_shopper_more_as_the_reader_may_be_among_them():
    pair, both = ("thing-1", "thing-2"), [product(1), product(2, department="Bread")]
    two = shop(*both, baskets=[(n, pair) for n in range(2)])
    three = shop(*both, baskets=[(n, pair) for n in range(3)])
    known = History(page="thing-1")
    assert [p.reason.why for p in pick(two, known, 8)] == [Why.DEPARTMENT]
    assert [p.reason.why for p in pick(three, known, 8)] == [Why.PAGE_TOO]


def test_what_was_said_is_found_on_pages_and_comes_first():
    vegan = product(2, sentences=(Sentence("", "Suitable for vegans."),), department="Bread")
    here = shop(product(1), vegan, *(product(n) for n in range(3, 9)))
    (first, *_rest) = pick(here, History(bought=("thing-1",), wishes=(Wish("anything vegan?"),)), 8)
    assert first.product is vegan
    assert first.reason.text == "Because you said “vegan”. Its page says: “Suitable for vegans.”"


@pytest.mark.parametrize(
    ("said", "tag", "quoted"),
    [("any Sleeping Bags left?", "sleeping bag", "Sleeping Bags"), ("a hot bottle", "hot drinks", ""),
     ("a bag for sleeping", "sleeping bag", ""), ("what next", "next", "next")],
)  # fmt: skip
def test_a_tag_counts_as_said_only_where_it_was_said_whole(said, tag, quoted):
    here = shop(product(1, tags=(tag,)), *(product(n) for n in range(2, 9)))
    told = [p.reason for p in pick(here, History(wishes=(Wish(said),)), 8)]
    assert [r.word for r in told if r.why is Why.SAID] == ([quoted] if quoted else [])


def test_a_word_of_a_long_sentence_may_mean_anything():
    long = "A pot for flaky salt that sits next to the stove and stays cool in hot weather."
    here = shop(product(1, sentences=(Sentence("", long),)), *(product(n) for n in range(2, 9)))
    told = pick(here, History(wishes=(Wish("I run hot"),)), 8)
    assert all(p.reason.why is not Why.SAID for p in told)


@pytest.mark.parametrize("said", ["not vegan", "anything but vegan", "vegan for my mother"])
def test_who_does_not_want_it_or_not_for_themselves_is_not_taken_at_that_word(said):
    vegan = product(2, tags=("vegan",))
    here = shop(product(1), vegan, *(product(n) for n in range(3, 9)))
    told = pick(here, History(wishes=(Wish(said),)), 8)
    assert all(p.reason.why is not Why.SAID for p in told)


def test_a_page_that_denies_it_does_not_count_as_saying_it():
    wet = product(2, sentences=(Sentence("", "Not waterproof."),))
    here = shop(product(1), wet, *(product(n) for n in range(3, 9)))
    told = pick(here, History(wishes=(Wish("waterproof"),)), 8)
    assert all(p.reason.why is not Why.SAID for p in told)


@pytest.mark.parametrize(
    ("told", "grams"),
    [("Weight: 395 g (13.9 oz) in size M", 395), ("Weight: 1,140 g", 1140), ("Weight: 1,2 kg", 1200),
     ("Weight: 2.5 kg", 2500), ("Weight: none of your business", 0), ("Weight: 3 lb", 1360.8)],
)  # fmt: skip
def test_a_weight_is_read_as_pages_write_it(told, grams):
    assert weight(product(1, sentences=(Sentence("Weight", told),)))[0] == pytest.approx(grams)


def heavy(number, told, **more):
    return product(number, sentences=(Sentence("Weight", f"Weight: {told}"),), **more)


def test_who_bought_a_thing_and_asked_for_something_lighter_is_shown_that():
    here = shop(heavy(1, "1,140 g", title="Ridge Tent"), heavy(2, "2 kg"), heavy(3, "900 g"),
                heavy(4, "100 g", department="Bread"), heavy(5, "100 g in size 8Y"))  # fmt: skip
    known = History(bought=("thing-1",), wishes=(Wish("anything lighter?"),))
    told = [p for p in pick(here, known, 8) if p.reason.why is Why.LIGHTER]
    assert [p.product.handle for p in told] == ["thing-3"]
    assert told[0].reason.text == "Because you bought Ridge Tent and asked for something lighter."


def test_what_the_assistant_named_in_a_chat_is_shown_for_that():
    here = shop(*(product(n) for n in range(1, 9)))
    said = "I run hot, which sheets? " * 5
    (first, *_rest) = pick(here, History(wishes=(Wish(said, None, ("thing-4",)),)), 8)
    assert first.product.handle == "thing-4" and first.reason.why is Why.TOLD
    assert said[:60] in first.reason.text and "…”" in first.reason.text


def test_what_costs_more_than_was_named_does_not_fit_a_wish():
    tags = {"tags": ("vegan",)}
    here = shop(
        product(1, price=200, **tags), product(2, **tags), *(product(n) for n in range(3, 12))
    )
    told = pick(here, History(wishes=(Wish("vegan under $100", 100.0),)), 12)
    said = [p for p in told if p.reason.why is Why.SAID]
    assert [p.product.handle for p in said] == ["thing-2"] and said[0].reason.limit == 100.0


def test_without_anything_known_the_most_ordered_come_first():
    products = [product(n) for n in range(12)]
    here = shop(*products, baskets=[(who, ("thing-7",)) for who in range(4)])
    (first, *_rest) = pick(here, History(), 8, DEFAULT)
    assert (first.product.handle, first.reason.why) == ("thing-7", Why.POPULAR)


def test_an_empty_shop_recommends_nothing():
    assert pick(shop(), History(bought=("thing-1",)), 8) == []
    assert scores(shop(), History(), ALL).size == 0

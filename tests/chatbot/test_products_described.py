"""Which product is meant that is called by something else than its name."""

import pytest

from chatbot.reading import described
from chatbot.terms import Lexicon
from tests.chatbot.test_products_named import STUDY, page, rarity

STANDS = Lexicon(
    (page("Salford Steel Stand", "A stand.", Finish=("Brass", "Black"), Size=("Small", "Large")),
     page("Oak Plant Stand", "A stand of oak.", Size=("Small", "Large")),
     page("Brass Mister", "It mists.", Size=("Small",)),
     page("Rain Gas Canister", "Fuel.", Size=("110 g", "230 g")),
     page("Monstera", "The Swiss cheese plant, today. Feed once a month."),
     page("Snake Plant", "Feed once a month, as every house plant.")),
    frozenset(), "", ("en",), help="How we feed a house plant. Gift wrap is free.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "handles"),
    [("is sepia waterproof?", ("drawing-ink",)), ("is damson waterproof", ("fountain-ink",)),
     ("is black waterproof", ()), ("is it waterproof", ())],
)  # fmt: skip
def test_a_rare_word_that_one_product_alone_comes_in_means_that_product(text, handles):
    assert described.by_value(text, STUDY, rarity) == handles
    assert described.by_value(text, STUDY, lambda _word: 0.2) == ()


def test_who_looks_for_another_sort_means_no_product_by_a_value_it_comes_in():
    assert described.by_value("a sepia apron please", STUDY, lambda _word: 1.0) == ()
    assert described.by_value("sepia ink please", STUDY, lambda _word: 1.0) == ("drawing-ink",)


@pytest.mark.parametrize(
    ("text", "handles"),
    [("have u got five of the small brass stands", ("salford-steel-stand",)),
     ("how small is the plant", ()), ("an oaken plant stand", ()),
     ("how much for 230g gas", ("rain-gas-canister",)), ("is the gas cold", ()),
     ("are the large stands sold out", ()), ("is the brass shiny", ())],
)  # fmt: skip
def test_of_a_sort_the_one_that_comes_in_most_of_what_is_said_is_meant(text, handles):
    assert described.of_sort(text, STANDS) == handles


@pytest.mark.parametrize(
    ("text", "handles"),
    [("swiss cheese plant: how tall", ("monstera",)), ("what about cheese and a plant", ()),
     ("feed once a month?", ()), ("which house plant", ()), ("the plant, today", ())],
)  # fmt: skip
def test_a_turn_that_stands_on_one_page_alone_means_its_product(text, handles):
    assert described.by_turn(text, STANDS, rarity) == handles
    assert described.by_turn(text, STANDS, lambda _word: 0.2) == ()


def test_who_looks_for_some_that_come_so_means_no_one_product():
    text = "small brass stands"
    assert described.described(text, STANDS, rarity, asks=True) == ("salford-steel-stand",)
    assert described.described(text, STANDS, rarity, asks=False) == ()

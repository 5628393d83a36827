"""What a chat recommends by what a shopper has bought, and why."""

from dataclasses import replace

import numpy as np
import pytest

from chatbot.acts.known import product_card
from chatbot.facts import Viewer, history, products
from chatbot.terms import Fact, Lexicon, Liked, ProductWords
from tests.chatbot.small_shop import NOW, names, read
from tests.chatbot.test_facts import ask, on_sale, shop

TENT, TARP, LAMP = on_sale("Wisp Tent", "camp"), on_sale("Fern Tarp", "camp"), on_sale("Desk Lamp")
LIKED = [Liked("fern-tarp", "Wisp Tent", "Outdoor"), Liked("gone-thing", "Wisp Tent", "Outdoor")]
MAYA = Viewer(7, "o" * 64, likes=lambda _vectors, _limit: LIKED)
NOBODY = Viewer(None, "o" * 64)


def world(*stock):
    words = tuple(ProductWords(p.handle, p.title, p.department, {}, p.title) for p in stock)
    known = shop(*stock)
    cards = np.eye(len(stock), 4, dtype=np.float32) + 0.1
    return known.__class__(**{**known.__dict__, "cards": cards,
                              "lexicon": Lexicon(words, frozenset(), "", ("en",))})  # fmt: skip


def alike(text, viewer=MAYA, asks="recommend"):
    found = history.alike(ask(text, asks), viewer, world(TENT, TARP, LAMP))
    return [(f.values["name"], f.values["bought"], f.values["shared"]) for f in found]


def test_who_leaves_the_choice_to_us_is_shown_what_goes_by_what_they_bought():
    assert alike("what would you recommend me next?") == [("Fern Tarp", "Wisp Tent", "Outdoor")]


@pytest.mark.parametrize(
    ("text", "viewer", "asks"),
    [
        ("recommend me something", NOBODY, "recommend"),  # nobody is signed in
        ("recommend me a lamp", MAYA, "recommend"),  # it says what it should be
        ("recommend me something for my mother", MAYA, "recommend"),  # it is for another
        ("how much is it?", MAYA, "price"),
    ],
)
def test_nothing_is_concluded_from_orders_where_it_was_not_left_to_us(text, viewer, asks):
    assert alike(text, viewer, asks) == []


def test_the_vectors_are_handed_over_by_handle_and_the_limit_with_them():
    told = []
    viewer = Viewer(7, "o" * 64, likes=lambda vectors, limit: told.append((*vectors, limit)) or [])
    asked = ask("recommend me something", "recommend", price_limit=40.0)
    history.alike(asked, viewer, world(TENT, TARP))
    assert told == [("wisp-tent", "fern-tarp", 40.0)]


def test_what_is_paid_for_is_marked_where_it_was_not_asked_for_by_name():
    paid = replace(TARP, sponsored=True)
    here = world(TENT, paid)
    shown, named = (products.product_fact(paid, here, kind) for kind in ("alike", "product"))
    assert product_card(shown).text.endswith(" · Sponsored")
    assert product_card(named).text == product_card(products.product_fact(TARP, here)).text


def test_the_reason_is_said_with_the_product():
    values = {"name": "Fern Tarp", "handle": "fern-tarp", "price_min": "$50.00", "amount": "50",
              "price_max": "$50.00", "bought": "Wisp Tent", "shared": "camp",
              "stock": "in stock", "sort": "Tarp"}  # fmt: skip
    fact = Fact("alike", "product:fern-tarp", "1", NOW, values, title="Fern Tarp")
    wish = read("recommend", intent="product_search", products=(), named=False)
    assert names(wish, fact) == ["recommend.from_history"]

"""What is recommended by what a shopper has bought, and why."""

from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pytest

from chatbot.facts import Viewer, history
from chatbot.terms import Fact, Lexicon, ProductWords
from tests.chatbot.small_shop import NOW, names, read
from tests.chatbot.test_facts import ask, on_sale, shop

MAYA, NOBODY = Viewer(7, "o" * 64), Viewer(None, "o" * 64)
TENT, TARP, LAMP = on_sale("Wisp Tent", "camp"), on_sale("Fern Tarp", "camp"), on_sale("Desk Lamp")


def bought(monkeypatch, *products):
    lines = [SimpleNamespace(handle=p.handle) for p in products]
    orders = [SimpleNamespace(lines=lines, placed_at=datetime(2026, 11, 1, tzinfo=UTC))]
    monkeypatch.setattr("storefront.queries.orders_of", lambda _id: orders)


def world(*stock):
    words = tuple(ProductWords(p.handle, p.title, p.department, {}, p.title) for p in stock)
    known = shop(*stock)
    cards = np.eye(len(stock), 4, dtype=np.float32) + 0.1
    return known.__class__(**{**known.__dict__, "cards": cards,
                              "lexicon": Lexicon(words, frozenset(), "", ("en",))})  # fmt: skip


def alike(text, viewer=MAYA, asks="recommend"):
    found = history.alike(ask(text, asks), viewer, world(TENT, TARP, LAMP))
    return [(f.values["name"], f.values["bought"], f.values["shared"]) for f in found]


def test_who_leaves_the_choice_to_us_is_shown_what_goes_by_what_they_bought(monkeypatch):
    bought(monkeypatch, TENT)
    told = alike("what would you recommend me next?")
    assert ("Fern Tarp", "Wisp Tent", "Outdoor") in told
    assert all(name != "Wisp Tent" for name, *_rest in told)


@pytest.mark.parametrize(
    ("text", "viewer", "asks"),
    [
        ("recommend me something", NOBODY, "recommend"),  # nobody is signed in
        ("recommend me a lamp", MAYA, "recommend"),  # it says what it should be
        ("recommend me something for my mother", MAYA, "recommend"),  # it is for another
        ("how much is it?", MAYA, "price"),
    ],
)
def test_nothing_is_concluded_from_orders_where_it_was_not_left_to_us(
    monkeypatch, text, viewer, asks
):
    bought(monkeypatch, TENT)
    assert alike(text, viewer, asks) == []


def test_who_has_bought_nothing_that_is_still_sold_gets_no_reason(monkeypatch):
    bought(monkeypatch, on_sale("Old Kettle"))
    assert alike("recommend me something") == []


def test_the_reason_is_said_with_the_product():
    values = {"name": "Fern Tarp", "handle": "fern-tarp", "price_min": "$50.00", "amount": "50",
              "price_max": "$50.00", "bought": "Wisp Tent", "shared": "camp",
              "stock": "in stock", "sort": "Tarp"}  # fmt: skip
    fact = Fact("alike", "product:fern-tarp", "1", NOW, values, title="Fern Tarp")
    wish = read("recommend", intent="product_search", products=(), named=False)
    assert names(wish, fact) == ["recommend.from_history"]

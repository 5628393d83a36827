"""Shops, orders and shoppers made up at random, as plain values, for what recommends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np

from chatbot.recommending import now
from chatbot.recommending.history import History, Wish
from storefront.queries import Basket, Product, Sentence, Variant

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DEPARTMENTS = ("Tea", "Coffee", "Bread", "Garden", "Paper", "")
TAGS = ("vegan", "wool", "linen", "waterproof", "organic", "gift", "not vegan", "sets")
TEXTS = ("Made of wool.", "Suitable for vegans.", "Not waterproof.", "It is light: 300 g.",
         "Organic linen from Flanders.", "Keeps warm.")  # fmt: skip
SAID = ("something vegan", "a wool hat", "linen please", "not wool", "anything light",
        "waterproof sets", "organic but not linen", "something lighter", "a cheaper one",
        "I run hot, what is cool?")  # fmt: skip


def product(number, *, price=20, stock=5, **more):
    """A product on sale."""
    variant = Variant(f"SKU-{number}", (), Decimal(price), None, stock, stock > 0)
    given = {"title": f"Thing {number}", "department": "Tea", "tags": (), "sentences": ()} | more
    return Product(
        handle=f"thing-{number}", vendor="", option_names=(), variants=(variant,), gift_card=False,
        keeps=False, version="1", updated_at=BEGIN, href=f"/products/thing-{number}/", **given,
    )  # fmt: skip


def goods(chance, many=24):
    """So many products, some of them sold out, some without a department."""
    return [
        product(
            n, price=chance.randint(5, 200), stock=chance.choice((0, 3, 9)),
            department=chance.choice(DEPARTMENTS),
            tags=tuple(chance.sample(TAGS, chance.randint(0, 2))),
            sentences=(
                *(Sentence("", t) for t in chance.sample(TEXTS, chance.randint(0, 2))),
                *(Sentence("Weight", f"Weight: {chance.randint(1, 999)} g") for _n in range(n % 2)),
            ),
        )
        for n in range(many)
    ]  # fmt: skip


def orders(chance, products, people=12, most=3):
    """What they bought, oldest first."""
    handles = [p.handle for p in products]
    found = [
        Basket(who, BEGIN + timedelta(days=chance.randint(0, 300)),
               tuple(chance.sample(handles, chance.randint(1, 4))))
        for who in range(people) for _n in range(chance.randint(0, most))
    ]  # fmt: skip
    return sorted(found, key=lambda basket: basket.placed_at)


def vectors(chance, products):
    """A direction for each."""
    made = np.random.default_rng(chance.randint(0, 2**31)).normal(size=(len(products), now.WIDTH))
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    rows = made.astype(np.float32)
    return {p.handle: row for p, row in zip(products, rows, strict=True)}


def shelf(chance, many=24):
    """A shop with its orders."""
    products = goods(chance, many)
    return now.build(products, orders(chance, products), vectors(chance, products))


def history(chance, shop):
    """What may be known of somebody."""
    handles = [p.handle for p in shop.products]

    def some(most):
        return tuple(chance.sample(handles, chance.randint(0, most)))

    wishes = tuple(Wish(t, chance.choice((None, 50.0)), some(2)) for t in chance.sample(SAID, 2))
    return History(
        bought=some(4), back=frozenset(some(2)), asked=some(2), looked=some(3),
        wishes=wishes[: chance.randint(0, 2)], dismissed=frozenset(some(2)),
        page=chance.choice(("", chance.choice(handles))),
    )  # fmt: skip


def priced(shop, factor):
    """The same shop at other prices."""
    dearer = [
        replace(p, variants=tuple(replace(v, price=v.price * factor) for v in p.variants))
        for p in shop.products
    ]
    return replace(shop, products=tuple(dearer))

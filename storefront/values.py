"""What the shop tells of itself: plain values, cut loose from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Variant:
    """What can be put in a basket."""

    sku: str
    values: tuple[str, ...]  # one per option name
    price: Decimal
    compare_at: Decimal | None
    stock: int
    in_stock: bool


@dataclass(frozen=True)
class Sentence:
    """One attribute sentence of a product, with the label in front of its colon, if any."""

    label: str
    text: str


@dataclass(frozen=True)
class Product:
    """A product on sale."""

    handle: str
    title: str
    department: str
    vendor: str
    tags: tuple[str, ...]
    option_names: tuple[str, ...]
    variants: tuple[Variant, ...]
    sentences: tuple[Sentence, ...]
    gift_card: bool
    keeps: bool  # it can't be returned, by the shop's rules
    version: str
    updated_at: datetime
    href: str
    picture: str = ""  # where on this site one is: a photo, or the drawing of its department
    sponsored: bool = False  # somebody pays for its being shown; that is told, and ranks nothing
    named_by_ai: bool = False  # its title is a name to call it by, and no ground for anything


@dataclass(frozen=True)
class Row:
    """One row of a table, as its passage quotes it, and cell by cell."""

    text: str  # stands in the passage: "M: chest (cm) 97–102"
    cells: tuple[tuple[str, str], ...]  # the column's name, and what stands there


@dataclass(frozen=True)
class Passage:
    """A piece of a help article that can be quoted whole."""

    article: str  # slug
    number: int  # place in the article, from 0
    title: str  # the article's
    heading: str  # the section's, or empty
    topic: str
    text: str  # plain text, with its end mark
    version: str
    updated: date | None
    as_of: datetime
    href: str
    rows: tuple[Row, ...] = ()  # of the table it is cut from


@dataclass(frozen=True)
class Line:
    """One line item of an order."""

    name: str
    sku: str
    handle: str  # the product's, if it is still in the catalogue
    quantity: int
    price: Decimal
    fulfilled: bool
    keeps: bool = False  # it can't be returned, by the shop's rules


@dataclass(frozen=True)
class Change:
    """Something done to an order at its shopper's wish, and not undone."""

    kind: str  # cancel, return, exchange
    number: str  # what it is called by, as "R-1001-1"
    positions: tuple[int, ...]  # the lines concerned
    made_at: datetime
    undo_until: datetime | None  # None where the shop does not allow it


@dataclass(frozen=True)
class Order:
    """An order, as its owner may see it."""

    name: str
    email: str
    user_id: int | None
    placed_at: datetime
    financial_status: str
    fulfillment_status: str
    paid_at: datetime | None
    shipped_at: datetime | None
    cancelled_at: datetime | None
    delivered_at: datetime | None
    estimated_delivery: date | None
    subtotal: Decimal
    shipping: Decimal
    taxes: Decimal
    total: Decimal
    discount_code: str
    discount_amount: Decimal
    refunded_amount: Decimal
    payment_method: str
    shipping_method: str
    country: str
    region: str
    tracking_number: str
    carrier: str
    returned: bool
    lines: tuple[Line, ...]
    version: str
    updated_at: datetime
    href: str
    return_until: date | None = None  # the last day for sending something back, if known
    exchange_until: date | None = None  # and for exchanging it
    changes: tuple[Change, ...] = ()  # what has been done at the shopper's wish, newest last


@dataclass(frozen=True)
class Basket:
    """What one order brought that was kept; people are numbers that mean nothing elsewhere."""

    who: int
    placed_at: datetime
    handles: tuple[str, ...]  # each product once, in the order's order


@dataclass(frozen=True)
class Rules:
    """shop.toml as a mapping; an absent key is unknown, never a default."""

    values: dict[str, Any]
    version: str
    as_of: datetime

    def get(self, path: str) -> Any:
        """The value at a dotted path, or None: `get("shipping.cutoff")`."""
        node: Any = self.values
        for key in path.split("."):
            if not isinstance(node, dict):
                return None
            node = node.get(key)
        return node


@dataclass(frozen=True)
class Hours:
    """Whether the team is at the chat: "yes", "no", or empty where the shop does not say; and when
    it is back, in the shop's time zone as a shopper reads it, if that is known."""

    open: str
    back: str

"""What several things come to together: plain arithmetic on the prices of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from chatbot.terms import Fact, Item, Reading
from storefront import queries

from .applied import wished
from .text import listing, money
from .world import World

MOST_PIECES = 3  # a reply's sum can be followed in the head; of more the basket tells


@dataclass(frozen=True)
class Line:
    """So many of a thing, each at one price."""

    product: queries.Product
    price: Decimal
    many: int


def totals(reading: Reading, world: World) -> list[Fact]:
    """What the things that a message adds up come to, shipping apart, as a fact of kind "sum"; none
    where one of them may have several prices."""
    if "price" not in reading.asks:
        return []
    lines = [_line(item, world) for item in reading.basket]
    known = [line for line in lines if line]
    pieces = sum(line.many for line in known)
    return [_sum(known, world)] if len(known) == len(lines) > 1 and pieces <= MOST_PIECES else []


def _line(item: Item, world: World) -> Line | None:
    product = world.products.get(item.handle)
    if product is None:
        return None
    prices = {v.price for v in product.variants if wished(v, product, item.options)}
    return Line(product, prices.pop(), item.quantity) if len(prices) == 1 else None


def _sum(lines: list[Line], world: World) -> Fact:
    total = money(sum((line.price * line.many for line in lines), Decimal()), world.currency)
    each = " + ".join(_times(line.many) + money(line.price, world.currency) for line in lines)
    values = {
        "name": listing([f"{_times(line.many)}{line.product.title}" for line in lines]),
        "value": f"{total} in total for the goods ({each})",
    }
    first = lines[0].product
    return Fact(
        "sum", f"product:{first.handle}#sum", first.version, first.updated_at, values,
        title=first.title, href=first.href,
    )  # fmt: skip


def _times(many: int) -> str:
    return f"{many} × " if many > 1 else ""

"""The shop's reading door: all that the assistant may know, as plain values.

Another shop implements this module and `commands.py`, and the assistant serves it. Nothing here
writes, and what is not for sale is not told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, Prefetch, QuerySet
from django.urls import reverse

from . import models
from .clock import now
from .passages import cut


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
    version: str
    updated_at: datetime
    href: str


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


@dataclass(frozen=True)
class Line:
    """One line item of an order."""

    name: str
    sku: str
    handle: str  # the product's, if it is still in the catalogue
    quantity: int
    price: Decimal
    fulfilled: bool


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


def catalogue_version() -> str:
    """Changes whenever products or articles do; caches built from them compare it."""
    products = models.Product.objects.aggregate(at=Max("updated_at"))["at"]
    variants = models.Variant.objects.aggregate(at=Max("updated_at"))["at"]
    articles = models.ArticleVersion.objects.aggregate(at=Max("imported_at"))["at"]
    return f"{products}|{variants}|{articles}|{models.Product.objects.count()}"


def products() -> list[Product]:
    """Everything on sale."""
    return [_product(row) for row in _on_sale()]


def product(handle: str) -> Product | None:
    """The product on sale with this handle."""
    row = _on_sale().filter(handle=handle).first()
    return _product(row) if row else None


def passages() -> list[Passage]:
    """All help articles, cut into quotable pieces."""
    articles = models.Article.objects.filter(withdrawn=False)
    return [piece for article in articles for piece in _passages(article)]


def rules() -> Rules:
    """The shop's rules; empty before the first import."""
    shop = models.Shop.objects.first()
    return Rules(shop.rules, shop.digest, shop.imported_at) if shop else Rules({}, "", now())


def order(name: str) -> Order | None:
    """The order with this number, whoever's it is; the caller decides who may see it."""
    digits = name.strip().lstrip("#")
    row = _orders().filter(name__in=(name.strip(), digits, f"#{digits}")).first()
    return _order(row) if row else None


def order_name_example() -> str:
    """Any order's number, to learn how this shop writes them; empty without orders."""
    return models.Order.objects.values_list("name", flat=True).order_by("-placed_at").first() or ""


def orders_of(user_id: int) -> list[Order]:
    """A shopper's orders, newest first."""
    return [_order(row) for row in _orders().filter(user_id=user_id)]


def _on_sale() -> QuerySet[models.Product]:
    variants = models.Variant.objects.filter(withdrawn=False)
    return models.Product.objects.filter(status=models.Product.Status.ACTIVE).prefetch_related(
        Prefetch("variants", queryset=variants), "sentences"
    )


def _product(row: models.Product) -> Product:
    return Product(
        handle=row.handle,
        title=row.title,
        department=row.department,
        vendor=row.vendor,
        tags=tuple(row.tags),
        option_names=tuple(row.option_names),
        variants=tuple(_variant(v) for v in row.variants.all()),
        sentences=tuple(Sentence(s.label, s.text) for s in row.sentences.all()),
        gift_card=row.gift_card,
        version=row.digest,
        updated_at=row.updated_at,
        href=reverse("storefront:product", args=[row.handle]),
    )


def _variant(row: models.Variant) -> Variant:
    return Variant(
        row.sku, tuple(row.values), row.price, row.compare_at if row.reduced else None,
        row.stock, row.in_stock,
    )  # fmt: skip


def _passages(article: models.Article) -> list[Passage]:
    current = article.current
    href = reverse("storefront:article", args=[article.slug])
    return [
        Passage(
            article=article.slug,
            number=number,
            title=current.title,
            heading=piece.heading,
            topic=article.topic,
            text=piece.text,
            version=str(current.number),
            updated=current.updated,
            as_of=current.imported_at,
            href=href,
        )
        for number, piece in enumerate(cut(current.markdown))
    ]


def _orders() -> QuerySet[models.Order]:
    lines = models.OrderLine.objects.select_related("variant__product")
    return models.Order.objects.prefetch_related(Prefetch("lines", queryset=lines))


def _order(row: models.Order) -> Order:
    return Order(
        name=row.name,
        email=row.email,
        user_id=row.user_id,
        placed_at=row.placed_at,
        financial_status=row.financial_status,
        fulfillment_status=row.fulfillment_status,
        paid_at=row.paid_at,
        shipped_at=row.fulfilled_at,
        cancelled_at=row.cancelled_at,
        delivered_at=row.delivered_at,
        estimated_delivery=row.estimated_delivery,
        subtotal=row.subtotal,
        shipping=row.shipping,
        taxes=row.taxes,
        total=row.total,
        discount_code=row.discount_code,
        discount_amount=row.discount_amount,
        refunded_amount=row.refunded_amount,
        payment_method=row.payment_method,
        shipping_method=row.shipping_method,
        country=row.shipping_address.get("country", ""),
        region=row.shipping_address.get("province", ""),
        tracking_number=row.tracking_number,
        carrier=row.carrier,
        returned="returned" in row.tags,
        lines=_lines(row.lines.all()),
        version=row.digest,
        updated_at=row.updated_at,
        href=reverse("storefront:order", args=[row.name.lstrip("#")]),
    )


def _lines(rows: Sequence[models.OrderLine] | Any) -> tuple[Line, ...]:
    return tuple(
        Line(
            row.name,
            row.sku,
            row.variant.product.handle if row.variant else "",
            row.quantity,
            row.price,
            row.fulfillment_status == "fulfilled",
        )
        for row in rows
    )

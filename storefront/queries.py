"""The shop's reading door: all that the assistant may know, as plain values.

Another shop implements this module and `commands.py`, and the assistant serves it. Nothing here
writes, and what is not for sale is not told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Max, Prefetch, Q, QuerySet, Subquery
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import slugify

from . import eligibility, hours, models
from .bought import baskets, orders_version
from .clock import now
from .eligibility import NotPossible, Quote, Reason, Wish, called, holiday
from .passages import cut
from .standing import catalogue_version
from .values import (
    Basket,
    Change,
    Hours,
    Line,
    Order,
    Passage,
    Product,
    Row,
    Rules,
    Sentence,
    Variant,
)

__all__ = [
    "Basket",
    "Change",
    "Hours",
    "Line",
    "NotPossible",
    "Order",
    "Passage",
    "Product",
    "Quote",
    "Reason",
    "Row",
    "Rules",
    "Sentence",
    "Variant",
    "Wish",
    "article_page",
    "articles",
    "baskets",
    "called",
    "catalogue_version",
    "changed_since",
    "chat_hours",
    "handles",
    "holiday",
    "order",
    "order_name_example",
    "order_of",
    "orders_of",
    "orders_version",
    "owned_orders",
    "pages_called",
    "passages",
    "product",
    "products",
    "products_called",
    "quote",
    "rules",
    "rules_version",
    "shelves",
    "states",
    "titles",
]

SPONSORED = "sponsored"  # a tag that says who pays, not what a thing is


def changed_since(moment: datetime) -> list[str]:
    """Pages of which anything may be another since then, "product:…" and "article:…". Articles that
    are gone are among them whenever that was."""
    newer = Q(updated_at__gte=moment) | Q(variants__updated_at__gte=moment)
    goods = models.Product.objects.filter(newer).order_by("handle").distinct()
    newer = Q(versions__imported_at__gte=moment) | Q(withdrawn=True)
    texts = models.Article.objects.filter(newer).order_by("slug").distinct()
    found = [f"product:{handle}" for handle in goods.values_list("handle", flat=True)]
    return found + [f"article:{slug}" for slug in texts.values_list("slug", flat=True)]


def products() -> list[Product]:
    """Everything on sale."""
    shop = rules()
    return [_product(row, shop) for row in _on_sale()]


def product(handle: str) -> Product | None:
    """The product on sale with this handle."""
    row = _on_sale().filter(handle=handle).first()
    return _product(row, rules()) if row else None


def products_called(handles: Iterable[str]) -> dict[str, Product]:
    """Those of the handles that are on sale."""
    shop = rules()
    return {row.handle: _product(row, shop) for row in _on_sale().filter(handle__in=list(handles))}


def handles() -> list[str]:
    """The handles of all products on sale."""
    rows = models.Product.objects.filter(status=models.Product.Status.ACTIVE)
    return list(rows.values_list("handle", flat=True))


def shelves() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Handle, title, department and tags of everything on sale."""
    rows = models.Product.objects.filter(status=models.Product.Status.ACTIVE)
    told = rows.values_list("handle", "title", "department", "tags")
    return [
        (handle, title, department, tuple(tag for tag in tags if tag.casefold() != SPONSORED))
        for handle, title, department, tags in told
    ]


def titles() -> tuple[str, ...]:
    """The names of all products on sale."""
    rows = models.Product.objects.filter(status=models.Product.Status.ACTIVE)
    return tuple(rows.values_list("title", flat=True))


def states(handles: Iterable[str]) -> dict[str, str]:
    """In which state each of the products on sale is, in one question: it changes with the product,
    its prices, its stock and the shop's rules."""
    found = models.Product.objects.filter(
        status=models.Product.Status.ACTIVE, handle__in=list(handles)
    ).annotate(
        moved=Max("variants__updated_at"), rules=Subquery(models.Shop.objects.values("digest")[:1])
    )
    rows = found.order_by().values_list("handle", "digest", "updated_at", "moved", "rules")
    return {handle: sha256(repr(told).encode()).hexdigest() for handle, *told in rows}


def passages() -> list[Passage]:
    """All help articles, cut into quotable pieces."""
    return [piece for article in _read() for piece in _passages(article)]


def article_page(slug: str) -> str:
    """Where a help article can be read."""
    return reverse("storefront:article", args=[slug])


def articles() -> list[tuple[str, str, str]]:
    """The help articles that can be read, each with its address, title and topic."""
    return [(row.slug, row.current.title, row.topic) for row in _read()]


def pages_called(text: str, most: int = 10) -> list[tuple[str, str]]:
    """What somebody may mean by part of a title or an address: ("product:…" or "article:…", title),
    whether or not it is still on sale or to be read."""
    named = Q(title__icontains=text) | Q(handle__iexact=text)
    goods = models.Product.objects.filter(named).values_list("handle", "title")[:most]
    read = Q(versions__title__icontains=text) | Q(slug__iexact=text)
    texts = models.Article.objects.filter(read).values_list("slug", "versions__title")[:most]
    skus = models.Variant.objects.filter(sku__iexact=text).values_list("product__handle", "sku")
    found = [(f"product:{handle}", title) for handle, title in (*goods, *skus[:most])]
    return found + [(f"article:{slug}", title) for slug, title in texts]


def rules() -> Rules:
    """The shop's rules; empty before the first import."""
    shop = models.Shop.objects.first()
    return Rules(shop.rules, shop.digest, shop.imported_at) if shop else Rules({}, "", now())


def rules_version() -> str:
    """The version of the shop's rules; empty before the first import."""
    return models.Shop.objects.values_list("digest", flat=True).first() or ""


def chat_hours(shop: Rules) -> Hours:
    """Whether the team is at the chat now, and when it is back."""
    return hours.chat(shop, now())


def order(name: str) -> Order | None:
    """The order with this number, whoever's it is; the caller decides who may see it."""
    return _first(_named(name))


def order_of(name: str, email: str) -> Order | None:
    """The order with this number, if it was placed with this address. The database compares both:
    one of another address costs the same one query as one that does not exist."""
    return _first(_named(name).filter(email=email.strip().lower()).exclude(email=""))


def _named(name: str) -> QuerySet[models.Order]:
    digits = name.strip().lstrip("#")
    return _orders().filter(name__in=(name.strip(), digits, f"#{digits}"))


def _first(orders: QuerySet[models.Order]) -> Order | None:
    row = orders.first()
    return _order(row, rules()) if row else None


def order_name_example() -> str:
    """Any order's number, to learn how this shop writes them; empty without orders."""
    return models.Order.objects.values_list("name", flat=True).order_by("-placed_at").first() or ""


def orders_of(user_id: int) -> list[Order]:
    """A shopper's orders, newest first."""
    shop = rules()
    return [_order(row, shop) for row in _orders().filter(user_id=user_id)]


def owned_orders() -> list[tuple[str, int]]:
    """The numbers of all orders that belong to a customer, each with whose it is."""
    rows = models.Order.objects.filter(user__isnull=False).order_by("name")
    return list(rows.values_list("name", "user_id"))


def quote(order: Order, wish: Wish, moment: datetime | None = None) -> Quote:
    """What would be done with an order, now or at `moment`. Raises NotPossible."""
    handles = [order.lines[place].handle for place in wish.positions]
    bought = product(handles[0]) if wish.kind == "exchange" and handles else None
    return eligibility.quote(wish, order, rules(), moment or now(), bought)


def _read() -> QuerySet[models.Article]:
    return models.Article.objects.filter(withdrawn=False)


def _on_sale() -> QuerySet[models.Product]:
    variants = models.Variant.objects.filter(withdrawn=False)
    return models.Product.objects.filter(status=models.Product.Status.ACTIVE).prefetch_related(
        Prefetch("variants", queryset=variants), "sentences"
    )


def _product(row: models.Product, shop: Rules) -> Product:
    return Product(
        handle=row.handle,
        title=row.title,
        department=row.department,
        vendor=row.vendor,
        tags=tuple(tag for tag in row.tags if tag.casefold() != SPONSORED),
        option_names=tuple(row.option_names),
        variants=tuple(_variant(v) for v in row.variants.all()),
        sentences=tuple(Sentence(s.label, s.text) for s in row.sentences.all()),
        gift_card=row.gift_card,
        keeps=eligibility.keeps(row.handle, row.department, row.tags, shop),
        version=row.digest,
        updated_at=row.updated_at,
        href=reverse("storefront:product", args=[row.handle]),
        picture=_picture(row),
        sponsored=any(tag.casefold() == SPONSORED for tag in row.tags),
        named_by_ai=row.named_by_ai,
    )


def _picture(row: models.Product) -> str:
    """The shop's own photo, if it is on this site; pictures of other sites are never fetched."""
    if row.image_url.startswith("/") and not row.image_url.startswith(("//", "/\\")):
        return row.image_url
    return f"{static('storefront/drawings.svg')}#{slugify(row.department)}"


def _variant(row: models.Variant) -> Variant:
    return Variant(
        row.sku, tuple(row.values), row.price, row.compare_at if row.reduced else None,
        row.stock, row.in_stock,
    )  # fmt: skip


def _passages(article: models.Article) -> list[Passage]:
    current = article.current
    href = article_page(article.slug)
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
            rows=piece.rows,
        )
        for number, piece in enumerate(cut(current.text))
    ]


def _orders() -> QuerySet[models.Order]:
    lines = models.OrderLine.objects.select_related("variant__product")
    changes = models.OrderChange.objects.filter(undone_at=None)
    return models.Order.objects.prefetch_related(
        Prefetch("lines", queryset=lines), Prefetch("changes", queryset=changes)
    )


def _order(row: models.Order, shop: Rules) -> Order:
    found = Order(
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
        lines=_lines(row.lines.all(), shop),
        version=row.digest,
        updated_at=row.updated_at,
        href=reverse("storefront:order", args=[row.name.lstrip("#")]),
        changes=tuple(change(c, shop) for c in row.changes.all()),
    )
    return replace(
        found, return_until=eligibility.return_until(found, shop),
        exchange_until=eligibility.return_until(found, shop, "exchanges"),
    )  # fmt: skip


def change(row: models.OrderChange, shop: Rules) -> Change:
    """What has been done to an order, and until when it can be undone."""
    minutes = shop.get("assistant.undo_minutes")
    allowed = isinstance(minutes, int | float)
    until = row.made_at + timedelta(minutes=minutes) if allowed else None
    return Change(row.kind, row.number, tuple(row.positions), row.made_at, until)


def _lines(rows: Iterable[models.OrderLine], shop: Rules) -> tuple[Line, ...]:
    return tuple(_line(row, row.variant.product if row.variant else None, shop) for row in rows)


def _line(row: models.OrderLine, product: models.Product | None, shop: Rules) -> Line:
    handle, department, tags = (
        (product.handle, product.department, product.tags) if product else ("", "", [])
    )
    return Line(
        name=row.name,
        sku=row.sku,
        handle=handle,
        quantity=row.quantity,
        price=row.price,
        fulfilled=row.fulfillment_status == "fulfilled",
        keeps=eligibility.keeps(handle, department, tags, shop),
    )


def letters_waiting(most: int) -> int:
    """How many letters that confirm orders have not gone out and still may, up to `most`."""
    due = models.OrderLetter.objects.filter(sent_at=None, due_at__isnull=False)
    return due.order_by()[:most].count()

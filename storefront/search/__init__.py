"""Finding products: words, filters, order and pages, all of it asked of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import F, OuterRef, QuerySet, Subquery

from storefront.models import Product, ProductText, Variant

from . import counts, fulltext
from .matching import Found, found, matching
from .narrowing import narrow
from .wanted import MOST_PAGES, Wanted, read

__all__ = ["Found", "Listing", "Wanted", "listing", "read", "suggested"]

A_PAGE = 24
SUGGESTED = 8


@dataclass(frozen=True)
class Listing:
    """One page of products, and what could be narrowed."""

    wanted: Wanted
    found: Found | None  # None: no words were given
    products: Sequence[Product]
    total: int
    groups: Sequence[counts.Group]
    in_stock: int
    elsewhere: int  # how many there are without the filters, where they leave none

    @property
    def pages(self) -> int:
        """How many pages can be turned."""
        return min(-(-self.total // A_PAGE), MOST_PAGES)

    @property
    def before(self) -> str:
        """The address of the page before."""
        return self._turned(-1) if self.wanted.page > 1 else ""

    @property
    def after(self) -> str:
        """The address of the next page."""
        return self._turned(1) if self.wanted.page < self.pages else ""

    def _turned(self, by: int) -> str:
        return replace(self.wanted, page=self.wanted.page + by).address


def on_sale() -> QuerySet[Product]:
    """What shoppers may see."""
    return Product.objects.filter(status=Product.Status.ACTIVE)


def listing(wanted: Wanted, rows: QuerySet[Product] | None = None) -> Listing:
    """A page of what is wanted, among `rows` (a department) or what fits its words."""
    fit = found(wanted.query, on_sale(), ProductText) if rows is None else None
    base = matching(on_sale(), ProductText, fit) if fit else rows
    if base is None:
        base = on_sale().none()
    left = narrow(base, wanted)
    total = left.count()
    page = min(wanted.page, max(1, -(-total // A_PAGE)))
    wanted = replace(wanted, page=page)
    ordered = _ordered(left, wanted, fit)[(page - 1) * A_PAGE : page * A_PAGE]
    return Listing(
        wanted=wanted,
        found=fit,
        products=list(ordered.prefetch_related("variants")),
        total=total,
        groups=counts.groups(base, wanted, fixed=rows is not None),
        in_stock=counts.in_stock(base, wanted),
        elsewhere=0 if total or not wanted.narrowed else base.count(),
    )


def suggested(query: str) -> tuple[Found, list[Product]]:
    """The first few products for words that are being typed."""
    fit = found(query, on_sale(), ProductText, typing=True)
    if not fit.expression:
        return fit, []
    best = _ordered(on_sale(), Wanted(query), fit)[:SUGGESTED]
    return fit, list(best.prefetch_related("variants"))


def _ordered(rows: QuerySet[Product], wanted: Wanted, fit: Found | None) -> QuerySet[Product]:
    if wanted.sort == "new":
        return rows.order_by("-pk")
    if wanted.sort in ("price", "-price"):
        cheapest = Variant.objects.filter(product=OuterRef("pk"), withdrawn=False).order_by("price")
        lowest = rows.annotate(lowest=Subquery(cheapest.values("price")[:1]))
        order = F("lowest").desc if wanted.sort == "-price" else F("lowest").asc
        return lowest.order_by(order(nulls_last=True), "title", "pk")
    if fit and fit.expression:
        return fulltext.ranked(rows, ProductText, fit.expression)
    return rows.order_by("title", "pk")

"""What a shopper wants to see, as the address of a page has it: words, filters, order, page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.http import QueryDict

from storefront.given import number

MOST_QUERY = 200  # characters
MOST_VALUES = 40  # of filters
MOST_PRICE = Decimal(10) ** 9
MOST_PAGES = 40
SORTS = ("best", "price", "-price", "new")


@dataclass(frozen=True)
class Wanted:
    """Values of one filter widen it, filters narrow each other."""

    query: str = ""
    departments: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()  # (name, value), as ("Size", "M")
    low: Decimal | None = None
    high: Decimal | None = None
    stock: bool = False
    sort: str = "best"
    page: int = 1

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The option values by option."""
        found: dict[str, list[str]] = {}
        for name, value in self.options:
            found.setdefault(name, []).append(value)
        return found

    @property
    def narrowed(self) -> bool:
        """Whether any filter is on."""
        return self.bare != replace(self, sort="best", page=1)

    @property
    def bare(self) -> Wanted:
        """The words alone."""
        return Wanted(self.query)

    def without(self, kind: str, value: object = None) -> Wanted:
        """The same less one value of a filter; from its first page."""
        if kind in ("departments", "brands", "options"):
            kept = tuple(v for v in getattr(self, kind) if v != value)
            return replace(self, page=1, **{kind: kept})  # type: ignore[arg-type]
        return replace(self, page=1, **{kind: False if kind == "stock" else None})  # type: ignore[arg-type]

    @property
    def address(self) -> str:
        """Its query string, with the question mark."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [("department", v) for v in self.departments]
        pairs += [("brand", v) for v in self.brands]
        pairs += [("option", f"{name}={value}") for name, value in self.options]
        limits = (("min", self.low), ("max", self.high))
        pairs += [(name, f"{v.normalize():f}") for name, v in limits if v is not None]
        pairs += [("stock", "1")] if self.stock else []
        pairs += [("sort", self.sort)] if self.sort != "best" else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return f"?{urlencode(pairs)}"


def read(get: QueryDict) -> Wanted:
    """What the address of a page says; what makes no sense in it counts as not said."""
    sort = get.get("sort", "best")
    return Wanted(
        query=_clean(get.get("q", ""))[:MOST_QUERY].strip(),
        departments=_values(get.getlist("department")),
        brands=_values(get.getlist("brand")),
        options=tuple(_pair(v) for v in _values(get.getlist("option")) if "=" in v),
        low=_price(get.get("min", "")),
        high=_price(get.get("max", "")),
        stock=get.get("stock") == "1",
        sort=sort if sort in SORTS else "best",
        page=_page(get.get("page", "")),
    )


def _clean(text: str) -> str:
    """Without the one character that PostgreSQL takes in no text."""
    return text.replace("\x00", "")


def _values(values: list[str]) -> tuple[str, ...]:
    some = (_clean(value)[:255] for value in values[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in some if value))


def _pair(value: str) -> tuple[str, str]:
    name, _sign, of = value.partition("=")
    return name, of


def _price(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 <= amount <= MOST_PRICE:
        return None
    return amount.quantize(Decimal("0.01"))


def _page(text: str) -> int:
    return min(max(number(text, 4) or 1, 1), MOST_PAGES)

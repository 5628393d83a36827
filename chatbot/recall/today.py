"""What the shop says today of what shoppers were told: the value that a claim repeated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from storefront import queries

from . import register

GONE = ""  # it is no longer said


class Today:
    """The shop as it is now, read once and looked up often."""

    def __init__(self) -> None:
        self.rules, self.currency = queries.rules(), register.shop_currency()
        goods = queries.products()
        self.products = {f"product:{product.handle}": product for product in goods}
        self.variants = {f"variant:{v.sku}": v for product in goods for v in product.variants}
        self.texts: dict[str, list[str]] = defaultdict(list)  # of a page, in order
        for product in goods:
            self.texts[f"product:{product.handle}"] = [s.text for s in product.sentences]
        for passage in queries.passages():
            self.texts[f"article:{passage.article}"].append(passage.text)

    def value(self, source: str, field: str, told: str) -> str | None:
        """What stands today where `told` was told; GONE where nothing does; None where there is
        nothing to compare: it is not for sale any more, or it moves by itself."""
        if field == "text":
            return self._text(source, told)
        if source.startswith("rule:"):
            return self._rule(source.removeprefix("rule:"), field)
        amount = self._price(source, field)
        return None if amount is None else self.money(amount)

    def money(self, amount: Decimal) -> str:
        """As shoppers read it: "$199.00"."""
        return register.written(register.in_minor(amount, self.currency), self.currency)

    def _price(self, source: str, field: str) -> Decimal | None:
        if variant := self.variants.get(source):
            return variant.compare_at if field == "was" else variant.price
        if product := self.products.get(source):
            prices = [v.price for v in product.variants]
            return max(prices) if field == "price_max" else min(prices)
        return None

    def _text(self, source: str, told: str) -> str | None:
        """A text keeps its truth wherever on its page it has moved to."""
        page, _hash, place = source.partition("#")
        texts = self.texts.get(page)
        if texts is None:
            return GONE if page.startswith("article:") else None
        if told in texts:
            return told
        return texts[int(place)] if place.isdecimal() and int(place) < len(texts) else GONE

    def _rule(self, path: str, field: str) -> str | None:
        if path == "shop":
            return _said(self.rules.get(SHOP[field])) if field in SHOP else None
        rows = self.rules.get("promotions") or ()
        row = next((r for r in rows if path == f"promotions.{r.get('code')}"), None)
        return self._promotion(row or {}, field) if field in PROMOTION else None

    def _promotion(self, row: Mapping[str, Any], field: str) -> str:
        value = row.get(PROMOTION[field])
        if value is None:
            return GONE
        if field == "minimum":
            return self.money(Decimal(str(value)))
        return f"{value}%" if field == "percent" else self._day(str(value))

    def _day(self, moment: str) -> str:
        zone = ZoneInfo(self.rules.get("shop.timezone") or "UTC")
        local = datetime.fromisoformat(moment).astimezone(zone)
        return str(format_date(local.date(), "MMMM d, y", locale="en_US"))


SHOP = {"name": "shop.name", "email": "shop.contact.email", "phone": "shop.contact.phone"}
PROMOTION = {"percent": "percent", "minimum": "minimum", "ends_on": "valid_until"}


def _said(value: Any) -> str:
    return GONE if value is None else str(value)

"""Filters as the database asks for them. Price, stock and options have to hold of one and the same
version: a jacket in M and a red one in S are no red jacket in M."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value

from storefront.models import Product, Variant

from .wanted import Wanted

# {0} the version's values, {1} the product's option names, {2} one name, {3} a JSON list of values.
WITHIN = {
    "sqlite": (
        "EXISTS (SELECT 1 FROM json_each({0}) v"
        " WHERE json_extract({1}, '$[' || v.key || ']') = {2}"
        " AND v.value IN (SELECT value FROM json_each({3})))"
    ),
    "postgresql": (
        "EXISTS (SELECT 1 FROM jsonb_array_elements_text({0}) WITH ORDINALITY v(value, key)"
        " WHERE {1} ->> (v.key - 1)::int = {2} AND jsonb_exists({3}::jsonb, v.value))"
    ),
}


class HasOption(Func):
    """Whether a version has one of these values of an option."""

    output_field = models.BooleanField()

    def __init__(self, name: str, values: list[str]) -> None:
        chosen = Value(json.dumps(values), models.TextField())
        super().__init__(
            F("values"), F("product__option_names"), Value(name, models.TextField()), chosen
        )

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **_more: Any
    ) -> tuple[str, list[Any]]:
        parts = [compiler.compile(part) for part in self.source_expressions]
        sql = WITHIN[connection.vendor].format(*(part for part, _params in parts))
        return sql, [value for _part, params in parts for value in params]


def fitting(wanted: Wanted) -> QuerySet[Variant]:
    """The versions that the filters leave."""
    rows = Variant.objects.filter(withdrawn=False)
    if wanted.low is not None:
        rows = rows.filter(price__gte=wanted.low)
    if wanted.high is not None:
        rows = rows.filter(price__lte=wanted.high)
    if wanted.stock:
        rows = rows.filter(Q(stock__gt=0) | Q(sells_without_stock=True))
    for name, values in wanted.chosen.items():
        rows = rows.filter(HasOption(name, values))
    return rows


def narrow(rows: QuerySet[Product], wanted: Wanted) -> QuerySet[Product]:
    """Those of `rows` that the filters leave."""
    if wanted.departments:
        rows = rows.filter(department__in=wanted.departments)
    if wanted.brands:
        rows = rows.filter(vendor__in=wanted.brands)
    if wanted.options or wanted.stock or wanted.low is not None or wanted.high is not None:
        rows = rows.filter(Exists(fitting(wanted).filter(product=OuterRef("pk"))))
    return rows

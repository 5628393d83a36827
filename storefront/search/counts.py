"""How many products each value of a filter would show, beside what the other filters leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet
from django.utils.translation import gettext

from storefront.models import Product

from .narrowing import fitting, narrow
from .wanted import Wanted

MANY = 4_000  # among more, versions are not counted, which takes long: a sample tells the values
SAMPLE = 1_500
MOST_VALUES = 24
MOST_OPTIONS = 4
OPTIONS = {
    "sqlite": (
        "SELECT json_extract(p.option_names, '$[' || v.key || ']'), v.value, COUNT(DISTINCT p.id)"
        " FROM storefront_variant t JOIN storefront_product p ON p.id = t.product_id,"
        " json_each(t.\"values\") v"
        " WHERE t.id IN ({0}) GROUP BY 1, 2 ORDER BY MIN(t.position), 2"
    ),
    "postgresql": (
        "SELECT p.option_names ->> (v.key - 1)::int, v.value, COUNT(DISTINCT p.id)"
        " FROM storefront_variant t JOIN storefront_product p ON p.id = t.product_id,"
        " jsonb_array_elements_text(t.\"values\") WITH ORDINALITY v(value, key)"
        " WHERE t.id IN ({0}) GROUP BY 1, 2 ORDER BY MIN(t.position), 2"
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str  # as it stands in the address
    label: str
    count: int | None  # None: among too many to count
    on: bool


@dataclass(frozen=True)
class Group:
    """One filter with its values."""

    name: str  # as it stands in the address
    label: str
    choices: Sequence[Choice]


def groups(rows: QuerySet[Product], wanted: Wanted, fixed: bool) -> list[Group]:
    """The filters that tell the products apart; `fixed`: the department is the page's own."""
    found = [] if fixed else [_column(rows, wanted, "department", "departments")]
    found.append(_column(rows, wanted, "vendor", "brands"))
    found += _options(rows, wanted, many=rows.count() > MANY)
    return [group for group in found if len(group.choices) > 1 or _on(group)]


def in_stock(rows: QuerySet[Product], wanted: Wanted) -> int:
    """How many of them can be ordered now."""
    return narrow(rows, replace(wanted, stock=True)).count()


def _on(group: Group) -> bool:
    return any(choice.on for choice in group.choices)


def _column(rows: QuerySet[Product], wanted: Wanted, column: str, kind: str) -> Group:
    chosen: Sequence[str] = getattr(wanted, kind)
    others = narrow(rows, replace(wanted, **{kind: ()}))  # type: ignore[arg-type]
    counted = others.exclude(**{column: ""}).order_by().values_list(column)
    pairs = dict(counted.annotate(n=Count("pk")).order_by("-n", column)[:MOST_VALUES])
    rare = [value for value in chosen if value not in pairs]
    pairs |= {value: others.filter(**{column: value}).count() for value in rare}
    label = {"department": gettext("Department"), "vendor": gettext("Brand")}[column]
    choices = [Choice(v, v, n, v in chosen) for v, n in pairs.items()]
    return Group("department" if column == "department" else "brand", label, choices)


def _options(rows: QuerySet[Product], wanted: Wanted, many: bool) -> list[Group]:
    """Every option; of one that is chosen from, the counts beside all other filters."""
    counted = _counted(rows, wanted, many)
    for name in wanted.chosen:
        others = tuple(pair for pair in wanted.options if pair[0] != name)
        counted[name] = _counted(rows, replace(wanted, options=others), many).get(name, {})
    most = sorted(counted, key=lambda name: -sum(counted[name].values()))[:MOST_OPTIONS]
    kept = dict.fromkeys((*wanted.chosen, *most))
    return [_option(n, counted[n], wanted.chosen.get(n, []), many) for n in kept]


def _option(name: str, counts: dict[str, int], chosen: list[str], many: bool) -> Group:
    most = sorted(counts, key=lambda value: -counts[value])[:MOST_VALUES]
    values = dict.fromkeys((*(value for value in counts if value in most), *chosen))
    numbers = {value: None if many else counts.get(value, 0) for value in values}
    choices = [Choice(f"{name}={v}", v, n, v in chosen) for v, n in numbers.items()]
    return Group("option", name, choices)


def _counted(rows: QuerySet[Product], wanted: Wanted, many: bool) -> dict[str, dict[str, int]]:
    """Products by option and value, as the shop orders its values; of many only a sample."""
    among = narrow(rows, wanted).order_by().values("pk")
    versions = fitting(wanted).filter(product__in=among[:SAMPLE] if many else among).order_by()
    found: dict[str, dict[str, int]] = {}
    try:
        asked: tuple[str, tuple[Any, ...]] = versions.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return found
    with connection.cursor() as cursor:
        cursor.execute(OPTIONS[connection.vendor].format(asked[0]), asked[1])
        for name, value, count in cursor.fetchall():
            if name and value:
                found.setdefault(name, {})[value] = count
    return found

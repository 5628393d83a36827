"""A folder of a shop's exports into the shop's rows: checked as a whole, imported as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from tqdm import tqdm

from storefront import models

from . import (
    help_articles,
    merchant_feed,
    shop_rules,
    shopify_customers,
    shopify_orders,
    shopify_products,
    store,
)
from .goods import Goods
from .rows import ArticleRow, CustomerRow, ImportRefused, OrderRow, Problem, Problems

__all__ = ["ImportRefused", "import_folder"]


@dataclass
class Found:
    """Everything a folder holds, checked."""

    goods: Goods = field(default_factory=Goods)
    customers: list[CustomerRow] = field(default_factory=list)
    orders: list[OrderRow] = field(default_factory=list)
    articles: list[ArticleRow] | None = None  # None: no help folder, so nothing is withdrawn
    rules: dict[str, Any] | None = None
    has_products: bool = False


def import_folder(folder: Path, *, quiet: bool) -> tuple[Counter[str], list[str]]:
    """Import `folder`; counts of what changed, and warnings.

    Raises ImportRefused with every problem of every file, and then has imported nothing.
    """
    problems = Problems()
    found = _read(folder, problems)
    if problems:
        raise ImportRefused(problems)
    apart = shop_rules.disagreements(found.rules or {}, found.articles or ())
    warnings = [f"shop.toml and help disagree: {told}" for told in apart] + found.goods.warnings
    store.unchanged(found.goods)
    return _store(found, quiet), warnings


def _read(folder: Path, problems: Problems) -> Found:
    found = Found()
    readers: dict[str, Callable[[Path, list[Problem]], list[Any]]] = {
        "customers.csv": shopify_customers.read,
        "orders.csv": shopify_orders.read,
    }
    for name, read in readers.items():
        if (path := folder / name).exists():
            setattr(found, name.removesuffix(".csv"), read(path, problems))
    if (toml := folder / "shop.toml").exists():
        found.rules = shop_rules.read(toml, problems)
    _goods(folder, problems, found)
    if (help_folder := folder / "help").is_dir():
        found.articles = help_articles.read(help_folder, problems)
    if not (found.has_products or found.customers or found.orders or found.articles or found.rules):
        problems.append(
            Problem(folder.name, 0, "", "holds none of products.csv, customers.csv, orders.csv, "
                    "*.xml, *.tsv, help/*.md, shop.toml.")
        )  # fmt: skip
    return found


def _goods(folder: Path, problems: Problems, found: Found) -> None:
    """The products of every file. One that holds none was cut off, and must not withdraw all."""
    feeds = sorted((*folder.glob("*.xml"), *folder.glob("*.tsv")))
    for path in (*folder.glob("products.csv"), *feeds):
        before = len(found.goods), problems.total
        if path.name == "products.csv":
            shopify_products.read(path, problems, found.goods)
        else:
            merchant_feed.read(path, problems, found.goods, _currency(found.rules))
        if (len(found.goods), problems.total) == before:
            told = "holds no product; export it again, or take it away to keep the shop as it is."
            problems.append(Problem(path.name, 1, "", told))
        found.has_products = True


def _currency(rules: dict[str, Any] | None) -> str:
    """The shop's currency, by its new rules or those it has; dollars where none says."""
    shop = models.Shop.objects.first()
    known = rules if rules is not None else shop.rules if shop else {}
    return str(known.get("shop", {}).get("currency") or "USD")


@transaction.atomic
def _store(found: Found, quiet: bool) -> Counter[str]:
    done: Counter[str] = Counter()

    def bar(rows: Iterable[Any], name: str) -> tqdm[Any]:
        return tqdm(rows, desc=name, unit="row", disable=quiet)

    store.rules(found.rules)
    if found.has_products:
        store.products(bar(found.goods, "products"), found.goods, done)
    store.customers(bar(found.customers, "customers"), done)
    store.orders(bar(found.orders, "orders"), done)
    if found.articles is not None:
        store.articles(bar(found.articles, "help"), done)
    return done

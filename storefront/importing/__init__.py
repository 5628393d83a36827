"""A folder of a shop's exports into the shop's rows: checked as a whole, imported as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from tqdm import tqdm

from . import (
    help_articles,
    merchant_feed,
    shop_rules,
    shopify_customers,
    shopify_orders,
    shopify_products,
    store,
)
from .rows import ArticleRow, CustomerRow, ImportRefused, OrderRow, Problem, ProductRow

__all__ = ["ImportRefused", "import_folder"]


@dataclass
class Found:
    """Everything a folder holds, checked."""

    products: list[ProductRow] = field(default_factory=list)
    customers: list[CustomerRow] = field(default_factory=list)
    orders: list[OrderRow] = field(default_factory=list)
    articles: list[ArticleRow] | None = None  # None: no help folder, so nothing is withdrawn
    rules: dict[str, Any] | None = None
    has_products: bool = False


def import_folder(folder: Path, *, quiet: bool) -> tuple[Counter[str], list[str]]:
    """Import `folder`; counts of what changed, and warnings.

    Raises ImportRefused with every problem of every file, and then has imported nothing.
    """
    problems: list[Problem] = []
    found = _read(folder, problems)
    if problems:
        raise ImportRefused(problems)
    warnings = shop_rules.disagreements(found.rules or {}, found.articles or ())
    return _store(found, quiet), warnings


def _read(folder: Path, problems: list[Problem]) -> Found:
    found = Found()
    readers: dict[str, Callable[[Path, list[Problem]], list[Any]]] = {
        "products.csv": shopify_products.read,
        "customers.csv": shopify_customers.read,
        "orders.csv": shopify_orders.read,
    }
    for name, read in readers.items():
        if (path := folder / name).exists():
            setattr(found, name.removesuffix(".csv"), read(path, problems))
            found.has_products |= name == "products.csv"
    for path in sorted((*folder.glob("*.xml"), *folder.glob("*.tsv"))):
        found.products += merchant_feed.read(path, problems)
        found.has_products = True
    if (help_folder := folder / "help").is_dir():
        found.articles = help_articles.read(help_folder, problems)
    if (toml := folder / "shop.toml").exists():
        found.rules = shop_rules.read(toml, problems)
    if not (found.has_products or found.customers or found.orders or found.articles or found.rules):
        problems.append(
            Problem(folder.name, 0, "", "holds none of products.csv, customers.csv, orders.csv, "
                    "*.xml, *.tsv, help/*.md, shop.toml.")
        )  # fmt: skip
    return found


@transaction.atomic
def _store(found: Found, quiet: bool) -> Counter[str]:
    done: Counter[str] = Counter()

    def bar(rows: list[Any], name: str) -> tqdm[Any]:
        return tqdm(rows, desc=name, unit="row", disable=quiet)

    if found.has_products:
        store.products(bar(found.products, "products"), done)
    store.customers(bar(found.customers, "customers"), done)
    store.orders(bar(found.orders, "orders"), done)
    if found.articles is not None:
        store.articles(bar(found.articles, "help"), done)
    if found.rules is not None:
        store.rules(found.rules)
    return done

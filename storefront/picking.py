"""Choosing a version of a product: its options, what each costs and whether it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .models import Product, Variant
from .templatetags.money import money, prior_text, stock_text


@dataclass(frozen=True)
class Choice:
    """One value of an option."""

    value: str
    chosen: bool
    there: bool  # whether it can be ordered with the other values that are chosen
    made: bool  # whether such a version exists


@dataclass(frozen=True)
class Option:
    """An option with its values, as they stand in the catalogue."""

    name: str
    field: str  # of the form
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Picker:
    """What the form of a product page shows."""

    options: tuple[Option, ...]  # none where the values don't tell the versions apart
    chosen: Variant | None
    versions: list[dict[str, Any]]  # for the script that follows the choice

    @property
    def stock(self) -> str:
        """Whether the chosen one is there."""
        return stock_text(self.chosen) if self.chosen else ""


def picker(product: Product, variants: Sequence[Variant], sku: str = "") -> Picker:
    """The choice, with the version of this number chosen, or the first that can be ordered."""
    chosen = next((v for v in variants if v.sku == sku), None) or _first(variants)
    values = list(chosen.values) if chosen else []
    known = {tuple(v.values): v for v in variants}
    names = product.option_names if told_apart(product, variants) else ()
    options = tuple(
        _option(name, place, values, variants, known) for place, name in enumerate(names)
    )
    return Picker(options, chosen, [_version(v) for v in variants])


def picked(
    product: Product, variants: Sequence[Variant], given: dict[str, str]
) -> Variant | None:  # fmt: skip
    """The version that a form names: by one value of each option, or by its number."""
    if not told_apart(product, variants):
        return next((v for v in variants if v.sku == given.get("sku")), None)
    values = [given.get(f"option{n}", "") for n in range(len(product.option_names))]
    return next((v for v in variants if list(v.values) == values), None)


def told_apart(product: Product, variants: Sequence[Variant]) -> bool:
    """Whether each version has one value of every option, and no two the same."""
    names = len(product.option_names)
    whole = all(len(v.values) == names for v in variants)
    return bool(names) and whole and len({tuple(v.values) for v in variants}) == len(variants)


def _first(variants: Sequence[Variant]) -> Variant | None:
    there = (v for v in variants if v.in_stock)
    return next(there, None) or next(iter(variants), None)


def _option(
    name: str, place: int, values: list[str], variants: Sequence[Variant],
    known: dict[tuple[str, ...], Variant],
) -> Option:  # fmt: skip
    choices = []
    for value in dict.fromkeys(v.values[place] for v in variants):
        version = known.get((*values[:place], value, *values[place + 1 :]))
        choices.append(
            Choice(
                value, values[place : place + 1] == [value],
                version is not None and version.in_stock, version is not None,
            )
        )  # fmt: skip
    return Option(name, f"option{place}", tuple(choices))


def _version(variant: Variant) -> dict[str, Any]:
    return {
        "values": list(variant.values), "price": money(variant.price),
        "before": money(variant.compare_at) if variant.reduced else "",
        "prior": prior_text(variant), "stock": stock_text(variant), "there": variant.in_stock,
    }  # fmt: skip

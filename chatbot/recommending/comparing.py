"""What is lighter or cheaper than something, where both pages say enough to tell."""

from __future__ import annotations

import re
from collections.abc import Callable

from storefront.queries import Product

LABELS = frozenset(("weight", "gewicht", "poids", "peso"))
GRAMS = {"kg": 1000.0, "g": 1.0, "oz": 28.35, "lb": 453.6}
WEIGHT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d{1,2})?)\s*(kg|g|oz|lb)\b")
SIZE = re.compile(r"\bin size (\S+)")
NOTICEABLE = 0.95  # what differs by less is called neither


def lighter(product: Product, other: Product) -> bool:
    """Whether it weighs clearly less, in the same size where a size is named."""
    (own, size), (theirs, their_size) = weight(product), weight(other)
    return size == their_size and 0 < own < NOTICEABLE * theirs


def cheaper(product: Product, other: Product) -> bool:
    """Whether all of it that can be had costs clearly less than the other one."""
    own = [v.price for v in product.variants if v.in_stock]
    theirs = [v.price for v in other.variants]
    return bool(own and theirs) and float(max(own)) < NOTICEABLE * float(min(theirs))


def weight(product: Product) -> tuple[float, str]:
    """What its page says it weighs, in grams, and of which size; 0 where it says nothing."""
    for sentence in product.sentences:
        told = sentence.label.casefold() in LABELS and WEIGHT.search(sentence.text)
        if told:
            number, unit = told.groups()
            plain = number.replace(",", "" if re.search(r",\d{3}$", number) else ".")
            size = SIZE.search(sentence.text)
            return float(plain) * GRAMS[unit], size.group(1) if size else ""
    return 0.0, ""


COMPARED: dict[str, Callable[[Product, Product], bool]] = {"lighter": lighter, "cheaper": cheaper}

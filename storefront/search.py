"""Searching the shop from its search box: words over titles, departments, tags, descriptions."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from .models import Product

ALIKE = 78  # rapidfuzz ratio, 0..100: a slip or a plural
MOST = 48


def find(query: str) -> list[Product]:
    """Products on sale that fit `query`, best first; slips of the fingers are forgiven."""
    rows = Product.objects.filter(status=Product.Status.ACTIVE)
    scored = [(_fit(query, product), product) for product in rows.prefetch_related("variants")]
    fitting = sorted((s for s in scored if s[0] >= ALIKE), key=lambda s: (-s[0], s[1].title))
    return [product for _score, product in fitting[:MOST]]


def _fit(query: str, product: Product) -> float:
    """How well every word of the query is met by the likest word of the product, 0..100."""
    there = _words(
        f"{product.title} {product.department} {product.vendor} {' '.join(product.tags)}"
    )
    likest = [max((fuzz.ratio(w, t) for t in there), default=0) for w in _words(query)]
    return sum(likest) / len(likest) if likest else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())

"""Searching the shop from its search box: words over titles, departments, tags, descriptions."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from .models import Product

FITS = 60  # rapidfuzz score, 0..100
MOST = 48


def find(query: str) -> list[Product]:
    """Products on sale that fit `query`, best first; slips of the fingers are forgiven."""
    products = list(
        Product.objects.filter(status=Product.Status.ACTIVE).prefetch_related("variants")
    )
    texts = {
        p.pk: f"{p.title} {p.department} {p.vendor} {' '.join(p.tags)}".lower() for p in products
    }
    hits = process.extract(
        query.lower(), texts, scorer=fuzz.token_set_ratio, score_cutoff=FITS, limit=MOST
    )
    by_key = {p.pk: p for p in products}
    return [by_key[key] for _text, _score, key in hits]

"""What pages say to machines, and the history of prices."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from storefront import linked, prices
from storefront.clock import now
from storefront.models import ArticleVersion, Product, Variant

register = template.Library()
# What could end the element, or begin another: written otherwise, which JSON reads as the same.
ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
WIDE, HIGH = 600, 120


def _block(*told: linked.Linked | None) -> SafeString:
    """A block of data: no browser runs it, so the policy for scripts does not concern it."""
    graph = {"@context": "https://schema.org", "@graph": [part for part in told if part]}
    written = json.dumps(graph, ensure_ascii=False).translate(ESCAPES)
    block = f'<script type="application/ld+json">{written}</script>'
    return mark_safe(block)  # noqa: S308 - escaped just now


@register.simple_tag(takes_context=True)
def product_data(
    context: Context, product: Product, variants: Sequence[Variant],
    by_ai: Sequence[linked.ByAI] = (),
) -> SafeString:  # fmt: skip
    """A product, its offers, what an AI wrote of it and the way to it."""
    whole = context["request"].build_absolute_uri
    way = [(product.title, reverse("storefront:product", args=[product.handle]))]
    if product.department:
        department = reverse("storefront:department", args=[product.department])
        way.insert(0, (product.department, department))
    told = linked.product(product, variants, context["shop"], whole, by_ai)
    return _block(told, linked.crumbs(way, whole))


@register.simple_tag(takes_context=True)
def article_data(context: Context, article: ArticleVersion) -> SafeString:
    """A help article, the questions answered in it and the way to it."""
    whole = context["request"].build_absolute_uri
    page = reverse("storefront:article", args=[article.article.slug])
    way = [(gettext("Help"), reverse("storefront:help")), (article.title, page)]
    told = linked.article(article, context["shop"], whole)
    return _block(told, linked.questions(article), linked.crumbs(way, whole))


@register.inclusion_tag("storefront/parts/history.html")
def price_history(product: Product) -> dict[str, Any]:
    """How the price went: a line to look at and a table to read."""
    steps = prices.history(product)
    return {"steps": steps[::-1], "line": _line(steps) if steps else "", "wide": WIDE, "high": HIGH,
            "highest": max((s.price for s in steps), default=None),
            "lowest": min((s.price for s in steps), default=None),
            "first": steps[0].since if steps else None}  # fmt: skip


def _line(steps: Sequence[prices.Step]) -> str:
    """The path of the line: along each price while it held, then down or up to the next."""
    begins, ends = steps[0].since, max(now(), steps[-1].since)
    span = (ends - begins).total_seconds() or 1
    low, high = min(s.price for s in steps), max(s.price for s in steps)
    across = [WIDE * (s.since - begins).total_seconds() / span for s in steps] + [WIDE]
    down = [HIGH * float((high - s.price) / (high - low)) for s in steps]
    parts = [f"M{across[0]:.1f} {down[0]:.1f}"]
    for n, y in enumerate(down):
        parts.append(f"V{y:.1f}H{across[n + 1]:.1f}")
    return "".join(parts)

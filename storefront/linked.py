"""What pages say to machines, in the words of schema.org. Only what the page says to people too:
no ratings nobody gave, no condition nobody stated, no currency nobody named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext
from markdown_it import MarkdownIt

from .models import ArticleVersion, Product, Shop, Variant

Linked = dict[str, Any]
IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
Whole = Callable[[str], str]  # an address of the site, with its host
MARKDOWN = MarkdownIt("commonmark").enable("table")
IN_STOCK, SOLD_OUT = "https://schema.org/InStock", "https://schema.org/OutOfStock"


@dataclass(frozen=True)
class ByAI:
    """A text of a page that an AI wrote, and from which digital sources it comes (IPTC)."""

    part: str  # of the page
    text: str
    sources: tuple[str, ...]
    language: str = ""  # empty where nobody said


def product(
    row: Product, variants: Sequence[Variant], shop: Shop | None, whole: Whole,
    by_ai: Sequence[ByAI] = (),
) -> Linked:  # fmt: skip
    """A product with what it costs and whether it is there. Its description is the shop's own; what
    an AI wrote of it stands beside, marked."""
    address = whole(reverse("storefront:product", args=[row.handle]))
    told: Linked = {"@type": "Product", "name": row.title, "url": address}
    if said := " ".join(sentence.text for sentence in row.sentences.all()):
        told["description"] = said
    if image := _image(row, whole):
        told["image"] = image
    if row.vendor:
        told["brand"] = {"@type": "Brand", "name": row.vendor}
    if row.department:
        told["category"] = row.department
    if len(variants) == 1:
        told["sku"] = variants[0].sku
    if by_ai:
        told["subjectOf"] = [_marked(text) for text in by_ai]
    currency = shop.rules.get("shop", {}).get("currency") if shop else None
    if currency and variants:
        told["offers"] = _offers(row, variants, currency, address)
    return told


def _marked(text: ByAI) -> Linked:
    told: Linked = {
        "@type": "TextObject", "name": text.part, "text": text.text,
        "digitalSourceType": [f"{IPTC}{source}" for source in text.sources],
    }  # fmt: skip
    return told | {"inLanguage": text.language} if text.language else told


def _image(row: Product, whole: Whole) -> str:
    """The address of its picture; nothing for what is no address."""
    try:
        return whole(row.image_url) if row.image_url else ""
    except ValueError:
        return ""


def _offers(row: Product, variants: Sequence[Variant], currency: str, address: str) -> Linked:
    offers = [_offer(row, variant, currency, address) for variant in variants]
    if len(offers) == 1:
        return offers[0]
    prices = [variant.price for variant in variants]
    return {
        "@type": "AggregateOffer", "priceCurrency": currency, "lowPrice": f"{min(prices):.2f}",
        "highPrice": f"{max(prices):.2f}", "offerCount": len(offers),
        "availability": _state(any(variant.in_stock for variant in variants)), "offers": offers,
    }  # fmt: skip


def _offer(row: Product, variant: Variant, currency: str, address: str) -> Linked:
    name = f"{row.title} – {variant.name}" if variant.values else row.title
    told: Linked = {
        "@type": "Offer", "name": name, "sku": variant.sku, "url": address,
        "price": f"{variant.price:.2f}", "priceCurrency": currency,
        "availability": _state(variant.in_stock),
    }  # fmt: skip
    if variant.reduced:
        told["priceSpecification"] = {
            "@type": "UnitPriceSpecification", "price": f"{variant.compare_at:.2f}",
            "priceCurrency": currency, "priceType": "https://schema.org/StrikethroughPrice",
        }  # fmt: skip
    return told


def _state(there: bool) -> str:
    return IN_STOCK if there else SOLD_OUT


def crumbs(steps: Sequence[tuple[str, str]], whole: Whole) -> Linked:
    """The way to a page: (name, address) of each page on it, from the shop's first."""
    home = (gettext("Home"), reverse("storefront:home"))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": whole(address)}
            for n, (name, address) in enumerate((home, *steps), 1)
        ],
    }


def article(row: ArticleVersion, shop: Shop | None, whole: Whole) -> Linked:
    """A help article."""
    address = whole(reverse("storefront:article", args=[row.article.slug]))
    told: Linked = {"@type": "Article", "headline": row.title, "url": address}
    if row.updated:
        told["dateModified"] = row.updated.isoformat()
    if shop and (name := shop.rules.get("shop", {}).get("name")):
        told["publisher"] = {"@type": "Organization", "name": name}
    return told


def questions(row: ArticleVersion) -> Linked | None:
    """The questions that the shop's people have answered in an article; None without any."""
    newest = row.article.versions.aggregate(number=Max("number"))["number"]
    standing = row.article.answers.filter(withdrawn_at=None) if row.number == newest else []
    asked = [
        {
            "@type": "Question", "name": answer.question,
            "acceptedAnswer": {"@type": "Answer", "text": _plain(answer.text)},
        }
        for answer in standing
    ]  # fmt: skip
    return {"@type": "FAQPage", "mainEntity": asked} if asked else None


def _plain(markdown: str) -> str:
    return " ".join(strip_tags(MARKDOWN.render(markdown)).split())

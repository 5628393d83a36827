"""Checked rows into the database. What is gone is withdrawn, never deleted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.utils import timezone

from storefront import answers, fulfilment, models
from storefront.passages import ended, sentences

from .rows import ArticleRow, CustomerRow, OrderRow, ProductRow, VariantRow, digest

LABEL = re.compile(r"^([^:.]{2,40}):\s")
BLOCKS = re.compile(r"<(li|p)[^>]*>(.*?)</\1>", re.S)
TAG = re.compile(r"<[^>]+>")


def products(rows: Iterable[ProductRow], done: Counter[str]) -> None:
    """Products and their variants, by handle and SKU."""
    rows = list(rows)
    known = dict(models.Product.objects.values_list("handle", "digest"))
    for row in rows:
        version = digest(row)
        if known.get(row.handle) != version:
            _product(row, version)
            done["products changed" if row.handle in known else "products added"] += 1
    gone = models.Product.objects.exclude(handle__in=[r.handle for r in rows])
    gone = gone.exclude(status=models.Product.Status.WITHDRAWN)
    done["products withdrawn"] += gone.update(
        status=models.Product.Status.WITHDRAWN, digest="", updated_at=timezone.now()
    )


def _product(row: ProductRow, version: str) -> None:
    fields = {k: v for k, v in vars(row).items() if k not in ("handle", "variants")}
    fields |= {"tags": list(row.tags), "option_names": list(row.option_names), "digest": version}
    product, _new = models.Product.objects.update_or_create(handle=row.handle, defaults=fields)
    product.sentences.all().delete()
    models.ProductSentence.objects.bulk_create(
        models.ProductSentence(product=product, position=n, label=label, text=text)
        for n, (label, text) in enumerate(described(row.body_html))
    )
    for position, variant in enumerate(row.variants):
        _variant(product, variant, position)
    skus = [v.sku for v in row.variants]
    product.variants.exclude(sku__in=skus).update(withdrawn=True)


def _variant(product: models.Product, row: VariantRow, position: int) -> None:
    fields = {k: v for k, v in vars(row).items() if k != "sku"}
    fields |= {"values": list(row.values), "product": product, "position": position}
    variant, _new = models.Variant.objects.update_or_create(
        sku=row.sku, defaults=fields | {"withdrawn": False}
    )
    last = variant.price_points.first()
    if last is None or (last.price, last.compare_at) != (row.price, row.compare_at):
        variant.price_points.create(
            price=row.price, compare_at=row.compare_at, since=timezone.now()
        )


def described(body_html: str) -> list[tuple[str, str]]:
    """(label, text) of each attribute sentence: list items whole, paragraphs by sentence."""
    found = []
    for kind, inner in BLOCKS.findall(body_html) or [("p", body_html)]:
        text = re.sub(r"\s+", " ", unescape(TAG.sub("", inner))).strip()
        for part in map(ended, [text] if kind == "li" else sentences(text)):
            label = LABEL.match(part)
            found.append((label.group(1) if label else "", part))
    return [(label, text) for label, text in found if text != "."]


def customers(rows: Iterable[CustomerRow], done: Counter[str]) -> None:
    """Shoppers by e-mail address; new ones cannot sign in until they claim the account."""
    for row in rows:
        fields: dict[str, Any] = {
            "first_name": row.first_name, "last_name": row.last_name, "country": row.country,
            "region": row.region, "tags": list(row.tags), "staff_note": row.note,
        }  # fmt: skip
        if models.User.objects.filter(email=row.email).update(**fields) == 0:
            models.User.objects.create_user(row.email, **fields)
            done["customers added"] += 1


def orders(rows: Iterable[OrderRow], done: Counter[str]) -> None:
    """Orders by number, each with its line items. One that was placed here stays as it is, and of
    others what was done to them here."""
    known = dict(models.Order.objects.values_list("name", "digest"))
    placed = set(models.Order.objects.filter(key__isnull=False).values_list("name", flat=True))
    users = dict(models.User.objects.values_list("email", "pk"))
    variants = dict(models.Variant.objects.values_list("sku", "pk"))
    for row in rows:
        version = digest((row, users.get(row.email)))
        if row.name in placed:
            done["orders left as they were placed here"] += 1
        elif known.get(row.name) != version:
            _order(row, version, users, variants)
            done["orders changed" if row.name in known else "orders added"] += 1


def _order(row: OrderRow, version: str, users: dict[str, int], variants: dict[str, int]) -> None:
    fields = {**row.fields, "email": row.email, "user_id": users.get(row.email), "digest": version}
    here = models.Order.objects.filter(name=row.name).first()
    sent = fulfilment.sent_here(here) if here else set()
    fields = fulfilment.stands(here, fields) if here else fields
    order, _new = models.Order.objects.update_or_create(name=row.name, defaults=fields)
    order.lines.all().delete()
    models.OrderLine.objects.bulk_create(
        models.OrderLine(order=order, position=n, variant_id=variants.get(line.sku),
                         **vars(line) | _sent((n, line.sku) in sent))
        for n, line in enumerate(row.lines)
    )  # fmt: skip


def _sent(here: bool) -> dict[str, str]:
    """What staff have shipped is shipped, whatever an export knows of it."""
    return {"fulfillment_status": "fulfilled"} if here else {}


def articles(rows: Iterable[ArticleRow], done: Counter[str]) -> None:
    """Help articles; a text that changed becomes a new version. The shop's own answers stay."""
    rows = list(rows)
    for row in rows:
        article, new = models.Article.objects.update_or_create(
            slug=row.slug, defaults={"topic": row.topic, "withdrawn": False}
        )
        last = article.versions.first()
        if last is None or last.digest != row.digest:
            article.versions.create(
                number=last.number + 1 if last else 1, title=row.title, markdown=row.markdown,
                updated=row.updated, digest=row.digest, added=last.added if last else "",
            )  # fmt: skip
            done["articles added" if new else "articles changed"] += 1
    gone = models.Article.objects.exclude(slug__in=[r.slug for r in rows]).filter(withdrawn=False)
    for article in gone:
        done["articles withdrawn"] += answers.without_import(article)


def rules(values: dict[str, Any]) -> None:
    """The shop's rules replace those before."""
    models.Shop.objects.update_or_create(pk=1, defaults={"rules": values, "digest": digest(values)})

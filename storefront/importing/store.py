"""Checked rows into the database. What is gone is withdrawn, never deleted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from itertools import islice
from typing import Any

from django.db import reset_queries
from django.db.models import Model
from django.utils import timezone

from storefront import answers, fulfilment, locks, models
from storefront.passages import ended, sentences
from storefront.search import index

from .goods import Goods
from .rows import (
    ArticleRow,
    CustomerRow,
    MarkedRow,
    OrderRow,
    ProductRow,
    VariantRow,
    digest,
)

CHUNK = 500  # products that are in memory at once
LABEL = re.compile(r"^([^:.]{2,40}):\s")
BLOCKS = re.compile(r"<(li|p)[^>]*>(.*?)</\1>", re.S)
TAG = re.compile(r"<[^>]+>")


def unchanged(goods: Goods) -> None:
    """Leave out what is in the shop as it is: only the rest is written, and held up."""
    for versions in goods.versions(CHUNK):
        rows = models.Product.objects.filter(handle__in=versions).values_list("handle", "digest")
        goods.leave(handle for handle, version in rows if versions[handle] == version)


def products(rows: Iterable[tuple[ProductRow, str]], goods: Goods, done: Counter[str]) -> None:
    """Products and their variants, by handle and SKU; so many at a time."""
    some: list[tuple[ProductRow, str]] = []
    for row in rows:
        some.append(row)
        if len(some) == CHUNK:
            _some(some, done)
            some = []
    _some(some, done)
    sold = models.Product.objects.exclude(status=models.Product.Status.WITHDRAWN)
    for handles in _chunks(sold.values_list("handle", flat=True).iterator(CHUNK)):
        gone = models.Product.objects.filter(handle__in={*handles} - goods.has(handles))
        done["products withdrawn"] += gone.update(
            status=models.Product.Status.WITHDRAWN, digest="", updated_at=timezone.now()
        )


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(values)
    while some := list(islice(rest, CHUNK)):
        yield some


def _some(rows: Sequence[tuple[ProductRow, str]], done: Counter[str]) -> None:
    rows = _with_own_words(rows)
    handles = [row.handle for row, _version in rows]
    known = set(_keys(models.Product, "handle", handles))
    done["products changed"] += len(known)
    done["products added"] += len(rows) - len(known)
    _upsert(models.Product, "handle", [_product(row, version) for row, version in rows])
    keys = _keys(models.Product, "handle", handles)
    said = {row.handle: described(row.body_html) for row, _version in rows}
    _sentences(said, keys)
    _variants(rows, keys)
    index.write([_words(row, keys[row.handle], said[row.handle]) for row, _version in rows])
    reset_queries()  # with DEBUG on every statement would be kept, texts and all


def _with_own_words(rows: Sequence[tuple[ProductRow, str]]) -> list[tuple[ProductRow, str]]:
    """What the shop itself says of a product stays where a feed brings only an AI's description:
    the facts would be lost for it."""
    bare = [r.handle for r, _ in rows if isinstance(r, MarkedRow) and not r.body_html]
    own = dict(models.Product.objects.filter(handle__in=bare).values_list("handle", "body_html"))
    return [
        (replace(row, body_html=own[row.handle]) if row.handle in own else row, version)
        for row, version in rows
    ]


def _keys(model: type[Model], field: str, values: Iterable[str]) -> dict[str, int]:
    """The keys of rows by a field of theirs."""
    rows = model._default_manager.filter(**{f"{field}__in": list(values)})
    return dict(rows.values_list(field, "pk"))


def _upsert(model: type[Model], unique: str, rows: Sequence[Any]) -> None:
    fields = [f.name for f in model._meta.concrete_fields if f.name not in ("id", unique)]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=[unique], update_fields=fields
    )


def _product(row: ProductRow, version: str) -> models.Product:
    fields = {k: v for k, v in vars(row).items() if k != "variants"}
    fields |= {"tags": list(row.tags), "option_names": list(row.option_names), "digest": version}
    return models.Product(**fields)


def _words(row: ProductRow, key: int, said: Iterable[tuple[str, str]]) -> models.ProductText:
    versions = ((variant.sku, variant.values) for variant in row.variants)
    about = (row.department, row.vendor, *row.tags)
    return index.text(key, row.title, about, versions, (text for _label, text in said))


def _sentences(said: Mapping[str, Sequence[tuple[str, str]]], keys: dict[str, int]) -> None:
    models.ProductSentence.objects.filter(product__in=keys.values()).delete()
    models.ProductSentence.objects.bulk_create(
        models.ProductSentence(product_id=keys[handle], position=n, label=label, text=text)
        for handle, texts in said.items()
        for n, (label, text) in enumerate(texts)
    )


def _variants(rows: Sequence[tuple[ProductRow, str]], keys: dict[str, int]) -> None:
    made = [
        _variant(variant, keys[row.handle], position)
        for row, _version in rows
        for position, variant in enumerate(row.variants)
    ]
    _moved_on(made)
    _upsert(models.Variant, "sku", made)
    pks = _keys(models.Variant, "sku", (variant.sku for variant in made))
    models.Variant.objects.filter(product__in=keys.values()).exclude(pk__in=pks.values()).update(
        withdrawn=True, updated_at=timezone.now()
    )
    _priced(made, pks)


def _variant(row: VariantRow, product: int, position: int) -> models.Variant:
    fields = vars(row) | {"values": list(row.values), "imported_stock": row.stock}
    return models.Variant(**fields, product_id=product, position=position)


def _moved_on(made: Sequence[models.Variant]) -> None:
    """Of a stock that a file told before only the difference counts: what was sold here since
    stays sold. Locks in the order of `stock.move_all`."""
    held = models.Variant.objects.filter(sku__in=[v.sku for v in made]).order_by("pk")
    rows = held.select_for_update().values_list("sku", "stock", "imported_stock")
    known = {sku: (stock, told) for sku, stock, told in rows}
    for variant in made:
        stock, told = known.get(variant.sku, (0, None))
        if told is not None:
            variant.stock += stock - told


def _priced(made: Sequence[models.Variant], pks: dict[str, int]) -> None:
    """Keep every price that is not the last one kept."""
    points = models.PricePoint.objects.filter(variant__in=pks.values()).order_by("since", "pk")
    last = {
        v: (price, was) for v, price, was in points.values_list("variant", "price", "compare_at")
    }
    new = [v for v in made if last.get(pks[v.sku]) != (v.price, v.compare_at)]
    now = timezone.now()
    models.PricePoint.objects.bulk_create(
        models.PricePoint(variant_id=pks[v.sku], price=v.price, compare_at=v.compare_at, since=now)
        for v in new
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
    for n, line in enumerate(row.lines):
        own = {**vars(line), "variant_id": variants.get(line.sku)} | _sent((n, line.sku) in sent)
        models.OrderLine.objects.update_or_create(order=order, position=n, defaults=own)
    order.lines.filter(position__gte=len(row.lines)).delete()


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


def rules(values: dict[str, Any] | None) -> None:
    """The shop's rules replace those before, where there are any. In any case the shop is locked,
    before anything else."""
    locks.shop()
    if values is not None:
        new = {"rules": values, "digest": digest(values)}
        models.Shop.objects.update_or_create(pk=1, defaults=new)

"""Writing down the words of products and help articles. Imports do it in bulk; whatever else saves
a row is heard by `listen`. A price, a stock or a status is no word: searches read those live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps as installed
from django.db.models import Exists, OuterRef
from django.db.models.signals import post_migrate, post_save

from storefront.models import (
    Article,
    ArticleVersion,
    PassageText,
    Product,
    ProductSentence,
    ProductText,
    Variant,
)
from storefront.passages import cut

from .words import joined

CHUNK = 500
WORDED = ("title", "about", "body")


def products(keys: Iterable[int]) -> None:
    """Write down the words of these products."""
    keys = list(keys)
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        rows = Product.objects.filter(pk__in=some).prefetch_related("variants", "sentences")
        write([_product(row) for row in rows])


def write(texts: Sequence[ProductText]) -> None:
    """Put down words of products in place of those before."""
    ProductText.objects.bulk_create(
        texts, update_conflicts=True, unique_fields=["product"], update_fields=WORDED
    )


def _product(row: Product) -> ProductText:
    versions = [(v.sku, v.values) for v in row.variants.all() if not v.withdrawn]
    about = (row.department, row.vendor, *row.tags)
    return text(row.pk, row.title, about, versions, [s.text for s in row.sentences.all()])


def text(
    key: int,
    title: str,
    about: Iterable[str],
    versions: Iterable[tuple[str, Iterable[str]]],
    said: Iterable[str],
) -> ProductText:
    """The words of a product: its own, of its versions (SKU, values) and of its sentences."""
    versions = list(versions)
    values = dict.fromkeys(value for _sku, values in versions for value in values)
    return ProductText(
        product_id=key,
        title=joined(title),
        about=joined(*about, *values),
        body=joined(*(sku for sku, _values in versions), *said),
    )


def article(row: Article) -> None:
    """Write down the pieces of an article as it stands now."""
    PassageText.objects.filter(article=row).delete()
    if row.withdrawn or not row.versions.exists():
        return
    current = row.current
    PassageText.objects.bulk_create(
        PassageText(
            article=row, number=number, title=joined(current.title),
            about=joined(piece.heading, row.topic), body=joined(piece.text),
        )
        for number, piece in enumerate(cut(current.text))
    )  # fmt: skip


def complete() -> None:
    """Write down what never was: rows that are older than this index."""
    unwritten = ~Exists(ProductText.objects.filter(product=OuterRef("pk")))
    products(Product.objects.filter(unwritten).values_list("pk", flat=True))
    unread = ~Exists(PassageText.objects.filter(article=OuterRef("pk")))
    for row in Article.objects.filter(unread, withdrawn=False):
        article(row)


def listen() -> None:
    """Hear of every row that is saved by itself."""
    for sender in (Product, Variant, ProductSentence):
        post_save.connect(_changed, sender=sender, dispatch_uid=f"words of {sender.__name__}")
    for text in (Article, ArticleVersion):
        post_save.connect(_reworded, sender=text, dispatch_uid=f"words of {text.__name__}")
    post_migrate.connect(_migrated, dispatch_uid="words of older rows")


def _changed(instance: Any, raw: bool = False, **_told: Any) -> None:
    products([] if raw else [instance.pk if isinstance(instance, Product) else instance.product_id])


def _reworded(instance: Article | ArticleVersion, raw: bool = False, **_told: Any) -> None:
    if not raw:
        article(instance if isinstance(instance, Article) else instance.article)


def _migrated(sender: Any, apps: Any = installed, **_told: Any) -> None:
    there = any(model._meta.db_table == ProductText._meta.db_table for model in apps.get_models())
    if sender.name == "storefront" and there:  # not at an older state of the database
        complete()

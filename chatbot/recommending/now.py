"""The shelf as the shop stands now, kept until products or orders change."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence

import numpy as np
from django.db.models import Count, Max
from django.utils import timezone

from chatbot.models import CardVector
from chatbot.terms import Vectors
from storefront import queries

from .shelf import Shelf

WIDTH = 384
SLOW = 1.0  # seconds; what takes less is done whenever something has changed
SPARING = 10  # no more than one part in so many of the time goes into building

_lock = threading.Lock()
_newest: tuple[str, Shelf, float] | None = None  # of which state, and until when it will do


def shelf() -> Shelf:
    """As of the last change; of a large and busy shop it may be some seconds old, which is why what
    is shown is looked up once more."""
    global _newest
    newest = _newest
    if newest and time.monotonic() < newest[2]:
        return newest[1]
    with _lock:
        began = time.monotonic()
        version = f"{queries.catalogue_version()} {queries.orders_version()} {_vectors_version()}"
        same = _newest is not None and _newest[0] == version
        built = (
            _newest[1] if _newest and same else build(queries.products(), queries.baskets(), kept())
        )
        took = time.monotonic() - began
        _newest = version, built, time.monotonic() + (SPARING * took if took > SLOW else 0.0)
        return built


def build(
    products: Sequence[queries.Product], baskets: Sequence[queries.Basket],
    vectors: Mapping[str, Vectors],
) -> Shelf:  # fmt: skip
    """A shelf of plain values; products without a vector have noughts."""
    rows = np.zeros((len(products), WIDTH), np.float32)
    for place, product in enumerate(products):
        if product.handle in vectors:
            rows[place] = vectors[product.handle]
    return Shelf(tuple(products), tuple(baskets), rows)


def kept() -> dict[str, Vectors]:
    """The vectors that are kept, by handle."""
    rows = CardVector.objects.values_list("handle", "vector")
    return {handle: np.frombuffer(bytes(raw), "<f4") for handle, raw in rows}


def keep(vectors: Mapping[str, Vectors]) -> None:
    """Keep the vectors of what is on sale, and no others."""
    old, at = kept(), timezone.now()
    changed = [h for h, row in vectors.items() if h not in old or not np.array_equal(old[h], row)]
    rows = [
        CardVector(handle=h, vector=vectors[h].astype("<f4").tobytes(), changed_at=at)
        for h in changed
    ]
    CardVector.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["handle"],
        update_fields=["vector", "changed_at"],
    )
    CardVector.objects.filter(handle__in=old.keys() - vectors.keys()).delete()


def _vectors_version() -> str:
    """Which vectors are kept."""
    return repr(CardVector.objects.aggregate(n=Count("pk"), at=Max("changed_at")))

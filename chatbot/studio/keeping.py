"""Drafts as rows: each stands for itself, so that whoever breaks off a thousand goes on later."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction

from chatbot.models import ProductText

from . import versions
from .kinds import Wish
from .writing import Draft


@transaction.atomic
def keep(draft: Draft, requested_by: Any = None) -> ProductText:
    """Store a draft with all its lines, the first version of a text."""
    text = ProductText.objects.create(
        handle=draft.handle, version=draft.version, engine=draft.engine, weights=draft.weights,
        seed=draft.seed, lines=[asdict(line) for line in draft.lines], whole=draft.whole,
        requested_by=requested_by, **asdict(draft.wish),
    )  # fmt: skip
    versions.draft_of(text)
    return text


def newest(handle: str, version: str, wish: Wish) -> ProductText | None:
    """The last text of this product, as it is, that was wanted so."""
    return ProductText.objects.filter(handle=handle, version=version, **asdict(wish)).first()

"""Drafts as rows: each stands for itself, so that whoever breaks off a thousand goes on later."""

from __future__ import annotations

from dataclasses import asdict

from chatbot.models import ProductText

from .kinds import Wish
from .writing import Draft


def keep(draft: Draft) -> ProductText:
    """Store a draft with all its lines."""
    return ProductText.objects.create(
        handle=draft.handle, version=draft.version, engine=draft.engine, weights=draft.weights,
        seed=draft.seed, lines=[asdict(line) for line in draft.lines], whole=draft.whole,
        **asdict(draft.wish),
    )  # fmt: skip


def newest(handle: str, version: str, wish: Wish) -> ProductText | None:
    """The last text of this product, as it is, that was wanted so."""
    return ProductText.objects.filter(handle=handle, version=version, **asdict(wish)).first()

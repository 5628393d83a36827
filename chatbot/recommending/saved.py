"""The recommender that `manage.py train recommender` has chosen: a recipe, its figures and, where
it won, the model. Whatever is wrong with it, the shop recommends by the default recipe."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from safetensors import SafetensorError
from safetensors.numpy import load, save

from storefront import queries

from .learned import Transformer
from .scoring import DEFAULT, PARTS, Recipe

logger = logging.getLogger(__name__)

FILE, WEIGHTS = "recommender.json", "model.safetensors"
FORM = 1
WRONG = (OSError, ValueError, KeyError, TypeError, SafetensorError)


class UnfitError(ValueError):
    """A recommender that is broken, or another shop's."""


@dataclass(frozen=True, eq=False)
class Chosen:
    """What scores, and what it was chosen by."""

    recipe: Recipe = field(default_factory=lambda: dict(DEFAULT))
    model: Transformer | None = None
    name: str = "default"
    figures: Mapping[str, Any] = field(default_factory=dict)
    trained_on: str = ""  # SHA-256 of the orders it was chosen by


_lock = threading.Lock()
_kept: tuple[tuple[str, float], Chosen] | None = None


def chosen() -> Chosen:
    """The one in the folder RECOMMENDER, read again when it has changed."""
    global _kept
    path = Path(settings.RECOMMENDER) / FILE
    with _lock:
        state = str(path), path.stat().st_mtime if path.exists() else 0.0
        if _kept is None or _kept[0] != state:
            _kept = state, _or_default(path)
        return _kept[1]


def _or_default(path: Path) -> Chosen:
    if not path.exists():
        logger.info("There is no %s yet; recommending by the default recipe.", path)
        return Chosen()
    try:
        return read(path.parent)
    except WRONG as error:
        logger.warning(
            "%s cannot be used: %s. Recommending by the default recipe; train it again with "
            "`manage.py train recommender`.", path, error,
        )  # fmt: skip
        return Chosen()


def read(folder: Path) -> Chosen:
    """The recommender in a folder. Raises one of WRONG for what is no recommender of this shop."""
    told = json.loads((folder / FILE).read_text(encoding="utf-8"))
    if told["form"] != FORM or told["shop"] != shop():
        raise UnfitError(f"it is of the shop {told['shop']!r}, form {told['form']!r}")
    recipe = {str(name): float(weight) for name, weight in told["recipe"].items()}
    if not recipe or set(recipe) - {*PARTS, "learned"}:
        raise UnfitError(f"its recipe {recipe!r} names what there is not")
    model = _model(folder, told["model"]) if told["model"] else None
    return Chosen(recipe, model, str(told["name"]), told["figures"], str(told["trained_on"]))


def _model(folder: Path, told: Mapping[str, Any]) -> Transformer:
    raw = (folder / WEIGHTS).read_bytes()
    if hashlib.sha256(raw).hexdigest() != told["sha256"]:
        raise UnfitError(f"{WEIGHTS} is not the file that was written with it")
    weights = load(raw)
    places = {str(handle): place for place, handle in enumerate(told["handles"])}
    return Transformer(weights, places, int(told["heads"]))


def write(folder: Path, made: Chosen) -> None:
    """Write it, the description last and whole, so that nobody reads half of it."""
    folder.mkdir(parents=True, exist_ok=True)
    model = _written(folder, made.model) if made.model else None
    told = {
        "form": FORM, "shop": shop(), "name": made.name, "recipe": dict(made.recipe),
        "model": model, "trained_on": made.trained_on, "figures": dict(made.figures),
    }  # fmt: skip
    body = json.dumps(told, indent=1)
    draft = folder / f"{FILE}.tmp"
    draft.write_text(body, encoding="utf-8")
    draft.replace(folder / FILE)


def _written(folder: Path, model: Transformer) -> Mapping[str, Any]:
    raw = save(dict(model.weights))
    draft = folder / f"{WEIGHTS}.tmp"
    draft.write_bytes(raw)
    draft.replace(folder / WEIGHTS)
    return {"sha256": hashlib.sha256(raw).hexdigest(), "heads": model.heads,
            "handles": list(model.handles)}  # fmt: skip


def shop() -> str:
    """Which shop this is: its name."""
    return str(queries.rules().get("shop.name") or "")

"""How statements are worded: the patterns of statements.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_kinds: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "statements.toml").read_text(encoding="utf-8")
)


@cache
def pattern(kind: str, name: str = "words") -> re.Pattern[str]:
    """What finds the statements of a kind, as whole words."""
    return anyof(_kinds[kind][name])


@cache
def patterns(*path: str) -> dict[str, re.Pattern[str]]:
    """What finds the statements of each name under a kind, from the beginning of a word."""
    return {name: re.compile(rf"\b(?:{'|'.join(v)})", re.I) for name, v in table(*path).items()}


def table(*path: str) -> dict[str, list[str]]:
    """The lists under a kind."""
    found = _kinds
    for name in path:
        found = found[name]
    return found


def entries(kind: str) -> list[dict[str, Any]]:
    """The entries of a kind, their words compiled."""
    return [entry | {"words": anyof(entry["words"])} for entry in _kinds[kind]]


def anyof(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some expressions, as whole words; one that says where it begins is left as it is."""
    return re.compile(
        "|".join(w if w.startswith(("^", r"\b")) else rf"\b(?:{w})\b" for w in words), re.I | re.S
    )


def blank(found: re.Pattern[str], text: str) -> str:
    """A text without what is found in it, every place kept."""
    return found.sub(lambda m: " " * len(m.group()), text)

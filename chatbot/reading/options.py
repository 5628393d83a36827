"""Which option values a message wishes for, among those a product has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .words import SMALL_WORDS, fold, words

SIZES = {
    "xs": ("extra small", "xsmall"), "s": ("small",), "m": ("medium", "med"), "l": ("large",),
    "xl": ("extra large", "xlarge", "x large"), "xxl": ("2xl", "extra extra large", "xx large"),
}  # fmt: skip
COLORS = frozenset(
    "black white gray red blue green yellow orange purple pink brown beige navy teal turquoise"
    " violet maroon burgundy olive khaki tan cream ivory gold silver rose lilac lavender mint coral"
    " charcoal slate turquoise camo rust mustard aqua magenta fuchsia".split()
)
SIZE_WISH = re.compile(r"\b(?:in (?:a )?|size |a )(\d{1,2}(?:\.5)?|x{0,3}[sl]|m)\b")


def wished(text: str, options: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """For each option name the values that `text` names, as the shop writes them.

    Whole values first ("signal orange"), then a word only one value has ("orange").
    """
    found = {}
    for name, values in options.items():
        hits = _whole(text, values) or _part(text, values)
        if hits:
            found[name] = hits
    return found


def foreign(text: str, options: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Colors and sizes `text` wishes for that none of the values has."""
    known = {w for values in options.values() for v in values for w in words(v)}
    if not options:
        return ()
    colors = [w for w in words(text) if w in COLORS and w not in known]
    has_sizes = any("size" in fold(name) for name in options)
    sizes = [s for s in SIZE_WISH.findall(fold(text)) if s not in known] if has_sizes else []
    return tuple(dict.fromkeys(colors + sizes))


def _whole(text: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values that stand in `text`, spelled out or as a size's other name; the longest first,
    so that "bath sheet" does not say "bath" as well."""
    plain, hits = " ".join(words(text)), set()
    for value in sorted(values, key=len, reverse=True):
        rest = _without(plain, value)
        if rest != plain:
            hits.add(value)
            plain = rest
    return tuple(v for v in values if v in hits)


def _without(plain: str, value: str) -> str:
    """`plain` with the names of `value` taken out."""
    for name in (value, *SIZES.get(fold(value), ())):
        plain = re.sub(rf"(?<!\w){re.escape(' '.join(words(name)))}(?!\w)", "|", plain)
    return plain


def _part(text: str, values: Sequence[str]) -> tuple[str, ...]:
    """The value that alone shares a telling word with `text`."""
    said = set(words(text)) - SMALL_WORDS
    hits = [v for v in values if said & {w for w in words(v) if len(w) > 2 or w.isdigit()}]
    return tuple(hits) if len(hits) == 1 else ()

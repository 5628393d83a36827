"""Which of the things spoken of a message points at: "the second", "the cheaper one"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from chatbot.terms import ProductWords

from .words import fold, words

PLACES = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1}
PLACE = re.compile(
    rf"\b(?:the|that) ({'|'.join(PLACES)})(?: one)?\b(?! (?:order|parcel|package|time))"
    rf"|^(?:and |ok |so )?({'|'.join(PLACES)})(?: one\b|\W*$)"
)
ORDER_PLACE = re.compile(rf"\b({'|'.join(PLACES)})(?: one)?\b")
VALUE_PLACE = re.compile(  # "the first layer" is no value
    rf"\b(?:the|that) ({'|'.join(PLACES)})(?: one| colou?r| size)?"
    r"(?=\W*$|[,.!?;]| (?:in|for|please|pls|is|then|and|if)\b)"
)
OTHER = re.compile(r"\bthe other(?: one)?\b(?! (?:order|colou?r|size|option))")
OF_ONE = frozenset("color size finish".split())  # what one product comes in, as every shop calls it


def _one(*kinds: str) -> re.Pattern[str]:
    return re.compile(rf"\bthe (?:{'|'.join(kinds)})(?: one)?\b(?: (\w+))?")


CHEAPER = _one("cheap", "cheaper", "cheapest", "(?:less|least) expensive")
DEARER = _one("expensive", "(?:more|most) expensive", "dearer", "pricier", "priciest")
SMALLER = _one(
    "small", "smaller", "smallest", "little", "tiny", "titchy", "teeny", "mini", "lighter",
    "shorter",
)  # fmt: skip
BIGGER = _one(
    "big", "bigger", "biggest", "large", "larger", "largest", "huge", "heavier", "longer"
)  # fmt: skip
WHICH = re.compile(
    r"\bwhich(?: one| of (?:them|these|those|the (?:two|three)))?(?:'?s)?"
    r" (?:is|are|one|has|have|would|can|do|does|works?|fits?|weighs?|lasts?|comes?|keeps?|\w+er)\b"
    r"|\bboth\b|\beither(?: one| of)\b"
)
WOMEN = re.compile(r"\bwom[ae]n")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
SMALL = ("mini", "small", "little", "compact", "solo", "single")


def pointed(text: str, spoken: Sequence[ProductWords], *, by_size: bool = True) -> str:
    """The handle of the one product among `spoken` that `text` points at; empty for none.
    `by_size`: whether "the small one" points at one."""
    if len(spoken) < 2:
        return ""
    plain = fold(text)
    if WOMEN.search(plain):
        spoken = [p for p in spoken if WOMEN.search(fold(p.text))] or spoken
        if len(spoken) == 1:
            return spoken[0].handle
    if found := PLACE.search(plain):
        place = PLACES[found.group(1) or found.group(2)]
        return spoken[place].handle if place < len(spoken) else ""
    if OTHER.search(plain) and len(spoken) == 2:
        return spoken[1].handle
    sizes = ((SMALLER, in_size, False), (BIGGER, in_size, True)) if by_size else ()
    for pattern, key, most in ((CHEAPER, _by_price, False), (DEARER, _by_price, True), *sizes):
        if (found := pattern.search(plain)) and not is_of_one(found[1] or "", spoken):
            return _first(sorted(spoken, key=key, reverse=most), key)
    return ""


def is_of_one(word: str, spoken: Sequence[ProductWords]) -> bool:
    """Whether a word tells what one product comes in: "the cheaper color" is no other product, nor
    is "the bigger pack" of cans, but of two backpacks one is."""
    named = {w for product in spoken for option in product.options for w in words(option)}
    return bool({*words(word)} & (OF_ONE | named))


def pointed_order(text: str, listed: Sequence[str]) -> str:
    """The order number among those `listed` that `text` points at; empty for none."""
    found = ORDER_PLACE.search(fold(text)) if len(listed) > 1 else None
    place = PLACES[found.group(1)] if found else len(listed)
    return listed[place] if place < len(listed) else ""


def pointed_value(text: str, told: Sequence[str]) -> tuple[str, ...]:
    """The option value among those `told` that `text` points at: "L in the second"."""
    found = VALUE_PLACE.search(fold(text)) if told else None
    place = PLACES[found.group(1)] if found else len(told)
    return (told[place],) if place < len(told) else ()


def _first(ordered: Sequence[ProductWords], key: Callable[[ProductWords], object]) -> str:
    """The first, if it differs from the next."""
    return ordered[0].handle if key(ordered[0]) != key(ordered[1]) else ""


def _by_price(product: ProductWords) -> tuple[int, float]:
    return (0, product.price)


def in_size(product: ProductWords) -> tuple[int, float]:
    """Small by its name, else by the last number in it: "Curlew 28", "Curlew 45"."""
    small = any(word in fold(product.title).split() for word in SMALL)
    numbers = NUMBER.findall(product.title)
    return (0 if small else 1, float(numbers[-1]) if numbers else 0.0)

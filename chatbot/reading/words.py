"""Words of a message, folded so that spelling habits do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

REMEMBERED = 1 << 12  # texts: titles are read at every message, a message by many rules
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*")
SPELLINGS = {
    "colour": "color", "colours": "color", "grey": "gray", "litre": "liter", "litres": "liter",
    "metre": "meter", "metres": "meter", "jewellery": "jewelry", "tyre": "tire", "mum": "mom",
    "aluminium": "aluminum", "alu": "aluminum", "cosy": "cozy", "moustache": "mustache",
    # one thing, two words: British and American, short and long
    "jumper": "sweater", "jumpers": "sweater", "trainers": "sneaker", "wellies": "boot",
    "torch": "flashlight", "duvet": "comforter", "sofa": "couch", "nappy": "diaper",
    "dressing-gown": "robe", "trousers": "pant", "rucksack": "backpack", "purse": "handbag",
    "specs": "glasses", "fridge": "refrigerator", "tee": "t-shirt", "hoover": "vacuum",
    # one measure, two words
    "liters": "liter", "ltr": "liter", "ounce": "oz", "ounces": "oz", "pounds": "lb",
    "pound": "lb", "lbs": "lb", "pcs": "piece", "pieces": "piece",
}  # fmt: skip
NUMBERS = {"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
           "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12"}  # fmt: skip
# What stands before something that is turned down.
TURNED_DOWN = r"(?:not|except(?: for)?|besides|instead of|other than|anything but)"
SMALL_WORDS = frozenset(  # as `stem` leaves them: "does" is "doe"
    "a an and any are as at be by can could do doe does for from got had has have hav how i if im"
    " in is it its me my of on one or our please pls so than that the their them there these they"
    " thing this those to u ur us was we what when where which who will with would you your".split()
)


@lru_cache(maxsize=REMEMBERED)
def fold(text: str) -> str:
    """Lower case, without accents and typographic quotes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def tidy(text: str) -> str:
    """`text` as the models should see it: full-width and other odd forms of letters made plain."""
    return unicodedata.normalize("NFKC", text).strip()


def slip(word: str, other: str) -> bool:
    """Whether `word` is `other` with a slip of the fingers: one letter wrong, lost, doubled or
    swapped with the next in five and more, two in nine and more (Damerau 1964)."""
    most = 2 if len(other) >= 9 else 1
    return len(other) >= 5 and OSA.distance(word, other, score_cutoff=most) <= most


def words(text: str) -> list[str]:
    """The stems of `text` in order: "Men's boots, 2 pairs" -> men, boot, 2, pair."""
    return list(_stems(text))


@lru_cache(maxsize=REMEMBERED)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in WORD.findall(fold(text)))


def stem(word: str) -> str:
    """A word without possessive and plural endings, in American spelling."""
    word = word.removesuffix("'s").replace("'", "")
    word = SPELLINGS.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word

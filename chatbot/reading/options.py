"""Which option values a message asks for, among those a product has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chatbot.units import SCALE

from .words import NUMBERS, SMALL_WORDS, TURNED_DOWN, fold, slip, words

SIZES = {
    "xs": ("extra small", "xsmall"), "s": ("small",), "m": ("medium", "med"), "l": ("large",),
    "xl": ("extra large", "xlarge", "x large"), "xxl": ("extra extra large", "xx large"),
}  # fmt: skip
MANY_X = re.compile(r"\b([2-5])\s?xl\b")
# What shops call their shades, by the plain color that shoppers ask for.
SHADES = {
    "green": "pine fern spruce sage olive moss lichen forest emerald mint khaki seaglass jade basil"
             " lime hunter eucalyptus thyme kelp juniper",
    "blue": "navy ink denim indigo midnight ocean sky cobalt teal azure marine petrol turquoise"
            " sapphire royal",
    "gray": "slate charcoal graphite ash pewter steel smoke fog granite stone silver anthracite",
    "red": "ember burgundy bordeaux crimson scarlet cherry brick maroon wine ruby barn cranberry",
    "brown": "chestnut walnut tan cocoa chocolate peat mocha cognac caramel coffee driftwood camel"
             " oak hazel umber",
    "beige": "oat oatmeal sand cream natural ecru flax linen ivory bone taupe",
    "yellow": "mustard duckling marigold sunflower gold ochre lemon saffron honey butter",
    "orange": "rust tangerine apricot terracotta pumpkin copper",
    "purple": "plum bramble lavender lilac heather aubergine violet grape",
    "pink": "rose blush coral fuchsia magenta peony salmon",
    "black": "onyx jet obsidian raven", "white": "snow chalk pearl",
}  # fmt: skip
SHADE_OF = {shade: color for color, shades in SHADES.items() for shade in shades.split()}
# What can only be meant as a color; "stone" and "coffee" can be other things.
COLORS = frozenset(SHADES) | frozenset(
    "navy teal turquoise maroon burgundy khaki lilac lavender magenta violet fuchsia indigo"
    " charcoal crimson".split()
)
SIZE_WISH = re.compile(
    r"\b(?:in (?:a )?|size |a )(\d{1,2}(?:\.5)?|x{0,5}[sl]|m)\b(?![.:/-]?\d)"
    r"(?! ?-?(?:year|day|week|month|hour|min|night|person|people|pack|piece|set|inch|in\b|cm|mm|m\b"
    r"|ft|feet|lb|kg|g\b|liter|oz|ml|%|percent|dollar|usd|euro|pound|am\b|pm\b|or|to))"
)
# What size somebody is: no wish for such a one of what comes in letters or is counted otherwise.
OWN_SIZE = re.compile(
    r"\b(?:us|uk|eu)(?: size)? \d{1,2}(?:\.5)?\b|\b\d{1,2}(?:\.5)? (?:us|uk|eu)\b"
    r"|\b(?:i'?m|i am|i'?d be|i wear|usually|normally)(?: (?:an?|about|size|in|usually|normally))*"
    r" \d{1,2}(?:\.5)?(?![\w.])"
)
CROSSWISE = re.compile(r"(?<=\d) ?[x×] ?(?=\d)", re.I)
LITERS = re.compile(r"(?<=\d) ?l\b")
NO_COLOR = re.compile(r"\b(?:black friday|green (?:energy|card)|red (?:cross|eye)|white noise)\b")
NOT = re.compile(  # "not lined", "except the oat or the fern"
    rf"\b(?:{TURNED_DOWN}|without|allergic to) (?:(?:in|for|the|an?) )*(?!(?:in|for|the|an?)\b)"
    r"(\w+(?: n?or (?:the )?\w+)*)"
)
# Who asks why something is not there turns nothing down: "is there not a red one?".
IS_IT_NOT = re.compile(
    r"\b(?:why(?: (?:is|are) (?:it|they|there))?"
    r"|(?:is|are|was|were) (?:it|they|this|that|these|those|there|the \w+)) not\b"
)
LONG = 6  # letters
ALTERNATIVES = re.compile(r"\b(?:or|and|vs|n)\b|[&/,]")
_ONE = r"\b(?:the|that) (?:{})(?: (?:one|size|version|bottle|box|pack|bag))?\b"
LARGER = re.compile(_ONE.format("large|larger|largest|big|bigger|biggest|huge"))
SMALLER = re.compile(_ONE.format("small|smaller|smallest|little|tiny|titchy|teeny"))
NUMBER = re.compile(r"\d+(?:\.\d+)?")
# "It is made here, right?" wants a yes, and nothing for the right hand.
RIGHT = re.compile(
    r"(\b(?:is|are|has|have|does|do|it'?s|you|u|comes?)\b.*)"
    r"(?<!\bor)(?<!\bthe)(?<!\bin),? right ?\?+\W*$"
)
HALF_SIZES = re.compile(r"\bhalf[ -]?sizes?\b")


def wished(text: str, options: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """For each option name the values that `text` names, as the shop writes them.

    Whole values first ("signal orange"), then a word only one value has ("orange"), then the
    shades of a color ("green": Pine). Of what is turned down ("not lined") all others.
    """
    found = {}
    text = IS_IT_NOT.sub(" ", NO_COLOR.sub(" ", fold(text)))
    turned_down = " ".join(NOT.findall(text))
    text = NOT.sub(" ", text)
    for name, values in options.items():
        others = _but(turned_down, values)
        if hits := _among(text, others) or (others if others != tuple(values) else ()):
            found[name] = hits
    return found or by_size(text, options)


def untagged(text: str) -> str:
    """A message without the "right?" that only wants a yes to it."""
    return RIGHT.sub(r"\1 ", fold(text))


def _but(turned_down: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values of one option but those that are turned down; all where none would be left."""
    unwanted = _among(turned_down, values) if turned_down else ()
    return tuple(v for v in values if v not in unwanted) or tuple(values)


def _among(text: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values of one option that `text` names; in "black or the reddish one" of both kinds."""
    said = whole(text, values)
    if said and not ALTERNATIVES.search(text):
        return said
    rest, others = " ".join(words(_sized(text))), [v for v in values if v not in said]
    for value in said:
        rest = _without(rest, value)
    return (*said, *(_part(rest, others) or _shades(rest, others)))


def foreign(text: str, options: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Colors and sizes `text` wishes for that none of the values has."""
    known = {w for values in options.values() for v in values for w in words(_sized(v))}
    if not options:
        return ()
    shown = {SHADE_OF.get(w, w) for w in known}
    said = words(NO_COLOR.sub(" ", fold(text)))
    colors = [w for w in said if w in COLORS and w not in known and w not in shown]
    has_sizes = any("size" in fold(name) for name in options)
    wish = _sized(text if _has_figures(options) else OWN_SIZE.sub(" ", fold(text)))
    sizes = [s for s in SIZE_WISH.findall(wish) if s not in known] if has_sizes else []
    if has_sizes and HALF_SIZES.search(fold(text)) and not any("." in w for w in known):
        sizes.append("half sizes")
    return tuple(dict.fromkeys(colors + sizes))


def _has_figures(options: Mapping[str, Sequence[str]]) -> bool:
    """Whether some values are figures and nothing else: boots in 9, 10 and 11."""
    return any(NUMBER.fullmatch(value) for values in options.values() for value in values)


def _sized(text: str) -> str:
    """`text` folded, "3xl" written out as "xxxl", "25 L" as "25 liter", "eight" as "8", and what is
    measured crosswise as "26 x 2"."""
    text = CROSSWISE.sub(" x ", text)
    text = re.sub(rf"\b(?:{'|'.join(NUMBERS)})\b", lambda m: NUMBERS[m.group()], fold(text))
    return LITERS.sub(" liter", MANY_X.sub(lambda m: "x" * int(m.group(1)) + "l", text))


def whole(text: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values that stand in `text`, spelled out or as a size's other name; the longest first,
    so that "bath sheet" does not say "bath" as well."""
    plain, hits = " ".join(words(_sized(text))), set()
    for value in sorted(values, key=len, reverse=True):
        rest = _without(plain, value)
        if rest != plain:
            hits.add(value)
            plain = rest
    return tuple(v for v in values if v in hits)


def _without(plain: str, value: str) -> str:
    """`plain` with the names of `value` taken out."""
    for name in (value, *SIZES.get(fold(value), ())):
        plain = re.sub(
            rf"(?<![\w.]){re.escape(' '.join(words(_sized(name))))}(?!\w|\.\d)", "|", plain
        )
    return plain


def _part(text: str, values: Sequence[str]) -> tuple[str, ...]:
    """The one value that shares most telling words with `text`, or else a slip of one."""
    said = set(words(text)) - SMALL_WORDS
    most = max((len(said & _telling(v)) for v in values), default=0)
    hits = [v for v in values if len(said & _telling(v)) == most > 0]
    hits = hits or [v for v in values if any(slip(s, w) for s in said for w in _long(v))]
    return tuple(hits) if len(hits) == 1 else ()


def by_size(text: str, options: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The smallest or largest value of an option that is counted or measured, where `text` points
    at it so: "the larger one" of 7 oz and 12 oz."""
    found: dict[str, tuple[str, ...]] = {}
    ends = ((LARGER, max), (SMALLER, min))
    pick = next((end for pattern, end in ends if pattern.search(fold(text))), None)
    for name, values in options.items():
        sizes = _sizes(values) if pick and len(values) > 1 else {}
        if pick and sizes and len(sizes) == len(values):
            found[name] = (sizes[pick(sizes)],)
    return found


def _sizes(values: Sequence[str]) -> dict[float, str]:
    """Values by how big they are: by what sizes are called, or by their figures in the same unit;
    none where they have no such order."""
    called = {float(SCALE.index(v.casefold())): v for v in values if v.casefold() in SCALE}
    alike = len({NUMBER.sub("", v) for v in values}) == 1  # no ml beside liters
    return called or {float(n.group()): v for v in values if alike and (n := NUMBER.search(v))}


def _long(value: str) -> set[str]:
    """Words long enough that another word is hardly one of them by a slip ("back", "Black")."""
    return {w for w in _telling(value) if len(w) >= LONG}


def _telling(value: str) -> set[str]:
    return {w for w in words(value) if len(w) > 2 or w.isdigit()}


def _shades(text: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values that are shades of a plain color named in `text`."""
    colors = set(words(text)) & set(SHADES)
    return tuple(v for v in values if colors & {SHADE_OF.get(w, "") for w in words(v)})

"""Which model a message names that the shop does not have, by the name of one that it does: "the
Wren tenor ukulele" where there is a soprano and a concert one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.terms import Lexicon, ProductWords

from . import shop_words
from .options import COLORS, SHADE_OF, SIZES
from .products import NAMELIKE, Match, Rarity
from .words import SMALL_WORDS, WORD, fold, slip, stem, words

TELLING = 0.7  # between name and sort a word this rare tells one model from another
RARE = 0.85  # behind a name a word this rare is the thing: "how much is the Wren banjo"
SHORTEST = 3  # letters
MOST_BETWEEN = 2  # words of another model between name and sort
PARTS = re.compile(r"[,;:!?()\n]+|(?<!\bno)\.\s")  # "Pen No. 5" goes on
# Endings of words that tell no model, and words by which two things are compared.
DESCRIBING = re.compile(
    r"(?:ing|ed|able|ly|ish|est|proof)$"
    r"|^(?:cheap|dear|bigg|small|larg|light|heavi|fast|slow|bett|wid|long|short|thick|thinn|fin"
    r"|strong|soft|warm|nic)er$"
)
# What makers put behind the name of a variety of their own.
VARIETY = frozenset(
    "pro lite max mini ultra ultralight deluxe premium elite ii iii iv xl se jr mk2 v2 v3".split()
)
HAD = re.compile(  # who asks so speaks of a thing, and not of how it is
    r"\bhow much (?:is|are|for|does|do)\b|\bpric|\bcosts?\b|\bin stock\b|\bavailab"
    r"|\b(?:do|did) (?:you|u|ya) (?:have|sell|stock|carry|do)\b|\b(?:got|have) (?:any|the|an?)\b"
)


@dataclass(frozen=True)
class Family:
    """The products that go by a name, the words of their titles and pages, and of the articles;
    the words for the sorts of things that the shop has."""

    products: tuple[ProductWords, ...]
    titles: frozenset[str]
    pages: frozenset[str]
    help: frozenset[str]
    sorts: frozenset[str]

    @property
    def sized(self) -> bool:
        """Whether any of them comes in sizes."""
        return any("size" in fold(name) for p in self.products for name in p.options)


def other_model(text: str, matches: Sequence[Match], lexicon: Lexicon, rarity: Rarity) -> str:
    """The name of a model that the shop does not have though its name begins as that of one it
    does, as typed ("wren tenor ukulele", "vellum 80"); empty for none."""
    names = _names(matches, rarity) - shop_words.last_words(lexicon)
    had = bool(HAD.search(fold(text)))
    for part in PARTS.split(fold(text)):
        typed = WORD.findall(part)
        said = [stem(word) for word in typed]
        for place in (n for n, word in enumerate(said) if word in names):
            family = _family(said[place], lexicon)
            if end := _end_of_another(said, place + 1, family, rarity, had):
                return " ".join(typed[_begin(said, place, family) : end])
    return ""


def _names(matches: Sequence[Match], rarity: Rarity) -> set[str]:
    """The words of products' names by which a message calls them."""
    return {
        w
        for m in matches
        for w in words(m.title)
        if w in m.said and w.isalpha() and rarity(w) >= NAMELIKE
    }


def _begin(said: Sequence[str], place: int, family: Family) -> int:
    """Where the name begins of which a word stands at `place`: "good porridge"."""
    while place and said[place - 1] in family.titles:
        place -= 1
    return place


def _end_of_another(
    said: Sequence[str], own: int, family: Family, rarity: Rarity, had: bool
) -> int:  # fmt: skip
    """Behind which word the name of a model ends that the shop does not have; 0 where the words
    from `own` on name one it does. `had`: whether it is asked if there is such a thing."""
    while own < len(said) and said[own] in family.titles - family.sorts:
        own += 1
    strange = own
    if _other_number(said, own, family):
        return own + 1 + bool(set(said[own + 1 : own + 2]) & family.sorts)
    while strange < own + MOST_BETWEEN and _tells(said[strange:], family, rarity):
        strange += 1
    if strange == own:
        return 0
    behind = said[strange : strange + 1]
    if set(behind) & family.sorts:
        return strange + 1
    sure = said[strange - 1] in VARIETY or (had and rarity(said[strange - 1]) >= RARE)
    return strange if sure and not set(behind) - SMALL_WORDS else 0


def _family(name: str, lexicon: Lexicon) -> Family:
    """The products whose names have a word in common."""
    those = tuple(p for p in lexicon.products if name in words(p.title))
    titles = frozenset(w for p in those for w in words(p.title))
    values = (v for p in those for vals in p.options.values() for v in vals)
    texts = (*(p.text for p in those), *(p.department for p in those), *values)
    pages = frozenset(w for text in texts for w in words(text))
    return Family(
        those, titles, pages, shop_words.help_words(lexicon), shop_words.last_words(lexicon)
    )


def _other_number(said: Sequence[str], own: int, family: Family) -> bool:
    """Whether another number stands where that of a model is: "Vellum 80" of a Vellum 60."""
    number, behind = said[own : own + 1], said[own + 1 : own + 2]
    if not number or not number[0].isdigit() or number[0] in family.titles:
        return False
    lengths = {len(w) for w in family.titles if w.isdigit()}
    if lengths:
        return len(number[0]) <= max(lengths) and not said[own - 1].isdigit()
    return bool(set(behind) & family.sorts) and number[0] not in family.pages


def _tells(said: Sequence[str], family: Family, rarity: Rarity) -> bool:
    """Whether the first of these words tells another model: none of its pages has it, and it is
    no color, size or slip."""
    word = said[0] if said else ""
    if word in VARIETY and word not in family.pages:
        return word not in SIZES or not family.sized
    if len(word) < SHORTEST or not word.isalpha() or rarity(word) < TELLING:
        return False
    if DESCRIBING.search(word) or word in family.help or word in (*COLORS, *SHADE_OF, *SIZES):
        return False
    return not any(slip(word, w) or w.startswith(word) for w in family.pages)

"""Which product a message means that calls it by something else than its name: a value it comes in,
the sort of thing it is with such a value, a turn of its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from chatbot.terms import Lexicon

from . import shop_words
from .options import COLORS, whole
from .products import DISTINCT, SHORT_FORM, Rarity, telling_words
from .words import SMALL_WORDS, words

TELLING = 0.75  # a word this rare can name a product by a value it comes in
BUNDLES = frozenset("set pair piece bundle".split())  # of any sort of thing
Pair = tuple[str, str]  # two words that stand side by side


def described(text: str, lexicon: Lexicon, rarity: Rarity, *, asks: bool) -> tuple[str, ...]:
    """The one product meant by a message that names none. `asks`: whether it asks of a product,
    and does not look for some that come so."""
    if having := by_value(text, lexicon, rarity):
        return having
    return (of_sort(text, lexicon) or by_turn(text, lexicon, rarity)) if asks else ()


def by_value(text: str, lexicon: Lexicon, rarity: Rarity) -> tuple[str, ...]:
    """The one product that comes in what is said, where a word is rare and no other does: "is
    soot waterproof" of an ink; none where another sort of thing is spoken of."""
    rare = {w for w in telling_words(text) if len(w) >= SHORT_FORM and rarity(w) >= TELLING}
    rare -= COLORS | shop_words.help_words(lexicon)
    having = [handle for handle, those in shop_words.values(lexicon).items() if rare & those]
    sorts = set(words(text)) & shop_words.last_words(lexicon) - BUNDLES
    called = {w for p in lexicon.products if p.handle in having for w in words(p.title)}
    return tuple(having) if len(having) == 1 and not sorts - called else ()


def of_sort(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The one product of the sort that is called by its name's last word, or by any with a size
    ("230 g gas"), and comes in more of what is said than its like: "the small brass stand"."""
    said, fitting = set(telling_words(text)), []
    for product, title in zip(lexicon.products, shop_words.titles(lexicon), strict=True):
        called = {word for word in said.intersection(title) if word.isalpha()}
        if not called:
            continue
        coming = [v for values in product.options.values() for v in whole(text, values)]
        if coming and (_sort(title) in called or any(map(str.isdigit, "".join(coming)))):
            fitting.append((len(coming), product.handle))
    most = max((n for n, _handle in fitting), default=0)
    best = [handle for n, handle in fitting if n == most]
    return tuple(best) if len(best) == 1 else ()


def _sort(title: Sequence[str]) -> str:
    """The last word of a title that says what sort of thing it is: "dice" of a set of dice."""
    return next((word for word in reversed(title) if word.isalpha() and word not in BUNDLES), "")


def by_turn(text: str, lexicon: Lexicon, rarity: Rarity) -> tuple[str, ...]:
    """The one product on whose page alone, and in no help article, two words stand side by side as
    they do in the message, neither of which everybody says: "swiss cheese plant" of a Monstera."""
    known = shop_words.pages_with(lexicon)
    rare = {word for word in words(text) if word in known and rarity(word) >= DISTINCT}
    said = {pair for pair in _pairs(text) if rare.issuperset(pair)} - _help_pairs(lexicon)
    having = [p.handle for p in lexicon.products if said and _has_any(said, p.text)]
    return tuple(having) if len(having) == 1 else ()


def _has_any(pairs: set[Pair], text: str) -> bool:
    """Whether some pair stands in a text; most have not even their letters, which is soon seen."""
    plain = text.casefold()
    near = {pair for pair in pairs if all(word[:-1] in plain for word in pair)}
    return bool(near) and not near.isdisjoint(_pairs(text))


@lru_cache(maxsize=4)
def _help_pairs(lexicon: Lexicon) -> frozenset[Pair]:
    return _pairs(lexicon.help)


def _pairs(text: str) -> frozenset[Pair]:
    """Telling words that stand side by side."""
    return frozenset(
        pair for pair in pairwise(words(text)) if not SMALL_WORDS & set(pair) and _alphabetic(pair)
    )


def _alphabetic(pair: Pair) -> bool:
    return all(word.isalpha() for word in pair)

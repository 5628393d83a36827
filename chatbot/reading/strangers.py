"""What a message asks for that the shop does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from chatbot.terms import Lexicon

from . import shop_words
from .options import COLORS
from .other_models import other_model
from .products import SHORT_FORM, Match, Rarity
from .words import SMALL_WORDS, fold, slip, stem, words

MOST_SOUGHT = 4  # words; longer ones are no names
STRANGE = 0.93  # a word this rare, on none of the shop's pages, names something else
DESCRIBING = ("est", "ing", "ed", "able", "ly", "ish")  # endings of words that are no names
SOUGHT = re.compile(
    r"\b(?:do|did|does) (?:you|u|ya|yous|this shop) (?:guys |folks |also |even |still )?"
    r"(?:have|sell|carry|stock|do|make|keep)\b"
    r"|^\W*(?:(?:hi|hello|hey|so|and|ok|yo)\W+)*(?:(?:you|u) (?:guys )?(?:got|have|sell)"
    r"|(?:got|have) (?:any|an?))\b"
    r"|\b(?:i|we)(?:'d| would| should) like (?:an?|some)\b|\bi (?:need|want) (?:an?|some)\b"
    r"|\blooking for\b|\bin the market for\b|\bshopping for\b|\bwhere (?:do you keep|can i find)\b"
)
THERE = re.compile(r"^\W*(?:(?:and|so|ok) )*(?:is|are) there (?:an?|any) ")
BUYS = re.compile(r"\b(?:buy|buying|purchase|get me|sells?|stock)\b")
FRAGMENT = re.compile(r"(?=\W*[a-z]+ (?:stuff|things|gear)\W*$)")  # "merino stuff?"
# Where what is sought ends: "any goggles for skiing" seeks goggles.
SOUGHT_ENDS = re.compile(
    r"[^\w\s'-]|\b(?:for|with|in|on|at|that|which|under|below|to|from|by|who|like|made|and|or|but"
    r"|as|about|cheaper|less|around|please|pls|left|there|here|available|if|because|when|of|it|them)\b"
)
WHICH = re.compile(r"\bwhich (?:(?:of your|kind of|sort of) )?(\w+)(?: (\w+))?")
ARTICLES = frozenset("a an any some your those these such".split())
KNOWN_ONES = frozenset("the my me you your been it that this".split())  # nothing to be sought
ANYTHING = frozenset(
    "something anything stuff thing idea clue tip one question problem issue time minute moment"
    " recommendation suggestion option way gift present deal offer other more news update luck"
    " money chance person human someone somebody else plan advice info information detail"
    " department section shop store kind sort type style item product range brand name"
    " favorite".split()
)
ASKING = frozenset("what which how who when where why do does is are have".split())  # no names
PAUSE = re.compile(r"[^\w\s'-]+")


def stranger(
    text: str, matches: Sequence[Match], lexicon: Lexicon, rarity: Rarity, usual: frozenset[str]
) -> str:
    """The name of a product the shop does not have, as typed ("petrel shell"): a rare word that
    stands on none of its pages and is no slip of a `usual` one, right before what sort of thing
    it is, or another model's than those that go by the name; empty for none."""
    if named := [m for m in matches if m.by_name]:
        return other_model(text, named, lexicon, rarity)
    if sought := _sought(text, lexicon):
        return sought
    sorts = ({w for m in matches for w in m.said} | shop_words.last_words(lexicon)) - SMALL_WORDS
    for part in PAUSE.split(fold(text)):
        typed = part.split()
        for place, word in enumerate(typed):
            if _is_strange(stem(word), lexicon, rarity, usual):
                near = range(place + 1, min(place + 3, len(typed)))
                end = next((n for n in near if stem(typed[n]) in sorts), 0)
                if end and not ASKING & {*typed[place:end]}:
                    rest = takewhile(lambda w: stem(w) in sorts, typed[end:])
                    return " ".join([*typed[place:end], *rest])
    return ""


def _sought(text: str, lexicon: Lexicon) -> str:
    """What a message asks whether the shop has, where none of its pages has a word for it:
    "do you sell ski goggles"."""
    plain = fold(text)
    found = SOUGHT.search(plain)
    if not found:
        return ""
    phrase = SOUGHT_ENDS.split(plain[found.end() :].strip())[0].split()
    while phrase and phrase[0] in ARTICLES:
        phrase = phrase[1:]
    if not 0 < len(phrase) <= MOST_SOUGHT or not phrase[-1].isalpha() or len(phrase[-1]) < 4:
        return ""
    if (ANYTHING | KNOWN_ONES) & {*phrase, *map(stem, phrase)} or _is_written(
        stem(phrase[-1]), lexicon
    ):
        return ""
    sorts = [w for w in phrase if w.endswith("s") and stem(w) in shop_words.last_words(lexicon)]
    return "" if sorts else " ".join(phrase)  # "lanterns waterproof" are lanterns


def of_wares(text: str, lexicon: Lexicon) -> bool:
    """Whether a message asks if the shop has something, or would buy a sort of thing it sells."""
    plain = fold(text)
    buys = BUYS.search(plain) and set(words(plain)) & shop_words.last_words(lexicon)
    return bool(SOUGHT.search(plain) or THERE.search(plain) or buys)


def seeks_a_sort(text: str, lexicon: Lexicon) -> bool:
    """Whether a message asks whether the shop has something by a word of its products' names:
    "do you sell tents"."""
    return bool(sought_sort(text, lexicon))


def sought_sort(text: str, lexicon: Lexicon) -> str:
    """The word by which a message asks for a sort of thing: "bag" of "do you have bags for
    instruments"; empty where it asks for none that stands in a product's name."""
    found = SOUGHT.search(fold(text)) or FRAGMENT.match(fold(text))
    phrase = SOUGHT_ENDS.split(fold(text)[found.end() :].strip())[0] if found else ""
    telling = [w for w in words(phrase) if w not in ANYTHING]
    return telling[-1] if telling and telling[-1] in shop_words.titles_with(lexicon) else ""


def asks_which(text: str, lexicon: Lexicon) -> bool:
    """Whether a message asks which of the things of one sort: "which plant survives there"."""
    asked = {stem(word) for pair in WHICH.findall(fold(text)) for word in pair}
    return bool(asked & shop_words.last_words(lexicon))


def _is_written(word: str, lexicon: Lexicon) -> bool:
    """Whether some page or article of the shop has the word, also with a slip behind its first
    letter or as part of a longer one: a mower is no slip of power."""
    known = shop_words.pages_with(lexicon).keys() | shop_words.help_words(lexicon)
    slips = (w for w in known if w[0] == word[0] and slip(word, w))
    return any(slips) or any(w.endswith(word) or w.startswith(word) for w in known)


def _is_strange(word: str, lexicon: Lexicon, rarity: Rarity, usual: frozenset[str]) -> bool:
    """Whether a word is rare, no color, and on no page, not even with a slip."""
    if not word.isalpha() or len(word) < 4 or word in COLORS or rarity(word) < STRANGE:
        return False
    if word.endswith(DESCRIBING):
        return False
    known = shop_words.pages_with(lexicon).keys() | shop_words.help_words(lexicon) | usual
    begins = word[:-1] if len(word) > SHORT_FORM else word  # "engrave" is in "engraving"
    return not any(slip(word, w) or w.startswith(begins) for w in known)

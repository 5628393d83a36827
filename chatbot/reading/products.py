"""Which products a message names: whole titles, parts of them, with typos."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chatbot.terms import Lexicon, ProductWords

from . import model_codes, shop_words
from .options import wished
from .pointing import BIGGER, SMALLER, in_size, is_of_one
from .words import SMALL_WORDS, TURNED_DOWN, fold, slip, stem, words

Rarity = Callable[[str], float]  # 0 for words everybody uses, 1 for rare ones

NAMED = 0.5  # this share of a title's weight names it
DISTINCT = 0.55  # a word this rare, on few pages, names it alone
NAMELIKE = 0.7  # "Big" begins a name, but everybody says it of other things
RARE = 0.9  # a first word this rare is the model's name ("Wisp 1 Ultralight Tent")
SHORT_FORM = 4  # letters
SHORTEST_PART = 2  # letters of a compound before it
FEW = 4  # pages
SPARES = frozenset(words("replacement spare refill part"))
MEASURES = frozenset(words("liter meter gram ounce gallon inch decibel calorie pound"))  # no slips
ONE_WORD = 0.95  # how surely two words written as one are meant
SLIPPED = 0.9  # how surely a word with a slip is the one meant
# What a message turns down, what somebody does ("how far do I sit") and how many ("3 of those")
# names nothing.
DOWN = re.compile(
    rf"\b(?:{TURNED_DOWN}|without|w/o|that (?:do|does)(?:n'?t| not) have|with no)"
    r" (?:for |in )?(?:the |an? |my |any )?((?:non[- ])?\w+(?: \d+\b)?)"
    # a bare "no" before a comma, an article or a correction answers a question
    r"|(?:(?<!\w )|(?<=\bbut )|(?<=\band ))"
    r"\bno (?!(?:the|my|that|this|i|it|not|more|other|\d)\b)(\w+)"
    r"(?!.*\b(?:meant?|one|instead|rather)\b)"
)
EXCLUDED = re.compile(
    rf"\b(?:do|can|could|should|must|if) i \w+|{DOWN.pattern}"
    r"|\b\d+ of (?:them|those|these|it|that)\b"
)

TURNS_TO = re.compile(
    r"^\W*(?:(?:and|ok|okay|so|then|but|also|what about|how about|back to)\W+)*"
    r"(?:the|my|that) (\w+)"
    r"(?: (?:again|then|though))*\W*$"
)
PLAIN_ONE = re.compile(
    r"\bthe (normal|regular|standard|ordinary|plain|basic|original)"
    r"(?= (?:one|version|model)\b|\W*$)"
)


@dataclass(frozen=True)
class Match:
    """A product and the words of the message that name it."""

    handle: str
    title: str
    score: float  # share of the title's weight, 0..1
    stems: frozenset[str]  # of the title
    said: frozenset[str]  # of the message
    by_name: bool  # by its own name ("Kestrel"), not only by what it is ("rain shell")
    by_sort: bool  # by what sort of thing it is, not only by what it is made of ("linen")


def named(text: str, lexicon: Lexicon, rarity: Rarity) -> tuple[Match, ...]:
    """The products `text` names, best first; those that fit as well as each other all stay."""
    said = telling_words(text)
    counts = shop_words.titles_with(lexicon)
    known = shop_words.pages_with(lexicon)  # they and common words are meant as they stand
    slips = [w for w in said if w not in known and w not in MEASURES and rarity(w) >= RARE]
    codes = model_codes.named(text, lexicon)
    matches = [
        match
        for product, title in zip(lexicon.products, shop_words.titles(lexicon), strict=True)
        if (match := _match(product, title, said, slips, counts, lexicon, rarity, codes))
    ]
    matches = _of_gender(matches, said)
    both = {"men", "women"} <= set(said)
    best = [m for m in matches if both or not _outdone(m, matches, said)]
    if any(m.by_name or m.by_sort for m in best):
        best = [m for m in best if m.by_name or m.by_sort]
    best = _not_turned_down(_with_values(_no_spares(best), said, lexicon), text, said)
    return tuple(sorted(best, key=lambda m: (-m.by_name, -len(m.stems), -m.score)))


def _no_spares(matches: list[Match]) -> list[Match]:
    """Without parts for a thing that goes by the same words and is there itself: "the Elm" is the
    turntable, not the Elm Replacement Stylus."""
    themselves = [m.said for m in matches if not SPARES & set(words(m.title))]
    return [
        m for m in matches
        if not (SPARES & set(words(m.title)) - m.stems and any(m.said <= t for t in themselves))
    ]  # fmt: skip


def telling_words(text: str) -> list[str]:
    """The telling words of a message, less those it turns down ("not the mini")."""
    return [w for w in words(EXCLUDED.sub(" ", fold(text))) if w not in SMALL_WORDS]


def _not_turned_down(matches: list[Match], text: str, said: Sequence[str]) -> list[Match]:
    """Without those that are called by what a message turns down and nowhere asks for: "a lock,
    not a cable" is no cable lock."""
    turned = (found.group(1) or found.group(2) for found in DOWN.finditer(fold(text)))
    down = [set(words(said_no)) - set(said) for said_no in turned]
    return [m for m in matches if not any(some and some <= set(words(m.title)) for some in down)]


def _of_gender(matches: list[Match], said: Sequence[str]) -> list[Match]:
    """Without women's things where only men's were asked for; shops often name but the former."""
    if "men" not in said or "women" in said:
        return matches
    return [m for m in matches if "women" not in words(m.title)] or matches


def _with_values(
    matches: list[Match], said: Sequence[str], lexicon: Lexicon
) -> list[Match]:  # fmt: skip
    """Those that come in what was said, where others go by the same words and do not: "ink in
    damson"."""
    values = shop_words.values(lexicon)
    having = [m for m in matches if (set(said) - m.said) & values[m.handle]]
    return [m for m in matches if m in having or not any(m.said <= h.said for h in having)]


def _outdone(match: Match, others: Sequence[Match], said: Sequence[str]) -> bool:
    """Whether another product is named by more of the same words, and the shared ones were not
    said once for each ("the Fogbell Mini and the big Fogbell")."""
    more = [o for o in others if match.said < o.said]
    twice = any(said.count(w) > 1 for w in match.stems)
    return bool(more) and not (twice and match.by_name)


def only_one(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The one product of the sort that a message turns to: "and the microphone?"."""
    turns = TURNS_TO.match(fold(text))
    word = stem(turns.group(1)) if turns else ""
    those = [p.handle for p in lexicon.products if word and shop_words.sort(p) == word]
    return tuple(those) if len(those) == 1 else ()


def siblings(text: str, focus: str, lexicon: Lexicon, rarity: Rarity) -> tuple[str, ...]:
    """Products that share the focus's name and fit `text` better: "and the 3 person one?" after
    the Drift 2 Tent means the Drift 3 Tent, as "the bigger one" does, "the normal one" after the
    Pro Mixer the Mixer."""
    own = next((p for p in lexicon.products if p.handle == focus), None)
    said = set(telling_words(text))
    if own is None or not said:
        return ()
    if one := _plainer(text, own, lexicon) or _next_in_size(text, own, lexicon):
        return one
    family = _family(own, lexicon, rarity)
    fits = [(len(said & set(words(p.title))), p.handle) for p in family]
    most = max((n for n, _handle in fits), default=0)
    own_fit = len(said & set(words(own.title)))
    return tuple(h for n, h in fits if n == most and n > own_fit)


def _plainer(text: str, own: ProductWords, lexicon: Lexicon) -> tuple[str, ...]:
    """The one product that "the normal one" means: called by all of the own title but a word or
    two; none where the own one comes so ("Regular")."""
    found = PLAIN_ONE.search(fold(text))
    values = {w for told in own.options.values() for value in told for w in words(value)}
    if not found or found[1] in values:
        return ()
    less = [p.handle for p in lexicon.products if set(words(p.title)) < set(words(own.title))]
    return tuple(less) if len(less) == 1 else ()


def _next_in_size(text: str, own: ProductWords, lexicon: Lexicon) -> tuple[str, ...]:
    """The product called alike but for its number that "the bigger one" or "the smaller one" means;
    none where the own one comes in sizes itself."""
    bigger = BIGGER.search(fold(text))
    found = bigger or SMALLER.search(fold(text))
    line = [p for p in lexicon.products if _line(own) and _line(p) == _line(own)]
    sizes = any("size" in fold(name) and len(values) > 1 for name, values in own.options.items())
    if not found or not line or sizes or wished(text, own.options):
        return ()
    if is_of_one(found[1] or "", [own]):
        return ()
    ordered = sorted(line, key=in_size)
    place = ordered.index(own) + (1 if bigger else -1)
    return (ordered[place].handle,) if 0 <= place < len(ordered) else ()


def _family(own: ProductWords, lexicon: Lexicon, rarity: Rarity) -> list[ProductWords]:
    """Products whose titles share a telling word with `own`, or all words but the numbers: "Beacon
    200 Headlamp" and "Beacon 400 Headlamp"."""
    rare = {w for w in words(own.title) if _telling(w, lexicon, rarity)}
    line = _line(own)
    others = (p for p in lexicon.products if p is not own)
    return [p for p in others if rare & set(words(p.title)) or (line and line == _line(p))]


def _line(product: ProductWords) -> list[str]:
    """The words of a title that has a number, without it; nothing for others."""
    said = words(product.title)
    bare = [word for word in said if not word.isdigit()]
    return bare if len(bare) < len(said) else []


def _match(
    product: ProductWords, title: Sequence[str], said: Sequence[str], slips: Sequence[str],
    counts: Counter[str], lexicon: Lexicon, rarity: Rarity, codes: frozenset[str],
) -> Match | None:  # fmt: skip
    called = {w for code in codes & model_codes.codes(product) for w in words(code)}
    hits = {w: 1.0 for w in title if w in called}
    hits |= {w: hit for w in title if (hit := _hit(w, said, slips))}
    hits |= {w: ONE_WORD for pair in pairwise(title) if "".join(pair) in said for w in pair}
    if not hits:
        return None
    weights = {w: _weight(w, counts, len(lexicon.products), rarity) for w in title}
    hits |= {w: 0.9 for w in weights if w not in hits and any(_ends(w, o) for o in said)}
    used = frozenset(o for o in said if any(_hit(w, [o], [o]) or _ends(w, o) for w in hits))
    score = sum(weights[w] * hit for w, hit in hits.items()) / sum(weights.values())
    first = (
        bool(called)
        or _numbered(title, said)
        or (title[0] in hits and rarity(title[0]) >= RARE and _proper(title[0], lexicon))
    )
    telling = first or any(_telling(w, lexicon, rarity) for w in hits)
    sort = any(w in hits for w in title if w in shop_words.last_words(lexicon))
    everywhere = all(shop_words.pages_with(lexicon)[w] > FEW for w in hits)
    if not telling and (score < NAMED or (everywhere and not sort)):
        return None  # what many pages speak of names none: "nib" no Nib Tuning
    own = first or any(_proper(w, lexicon) and rarity(w) >= NAMELIKE for w in hits)
    return Match(
        product.handle, product.title, score, frozenset(hits), used or frozenset(hits), own, sort
    )


def _numbered(title: Sequence[str], said: Sequence[str]) -> bool:
    """Whether a model is called by its name and number, of however many makes alike: the "Corliss
    60" among five things of Corliss."""
    return len(title) > 1 and title[1].isdigit() and (title[0], title[1]) in pairwise(said)


def _telling(word: str, lexicon: Lexicon, rarity: Rarity) -> bool:
    """Whether a word names a product alone: a name of its own, or rare in English and on few of
    the shop's pages."""
    if _proper(word, lexicon) and rarity(word) >= NAMELIKE:
        return True
    few = shop_words.pages_with(lexicon)[word] <= FEW
    return not word.isdigit() and few and rarity(word) >= DISTINCT


def _proper(word: str, lexicon: Lexicon) -> bool:
    """Whether a word of few titles is a name: no page writes it with a small letter."""
    if len(word) == 1 or word.isdigit() or word in shop_words.common_words(lexicon):
        return False
    return shop_words.titles_with(lexicon)[word] <= FEW


def _weight(word: str, counts: Counter[str], titles: int, rarity: Rarity) -> float:
    """How much a word tells one title from the others."""
    return math.log(1 + titles / counts[word]) * (0.4 + 0.6 * rarity(word))


def _hit(word: str, said: Sequence[str], slips: Sequence[str]) -> float:
    """How surely `word` was said: 1 exactly, a little less with a slip (one of `slips`), 0 not."""
    if word in said:
        return 1.0
    if len(word) < 5 or word.isdigit():
        return 0.0
    if word in (a + b for a, b in pairwise(said)):
        return ONE_WORD
    return SLIPPED if any(slip(w, word) or slip(f"{w}s", word) for w in slips) else 0.0


def _ends(word: str, said: str) -> bool:
    """Whether a compound was said short: "pack" for "daypack", but not "lamp" for "clamp"."""
    whole = len(word) >= len(said) + SHORTEST_PART and len(word) <= 2 * len(said)
    return len(said) >= SHORT_FORM and whole and word.endswith(said)

"""Which products fit what is looked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from chatbot.terms import Answers, Encode, Fact, Judged, Reading
from storefront import queries

from . import bounds, denied, owning
from .denied import denial, plain, unwanted
from .products import product_fact, variant_fact
from .similarity import asking, judged, nearest, ranked, shared, stems
from .text import VOUCHER, sort_of
from .world import World

TOLD = 0.1  # so much better another has to fit than one whose page has a wish's telling words
FAR_BEHIND = 0.25  # 4 in 1,000 products so far behind the nearest are what is wished for
MOST_TRIED = 7  # products that are judged, those nearest to the wish
RIVALS = 2  # judged beside those that meet a bound: no descaler is a kettle of half a litre
MOST_FOUND = 6
SENTENCE_SHARE = 0.95  # a sentence of a page counts nearly as much as the page
NEARER = 0.2  # by so much a line has to come nearer to a wish than the first one of the page
FITS = 0.3  # less surely fitting products are not shown
FITS_LOOSELY = 0.1  # of what goes by the word, or within a price that was named, less will do
# What a product gains that is what was asked for, has the word in its name, or is tagged so.
OF_SORT, NAMED, TAGGED = 0.15, 0.1, 0.06
FOR_CHILDREN = re.compile(r"\b(?:kid|child|toddler|bab(?:y|ies)|junior|youth)", re.I)
CHILDREN = re.compile(
    r"\b(?:kids?|child(?:ren)?|toddlers?|bab(?:y|ies)|sons?|daughters?|girls?|boys?|nieces?|nephews?"
    r"|grand(?:son|daughter|child(?:ren)?|kids?)|little (?:one|boy|girl|man)s?|school ?kids?"
    r"|(?:\d+|two|three|four|five|six|seven|eight|nine|ten)[ -]?(?:y(?:ea)?rs?[ -]?olds?|y/?o)"
    r"|(?:is|turns|turning|aged?) (?:\d|1\d|two|three|four|five|six|seven|eight|nine|ten))\b",
    re.I,
)
# All that somebody says who leaves open what it is to be, within a price.
OPEN = frozenset(
    "anything something stuff things gift gifts present presents stocking filler fillers stuffer"
    " stuffers secret santa christmas xmas birthday little small nice cheap good under below less"
    " than up to max maximum within around about over not more most at budget bucks buck dollars"
    " dollar quid pounds pound euros euro usd eur aud gbp a an the my for is are there do does you"
    " u have got any what whats can could i we get show me need want looking sell in of or and"
    " please pls hi hello hey ok that costs cost".split()
)
# How wishes begin that say nothing of what is wished for.
FRAME = frozenset(
    "do does did you u ya ye yous yall y'all guys have has ve got get gotta sell sells stock carry"
    " keep any some a an the i we im i'm am i'd id we're were i've are is there looking look search"
    " searching hunting after for need needs want wants wanna would like can could may might buy"
    " purchase order find me us show please pls plz hi hello hey hiya so and ok okay also"
    " just".split()
)
ARTICLES = frozenset("a an the some any".split())
WORD_ENDS = re.compile(r"^[^\w']+|[^\w']+$")
SURELY, BESIDE = 0.5, 0.2  # from here one is meant; times as sure, another is shown beside it
OR = re.compile(r"\bor\b|\bvs\b", re.I)  # of two that are named both are shown
CARE = re.compile(r"(?:care|wash\w*|cleaning)\b", re.I)  # for no wish the reason
VERSION = "found_version"  # the kind of fact on a version of what is found
Products = Mapping[int, queries.Product]  # by their places in the shop
# A product that fits this surely is the one described; less surely where nothing else fits.
DESCRIBED, ALONE = 0.8, 0.6


def search(
    reading: Reading, world: World, encode: Encode, answers: Answers,
    only: Collection[str] | None = None,
) -> list[Fact]:  # fmt: skip
    """Products on sale that fit the message, best first, within its price limit, and of the measure
    it asks for, in the versions that are; `only` of these handles, and none like what somebody
    has."""
    every = dict(enumerate(world.products.values()))
    kept = bounds.kept(list(every.values()), reading.bound)
    had = owning.had(reading, world.products)
    kept = {i: k for i, k in kept.items() if only is None or k.product.handle in only}
    kept = {i: k for i, k in kept.items() if k.product.handle not in had}
    asked = bounds.set_aside(reading, kept)
    products = every | {i: k.product for i, k in kept.items()}
    found = _search(asked, products, kept.keys(), world, encode, answers)
    if asked.bound is None:
        return bounds.unfailing(found, reading.bound, world.products)
    if not asked.bound.must and not any(f.kind == "found" for f in found):
        return search(replace(reading, bound=None), world, encode, answers, only)
    return _with_versions(bounds.told(found, kept), products.values(), world)


def _with_versions(
    found: list[Fact], products: Iterable[queries.Product], world: World
) -> list[Fact]:  # fmt: skip
    """What is found, with the versions of the first in which alone it is of the measure."""
    of_first = (p for p in products if found and p.handle == found[0].values["handle"])
    some = [v for v in of_first if "value" in found[0].values]
    versions = [variant_fact(v, p, world) for p in some for v in p.variants]
    return [*found, *(replace(v, kind=VERSION) for v in versions)]


def _search(
    reading: Reading, products: Products, kept: Collection[int], world: World, encode: Encode,
    answers: Answers,
) -> list[Fact]:  # fmt: skip
    """Of the products that are `kept` those nearest to the message in meaning and words, as the
    judge finds that they fit, also beside the others that are near."""
    wish = _wish(reading, world)
    sought = denied.sought(wish)
    whole = [wish] if _lacked(wish, products) else []
    forms = list(dict.fromkeys((*whole, sought, _bare(sought))))
    near = _nearest(forms, world, encode)
    some = {i: n for i, n in near.items() if _affordable(products[i], reading.price_limit)}
    some = {i: n + _gain(products[i], sought) for i, n in some.items()}
    tried = nearest({i: n for i, n in some.items() if i in kept}, MOST_TRIED, FAR_BEHIND)
    # Several fit, so that the likeliest few will not do.
    judge = partial(judged, forms, texts=world.card_texts, answers=partial(answers, every=True))
    called = {i for i in some if stems(sought) & stems(products[i].title)}
    fitting = _fitting(judge(tried), called, reading)
    if fitting and len(kept) < len(products):
        fitting = _beside_rivals(fitting, some.keys() - kept, some, judge, called)
    fitting = _told_first(fitting, sought, products)
    found = _undenied(wish, _vouchers_last(wish, fitting, products), products, world)
    return [_with_reason(found[0], sought, world, encode), *found[1:]] if found else []


def _beside_rivals(
    fitting: Mapping[int, float], rivals: Collection[int], near: Mapping[int, float],
    judge: Callable[[Mapping[int, float]], list[tuple[Judged, int]]], called: Collection[int],
) -> dict[int, float]:  # fmt: skip
    """What fits, less what is far less surely meant than what is as near and may not be shown."""
    nearest_ones = nearest({i: near[i] for i in rivals}, RIVALS)
    both = judge({i: near[i] for i in (*fitting, *nearest_ones)})
    beside = {i for _found, i in _beside_the_surest(both, called)}
    return {i: n for i, n in fitting.items() if i in beside}


def _fitting(
    hits: Sequence[tuple[Judged, int]], called: Collection[int], reading: Reading
) -> dict[int, float]:
    """How well those fit that do, best first: less surely where they are `called` by a word of the
    wish or lie within the limits named, and any where nothing but those was."""
    limited = reading.price_limit is not None or reading.bound is not None
    near = hits if OR.search(reading.text) else _beside_the_surest(hits, called)
    fitting = {
        i: found.fits
        for found, i in near
        if found.fits >= (FITS_LOOSELY if limited or i in called else FITS)
    }
    if not fitting and limited and _left_open(reading.text):
        return {i: found.fits for found, i in hits}
    return fitting


def _told_first(fitting: Mapping[int, float], wish: str, products: Products) -> dict[int, float]:
    """What fits, those ahead of their like whose pages have the telling words of a wish: "which of
    your jackets have down in them"."""
    pages = [" ".join((*_pages(products[i])[0], *_pages(products[i])[1])) for i in fitting]
    shares = shared(_bare(wish), pages) if pages else ()
    gains = {i: TOLD * float(share) for i, share in zip(fitting, shares, strict=True)}
    return {i: fitting[i] for i in sorted(fitting, key=lambda i: -(fitting[i] + gains[i]))}


def _lacked(wish: str, products: Products) -> bool:
    """Whether some page says that it has none of what a wish turns down: "no caffeine". Else what
    is near to the whole wish is what has it."""
    down = denied.turned_down(wish)
    return any(denied.lacks(down, _pages(product)[0]) for product in products.values())


def _vouchers_last(wish: str, fitting: Mapping[int, float], products: Products) -> dict[int, float]:
    """What fits, with gift cards behind all else, which fit every wish for a gift; unless one is
    asked for."""
    asked = bool(VOUCHER.search(wish))
    behind = {i: bool(VOUCHER.search(products[i].title)) and not asked for i in fitting}
    return {i: fitting[i] for i in sorted(fitting, key=lambda i: behind[i])}


def _beside_the_surest(
    hits: Sequence[tuple[Judged, int]], called: Collection[int]
) -> list[tuple[Judged, int]]:
    """Of what is judged, best first, what is not far less sure than what surely is meant: coffee,
    and neither press nor kettle; where that is not `called` by a word of the wish, what is too."""
    best, first = hits[0] if hits else (Judged(0.0, 0.0), -1)
    least = best.sure * BESIDE if best.sure >= SURELY else 0.0
    missed = () if first in called else called
    return [(found, i) for found, i in hits if found.sure >= least or i in missed]


def _with_reason(fact: Fact, wish: str, world: World, encode: Encode) -> Fact:
    """A product with the line of its page that comes nearest to the wish, as the reason for it,
    where it has a word of the wish that neither its name nor what the page begins with has
    ("induction"), or comes clearly nearer than the latter."""
    rows = world.rows[fact.values["handle"]]
    texts = [world.sentences[i][1].text for i in rows]
    near = {i: n for n, i in ranked(wish, encode([wish])[0], texts, world.sentence_vectors[rows])}
    said = {i: n for i, n in near.items() if plain(texts[i]) and not CARE.match(texts[i])}
    wanted = stems(wish) - stems(fact.values["name"]) - stems(texts[0]) if texts else set()
    naming = {i: n for i, n in said.items() if wanted & stems(texts[i]) and n > near[0]}
    best = max(naming or said, key=lambda i: said[i], default=0)
    nearer = bool(naming) or (bool(said) and said[best] > near[0] + NEARER)
    return replace(fact, values={**fact.values, "about": texts[best]}) if nearer else fact


def _undenied(
    wish: str, fitting: Mapping[int, float], products: Products, world: World
) -> list[Fact]:
    """What fits, less what denies by its own page what is wished for, or is what is turned down.
    Where that is what fits best, only its like is shown instead, or else that it does not do."""
    denials = {i: denial(wish, *_pages(products[i])) for i in fitting}
    left = [i for i in fitting if not denials[i]]
    best = next(iter(fitting), None)
    shown = left if best is None or not denials[best] else _like(best, left, wish, products)
    if shown or best is None:
        return [product_fact(products[i], world, "found", fitting[i]) for i in shown][:MOST_FOUND]
    if all(denials[best] != said.text for said in products[best].sentences):
        return []  # only its name or a tag says so, which tells nobody that it does not do
    fact = product_fact(products[best], world, "denied", fitting[best])
    return [replace(fact, values={**fact.values, "told": denials[best]})]


def _like(best: int, left: Sequence[int], wish: str, products: Products) -> list[int]:
    """Of what is left what goes by the same words as the best, which does not do; by one of them
    where it is what is turned down."""
    called = stems(denied.sought(wish)) & stems(products[best].title)
    if unwanted(wish, *_pages(products[best])):
        return [i for i in left if not called or called & stems(products[i].title)]
    return [i for i in left if called and called <= stems(products[i].title)]


def _pages(product: queries.Product) -> tuple[list[str], list[str]]:
    """All that a product's page says, and the values it comes in."""
    texts = [*(s.text for s in product.sentences), product.title, *product.tags]
    return texts, [value for v in product.variants for value in v.values]


def _wish(reading: Reading, world: World) -> str:
    """What is looked for: the message with what it goes on from, or alone where it says itself
    what sort of thing is sought ("and a stove")."""
    said = stems(denied.affirmed(reading.text))
    itself = any(said & stems(sort_of(p.title)) for p in world.products.values())
    whole = owning.alike(reading) or (itself and not reading.owned)
    return asking(reading.text if whole else reading.query)


def _bare(wish: str) -> str:
    """A wish less the words that only wish for it, without which the judge is often surer: "do you
    sell coffee"; an article alone tells it nothing else."""
    said = [WORD_ENDS.sub("", word.casefold()) for word in wish.split()]
    first = next((n for n, word in enumerate(said) if word not in FRAME), 0)
    return " ".join(wish.split()[first:]) if set(said[:first]) - ARTICLES else wish


def described(found: Iterable[Fact], reading: Reading) -> tuple[str, ...]:
    """The handle of the one product that a question about a product describes without its name:
    "are there nuts in the coffee"; none where several go by the word."""
    said = stems(reading.text)
    some = [f for f in found if f.kind != VERSION]
    called = [f for f in some if f.score >= FITS and said & stems(f.values["name"])]
    enough = DESCRIBED if len(some) > 1 else ALONE
    sure = len(called) == 1 and called[0].score >= enough
    return (called[0].values["handle"],) if sure else ()


def _gain(product: queries.Product, wish: str) -> float:
    """What being the sort of thing asked for adds to how near a product is; things for children
    are for who speaks of some."""
    said = stems(wish)
    sort = OF_SORT if said & stems(sort_of(product.title)) else 0.0
    named = NAMED if said & stems(product.title) else 0.0
    tagged = TAGGED if said & {w for tag in product.tags for w in stems(tag)} else 0.0
    told = " ".join((product.title, product.department, *product.tags))
    for_children = bool(FOR_CHILDREN.search(told)) and not CHILDREN.search(wish)
    return max(sort, named, tagged) - (OF_SORT if for_children else 0.0)


def _nearest(forms: Sequence[str], world: World, encode: Encode) -> dict[int, float]:
    """The places of all products with how near they are to any form of a wish, nearest first; one
    sentence of a page that is near counts nearly as much as the page."""
    scores = np.zeros(len(world.products))
    for form, vector in zip(forms, encode(forms), strict=True):
        for score, i in ranked(form, vector, world.card_texts, world.cards):
            scores[i] = max(scores[i], score)
        cosines = (world.sentence_vectors @ vector).astype(np.float64)
        np.maximum.at(scores, world.pages, SENTENCE_SHARE * cosines)
    return {int(i): float(scores[i]) for i in np.argsort(-scores, kind="stable")}


def _left_open(text: str) -> bool:
    """Whether a message says within what limits, and nothing of what is wanted."""
    return set(re.findall(r"[a-z]+", text.casefold().replace("'", ""))) <= OPEN


def _affordable(product: queries.Product, limit: float | None) -> bool:
    return limit is None or float(min(v.price for v in product.variants)) <= limit

"""Of one sort of thing the lightest, the longest, the cheapest, by the figures on the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from chatbot.terms import Fact, Reading
from storefront import queries

from .measures import Figure, of_option, stated
from .products import product_fact, variant_fact
from .similarity import stems
from .text import VOUCHER, sort_of
from .world import World

MOST_TOLD = 3
NO_SORT = "that|this|one|ones|of|in|is|are|and|or|for|you|we|i|it|price|option|size|colou?r|way"
SUPERLATIVE = re.compile(
    r"\b(?:the |your )?(?:(?:most|least) [a-z]+|[a-z]{3,}est)"
    rf" (?=(?P<sort>(?!(?:{NO_SORT})\b)[a-z]+))",
    re.I,
)
BOTH = re.compile(r"[&,/]|\band\b")  # "Tents & Shelter" has pegs as well
LONG = 4  # letters of what the last word of a department may end with
ACCESSORY = re.compile(r"\b(?:accessor(?:y|ies)|spares?|parts?|replacements?)\b", re.I)
FITTING = 0.5  # how surely has to fit what is compared by what is sought alone


@dataclass(frozen=True)
class Standing:
    """How a product stands by a measure, and where that is stated: a sentence of its page, or a
    value of one of its options."""

    product: queries.Product
    figure: Figure
    told: str = ""
    option: str = ""
    value: str = ""


def extremes(reading: Reading, world: World) -> list[Fact]:
    """The products of the sort that is spoken of, as far as their pages give the figure, the most
    extreme one first; and the variants of that one. Of several in view, one beside the other, only
    where every page gives it, and the first one's figures all outdo the others'."""
    beside = reading.extreme in ("less", "more")
    those = _in_view(reading, world) if beside else of_sort(reading, world)
    ranked = _ranked(those, reading, world)
    return ranked if beside or not _outdone(ranked, those, reading, world) else []


def among(
    found: Sequence[Fact], search: Callable[[Collection[str]], list[Fact]], reading: Reading,
    world: World,
) -> list[Fact]:  # fmt: skip
    """The same of what is found for a wish that names no sort of thing ("the lightest thing to
    sleep in"), or of what a `search` finds among those that outdo the first of them."""
    those = _fitting(found, world)
    ahead = _ahead(_ranked(those, reading, world), list(world.products.values()), reading, world)
    more = _fitting(search([*ahead, *(p.handle for p in those)]), world) if ahead else []
    every = [*those, *(p for p in more if p not in those)]
    ranked = _ranked(every, reading, world)
    return [] if _outdone(ranked, every, reading, world) else ranked


def _ahead(
    ranked: Sequence[Fact], others: Sequence[queries.Product], reading: Reading, world: World
) -> list[str]:
    """The handles of those among others that outdo the first of what is ranked."""
    if not ranked:
        return []
    first = world.products[ranked[0].values["handle"]]
    beside = _ranked([first, *others], reading, world, most=len(others) + 1)
    handles = [f.values["handle"] for f in beside if f.kind == "extreme"]
    return handles[: handles.index(first.handle)] if first.handle in handles else []


def _outdone(
    ranked: Sequence[Fact], those: Sequence[queries.Product], reading: Reading, world: World
) -> bool:
    """Whether something outdoes the first that may be of the sort as well, by its department: a
    game among the "Kids & Family Games"."""
    said = stems(reading.text)
    maybe = [p for p in world.products.values() if said & stems(sort_of(p.department))]
    others = [p for p in maybe if p not in those and not _is_accessory(p)]
    return bool(_ahead(ranked, others, reading, world))


def _fitting(found: Sequence[Fact], world: World) -> list[queries.Product]:
    """What surely fits and is the thing itself: no tent's footprint is a shelter."""
    those = [
        world.products[f.values["handle"]]
        for f in found
        if f.kind == "found" and f.score >= FITTING
    ]
    return [p for p in those if not _is_accessory(p)]


def _is_accessory(product: queries.Product) -> bool:
    return any(ACCESSORY.search(text) for text in (product.department, *product.tags))


def of_what_fits(reading: Reading) -> bool:
    """Whether the most or least is sought of something, by whatever words."""
    return reading.extreme in ("least", "most") and bool(SUPERLATIVE.search(reading.text))


def set_aside(reading: Reading) -> Reading:
    """A wish without the word for what is the most or least of it."""
    bare = [SUPERLATIVE.sub("", text, 1) for text in (reading.text, reading.query)]
    return replace(reading, text=bare[0], query=bare[1])


def _ranked(
    those: Sequence[queries.Product], reading: Reading, world: World, most: int = MOST_TOLD
) -> list[Fact]:
    beside = reading.extreme in ("less", "more")
    some = _comparable([s for p in those for s in _standings(p, reading.measure)])
    some.sort(key=lambda s: s.figure.amount, reverse=reading.extreme in ("most", "more"))
    best = {s.product.handle: s for s in reversed(some)}
    if len(best) < min(2, len(those)):  # one figure alone is no extreme
        return []
    if beside and not (len(best) == len(those) and _outdoes(some)):
        return []
    ranked = list(dict.fromkeys(s.product.handle for s in some))[:most]
    facts = [_fact(best[handle], world) for handle in ranked]
    first = [best[handle].product for handle in ranked[:1]]
    return [*facts, *(variant_fact(v, p, world) for p in first for v in p.variants)]


def _comparable(some: list[Standing]) -> list[Standing]:
    """Those whose figures are in units of the kind that most pages use."""
    kinds = Counter(kind for kind, _handle in {(s.figure.kind, s.product.handle) for s in some})
    some = [s for s in some if kinds[s.figure.kind] == max(kinds.values())]
    return [s for s in some if s.figure.kind == some[0].figure.kind]


def _outdoes(ranked: list[Standing]) -> bool:
    """Whether the first product stands before all others by its page with each of its figures."""
    own = [s.product.handle == ranked[0].product.handle for s in ranked]
    count = own.index(False) if False in own else 0
    apart = count and ranked[count - 1].figure.amount != ranked[count].figure.amount
    return bool(apart) and not any(own[count:]) and all(s.told for s in ranked)


def _in_view(reading: Reading, world: World) -> list[queries.Product]:
    return [world.products[h] for h in reading.products if h in world.products]


def of_sort(reading: Reading, world: World) -> list[queries.Product]:
    """The products that are the sort of thing a message names, or are tagged as it, narrowed by
    what else it says of them in the words of their names and tags: "dog food"; those in view where
    it names none."""
    said = stems(reading.text)
    those = [p for p in world.products.values() if said & stems(sort_of(p.title))]
    kin = {p.department for p in those}
    those += [p for p in _tagged(reading.text, world) if p not in those and p.department in kin]
    those = those or _tagged(reading.text, world)
    if those:
        those += [p for p in world.products.values() if p not in those and _under(p, said)]
    in_view = _in_view(reading, world)
    those = those or (in_view if len(in_view) > 1 else [])
    shared = [len(said & _called(p)) for p in those]
    return [p for p, n in zip(those, shared, strict=True) if n == max(shared)]


def _tagged(text: str, world: World) -> list[queries.Product]:
    """The products that have a tag of just what the most or least is sought of: "the cheapest
    gift", which no gift card is."""
    found = SUPERLATIVE.search(text)
    sort = stems(found["sort"]) if found else frozenset[str]()
    tagged = (p for p in world.products.values() if sort and any(sort == stems(t) for t in p.tags))
    return [p for p in tagged if not VOUCHER.search(p.title)]


def _under(product: queries.Product, said: frozenset[str]) -> bool:
    """Whether a product stands in a department that is called as a message says, and as nothing
    else: a windbreaker among the jackets, a fig among the houseplants."""
    department = stems(product.department)
    last = stems(sort_of(product.department)) if not BOTH.search(product.department) else ()
    ends = any(word.endswith(w) for word in last for w in said if len(w) >= LONG)
    return ends or (bool(department) and department <= said)


def _called(product: queries.Product) -> frozenset[str]:
    return stems(" ".join((product.title, product.department, *product.tags)))


def _standings(product: queries.Product, measure: str) -> list[Standing]:
    """Where a product stands: by its options where they are the measure, else by its page."""
    if measure == "price":
        return [Standing(product, Figure("price", float(v.price))) for v in product.variants]
    values = {
        (name, value): figure
        for v in product.variants
        for name, value in zip(product.option_names, v.values, strict=False)
        if (figure := of_option(name, value, measure))
    }
    if values:
        return [Standing(product, f, option=n, value=v) for (n, v), f in values.items()]
    texts = [s.text for s in product.sentences]
    return [Standing(product, f, told=text) for text in texts for f in stated(text, measure)]


def _fact(one: Standing, world: World) -> Fact:
    """The product with the sentence or the option's value by which it stands so."""
    found = product_fact(one.product, world, "extreme")
    own = {"told": one.told, "by": one.option, "value": one.value}
    return replace(found, values={**found.values, **{k: v for k, v in own.items() if v}})

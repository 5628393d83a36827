"""Of one sort of thing the lightest, the longest, the cheapest, by the figures on the pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from chatbot.terms import Fact, Reading
from storefront import queries

from .measures import Figure, of_option, stated
from .products import product_fact, variant_fact
from .similarity import stems
from .text import sort_of
from .world import World

MOST_TOLD = 3


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
    some = _comparable([s for p in those for s in _standings(p, reading.measure)])
    some.sort(key=lambda s: s.figure.amount, reverse=reading.extreme in ("most", "more"))
    best = {s.product.handle: s for s in reversed(some)}
    if len(best) < min(2, len(those)):  # one figure alone is no extreme
        return []
    if beside and not (len(best) == len(those) and _outdoes(some)):
        return []
    ranked = list(dict.fromkeys(s.product.handle for s in some))[:MOST_TOLD]
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
    """The products that are the sort of thing a message names, narrowed by what else it says of
    them in the words of their names and tags: "dog food"; those in view where it names none."""
    said = stems(reading.text)
    those = [p for p in world.products.values() if said & stems(sort_of(p.title))]
    if those:
        those += [p for p in world.products.values() if p not in those and _under(p, said)]
    those = those or _in_view(reading, world)
    shared = [len(said & _called(p)) for p in those]
    return [p for p, n in zip(those, shared, strict=True) if n == max(shared)]


def _under(product: queries.Product, said: frozenset[str]) -> bool:
    """Whether a product stands in a department that is called as a message says: a windbreaker
    among the jackets."""
    department = stems(product.department)
    return bool(department) and department <= said


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

"""What of a product is wanted: in which versions, and how many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from chatbot.terms import Lexicon, Memory, ProductWords

from . import details, limits, options, quantities
from .pointing import pointed_value
from .spoken import Spoken
from .words import words

WOMENS = re.compile(r"\b(?:wom[ae]n|lad(?:y|ies))'?s?'? (?:size )?(?:an? )?\d{1,2}(?:\.5)?\b", re.I)
OF_WOMEN = frozenset("women woman lady".split())
Options = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Wanted:
    """What is wanted of the product that a message is about."""

    product: ProductWords | None = None
    options: Options = field(default_factory=dict)  # over those still standing from before
    wishes: bool = False  # whether the message itself names option values
    foreign: tuple[str, ...] = ()  # option words the product does not have
    quantity: int = 1


def wanted(text: str, product: ProductWords | None, spoken: Spoken, memory: Memory) -> Wanted:
    """What a message wants of a product, the first of those `spoken` of."""
    if product is None:
        return Wanted(quantity=quantities.quantity(text))
    own = _wished(text, product)
    same = spoken.handles[:1] == memory.products[:1] and not spoken.loosely
    return Wanted(
        product,
        _over_before(own, text, product, memory) if same else own,
        wishes=bool(own),
        foreign=options.foreign(_without_title(text, product), product.options),
        quantity=_quantity(text, product, memory),
    )


def coming_so(text: str, spoken: Spoken, lexicon: Lexicon) -> Spoken:
    """`spoken` less the products that do not come in what a message wishes for, of several that go
    by a word of it: of bath towels and tea towels the former, "in bath size, sea green"."""
    if not spoken.loosely or len(spoken.handles) < 2:
        return spoken
    known = {p.handle: p for p in lexicon.products if p.handle in spoken.handles}
    for product in known.values():
        text = _without_title(text, product)  # nor is "ink" a pen's color beside bottled ink
    met = {h: len(_wished(text, known[h])) for h in spoken.handles if h in known}
    most = max(met.values(), default=0)
    return replace(spoken, handles=tuple(h for h, many in met.items() if many == most))


def foreign_to_all(text: str, spoken: Spoken, lexicon: Lexicon) -> tuple[str, ...]:
    """The colors and sizes that a message wishes for and none of several products has, each of
    which goes by a word of it: "headlamps in pink"."""
    if not spoken.loosely:
        return ()
    those = [p for p in lexicon.products if p.handle in spoken.handles and p.options]
    lacked = [options.foreign(_without_title(text, p), p.options) for p in those]
    return lacked[0] if lacked and all(lacked) else ()


def _over_before(own: Options, text: str, product: ProductWords, memory: Memory) -> Options:
    """`own` values over those still standing from before, with the one that a message points at
    among those told: "L in the second"."""
    standing = {k: v for k, v in memory.options.items() if k in product.options}
    told = () if memory.choice in own else product.options.get(memory.choice, ())
    value = pointed_value(text, told)
    return {**standing, **own, **({memory.choice: value} if value else {})}


def _wished(text: str, product: ProductWords) -> Options:
    """The option values that a message itself names; "around 50" is no $50 card, and "women's 9" no
    9 of what is counted otherwise."""
    if not OF_WOMEN & set(words(product.text)):
        text = WOMENS.sub(" ", text)
    own = options.wished(_without_title(options.untagged(text), product), product.options)
    if limits.price_limit(text) is None:
        return own
    return {name: values for name, values in own.items() if not any(map(details.is_money, values))}


def _quantity(text: str, product: ProductWords, memory: Memory) -> int:
    """How many are spoken of: as many as this message says, or as before for who asks for the
    total."""
    versions = ", ".join(v for values in product.options.values() for v in values)
    said = quantities.quantity(text, product.title, versions)
    same = memory.products[:1] == (product.handle,)
    return memory.quantity if said == 1 and same and quantities.total(text) else said


def _without_title(text: str, product: ProductWords) -> str:
    """`text` less the words of the product's name, which are no wishes ("Signal lamp in red")."""
    title = set(words(product.title))
    return " ".join(w for w in words(text) if w not in title or w.isdigit())

"""Facts about products: what they are, cost, come in, and whether they can be had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from chatbot.terms import Answers, Encode, Fact, Judged, Reading
from storefront import queries

from .similarity import asking, judged, nearest, parts, ranked, says, stems, unnamed
from .text import listing, money, sort_of
from .world import World

LOW_STOCK = 3  # from here down the shopper should know
MOST_PRODUCTS = 3
MOST_SENTENCES = 3
MOST_JUDGED = (6, 6, 4, 4)  # sentences of each page, those nearest, by how many pages there are
MOST_TRIED = 7  # products that are judged, those nearest to the wish
MOST_FOUND = 6
SENTENCE_SHARE = 0.95  # a sentence of a page counts nearly as much as the page
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
IN_THE_BOX = "what is in the box? what is included?"  # asked where something is taken to be
DESCRIBED = 0.8  # a product that fits this surely is the one described


def about(
    handles: Iterable[str], reading: Reading, world: World, encode: Encode, answers: Answers
) -> list[Fact]:
    """The product, its variants and the sentences that best fit the question, for each handle."""
    found: list[Fact] = []
    for product in _first(handles, world):
        found += _figures(product, reading, world)
        found += _sentences(product, reading, world, encode, answers)
    return found


def everything(handle: str, world: World) -> list[Fact]:
    """The product, its variants and all it says of itself; nothing for a handle nobody has."""
    if (product := world.products.get(handle)) is None:
        return []
    product = _named(product)
    variants = [variant_fact(v, product, world) for v in product.variants]
    certain = Judged(1.0, 1.0)
    said = [_sentence(product, i, world.sentences[i][1].text, certain) for i in world.rows[handle]]
    return [product_fact(product, world), *variants, *said]


def _named(product: queries.Product) -> queries.Product:
    """The product under a name of the shop's own: what an AI called it would be the ground of what
    the next one says of it."""
    if not product.named_by_ai:
        return product
    own = f"{product.vendor} {product.department}".strip()
    return replace(product, title=own or product.variants[0].sku)


def figures(handles: Iterable[str], reading: Reading, world: World) -> list[Fact]:
    """The product and its variants, for each handle."""
    return [fact for p in _first(handles, world) for fact in _figures(p, reading, world)]


def _first(handles: Iterable[str], world: World) -> list[queries.Product]:
    some = list(handles)[:MOST_PRODUCTS]
    return [world.products[handle] for handle in some if handle in world.products]


def _figures(product: queries.Product, reading: Reading, world: World) -> list[Fact]:
    counted = [_counted(v, product, world, reading.quantity) for v in product.variants]
    return [product_fact(product, world), *counted]


def search(reading: Reading, world: World, encode: Encode, answers: Answers) -> list[Fact]:
    """Products on sale that fit the message, best first, within its price limit: those nearest to
    it in meaning and words, as the judge finds that they fit."""
    wish = _wish(reading, world)
    near = _nearest(wish, world, encode)
    products = list(world.products.values())
    some = {i: n for i, n in near.items() if _affordable(products[i], reading.price_limit)}
    some = {i: n + _gain(products[i], wish) for i, n in some.items()}
    tried = dict(sorted(some.items(), key=lambda item: -item[1])[:MOST_TRIED])
    hits = judged([wish], tried, world.card_texts, answers)
    called = {i for i in tried if stems(wish) & stems(products[i].title)}
    loosely = set(tried) if reading.price_limit is not None else called
    return [
        product_fact(products[i], world, "found", found.fits)
        for found, i in hits
        if found.fits >= (FITS_LOOSELY if i in loosely else FITS)
    ][:MOST_FOUND]


def _wish(reading: Reading, world: World) -> str:
    """What is looked for: the message with what it goes on from, or alone where it says itself
    what sort of thing is sought ("and a stove")."""
    said = stems(reading.text)
    itself = any(said & stems(sort_of(p.title)) for p in world.products.values())
    return asking(reading.text if itself else reading.query)


def described(found: Iterable[Fact], reading: Reading) -> tuple[str, ...]:
    """The handle of the one product that a question about a product describes without its name:
    "are there nuts in the coffee"; none where several go by the word."""
    said = stems(reading.text)
    called = [f for f in found if f.score >= FITS and said & stems(f.values["name"])]
    sure = len(called) == 1 and called[0].score >= DESCRIBED
    return (called[0].values["handle"],) if sure else ()


def _gain(product: queries.Product, wish: str) -> float:
    """What being the sort of thing asked for adds to how near a product is; things for children
    are for who speaks of some."""
    said = stems(wish)
    sort = OF_SORT if said & stems(sort_of(product.title)) else 0.0
    named = NAMED if said & stems(product.title) else 0.0
    tagged = TAGGED if said & {w for tag in product.tags for w in stems(tag)} else 0.0
    for_children = bool(FOR_CHILDREN.search(product.title)) and not CHILDREN.search(wish)
    return max(sort, named, tagged) - (OF_SORT if for_children else 0.0)


def _nearest(question: str, world: World, encode: Encode) -> dict[int, float]:
    """The places of all products with how near they are, nearest first; one sentence of a page
    that is near counts nearly as much as the page."""
    vector = encode([question])[0]
    scores = np.zeros(len(world.products))
    for score, i in ranked(question, vector, world.card_texts, world.cards):
        scores[i] = score
    cosines = (world.sentence_vectors @ vector).astype(np.float64)
    np.maximum.at(scores, world.pages, SENTENCE_SHARE * cosines)
    return {int(i): float(scores[i]) for i in np.argsort(-scores, kind="stable")}


def reduced(world: World) -> list[Fact]:
    """Products of which something is reduced, the largest reduction first."""

    def saving(product: queries.Product) -> float:
        cuts = [1 - v.price / v.compare_at for v in product.variants if v.compare_at and v.in_stock]
        return float(max(cuts, default=0))

    found = [p for p in world.products.values() if saving(p)]
    return [product_fact(p, world, "reduced") for p in sorted(found, key=saving, reverse=True)]


def _affordable(product: queries.Product, limit: float | None) -> bool:
    return limit is None or float(min(v.price for v in product.variants)) <= limit


def product_fact(
    product: queries.Product, world: World, kind: str = "product", score: float = 1.0
) -> Fact:
    """What a product is and costs; values: name, handle, prices, options by name, stock."""
    prices = sorted(v.price for v in product.variants)
    values = {
        "name": product.title,
        "handle": product.handle,
        "department": product.department,
        "sort": sort_of(product.title),
        "price_min": money(prices[0], world.currency),
        "price_max": money(prices[-1], world.currency),
        "amount": str(prices[0]),
        "stock": "in stock" if any(v.in_stock for v in product.variants) else "sold out",
        "keeps": "yes" if product.keeps else "",
    }
    values |= {f"option:{name}": listing(vals) for name, vals in _values(product).items()}
    if product.sponsored and kind != "product":  # who asked for it by name was not led to it
        values["sponsored"] = "yes"
    first = product.sentences[0].text if product.sentences else ""
    return Fact(
        kind=kind, source=f"product:{product.handle}", version=product.version,
        as_of=product.updated_at, values=values | {"about": first}, subject=product.title,
        title=product.title, href=product.href, score=score,
    )  # fmt: skip


def variant_fact(variant: queries.Variant, product: queries.Product, world: World) -> Fact:
    """One variant: its options by name, price, price before, stock in words and number."""
    values = {
        "name": product.title,
        "handle": product.handle,
        "options": " / ".join(variant.values) if product.option_names else "",
        "price": money(variant.price, world.currency),
        "amount": str(variant.price),
        "stock": _stock(variant),
        "left": str(variant.stock),
    }
    if variant.compare_at is not None:
        values["was"] = money(variant.compare_at, world.currency)
    values |= {f"option:{n}": v for n, v in zip(product.option_names, variant.values, strict=False)}
    return Fact(
        kind="variant", source=f"variant:{variant.sku}", version=product.version,
        as_of=product.updated_at, values=values, subject=product.title,
        title=product.title, href=product.href,
    )  # fmt: skip


def _counted(
    variant: queries.Variant, product: queries.Product, world: World, quantity: int
) -> Fact:
    """One variant, with what several of it cost where several are spoken of."""
    fact = variant_fact(variant, product, world)
    if quantity < 2:
        return fact
    total = {"quantity": str(quantity), "total": money(variant.price * quantity, world.currency)}
    return replace(fact, values={**fact.values, **total})


def _stock(variant: queries.Variant) -> str:
    if not variant.in_stock:
        return "sold out"
    return "low stock" if 0 < variant.stock <= LOW_STOCK else "in stock"


def _values(product: queries.Product) -> Mapping[str, list[str]]:
    columns = zip(*(v.values for v in product.variants), strict=False)
    pairs = zip(product.option_names, columns, strict=False)
    return {name: list(dict.fromkeys(column)) for name, column in pairs}


def _sentences(
    product: queries.Product, reading: Reading, world: World, encode: Encode, answers: Answers
) -> list[Fact]:
    """The product's sentences nearest to the question, with how surely each answers it."""
    rows = world.rows[product.handle]
    texts = [world.sentences[i][1].text for i in rows]
    said = IN_THE_BOX if reading.extra else asking(reading.again or reading.text)
    question = unnamed(said, product.title)
    spelled_out = [unnamed(asking(reading.query), product.title)] if reading.follows else []
    most = MOST_JUDGED[min(len(reading.products), MOST_PRODUCTS)]
    best: dict[int, Judged] = {}
    for part in parts(question):
        near = ranked(part, encode([part])[0], texts, world.sentence_vectors[rows])
        likely = nearest({i: score for score, i in near}, most)
        for found, i in judged([part, *spelled_out], likely, texts, answers):
            best[i] = max(best.get(i, found), found, key=lambda told: told.sure)
    hits = sorted(best.items(), key=lambda item: -item[1].sure)[:MOST_SENTENCES]
    return [_sentence(product, i, texts[i], found) for i, found in hits]


def _sentence(product: queries.Product, place: int, text: str, found: Judged) -> Fact:
    values = {"text": text, "handle": product.handle, "name": product.title, "says": says(found)}
    return Fact(
        kind="sentence", source=f"product:{product.handle}#{place}",
        version=product.version, as_of=product.updated_at,
        values={k: v for k, v in values.items() if v}, subject=product.title,
        title=product.title, href=product.href, score=found.sure,
    )  # fmt: skip

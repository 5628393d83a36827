"""Facts about products: what they are, cost, come in, and whether they can be had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chatbot.terms import Encode, Fact, Reading
from storefront import queries

from .similarity import ranked
from .text import listing, money
from .world import World, card_text

LOW_STOCK = 3  # from here down the shopper should know
MOST_PRODUCTS = 3
MOST_SENTENCES = 3
MOST_FOUND = 6
SENTENCE_SHARE = 0.95  # a sentence of a page counts nearly as much as the page
FITS = 0.30  # below, a product does not fit what is looked for


def about(handles: Iterable[str], reading: Reading, world: World, encode: Encode) -> list[Fact]:
    """The product, its variants and the sentences that best fit the question, for each handle."""
    found: list[Fact] = []
    for handle in list(handles)[:MOST_PRODUCTS]:
        if product := world.products.get(handle):
            found.append(product_fact(product, world))
            found += [variant_fact(v, product, world) for v in product.variants]
            found += _sentences(product, reading, world, encode)
    return found


def search(reading: Reading, world: World, encode: Encode) -> list[Fact]:
    """Products on sale that fit the message, best first, within its price limit."""
    vector = encode([reading.query])[0]
    products = list(world.products.values())
    hits = ranked(reading.query, vector, [card_text(p) for p in products], world.cards)
    scores = {products[i].handle: score for score, i in hits}
    for (handle, _sentence), cosine in zip(
        world.sentences, world.sentence_vectors @ vector, strict=True
    ):
        scores[handle] = max(scores[handle], SENTENCE_SHARE * float(cosine))
    fitting = sorted(products, key=lambda p: -scores[p.handle])
    return [
        product_fact(p, world, "found", scores[p.handle])
        for p in fitting
        if scores[p.handle] >= FITS and _affordable(p, reading.price_limit)
    ][:MOST_FOUND]


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
        "price_min": money(prices[0], world.currency),
        "price_max": money(prices[-1], world.currency),
        "amount": str(prices[0]),
        "stock": "in stock" if any(v.in_stock for v in product.variants) else "sold out",
    }
    values |= {f"option:{name}": listing(vals) for name, vals in _values(product).items()}
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


def _stock(variant: queries.Variant) -> str:
    if not variant.in_stock:
        return "sold out"
    return "low stock" if 0 < variant.stock <= LOW_STOCK else "in stock"


def _values(product: queries.Product) -> Mapping[str, list[str]]:
    columns = zip(*(v.values for v in product.variants), strict=False)
    pairs = zip(product.option_names, columns, strict=False)
    return {name: list(dict.fromkeys(column)) for name, column in pairs}


def _sentences(
    product: queries.Product, reading: Reading, world: World, encode: Encode
) -> list[Fact]:
    """The product's sentences that best fit the question, with their scores."""
    rows = [i for i, (handle, _s) in enumerate(world.sentences) if handle == product.handle]
    texts = [world.sentences[i][1].text for i in rows]
    question = _without(reading.query if reading.follows else reading.text, product.title)
    hits = ranked(question, encode([question])[0], texts, world.sentence_vectors[rows])
    return [
        Fact(
            kind="sentence", source=f"product:{product.handle}#{i}",
            version=product.version, as_of=product.updated_at,
            values={"text": texts[i], "handle": product.handle, "name": product.title},
            subject=product.title, title=product.title, href=product.href, score=score,
        )
        for score, i in hits[:MOST_SENTENCES]
    ]  # fmt: skip


def _without(text: str, title: str) -> str:
    """The question without the product's name, which every sentence shares."""
    names = {w.casefold() for w in title.split()}
    kept = [w for w in text.split() if w.casefold().strip("?.,!'") not in names]
    return " ".join(kept) or text

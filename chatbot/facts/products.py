"""Facts about products: what they are, cost, come in, and whether they can be had."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from chatbot.terms import Answers, Encode, Fact, Judged, Reading
from storefront import queries

from .denied import denies, is_no
from .measures import stated
from .presence import telling
from .proofs import asks_for_proof, proved
from .similarity import NUMBER, asking, judged, nearest, parts, ranked, says, unnamed
from .text import listing, money, sort_of, squeezed
from .versions import alike, of_others
from .world import World

LOW_STOCK = 3  # from here down the shopper should know
MOST_PRODUCTS = 3
MOST_SENTENCES = 3
MOST_JUDGED = (6, 6, 4, 4)  # sentences of each page, those nearest, by how many pages there are
IN_THE_BOX = "what is in the box? what is included?"  # asked where something is taken to be
BEYOND_DOUBT = 0.9  # a text this sure answers whatever measure seems to be meant
SHORT = 6  # words of a question that may be the name of a property and little else
DENIES = 0.02  # from here on a line is taken to be on what is asked, which it denies
DENIED = 0.9  # and answers as surely as this
EXACT = frozenset("depth length height cord weight thickness load capacity temperature".split())
MEASURED = Judged(0.6, 0.6)  # a line that gives the very measure asked for


def about(
    handles: Iterable[str], reading: Reading, world: World, encode: Encode, answers: Answers
) -> list[Fact]:
    """The product, its variants and the sentences that best fit the question, for each handle."""
    found: list[Fact] = []
    for product in _first(handles, world):
        found += _figures(product, reading, world)
        found += _sentences(product, reading, world, encode, answers)
    return found


def questions(handles: Iterable[str], reading: Reading, world: World) -> list[str]:
    """What is asked of these products' pages."""
    return [asked for p in _first(handles, world) for asked in _questions(p, reading)]


def everything(handle: str, world: World) -> list[Fact]:
    """The product, its variants and all it says of itself; nothing for a handle nobody has."""
    if (product := world.products.get(handle)) is None:
        return []
    product = _named(product)
    variants = [variant_fact(v, product, world) for v in product.variants]
    certain = Judged(1.0, 1.0)
    said = [
        sentence_fact(product, i, world.sentences[i][1].text, certain) for i in world.rows[handle]
    ]
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


def reduced(world: World) -> list[Fact]:
    """Products of which something is reduced, the largest reduction first."""

    def saving(product: queries.Product) -> float:
        cuts = [1 - v.price / v.compare_at for v in product.variants if v.compare_at and v.in_stock]
        return float(max(cuts, default=0))

    found = [p for p in world.products.values() if saving(p)]
    return [product_fact(p, world, "reduced") for p in sorted(found, key=saving, reverse=True)]


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
    best: dict[int, Judged] = {}
    each: dict[int, Judged] = {}  # the surest line for each question of several
    for answering in _hits(product, texts, reading, world, encode, answers):
        each |= {i: found for found, i in answering[:1]}
        for found, i in answering:
            best[i] = max(best.get(i, found), found, key=lambda told: told.sure)
    each = each if len(each) > 1 else {}
    best = measured(best, texts, reading.measure) | each if reading.measure else best
    best = {
        i: told for i, told in best.items() if not of_others(texts[i], product, reading.options)
    }
    refused = set(denies(reading.text, texts))
    best = proved(best, texts, refused) if asks_for_proof(reading.text) else best
    best = telling(reading.text, best, texts, refused)
    hits = _told_first(best, texts, product, reading, refused)
    return [sentence_fact(product, i, texts[i], found, denies="yes" if texts[i] in refused else "",
                      part="yes" if i in each else "")
            for i, found in hits[:MOST_SENTENCES]]  # fmt: skip


def _hits(
    product: queries.Product, texts: Sequence[str], reading: Reading, world: World,
    encode: Encode, answers: Answers,
) -> Iterator[list[tuple[Judged, int]]]:  # fmt: skip
    """Of each question of the message the lines of the product's page, those that answer first."""
    asked = _questions(product, reading)
    vectors = world.sentence_vectors[world.rows[product.handle]]
    spelled_out = [unnamed(asking(reading.query), product.title)] if reading.follows else []
    most = MOST_JUDGED[min(len(reading.products), MOST_PRODUCTS)]
    for alone, vector in zip(asked, encode(asked), strict=True):
        near = ranked(alone, vector, texts, vectors)
        likely = nearest({i: score for score, i in near}, most)
        yield judged([alone, *spelled_out], likely, texts, answers)


def _questions(product: queries.Product, reading: Reading) -> list[str]:
    """What a message asks of a product, less its name."""
    said = IN_THE_BOX if reading.extra else asking(reading.again or reading.text)
    return [unnamed(part, product.title) for part in parts(said)]


def _told_first(
    best: Mapping[int, Judged],
    texts: Sequence[str],
    product: queries.Product,
    reading: Reading,
    refused: Container[str],
) -> list[tuple[int, Judged]]:
    """The lines with how surely they answer, the surest first, but those before it that deny what
    is asked; what is told of one version is told of all that may be meant."""
    values = [v for variant in product.variants for v in variant.values]
    found = {i: _denied(told, texts[i], reading.text, values) if texts[i] in refused else told
             for i, told in best.items()}  # fmt: skip
    hits = _with_label(sorted(found.items(), key=lambda item: -item[1].sure), texts, reading.text)
    if hits:
        others = [i for i in alike(texts[hits[0][0]], texts, product)
                  if not of_others(texts[i], product, reading.options)]  # fmt: skip
        hits = [(i, hits[0][1]) for i in others] + [h for h in hits if h[0] not in others]
    return hits


def _with_label(
    hits: list[tuple[int, Judged]], texts: Sequence[str], question: str
) -> list[tuple[int, Judged]]:
    """A short question that names the label of a line ("npk of the lawn one": "N-P-K: …") is
    answered by that line as well, where no line answers beyond doubt; a label of several words
    ("burn time of the small one") however sure another is."""
    if not hits or len(question.split()) > SHORT:
        return hits
    whole, said = squeezed(question), {squeezed(word) for word in question.split()}
    labels = {h: texts[h[0]].partition(": ")[0] for h in hits if ": " in texts[h[0]]}
    sure = hits[0][1].sure >= BEYOND_DOUBT
    first = [
        h
        for h, label in labels.items()
        if (squeezed(label) in whole if " " in label else not sure and squeezed(label) in said)
    ]
    return [(i, hits[0][1]) for i, _told in first] + [h for h in hits if h not in first]


def _denied(told: Judged, text: str, question: str, options: Sequence[str]) -> Judged:
    """A line that denies what is asked of, likely enough to be on it: it answers, with a no where
    that can be said."""
    if told.sure < DENIES:
        return told
    sure = max(told.sure, DENIED)
    no = is_no(question, text, options)
    return Judged(sure, told.fits, no=1.0) if no else replace(told, sure=sure)


def measured(
    found: Mapping[int, Judged], texts: Sequence[str], measure: str
) -> dict[int, Judged]:  # fmt: skip
    """The lines that give the very measure asked for, however they were judged, and of the others
    only what answers beyond doubt. Where no line gives it, as judged, but what says how deep or
    how heavy a thing is holds some number."""
    lines = {i for i, text in enumerate(texts) if stated(text, measure)}
    if not lines:
        return {
            i: told
            for i, told in found.items()
            if measure not in EXACT or told.sure >= BEYOND_DOUBT or NUMBER.search(texts[i])
        }
    sure = {i: told for i, told in found.items() if told.sure >= BEYOND_DOUBT or i in lines}
    own = {i: max(sure.get(i, MEASURED), MEASURED, key=lambda told: told.sure) for i in lines}
    return sure | own


def sentence_fact(
    product: queries.Product, place: int, text: str, found: Judged, *, denies: str = "",
    part: str = "",
) -> Fact:  # fmt: skip
    """A line of the product's page, with how surely it answers."""
    values = {
        "denies": denies,
        "part": part,
        "text": text,
        "handle": product.handle,
        "name": product.title,
        "says": says(found),
    }
    return Fact(
        kind="sentence", source=f"product:{product.handle}#{place}",
        version=product.version, as_of=product.updated_at,
        values={k: v for k, v in values.items() if v}, subject=product.title,
        title=product.title, href=product.href, score=found.sure,
    )  # fmt: skip

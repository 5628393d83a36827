"""What may be said of products: prices, stock, options, attributes, what fits a wish."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chatbot.terms import Act, Card, Fact, Outcome

from .known import Known, act, listing, numbered, product_card, stems, within

MOST = 3
TELLS = 0.35  # from this probability on a sentence answers the question
ALSO_TELLS = 0.12  # a second one this sure is told as well, while both stay short
SURELY = 0.6  # a sentence this sure is told besides what was asked in plain words
PLAIN_WORDS = stems(
    "price prices cost costs costing much many stock available availability left have size sizes"
    " color colors colour colours order buy still want need looking hello please thanks"
)
SIDE_BY_SIDE = 0.1  # of several products more is told, so that they can be compared
MOST_WORDS = 45  # of what is quoted of one product
OPTIONS_ASKED = re.compile(r"\b(?:what|which|how many|all|list|other)\b", re.I)
ALREADY = re.compile(
    r"\b(?:go|goes|pair|wear|use) (?:with|under|underneath|over)\b|\balready (?:have|own|got)\b"
    r"|\b(?:have|own|has|got) (?:it|one|that|the \w+(?: \w+)?) already\b|\binstead of\b"
    r"|\b(?:something|anything|one|else) (?:like|similar|lighter|cheaper|warmer)\b|\bnot the\b",
    re.I,
)
SIDE = re.compile(
    r"\b(?:same price|the same|more expensive|cheaper|dearer|difference|by how much|cost more"
    r"|is .* more|than the|why)\b",
    re.I,
)
EVERY = re.compile(
    r"\b(?:options|biggest|largest|smallest|max(?:imum)? size|all sizes|which sizes)\b|\bonly\b.*\?"
    r"|\bhow (?:big|large|small|tall|long)\b.*\b(?:go|goes|come|get|gets)\b|\bdifferent versions\b"
    r"|\b(?:which|what) (?:ones|kinds|versions|types|variants)\b"
    r"|\b(?:is|are) there (?:an?|any) .{0,30}\b(?:one|ones|version|size)\b|\bcome (?:in )?bigger\b",
    re.I,
)
LABEL = re.compile(r"([A-Z][\w' /&-]{2,24}): ([^:]{2,160})$")  # "Weight: 740 g"
FEW_WORDS = 2  # "colours?" asks for them all
CHEAPEST = re.compile(r"cheap|lowest|least expensive|inexpensive|affordable", re.I)


def price(known: Known) -> list[Act]:
    """What the products in question cost."""
    products = known.of("product")[:MOST]
    if len(products) > 1:
        return [_prices_of(products, known)]
    return [_price(products[0], known)] if products else search(known)


def _prices_of(products: Sequence[Fact], known: Known) -> Act:
    slots, facts = {}, []
    for place, product in enumerate(products, 1):
        variants = known.wished(product) or known.variants(product)
        slots[numbered("product.name", place)] = product.values["name"]
        slots[numbered("variant.price", place)] = span(variants)
        facts += [product, *variants]
    return act("price.several", slots, facts)


def span(variants: Sequence[Fact]) -> str:
    """ "$42.00", or "$34.00 to $48.00"."""
    ordered = sorted(variants, key=lambda v: float(v.values["amount"]))
    low, high = ordered[0].values["price"], ordered[-1].values["price"]
    return low if low == high else f"{low} to {high}"


def _price(product: Fact, known: Known) -> Act:
    variants = known.wished(product) or known.variants(product)
    if SIDE.search(known.reading.text):
        variants = known.variants(product)
    prices = sorted({float(v.values["amount"]) for v in variants})
    name = product.values["name"]
    if len(prices) == 1:
        return _one_price(name, variants, known)
    if 1 < len(prices) <= MOST and (groups := _by_price(product, variants)):
        slots = {}
        for place, (label, value) in enumerate(groups, 1):
            slots[numbered("variant.options", place)] = label
            slots[numbered("variant.price", place)] = value
        return act("price.several", slots, [product, *variants])
    ordered = sorted(variants, key=lambda v: float(v.values["amount"]))
    slots = {
        "product.name": name,
        "product.price_min": ordered[0].values["price"],
        "product.price_max": ordered[-1].values["price"],
    }
    return act("price.range", slots, [product, *variants])


def _one_price(name: str, variants: Sequence[Fact], known: Known) -> Act:
    first = variants[0]
    slots = {"product.name": name, "variant.price": first.values["price"]}
    was = {v.values.get("was") for v in variants}
    if was != {None} and len(was) == 1:
        slots["variant.was_price"] = first.values["was"]
        return act("price.sale", slots, variants)
    if known.reading.options:
        slots["variant.options"] = known.wish(first)
    return act("price.one", slots, variants)


def _by_price(product: Fact, variants: Sequence[Fact]) -> list[tuple[str, str]]:
    """(option values, price) for each price, when one option alone decides the price."""
    for key in (k for k in product.values if k.startswith("option:")):
        prices: dict[str, set[str]] = {}
        for v in variants:
            prices.setdefault(v.values[key], set()).add(v.values["price"])
        if all(len(p) == 1 for p in prices.values()):
            groups: dict[str, list[str]] = {}
            for value, its in prices.items():
                groups.setdefault(next(iter(its)), []).append(value)
            return [(listing(values), price) for price, values in groups.items()]
    return []


def availability(known: Known) -> list[Act]:
    """Whether the products in question can be had, in the options wished for."""
    products = known.of("product")[:MOST]
    if not products:
        return search(known)
    if known.reading.foreign_options and len(products) == 1:
        return [_no_such(products[0], known)]
    return [a for p in products for a in _stock(p, known)][:MOST]


def _no_such(product: Fact, known: Known) -> Act:
    value = " or ".join(known.reading.foreign_options)
    is_size = value[0].isdigit() or len(value) <= 4 or "size" in value
    keys = [k for k in product.values if k.startswith("option:")]
    key = next((k for k in keys if ("size" in k.casefold()) == is_size), keys[0])
    slots = {"option.value": value, "option.values": product.values[key]}
    return act("option.no_such", slots | {"product.name": product.values["name"]}, [product])


def _stock(product: Fact, known: Known) -> list[Act]:
    name = product.values["name"]
    variants = known.wished(product) or known.variants(product)
    there = [v for v in variants if v.values["stock"] != "sold out"]
    gone = [v for v in variants if v.values["stock"] == "sold out"]
    if not there:
        return [_sold_out(product, gone, known)]
    acts = [_in_stock(name, there, known, whole=not gone)]
    if gone and (labels := _labels(gone, known)):
        acts.append(act("stock.out", {"variant.options": labels}, gone))
    return acts


def _in_stock(name: str, there: Sequence[Fact], known: Known, whole: bool) -> Act:
    slots = {"product.name": name}
    if labels := (known.wish(there[0]) if whole else _labels(there, known)):
        slots["variant.options"] = labels
    if len(there) == 1 and there[0].values["stock"] == "low stock":
        slots |= {"variant.stock": there[0].values["left"]}
        slots.setdefault("variant.options", there[0].values["options"])
        return act("stock.low", slots, there)
    return act("stock.in", slots, there)


def _sold_out(product: Fact, gone: Sequence[Fact], known: Known) -> Act:
    name = product.values["name"]
    others = [v for v in known.variants(product) if v.values["stock"] != "sold out"]
    if not others:
        return act("stock.out_all", {"product.name": name}, gone)
    wish = known.reading.options
    nearest = sorted(others, key=lambda v: -_shared(v, wish))
    alike = [v for v in nearest if _shared(v, wish) == _shared(nearest[0], wish)][:MOST]
    slots = {
        "product.name": name,
        "variant.options": known.wish(product) or gone[0].values["options"],
        "variant2.options": listing([v.values["options"] for v in alike]),
    }
    return act("stock.out_alternatives", slots, [*gone, *alike])


def _shared(variant: Fact, wish: Mapping[str, tuple[str, ...]]) -> int:
    """How many of the wishes a variant meets."""
    return sum(variant.values.get(f"option:{k}") in v for k, v in wish.items())


def _labels(variants: Sequence[Fact], known: Known) -> str:
    """The variants' options in few words: of the one open option, or whole; too many: none."""
    wished = {f"option:{k}" for k in known.reading.options}
    keys = [k for k in variants[0].values if k.startswith("option:") and k not in wished]
    if len(keys) == 1 and not wished & set(variants[0].values):
        return listing(list(dict.fromkeys(v.values[keys[0]] for v in variants)))
    return listing([v.values["options"] for v in variants]) if len(variants) <= MOST else ""


def options(known: Known) -> list[Act]:
    """What sizes, colors and so on a product comes in."""
    products = known.of("product")[:2]
    if not products:
        return search(known)
    if known.reading.foreign_options:
        return [_no_such(products[0], known)]
    return [a for p in products for a in _options_of(p, known)] or attribute(known)


def _options_of(product: Fact, known: Known) -> list[Act]:
    keys = [k for k in product.values if k.startswith("option:")]
    asked = [k for k in keys if _names(known.reading.text, k.removeprefix("option:"))] or keys
    return [_listed(product, key) for key in asked[:2]]


def _listed(product: Fact, key: str) -> Act:
    slots = {
        "product.name": product.values["name"],
        "option.name": key.removeprefix("option:"),
        "option.values": product.values[key],
    }
    return act("option.list", slots, [product])


def asks_for_options(known: Known) -> bool:
    """Whether the message asks what there is of an option: "what colors", "which sizes"."""
    product, text = known.one("product"), known.reading.text
    if product is not None and EVERY.search(text):
        return any(k.startswith("option:") for k in product.values)
    asked = OPTIONS_ASKED.search(text) or len(text.split()) <= FEW_WORDS
    keys = [k for k in product.values if k.startswith("option:")] if product else []
    return bool(asked) and any(_names(text, k.removeprefix("option:")) for k in keys)


def _names(text: str, option: str) -> bool:
    text = text.casefold().replace("colour", "color")
    return option.casefold().rstrip("s") in text


def attribute(known: Known) -> list[Act]:
    """What the product pages say about the property asked for."""
    products = known.of("product")[:MOST]
    if not products:
        return []
    told = [a for p in products for a in _told(p, known, several=len(products) > 1)]
    if told:
        return told[:MOST]
    name = products[0].values["name"]
    slots = {"product.name": name}
    return [act("attribute.unknown", slots, products[:1], Outcome.DECLINED)]


def _told(product: Fact, known: Known, several: bool) -> list[Act]:
    """What one product's page says to the question: its best sentence, and the next if as good."""
    hits = known.sentences(product)
    if not hits or hits[0].score < (SIDE_BY_SIDE if several else TELLS):
        return []
    told = within([h for h in hits if h is hits[0] or h.score >= ALSO_TELLS], MOST_WORDS)
    says = told[0].values.get("says", "") if told[0].score >= SURELY else ""
    named = {"product.name": product.values["name"]} if several else {}
    if len(told) == 1 and not says and (label := LABEL.match(told[0].values["text"])):
        name, value = label.groups()
        slots = {"attribute.name": name.lower(), "attribute.value": value.rstrip(".")}
        return [act("attribute.labelled", slots | {"product.name": product.values["name"]}, told)]
    slots = named | {"passage.text": " ".join(h.values["text"] for h in told)}
    name = {"yes": "attribute.yes_text", "no": "attribute.no_text"}.get(says)
    return [act(name or "attribute.passage", slots, told)]


def compare(known: Known) -> list[Act]:
    """Two or three products side by side: what their pages say, and their prices."""
    products = known.of("product")[:MOST]
    if len(products) < 2:
        return attribute(known) or search(known)
    best = [s[0] for p in products if (s := known.sentences(p)) and s[0].score >= SIDE_BY_SIDE]
    if len(products) == len(best) == 2:
        told = [_beside(products, best)]
    else:
        told = [a for p in products for a in _told(p, known, several=True)]
    return [*told, _prices_of(products, known)]


def besides(acts: Sequence[Act], known: Known) -> list[Act]:
    """What a product's page says to a message that asked for a price or the stock as well."""
    products = known.of("product")
    if not acts or len(products) != 1 or any("attribute" in a.name for a in acts):
        return []
    if not stems(known.reading.text) - _plain_words(products[0], known):
        return []  # nothing was asked besides
    told = known.sentences(products[0])
    return _told(products[0], known, several=False) if told and told[0].score >= SURELY else []


def _plain_words(product: Fact, known: Known) -> set[str]:
    """The words of a plain question for a product's price, stock or options."""
    own = (
        product.values["name"],
        *(v for k, v in product.values.items() if k.startswith("option")),
    )
    return PLAIN_WORDS | {w for text in (*own, known.wish(product)) for w in stems(text)}


def _beside(products: Sequence[Fact], told: Sequence[Fact]) -> Act:
    slots = {}
    for place, (product, sentence) in enumerate(zip(products, told, strict=True), 1):
        slots[numbered("product.name", place)] = product.values["name"]
        slots[numbered("passage.text", place)] = sentence.values["text"]
    return act("compare.two_text", slots, [*products, *told])


def search(known: Known) -> list[Act]:
    """Products that fit what is looked for; those in stock first."""
    if known.reading.named and not ALREADY.search(known.reading.text):
        return describe(known)
    return suggest(known)


def suggest(known: Known) -> list[Act]:
    """The products that fit best, besides those that were named."""
    found = [f for f in known.of("found") if f.values["handle"] not in _named(known)]
    if CHEAPEST.search(known.reading.text):
        found = sorted(found, key=lambda f: float(f.values["amount"]))
    found = sorted(found, key=lambda f: f.values["stock"] == "sold out")[:MOST]
    if not found:
        return [act("search.none", outcome=Outcome.DECLINED)]
    if "recommend" in known.asks and found[0].values.get("about"):
        return [_recommended(found[0]), *([_found(found[1:])] if found[1:] else [])]
    return [_found(found)]


def _recommended(best: Fact) -> Act:
    """The product that fits best, with what its page says it is for."""
    slots = {
        "product.name": best.values["name"],
        "variant.price": best.values["price_min"],
        "passage.text": best.values["about"],
    }
    return act("recommend.with_reason", slots, [best], cards=[product_card(best)])


def no_such(known: Known) -> list[Act]:
    """Nothing goes by the name that was asked for; what comes nearest."""
    missing = act("search.no_such", {"search.words": known.reading.stranger})
    found = sorted(known.of("found"), key=lambda f: f.values["stock"] == "sold out")[:MOST]
    return [missing, *([_found(found)] if found else [])]


def carded(acts: Sequence[Act], known: Known) -> list[Act]:
    """`acts`, each with links to the products it speaks of."""
    return [_carded(a, known) for a in acts]


def _carded(one: Act, known: Known) -> Act:
    spoken = {f.values["handle"] for f in one.facts if "handle" in f.values}
    told = [p for p in known.of("product") if p.values["handle"] in spoken][:MOST]
    if one.cards or not told:
        return one
    return replace(one, cards=tuple(_card(p, known) for p in told))


def _card(product: Fact, known: Known) -> Card:
    """The link to a product, of the variants wished for where there are such."""
    wished = known.wished(product)
    wish = known.wish(product) if wished else ""
    return product_card(product, wished or known.variants(product), wish)


def _named(known: Known) -> tuple[str, ...]:
    """The handles a message names, which who looks for something besides them does not want."""
    return known.reading.products if known.reading.named else ()


def _found(found: Sequence[Fact]) -> Act:
    slots = {}
    for place, fact in enumerate(found, 1):
        slots[numbered("product.name", place)] = fact.values["name"]
        slots[numbered("variant.price", place)] = fact.values["price_min"]
    name = "search.found" if len(found) > 1 else "search.found_one"
    return act(name, slots, found, cards=[product_card(f) for f in found])


def reduced(known: Known) -> list[Act]:
    """What is on sale now."""
    return [_found(known.of("reduced")[:MOST])]


def describe(known: Known) -> list[Act]:
    """A product that was asked for by name: its price, and what its page says to the question."""
    return [*price(known), *attribute(known)]


def restock(known: Known) -> list[Act]:
    """When it comes back is not known; what has not gone is simply there."""
    product = known.one("product")
    if product is None:
        return []
    told = availability(known)
    if all(v.values["stock"] != "sold out" for v in known.wished(product)):
        return told
    slots = {"product.name": product.values["name"]}
    return [*told, act("restock.unknown", slots, [product])]

"""What sizes, colors and so on there are to choose from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chatbot.acts.known import Known, act, listing
from chatbot.terms import Act, Fact

from .pages import SURELY, all_pages_tell, attribute, page_speaks
from .sizes import biggest
from .stock import availability, comes_in_sizes_alone, is_gone, no_such_option

OPTIONS_ASKED = re.compile(r"\b(?:what|which|how many|all|list|other)\b", re.I)
EVERY = re.compile(
    r"\b(?:options|biggest|largest|smallest|max(?:imum)? size|(?:all|which|what) sizes)\b"
    r"|\bonly\b.*\?"
    r"|\bhow (?:big|large|small|tall|long)\b.*\b(?:go|goes|come|get|gets)\b|\bdifferent versions\b"
    r"|\b(?:which|what) (?:ones|kinds|versions|types|variants)\b"
    r"|^\W*(?:\w+ ){0,2}(?:sizes|colou?rs) (?:for|of|in|on)\b"
    r"|\b(?:is|are) there (?:an?|any) .{0,30}\b(?:one|ones|version|size)\b|\bcome (?:in )?bigger\b",
    re.I,
)
OF_CHOICE = frozenset(("option", "availability"))
OF_PAGES = frozenset(("attribute", "care", "size_help"))
BY_UNIT = re.compile(
    r"\b(?:how many|(?:what|which)(?: sizes? of)?) (\w+)\b"
    r"(?=.*\b(?:get|comes?|buy|available|sell|(?:do|have) (?:you|u|ya)|there)\b)",
    re.I,
)
UNIT = re.compile(r"\d ?([a-z]+)\b", re.I)
UNITS = {  # as people say them
    "gb": "gb|gigs?|gigabytes?", "tb": "tb|terabytes?", "l": "l|ltrs?|lit(?:re|er)s?",
    "ml": "ml|millilit(?:re|er)s?", "g": "g|gram(?:me)?s?", "kg": "kg|kgs|kilos?|kilograms?",
    "oz": "oz|ounces?", "lb": "lbs?|pounds?", "cm": "cm|centimet(?:re|er)s?",
    "mm": "mm|millimet(?:re|er)s?", "m": "m|met(?:re|er)s?", "ft": "ft|foot|feet",
    "in": "inch(?:es)?", "inch": "inch(?:es)?", "w": "w|watts?",
}  # fmt: skip
FEW_WORDS = 2  # "colours?" asks for them all


def options(known: Known) -> list[Act]:
    """What sizes, colors and so on a product comes in."""
    products = known.of("product")[:2]
    if not products:
        return []
    if known.reading.foreign_options:
        return looks_by_page(known) or [no_such_option(products[0], known)]
    if len(products) == 1 and (told := biggest(products[0], known)):
        return told
    listed = asks_for_options(known)
    if known.reading.wishes and not listed:
        return availability(known)  # one that is wished for, of which no list is asked
    if known.asks[0] in OF_PAGES and not listed:
        return []  # heard besides a property, in what has no word for any choice
    if not listed and len(products) == 1 and page_speaks(known):
        return attribute(known)
    return [a for p in products for a in _options_of(p, known)] or attribute(known)


def looks_by_page(known: Known) -> list[Act]:
    """What the page says of the looks wished for, where there is no choice of any and it surely
    tells: its sizes are no answer to "does it come in red"."""
    product = known.of("product")[0]
    told = known.sentences(product)[:1]
    asked = known.asks[0] in OF_CHOICE and "price" not in known.asks
    sure = asked and told and told[0].score >= SURELY
    return attribute(known) if sure and comes_in_sizes_alone(product, known) else []


def _options_of(product: Fact, known: Known) -> list[Act]:
    own, text = _options(product), known.reading.text
    keys = [f"option:{name}" for name in own]
    asked = [f"option:{name}" for name, vals in own.items() if _asked(text, name, vals)] or keys
    listed = [_listed(product, key) for key in asked[:2]]
    if len(listed) == 1:  # what is chosen need not be called size or color, where it is the one
        must = tuple(slot for slot in listed[0].must if slot != "option.name")
        listed = [replace(listed[0], must=must)]
    if "availability" in known.asks:
        return listed  # who asks for that as well is told it by itself
    gone = _sold_out(product, asked[:2], known)
    if len(listed) == 1 and gone and gone[0].name == "stock.out":
        return [_with_gone(listed[0], gone[0], known.variants(product))]
    return [*listed, *gone]


def _with_gone(listed: Act, gone: Act, every: Sequence[Fact]) -> Act:
    """What there is to choose from, and in the same breath what of it nobody can have now; each
    version is a fact of its own, since "20 L" says nothing of the others."""
    slots = {**listed.slots, **gone.slots}
    must, facts = dict.fromkeys((*listed.must, *gone.must)), (*listed.facts, *every)
    return replace(listed, name="option.some", slots=slots, must=tuple(must), facts=facts)


def _listed(product: Fact, key: str) -> Act:
    slots = {
        "product.name": product.values["name"],
        "option.name": key.removeprefix("option:"),
        "option.values": product.values[key],
    }
    return act("option.list", slots, [product])


def _sold_out(product: Fact, keys: Sequence[str], known: Known) -> list[Act]:
    """The values among those listed that nobody can have now, in what else is wished for."""
    every, wished = known.variants(product), known.wished(product)
    if every and all(map(is_gone, every)):
        return [act("stock.out_all", {"product.name": product.values["name"]}, every)]
    there = {(key, v.values.get(key)) for v in wished for key in keys if not is_gone(v)}
    gone = [
        (v, v.values[key])
        for v in wished
        for key in keys
        if key in v.values and (key, v.values[key]) not in there
    ]
    said = [value if len(wished) == len(every) else v.values["options"] for v, value in gone]
    slots = {
        "product.name": product.values["name"],
        "variant.options": listing([*dict.fromkeys(said)]),
    }
    return [act("stock.out", slots, [v for v, _value in gone])] if gone else []


def asks_for_options(known: Known) -> bool:
    """Whether the message asks what there is of an option: "what colors", "which sizes"."""
    product, text = known.one("product"), known.reading.text
    if known.asks[0] == "compare" and len(known.of("product")) > 1:
        return False  # "which ones lighter" picks one of the two
    if product is not None and biggest(product, known):
        return True
    if len(known.of("product")) > 1 and all_pages_tell(known):
        return False  # "how tall do they go" of two that come in colors
    if product is not None and EVERY.search(text):
        return any(k.startswith("option:") for k in product.values)
    asked = OPTIONS_ASKED.search(text) or len(text.split()) <= FEW_WORDS
    asked = asked or "option" in known.asks[:1]
    own = _options(product) if product else {}
    return bool(asked) and any(_asked(text, name, values) for name, values in own.items())


def _options(product: Fact) -> dict[str, str]:
    """The values of its options, by the options' names."""
    own = product.values.items()
    return {k.removeprefix("option:"): v for k, v in own if k.startswith("option:")}


def _asked(text: str, name: str, values: str) -> bool:
    return _names(text, name) or _counted(text, values)


def _names(text: str, option: str) -> bool:
    text = text.casefold().replace("colour", "color")
    return option.casefold().rstrip("s") in text


def _counted(text: str, values: str) -> bool:
    """Whether the values of an option are asked for by their unit: "how many gigs can I get it in"
    of "64 GB, 128 GB and 256 GB"."""
    asked = BY_UNIT.search(text)
    said = asked[1] if asked else ""
    units = {unit.casefold() for unit in UNIT.findall(values)}
    return any(re.fullmatch(UNITS.get(unit, unit), said, re.I) for unit in units)

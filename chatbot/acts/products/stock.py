"""Whether products can be had, in which options, and when they come back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chatbot.acts.known import MOST, Known, act, listing
from chatbot.terms import Act, Fact

OF_SIZE = re.compile(r"\d|(?:x{0,4}[sl]|m)(?: or |$)|.*size", re.I)
OF_LOOKS = re.compile(r"colou?r|shade|finish|pattern|print", re.I)


def availability(known: Known) -> list[Act]:
    """Whether the products in question can be had, in the options wished for."""
    products = known.of("product")[:MOST]
    if known.reading.foreign_options and (optional := [p for p in products if _options(p)]):
        return [no_such_option(p, known) for p in optional]
    return [a for p in products for a in _unmade(p, known) or _stock(p, known)][:MOST]


def _unmade(product: Fact, known: Known) -> list[Act]:
    """That a product does not come in all that was wished for at once, and how it does come."""
    wish = {f"option:{k}" for k in known.reading.options} & set(product.values)
    if len(wish) < 2 or known.wished(product) or not known.variants(product):
        return []
    slots = {"product.name": product.values["name"], "option.value": known.wish(product)}
    alike = _nearest(known.variants(product), known.reading.options)
    slots["option.values"] = listing([v.values["options"] for v in alike])
    return [act("option.no_such", slots, [product, *alike])]


def no_such_option(product: Fact, known: Known) -> Act:
    """A product does not come in what was wished for; what it does come in, and can be had."""
    value = " or ".join(known.reading.foreign_options)
    is_size = bool(OF_SIZE.match(value))
    keys = _options(product)
    looks = [k for k in keys if OF_LOOKS.search(k)] or [
        k for k in keys if "size" not in k.casefold()
    ]
    sizes = [k for k in keys if "size" in k.casefold()]
    key = [*(sizes if is_size else looks), *keys][0]
    there = [v for v in known.variants(product) if not is_gone(v)]
    left = listing(list(dict.fromkeys(v.values[key] for v in there)))
    slots = {"option.value": value, "option.values": left or product.values[key]}
    facts = [product, *there]
    return act("option.no_such", slots | {"product.name": product.values["name"]}, facts)


def comes_in_sizes_alone(product: Fact, known: Known) -> bool:
    """Whether somebody wishes for the looks of what there is but in several sizes, of which only
    its page can tell: "navy only", of a rug in 200 g and 360 g."""
    if not known.reading.foreign_options or any(map(OF_SIZE.match, known.reading.foreign_options)):
        return False
    own = [
        (key, v.values.get(key, "")) for v in known.variants(product) for key in _options(product)
    ]
    return bool(own) and all(OF_SIZE.match(v) or "size" in key.casefold() for key, v in own)


def _options(product: Fact) -> list[str]:
    return [k for k in product.values if k.startswith("option:")]


def is_gone(variant: Fact) -> bool:
    """Whether a variant is sold out."""
    return variant.values["stock"] == "sold out"


def _stock(product: Fact, known: Known) -> list[Act]:
    name = product.values["name"]
    variants = known.wished(product) or known.variants(product)
    there = [v for v in variants if v.values["stock"] != "sold out"]
    gone = [v for v in variants if v.values["stock"] == "sold out"]
    if not there:
        return [_sold_out(product, gone, known)]
    left, lost = _labels(there, known), _labels(gone, known) if gone else ""
    if left and lost:
        slots = {"product.name": name, "variant.options": left, "variant2.options": lost}
        return [act("stock.some", slots, [*there, *gone])]
    acts = [_in_stock(name, there, known, whole=not gone)]
    return [*acts, act("stock.out", {"variant.options": lost}, gone)] if lost else acts


def _in_stock(name: str, there: Sequence[Fact], known: Known, whole: bool) -> Act:
    slots = {"product.name": name}
    if labels := (known.wish(there[0]) if whole else _labels(there, known)):
        slots["variant.options"] = labels
    if len(there) == 1 and _is_short(there[0], known):
        slots |= {"variant.stock": there[0].values["left"]}
        slots.setdefault("variant.options", there[0].values["options"])
        return act("stock.low", slots, there)
    return act("stock.in", slots, there)


def _is_short(variant: Fact, known: Known) -> bool:
    """Whether few of a version are left, or fewer than are spoken of."""
    few = variant.values["stock"] == "low stock"
    return few or 0 < int(variant.values["left"]) < known.reading.quantity  # 0: made to order


def _sold_out(product: Fact, gone: Sequence[Fact], known: Known) -> Act:
    name = product.values["name"]
    others = [v for v in known.variants(product) if v.values["stock"] != "sold out"]
    if not others:
        return act("stock.out_all", {"product.name": name}, gone)
    alike = _nearest(others, known.reading.options)
    slots = {
        "product.name": name,
        "variant.options": known.wish(product) or gone[0].values["options"],
        "variant2.options": listing([v.values["options"] for v in alike]),
    }
    return act("stock.out_alternatives", slots, [*gone, *alike])


def _nearest(variants: Sequence[Fact], wish: Mapping[str, tuple[str, ...]]) -> list[Fact]:
    """The few that meet as many of the wishes as any, those of the nearest figure first."""
    nearest = sorted(variants, key=lambda v: (-_shared(v, wish), _apart(v, wish)))
    return [v for v in nearest if _shared(v, wish) == _shared(nearest[0], wish)][:MOST]


def _apart(variant: Fact, wish: Mapping[str, Sequence[str]]) -> float:
    """How far its sizes in figures lie from those wished for: 11 and 13 are next to 12."""
    pairs = (
        (_figure(variant.values.get(f"option:{k}", "")), _figure(v[0])) for k, v in wish.items()
    )
    return sum(abs(own - wished) for own, wished in pairs if own and wished)


def _figure(value: str) -> float:
    found = re.match(r"\d+(?:\.\d+)?", value)
    return float(found.group()) if found else 0.0


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


def restock(known: Known) -> list[Act]:
    """When it comes back is not known; what has not gone is simply there."""
    product = known.one("product")
    if product is None:
        return []
    told = availability(known)
    there = [not is_gone(v) for v in known.wished(product)]
    if all(there) or (any(there) and known.asks[0] == "availability"):
        return told  # who asks first what there is, hears of what there is
    slots = {"product.name": product.values["name"]}
    return [*told, act("restock.unknown", slots, [product])]

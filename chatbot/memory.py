"""What a conversation has spoken of: kept after a reply, recalled before the next."""

from __future__ import annotations

from typing import Any

from .models import Edit, Reply, Turn
from .terms import Memory, Reading

ASIDES = ("person.away", "person.away_mail")  # no message goes on about these
LOOKED_UP = ("found", "reduced", "extreme", "denied")  # kinds of facts
Record = dict[str, Any]


def after(now: Reading, reply: Reply, before: Memory) -> Memory:
    """The memory after a reply: the newest things, and older ones where nothing replaced them."""
    told = tuple(r["name"] for r in reply.acts)
    quotes = bool(told) and all(name.startswith("policy.") for name in told)  # may name any product
    found = (f["values"]["handle"] for f in reply.facts if not quotes and _was_shown(f, reply))
    shown = tuple(dict.fromkeys(found))
    listed = _cited(reply, "number")
    known = (f["values"]["number"] for f in reply.facts if f["kind"] == "order")
    order = listed[0] if len(listed) == 1 else next(known, "")
    kept = now.named or not shown or _all_told_of(now.products, shown, reply)
    products = now.products if now.products and kept else shown
    products = _prepared(reply) or products or _bought(reply)
    products = _in_order(products or before.products, reply)
    same = products[:1] == before.products[:1]
    return Memory(
        products=products,
        quantity=before.quantity if same and now.quantity == 1 else now.quantity,
        options=dict(now.options),
        order=order or now.order or before.order,
        email=now.email or before.email,
        code=next(iter(_cited(reply, "code")), "") or now.code,
        asks=now.asks,
        text=now.text,
        query=now.query if now.follows else now.text,
        act=next((name for name in reversed(told) if name not in ASIDES), ""),
        told=told,
        articles=_cited(reply, "article") or now.articles,
        group=_group(products, now, before),
        orders=listed if len(listed) > 1 else before.orders,  # "the second" is of those listed last
        language=now.language,
        choice=_choice(reply) or (before.choice if same else ""),
    )


def keep(turn: Turn, now: Record) -> None:
    """Keep what later messages may refer back to, and what they could before, should this one's
    message be replaced; of one that has been, nothing is kept."""
    if Edit.objects.filter(turn=turn).exists():
        return
    chat = turn.conversation
    if chat.before.get("turn") != turn.number:
        chat.before = {"turn": turn.number, "memory": chat.memory}
    chat.memory = now
    chat.save(update_fields=["memory", "before"])


def go_back(turn: Turn) -> None:
    """Forget what a turn has added, as if its message had not been said."""
    chat = turn.conversation
    if chat.before.get("turn") == turn.number:
        chat.memory = chat.before["memory"]
        chat.save(update_fields=["memory"])


def _in_order(handles: tuple[str, ...], reply: Reply) -> tuple[str, ...]:
    """`handles` in the order in which a reply names the products, where it names them all."""
    titles = {f["values"]["handle"]: f["subject"] for f in reply.facts if "handle" in f["values"]}
    places = {h: reply.text.find(titles[h]) for h in handles if h in titles}
    whole = len(places) == len(handles) and min(places.values(), default=-1) >= 0
    return tuple(sorted(handles, key=places.__getitem__)) if whole else handles


def _all_told_of(products: tuple[str, ...], shown: tuple[str, ...], reply: Reply) -> bool:
    """Whether a reply tells of all that are in view, and shows no others: "each" is each of them,
    and not only what was found besides."""
    told = set(_cited(reply, "handle"))
    return set(shown) <= set(products) <= told


def _prepared(reply: Reply) -> tuple[str, ...]:
    """The one thing that a return or an exchange was prepared of, or is about to be."""
    offers = (f["values"] for r in reply.acts for f in r["facts"] if f.get("kind") == "offer")
    things = tuple(dict.fromkeys(values["thing"] for values in offers if "thing" in values))
    return things if len(things) == 1 else ()


def _bought(reply: Reply) -> tuple[str, ...]:
    """The one thing in the order that a message has spoken of, be it by its sort ("my lamp")."""
    told = (f["values"] for f in reply.facts if f["kind"] == "order")
    order: Record = next(told, {})
    held = tuple(order.get("holds", "").split())
    return held if len(held) == 1 else ()


def _group(products: tuple[str, ...], now: Reading, before: Memory) -> tuple[str, ...]:
    """The products that "the other one" is among: several told of last, still those from which one
    has been picked, or the two of which the same was asked ("and the soprano?")."""
    if len(products) > 1:
        return products
    if set(products) <= set(before.group):
        return before.group
    another = now.follows and (now.named or now.loosely) and len(before.products) == 1
    return (*before.products, *products) if another else ()


def _choice(reply: Reply) -> str:
    """The one option of which all values were told."""
    listed = (r for r in reply.acts if r["name"] in ("option.list", "option.some"))
    told = [r["slots"]["option.name"] for r in listed]
    return told[0] if len(told) == 1 else ""


def _cited(reply: Reply, key: str) -> tuple[str, ...]:
    """The values `key` of the facts that the reply's acts rest on, each once, in order."""
    facts = (f for record in reply.acts for f in record["facts"])
    return tuple(dict.fromkeys(f["values"][key] for f in facts if key in f["values"]))


def recalled(memory: Record) -> Memory:
    """The memory as it was kept; JSON knows no tuples."""
    tuples = {k: tuple(v) if isinstance(v, list) else v for k, v in memory.items()}
    options = {k: tuple(v) for k, v in memory.get("options", {}).items()}
    return Memory(**tuples | {"options": options})


def _was_shown(fact: Record, reply: Reply) -> bool:
    """Whether a product that was found or is reduced was named in the reply, or its page quoted."""
    told = fact["subject"] in reply.text or fact["values"].get("handle") in _cited(reply, "handle")
    return fact["kind"] in LOOKED_UP and told

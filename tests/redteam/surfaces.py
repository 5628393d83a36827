"""Every place of the site's own templates in which a text of a shopper, of an engine, of the shop
or of a member of staff is shown."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from chatbot.marked import Page
from chatbot.recommending import Pick
from chatbot.recommending.reasons import WORDS, Reason
from storefront.models import Product, Variant
from storefront.picking import picker
from tests.chatbot.made_shops import product as goods
from tests.redteam.markup import Surface, Take

KEY = UUID(int=1)


def _turn(take: Take) -> dict[str, Any]:
    """A turn of a transcript: what was written, what was answered, what was offered."""
    action = {"pk": KEY, "title": take(), "get_state_display": "Done"}
    return {
        "turn": {"text": take(), "actions": {"all": [action]}},
        "reply": _reply(take) | {"feedback": {"helpful": False, "comment": take()}},
    }


def _reply(take: Take) -> dict[str, Any]:
    claim = {"verdict": "held", "kind": "price", "text": take(), "fact": take(), "shown": False}
    return {
        "receipt": take(), "outcome": "answered", "engine": take(), "total_ms": 5, "text": take(),
        "draft": take(), "cards": [{"title": take(), "text": take()}], "claims": [claim],
        "reading": {"intent": take(), "entities": take()},
        "corrections": {"all": [{"name": take(), "text": take()}]},
    }  # fmt: skip


def transcript(take: Take) -> dict[str, Any]:
    return {"turns": [_turn(take)]}


def review(take: Take) -> dict[str, Any]:
    """The page where a reply is judged, with what was decided before."""
    turn = _turn(take)
    facts = {"source": take(), "version": "v1", "as_of": "2026-11-20", "pairs": [("title", take())]}
    row = {"pk": 1, "state": "closed", "correction": take(), "comment": take(),
           "claimed_by": take(), "closed_by": take(), "verdict": "x",
           "corrections": {"all": [{"name": take()}]}}  # fmt: skip
    return {"review": row, "reply": turn["reply"], "turns": [turn], "used": [facts],
            "may_decide": True}  # fmt: skip


def judging(take: Take) -> dict[str, Any]:
    """The same while it is being decided: the correction stands in its field."""
    values = review(take)
    return values | {
        "review": values["review"] | {"state": "claimed"},
        "mine": True,
        "name": take(),
    }


def conversation(take: Take) -> dict[str, Any]:
    shown = {"version": take(), "language": take()}
    chat = {"shopper": {"email": take()}, "disclosures": {"all": [shown]}}
    return {"chat": chat, "turns": [_turn(take)]}


def action(take: Take) -> dict[str, Any]:
    turn = {"conversation_id": KEY, "reply": {"receipt": take()}}
    return {"action": {"pk": KEY, "title": take(), "terms": [take(), take()], "told": take(),
                       "change": take(), "decided_by": take(), "turn": turn}}  # fmt: skip


def recall(take: Take) -> dict[str, Any]:
    """A draft, with somebody who was told it."""
    row = {"pk": 1, "conversation": {"shopper": {"email": take()}}, "conversation_id": KEY,
           "reply": {"receipt": take()}, "note": take(), "text": take()}  # fmt: skip
    item = {"row": row, "text": take(), "exposure": take(), "told": [{"name": take()}]}
    known = {"pk": 1, "reason": take(), "value": take(), "source": take(), "right": take(),
             "message": take(), "opened_by": {"get_short_name": take()}, "shoppers": 2}  # fmt: skip
    return {"recall": known, "recipients": [item], "draft": True, "name": take(),
            "exposure": take(), "right_price": take(), "counts": {"waiting": 2}}  # fmt: skip


def product(take: Take) -> dict[str, Any]:
    """A page with two versions, which no text makes the same."""
    row = Product(pk=1, handle="kettle", title=take(), vendor=take(), image_url="/kettle.png",
                  image_alt=take(), option_names=[take(), take()])  # fmt: skip
    versions = [
        Variant(pk=n, product=row, sku=f"K-{n}", values=[f"{take()} {n}", take()], price=1, stock=5)
        for n in (1, 2)
    ]
    told = Page(paragraphs=(take(), take()), bullets=(take(),), checked=True)
    asked = SimpleNamespace(by_ai=told)
    return {"product": row, "variants": versions, "picker": picker(row, versions), "request": asked}


def _card(take: Take) -> dict[str, Any]:
    sold_out = Variant(pk=1, product=Product(pk=1), price=1, stock=0)
    return {"handle": "kettle", "title": take(), "image_url": "/kettle.png", "image_alt": take(),
            "variants": {"all": [sold_out]}}  # fmt: skip


def listing(take: Take) -> dict[str, Any]:
    """What was found, its filters, and one of them that is on."""
    wanted = {"query": take(), "low": None, "high": None, "sort": "price", "page": 1,
              "bare": {"address": "/search/"}}  # fmt: skip
    choice = {"value": take(), "label": take(), "count": 1, "on": False}
    group = {"label": take(), "name": "brand", "choices": [choice]}
    shown = {"wanted": wanted, "groups": [group], "products": [_card(take)], "total": 1, "pages": 1,
             "in_stock": 1, "found": {"slip": True, "words": [take()]}}  # fmt: skip
    return {"title": take(), "query": take(), "shop": take(), "listing": shown,
            "request": {"path": "/search/"}, "applied": [(take(), "/search/")],
            "sorts": [("price", "Price")]}  # fmt: skip


def picks(take: Take) -> dict[str, Any]:
    """What is recommended, each kind of reason with all the words it may hold."""
    item = replace(goods(1), title=take(), href="/", picture="", sponsored=True)
    reasons = [
        Reason(why, title=take(), shared=take(), tag=tag, word=take(), quote=take())
        for why, tag in WORDS
    ]
    return {"picks": [Pick(item, reason) for reason in reasons], "undo": item, "hidden": [item],
            "personal": True, "back": "/", "user": {"is_authenticated": True}}  # fmt: skip


def order(take: Take) -> dict[str, Any]:
    """An order with its story, what was bought, where it goes and the shopper's note."""
    place = {"address1": take(), "address2": take(), "city": take(), "province": take(),
             "zip": take(), "country": "US"}  # fmt: skip
    row = {"name": take(), "state_text": "Shipped", "currency": "USD", "goods": 5, "discount_code": take(),
           "discount_amount": 1, "shipping_method": take(), "shipping": 5, "total": 9,
           "shipping_name": take(), "shipping_address": place, "note": take()}  # fmt: skip
    step = {"text": "Shipped", "detail": take()}
    return {"order": row, "lines": [{"quantity": 1, "name": take(), "amount": 1}],
            "story": {"steps": [step], "next": take(), "zone": "UTC"}}  # fmt: skip


def article(take: Take) -> dict[str, Any]:
    row = {"title": take(), "article": {"slug": "returns"}}
    piece = {"article": "returns", "title": take(), "heading": take(),
             "parts": [(take(), False), (take(), True)]}  # fmt: skip
    return {"article": row, "articles": [row], "shop": take(), "body": "", "asked": take(),
            "found": [piece], "fit": {"slip": True, "words": [take()]}}  # fmt: skip


def sign_in(take: Take) -> dict[str, Any]:
    form = {"non_field_errors": [take()], "username": {"value": take()}}
    return {"form": form, "next": take()}


PAGE = ("title", "content")
SURFACES = (
    Surface("admin/chatbot/transcript.html", transcript),
    Surface("admin/chatbot/review/change_form.html", review),
    Surface("admin/chatbot/review/change_form.html", judging),
    Surface("admin/chatbot/conversation/change_form.html", conversation),
    Surface("admin/chatbot/action/change_form.html", action),
    Surface("admin/chatbot/recall/change_form.html", recall),
    Surface("storefront/product.html", product, PAGE),
    Surface("storefront/listing.html", listing, PAGE),
    Surface("chatbot/recommending/page.html", picks, PAGE),
    Surface("storefront/search.html", listing, PAGE),
    Surface("storefront/order.html", order, PAGE),
    Surface("storefront/article.html", article, PAGE),
    Surface("storefront/help.html", article, PAGE),
    Surface("storefront/sign_in.html", sign_in, PAGE),
)

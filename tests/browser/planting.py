"""Payloads laid into a site's database as though an engine, the shop or staff had written them.

Run by the site's own `manage.py shell`, so that they lie where the served pages read them.
"""

from __future__ import annotations

import csv
import random
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

from axes.models import AccessAttempt
from django.utils import timezone

from chatbot import delivery, duty, facts
from chatbot.models import (
    Commission,
    Conversation,
    Feedback,
    LedgerEntry,
    ProductText,
    Reply,
    Review,
)
from chatbot.studio import translating, versions
from storefront.importing import import_folder
from storefront.models import User
from tests.chatbot import histories
from tests.redteam.payloads import sound, texts

OWN = "/products/kestrel-rain-shell/"  # where cards and sources of ours may lead


def laid(every: int, *families: str) -> list[str]:
    """The payloads as the site takes them."""
    return [sound(text) for text in texts(every, *families)]


def people_only(wanted: bool) -> None:
    """Have every message answered by a fixed notice, at once; or by the assistant again."""
    duty.switch(wanted, None, "")


def talk(conversation: str, every: int, *families: str) -> None:
    """A conversation in which every word of shopper, engine and shop is a payload."""
    chat = Conversation.objects.get(pk=conversation)
    for number, text in enumerate(laid(every, *families), 1):
        turn = chat.turns.create(number=number, client_id=uuid.uuid4(), text=text, state="done")
        reply = _reply(turn, text)
        action = turn.actions.create(
            kind="cancel", order=text[:40], quote="{}", title=text[:200], terms=[text, text],
            notices="1", state="done", change=text[:60], told=text,
            expires_at=timezone.now() + timedelta(hours=1),
        )  # fmt: skip
        for body in _bodies(text, reply.receipt, str(action.pk)):
            delivery.append(turn, {**body, "turn": number})


def _reply(turn: Any, text: str) -> Reply:
    """A reply that staff are to judge, found unhelpful."""
    claim = {"text": text, "kind": "price", "verdict": "held", "fact": text, "sentence": text}
    fact = {"source": text, "version": text[:8], "as_of": "2026-11-20", "values": {"title": text}}
    act = {"name": text, "notice": False, "must": [text], "slots": {text: text}, "facts": [fact]}
    reply = Reply.objects.create(
        turn=turn, text=text, draft=text, cards=[{"title": text, "text": text}],
        claims=[claim | {"shown": False}], reading={"intent": text}, acts=[act],
        outcome="answered", engine=text[:120], completed_at=timezone.now(),
    )  # fmt: skip
    Feedback.objects.create(reply=reply, helpful=False, comment=text)
    Review.objects.create(reply=reply, reason="thumbs_down")
    return reply


def _bodies(text: str, receipt: str, action: str) -> list[dict[str, Any]]:
    """One frame of every kind, with the text wherever a frame has one."""
    card = {"type": "card", "kind": "product", "title": text, "text": text}
    source = {"title": text, "version": text}
    return [
        {"type": "said", "text": text},
        {"type": "reply", "receipt": receipt},
        {"type": "sentence", "text": text, "notice": False},
        {"type": "sentence", "text": text, "notice": True},
        card | {"href": OWN}, card | {"href": text},
        {"type": "action", "id": action, "kind": "cancel", "title": text, "terms": [text, text],
         "confirm": text, "decline": text},
        {"type": "action", "id": f"{action}+", "kind": "cancel", "title": text, "terms": [text],
         "confirm": text, "decline": text},
        {"type": "action.state", "id": action, "state": "done", "text": text, "undo": True},
        {"type": "done", "receipt": receipt, "outcome": "answered",
         "sources": [source | {"href": OWN}, source | {"href": text}], "next": [text],
         "checked": [{"sentence": text, "against": [text]}], "held": 1},
        {"type": "correction", "receipt": receipt, "name": text, "text": text, "at": text},
    ]  # fmt: skip


def desk(every: int) -> None:
    """What staff read: a chat, shoppers' addresses, the record, reasons, break-ins."""
    talk(str(Conversation.objects.create(owner="0" * 64).pk), every)
    for number, text in enumerate(laid(every)):
        shopper = User.objects.create(email=f"{text[:200]} {number}@evil.example")
        Conversation.objects.create(owner="0" * 64, shopper=shopper)
        LedgerEntry.objects.create(kind="erasure", subject=text[:64], digest="0" * 64)
        duty.switch(False, shopper, text[:300])
        AccessAttempt.objects.create(
            username=text[:255], user_agent=text[:255], ip_address="127.0.0.1", path_info=text[:255],
            get_data=text, post_data=text, http_accept=text[:1025], failures_since_start=1,
        )  # fmt: skip


def shop(folder: str, every: int) -> None:
    """A shop whose every cell and article is a payload, imported as any shop is."""
    found = laid(every)
    place = Path(folder)
    (place / "help").mkdir(parents=True)
    _table(place / "products.csv", [_product(n, text) for n, text in enumerate(found)])
    _table(place / "customers.csv", [{"Email": "maya.okafor@example.com", "First Name": "Maya"}])
    _table(place / "orders.csv", [_order(n, text) for n, text in enumerate(found)])
    for number, text in enumerate(found):
        title = " ".join(text.split())[:200]
        article = f"---\ntitle: {title or number}\n---\n{text}\n"
        (place / "help" / f"p-{number}.md").write_text(article, encoding="utf-8", newline="")
    import_folder(place, quiet=True)


def _product(number: int, text: str) -> dict[str, str]:
    return {
        "Handle": f"p-{number}", "Title": f"{number} {text[:200]}", "Body (HTML)": text,
        "Vendor": text[:200], "Type": f"Odd {text[:40]}" if number < 5 else "Odd", "Tags": text,
        "Option1 Name": f"o{text[:200]}", "Option1 Value": f"v{text[:200]}", "Variant SKU": f"P{number}",
        "Variant Price": "9.00", "Variant Inventory Qty": "2", "Status": "active",
    }  # fmt: skip


def _order(number: int, text: str) -> dict[str, str]:
    return {
        "Name": f"#7{number}", "Email": "maya.okafor@example.com", "Financial Status": "paid",
        "Created at": "2026-11-09 10:00:00 +0000", "Lineitem quantity": "1",
        "Lineitem name": f"n{text[:400]}", "Lineitem price": "9.00", "Currency": "USD",
        "Shipping Method": f"m{text[:100]}", "Tracking Number": f"t{text[:100]}",
        "Tracking Company": f"c{text[:50]}", "Notes": text, "Lineitem sku": f"P{number}",
    }  # fmt: skip


def _table(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def figures(chats: int) -> None:
    """Conversations of five weeks, told by two engines, and what became of them."""
    chances = random.Random(7)
    person = User.objects.filter(is_staff=True).first()
    for number in range(chats):
        ago = timedelta(days=34 * (1 - number / chats) + chances.random(), hours=2)
        chat = histories.begin(ago, owner=f"planted-{number % (chats * 9 // 10)}")
        reply = _told(chances, chat, histories.VERSIONS[number * 2 > chats])
        if chances.random() < 0.3:
            histories.rate(reply, chances.random() < 0.85)
        if chances.random() < 0.15:
            histories.review(reply, chances.choice(("approved", "approved", "corrected", "")))
        if reply.outcome == "handed_off" and chances.random() < 0.8:
            wait = timedelta(seconds=chances.lognormvariate(5, 1))
            histories.take(chat, person, after=wait)


def _told(chances: random.Random, chat: Conversation, engine: tuple[str, str]) -> Reply:
    """The replies of one of them; the last."""
    outcomes = ("answered",) * 12 + ("action_offered", "clarified", "declined", "handed_off")
    for _turn in range(chances.randint(1, 3)):
        held = [chances.choice(("money", "prose", "stock", "date"))] * (chances.random() < 0.1)
        reply = histories.say(
            chat, chances.choice(outcomes), engine=engine, held=held,
            first_ms=int(chances.lognormvariate(6.3 + 0.4 * (engine[0] != "bundled"), 0.5)),
            products=[f"p-{chances.randint(1, 5)}"],
        )  # fmt: skip
    return reply


def queue(replies: int) -> None:
    """Replies of shoppers that wait for a review, urgent ones among them."""
    for number in range(replies):
        chat = histories.begin(timedelta(hours=replies - number), owner=f"queue-{number}")
        reply = histories.say(chat, held=["money"] * (number % 3 == 0))
        priority = Review.Priority.URGENT if number == replies // 2 else Review.Priority.NORMAL
        Review.objects.create(reply=reply, reason="held_claim", priority=priority)


def product_texts(payload: str) -> None:
    """Texts at the desk: one that waits, one edited, one to be translated, many asked for."""
    owner = User.objects.get(email="owner@harbourandpine.example")
    told = {"version": "1", "tone": "plain", "length": "usual", "engine": payload, "seed": 0}
    lines = [{"label": "TEXT", "text": "Sheds rain.", "claims": [], "fault": ""}]
    handle = "kestrel-rain-shell"
    said = facts.read_of(handle)[-1].values["text"]
    texts = ([{**lines[0], "text": said}], [{**lines[0], "text": payload, "fault": payload}])
    for kind, some in zip(("description", "seo"), texts, strict=True):
        row = ProductText.objects.create(
            handle=handle,
            kind=kind,
            whole=kind == "description",
            lines=some,
            audience=payload,
            **told,
        )
        versions.draft_of(row)
    first = ProductText.objects.get(handle=handle, kind="description")
    translating.begin(versions.newest(first), "ar", owner)
    versions.write(row, owner, [("TITLE", payload), ("DESCRIPTION", "Sheds rain.")], 0)
    Commission.objects.create(
        about=payload, kinds=["seo"], tone="plain", length="usual", asked_by=owner, total=3, done=1,
        fault=payload, paused_at=timezone.now(),
    )  # fmt: skip

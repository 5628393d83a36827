"""A small named world: the shop Linden, Ada who bought something, Grace who reviews, Mallory."""

from __future__ import annotations

import uuid
from collections import deque
from datetime import timedelta
from functools import partial

import pytest
import torch
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import translation

from chatbot import delivery, guards, notices, writing
from chatbot.engines import loading
from storefront import chores, models
from storefront.clock import now
from storefront.importing import import_folder

pytest_plugins = ["tests.tiny_models"]
torch.set_num_threads(1)  # two wait for each other ten times as long while the machine is busy

PRODUCTS = """Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,\
Variant Inventory Qty,Variant Price,Variant Compare At Price,Status
larkspur-kettle,Larkspur Kettle,"<p>A kettle for two.</p><ul><li>Capacity: 0.9 L</li>\
<li>Material: steel, works on induction</li><li>Warranty: 2 years</li></ul>",Linden,Kitchen,tea,\
Color,Red,LK-RED,5,49.00,,active
larkspur-kettle,,,,,,,Blue,LK-BLU,0,49.00,,
brindle-teapot,Brindle Teapot,"<p>A stoneware teapot.</p><ul><li>Capacity: 1.2 L</li></ul>",\
Linden,Kitchen,tea,Title,Default Title,BT-1,2,36.00,45.00,active
secret-mug,Secret Mug,<p>Not yet.</p>,Linden,Kitchen,tea,Title,Default Title,SM-1,9,12.00,,draft
"""
CUSTOMERS = """First Name,Last Name,Email,Note
Ada,Lovelace,ada@example.com,likes tea
Mallory,Stranger,mallory@example.com,
"""
ORDERS = """Name,Email,Financial Status,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,\
Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,\
Lineitem fulfillment status,Tracking Number,Tracking Company,Estimated Delivery
#2001,ada@example.com,paid,fulfilled,2026-11-10 10:00:00 +0000,USD,49.00,5.00,0.00,54.00,\
2026-11-09 10:00:00 +0000,1,Larkspur Kettle - Red,49.00,LK-RED,fulfilled,TRACK1234567,UPS,2026-11-30
"""
RETURNS = """---
title: Returns
topic: returns
updated: 2026-10-01
---
You have **30 days** from delivery to send something back. The label costs $4.00.
"""
SHOP = """[shop]
name = "Linden"
currency = "USD"
timezone = "Europe/London"
[assistant]
languages = ["en"]
[[promotions]]
code = "TEATIME"
percent = 10
valid_until = 2030-01-01T00:00:00+00:00
departments = ["Kitchen"]
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Without the ledger's triggers, which would refuse to empty the tables between tests; what the
    migrations let reviewers do outlives that."""
    with django_db_blocker.unblock():
        guards.remove(connection)
        may = [p.natural_key() for p in Permission.objects.filter(group__name="Reviewers")]
    post_migrate.connect(partial(_let_reviewers, may), weak=False)


def _let_reviewers(may, **_sent):
    """Give the group back what it may do, as far as there is such a permission yet."""
    group, _new = Group.objects.get_or_create(name="Reviewers")
    for codename, app, model in may:
        named = {"content_type__app_label": app, "content_type__model": model}
        group.permissions.add(*Permission.objects.filter(codename=codename, **named))


@pytest.fixture(autouse=True)
def english():
    """What one test's pages spoke is not what the next one's process speaks."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def nothing_loaded(monkeypatch):
    """The engines that one test has switched on are not the next one's."""
    monkeypatch.setattr(loading, "memory", loading.Memory())


def write_shop(parent):
    """Linden's files, as a shop exports them; their folder."""
    folder = parent / "linden"
    (folder / "help").mkdir(parents=True)
    files = {"products.csv": PRODUCTS, "customers.csv": CUSTOMERS, "orders.csv": ORDERS,
             "shop.toml": SHOP, "help/returns.md": RETURNS}  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def shop_folder(tmp_path):
    return write_shop(tmp_path)


@pytest.fixture
def linden(db, shop_folder):
    import_folder(shop_folder, quiet=True)
    return models.Shop.objects.get()


@pytest.fixture
def ada(linden):
    return models.User.objects.get(email="ada@example.com")


@pytest.fixture
def grace(db):
    user = models.User.objects.create_user("grace@example.com", "secret-tea", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="Reviewers")[0])
    return user


@pytest.fixture
def staff(grace):
    """Beside Grace, who reviews: Rita, who may do nothing, and Olive, who owns the shop."""
    models.User.objects.create_user("rita@example.com", "x", is_staff=True)
    models.User.objects.create_superuser("olive@example.com", "x")


class ScriptedEngine:
    """An engine that writes what it was told to, and remembers what it was asked."""

    name, weights = "bundled script", ""

    def __init__(self):
        self.texts, self.briefs = deque(), []

    def write(self, brief, *, seed, stop):
        self.briefs.append(brief)
        text = self.texts.popleft() if self.texts else self.plain(brief)
        yield from (text if isinstance(text, list) else [text])

    def plain(self, brief):
        return " ".join(f"It is {{{name}}}." for name in brief.must) or "Certainly."


@pytest.fixture
def engine(monkeypatch):
    scripted = ScriptedEngine()
    monkeypatch.setitem(writing._loaded, "bundled", scripted)
    return scripted


def open_chat(owner="a" * 64, shopper=None):
    """A conversation whose disclosure has been seen."""
    chat = delivery.open_conversation(owner, shopper.pk if shopper else None, "en")
    shown = notices.disclosure("en")
    delivery.disclose(chat, shown.version, shown.language)
    return chat


def accept(chat, text, shopper=None, **more):
    """A message of the shopper's."""
    return delivery.accept(
        chat.pk, client_id=uuid.uuid4(), text=text, shopper_id=shopper.pk if shopper else None,
        **more,
    )  # fmt: skip


def let_shop_act(**limits):
    """Linden's assistant may act, and its one order has been delivered a week ago."""
    shop = models.Shop.objects.get()
    shop.rules |= {
        "assistant": {"languages": ["en"], "actions": ["cancel", "return", "exchange"],
                      "undo_minutes": 15},
        "returns": {"window_days": 30, "label_fee": 4, "label_days": 10},
        "exchanges": {"window_days": 30, "hold_days": 5}, "cancellation": {"window_hours": 2},
        "refunds": limits,
    }  # fmt: skip
    shop.save()
    week_ago = now() - timedelta(days=7)
    models.Order.objects.update(placed_at=week_ago, fulfilled_at=week_ago, delivered_at=week_ago)


def let_order_be_cancelled():
    """Linden's one order has just been placed, and the assistant may cancel it."""
    let_shop_act()
    models.Order.objects.update(placed_at=now(), fulfillment_status="", delivered_at=None)
    models.OrderLine.objects.update(fulfillment_status="")


def pytest_collection_modifyitems(items):
    """Pages come last: while a browser is driven, its loop runs in the thread of every other test."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(autouse=True, scope="session")
def no_chores():
    """What a serving process does beside it, tests do themselves: its thread would outlive them."""
    chores._begun.set()

"""Which orders a message means by when they were placed."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from chatbot import facts, reading
from chatbot.facts import Viewer, when_placed
from chatbot.terms import Reading
from storefront.models import Order

DAYS = ["2025-12-20", "2026-09-08", "2026-10-29", "2026-11-12", "2026-11-19"]


@pytest.fixture
def friday(monkeypatch):
    monkeypatch.setattr(when_placed, "now", lambda: datetime(2026, 11, 20, 15, tzinfo=UTC))


def then(text, zone="UTC"):
    own = [SimpleNamespace(placed_at=datetime.fromisoformat(f"{day} 03:00+00:00")) for day in DAYS]
    return [str(o.placed_at.date()) for o in when_placed.placed_then(own, text, zone)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("what did i order in september", ["2026-09-08"]),
        ("the lamp i bought from you back in Oct.", ["2026-10-29"]),
        ("when does my headphone order from november come", ["2026-11-19", "2026-11-12"]),
        ("and the mic from september, can that go back", ["2026-09-08"]),
        ("my december order was late", ["2025-12-20"]),
        ("has yesterday's order gone out", ["2026-11-19"]),
        ("cancel what i ordered yesterday", ["2026-11-19"]),
        ("where's the parcel from last week", ["2026-11-12"]),
        ("and my last order but one?", ["2026-11-12"]),
        ("cancel the gravel pls i just ordered it", ["2026-11-19"]),
        ("stop the mug I ordered just now", ["2026-11-19"]),
    ],
)
def test_orders_are_found_by_when_they_were_placed(friday, text, days):
    assert then(text) == days


@pytest.mark.parametrize(
    "text",
    ["will it be here in november", "can you deliver it in december", "may i order it today?",
     "my order may be lost", "where is my last order", "what i ordered in march"],
)  # fmt: skip
def test_a_day_on_which_something_else_happens_means_no_order(friday, text):
    assert then(text) == []


def test_what_was_just_ordered_is_no_order_of_last_week(monkeypatch):
    monkeypatch.setattr(when_placed, "now", lambda: datetime(2026, 11, 27, 15, tzinfo=UTC))
    assert then("cancel the gravel, i just ordered it") == []


def test_the_day_is_the_shops(friday):
    assert then("what i ordered yesterday", "America/Los_Angeles") == []


def test_all_orders_of_the_time_asked_about_are_told_in_detail_and_no_others(ada):
    order = Order.objects.get(name="#2001")
    for name, day in (("#2002", "2026-09-08"), ("#2003", "2026-09-20")):
        Order.objects.create(name=name, user=ada, email=ada.email, total=order.total,
                             subtotal=order.subtotal, placed_at=f"{day} 10:00+00:00")  # fmt: skip
    asked = Reading("what did i order in september", ("order_status",), ("what_ordered",), 0.9)
    found = facts.find(asked, Viewer(ada.pk, "o" * 64), reading.encode(), reading.answers())
    told = [f.values["number"] for f in found if f.kind == "order"]
    assert sorted(told) == ["#2002", "#2003"]

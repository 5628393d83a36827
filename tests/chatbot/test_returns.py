"""Until when something can be sent back follows from the shop's rules and its clock."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.facts import returns
from chatbot.facts.world import World
from storefront import models, queries
from storefront.importing import import_folder

RULES = {
    "window_days": 30, "final_sale_handles": ["clearance-mug"], "non_returnable_handles": ["gas"],
    "non_returnable_tags": ["final-sale"], "non_returnable_departments": ["Gift Cards"],
}  # fmt: skip
HOLIDAY = {
    "ordered_from": "2026-11-01",
    "ordered_until": "2026-12-24",
    "return_until": "2027-01-31",
}


def product(handle, department="Kitchen", *tags):
    blank = dict.fromkeys(f.name for f in fields(queries.Product))
    return queries.Product(**blank | {"handle": handle, "department": department, "tags": tags})


PRODUCTS = {p.handle: p for p in (product("kettle"), product("clearance-mug"), product("gas"),
            product("old-pot", "Kitchen", "final-sale"), product("card", "Gift Cards"))}  # fmt: skip


def shop(zone="UTC", **rules):
    values = {"shop": {"timezone": zone}, "returns": rules}
    return World(
        "1", PRODUCTS, queries.Rules(values, "1", at("2026-11-20")), None, (), None, (), None, None
    )


def at(moment):
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def order(*handles, placed="2026-10-01", delivered="2026-10-05"):
    blank = dict.fromkeys(f.name for f in fields(queries.Order))
    lines = tuple(queries.Line(h.title(), h, h, 1, Decimal(1), True) for h in handles)
    moments = {"placed_at": at(placed), "delivered_at": delivered and at(delivered)}
    return queries.Order(**blank | moments | {"lines": lines})


@pytest.fixture
def today(settings):
    def set_clock(moment):
        settings.SHOP_NOW = at(moment)

    return set_clock


def test_the_window_counts_from_the_delivery(today):
    today("2026-10-20")
    assert returns.values(order("kettle"), shop(**RULES)) == {
        "return_until": "November 4, 2026", "return_open": "yes",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("now", "is_open"), [("2026-11-04 23:59", "yes"), ("2026-11-05 00:01", "no")]
)
def test_the_last_day_counts_whole_and_the_next_is_too_late(today, now, is_open):
    today(now)
    assert returns.values(order("kettle"), shop(**RULES))["return_open"] == is_open


def test_days_are_those_of_the_shop_not_of_greenwich(today):
    late = order("kettle", delivered="2026-10-05 20:00")  # the 6th in Tokyo
    assert returns.until(late, shop("Asia/Tokyo", **RULES)) == date(2026, 11, 5)
    today("2026-11-05 16:00")  # the 6th there as well
    assert returns.values(late, shop("Asia/Tokyo", **RULES))["return_open"] == "no"


@pytest.mark.parametrize("placed", ["2026-11-01", "2026-11-20", "2026-12-24"])
def test_what_is_ordered_for_the_holidays_has_until_their_last_day(placed):
    bought = order("kettle", placed=placed, delivered="2026-12-28")
    assert returns.until(bought, shop(**RULES, holiday=HOLIDAY)) == date(2027, 1, 31)


@pytest.mark.parametrize("placed", ["2026-10-31", "2026-12-25"])
def test_what_is_ordered_before_or_after_them_has_the_usual_window(placed):
    bought = order("kettle", placed=placed, delivered="2026-12-28")
    assert returns.until(bought, shop(**RULES, holiday=HOLIDAY)) == date(2027, 1, 27)


def test_the_holidays_never_shorten_the_window():
    bought = order("kettle", placed="2026-12-24", delivered="2027-01-20")
    assert returns.until(bought, shop(**RULES, holiday=HOLIDAY)) == date(2027, 2, 19)


@pytest.mark.parametrize("lacks", HOLIDAY)
def test_holidays_of_which_a_date_is_missing_are_none(lacks):
    holiday = {k: v for k, v in HOLIDAY.items() if k != lacks}
    bought = order("kettle", placed="2026-12-01", delivered="2026-12-05")
    assert returns.until(bought, shop(**RULES, holiday=holiday)) == date(2027, 1, 4)


def test_what_the_rules_do_not_say_is_left_out(today):
    today("2026-10-20")
    assert returns.values(order("kettle", "card"), shop()) == {}
    assert returns.values(order("kettle"), shop(window_days="a month")) == {}


def test_what_has_not_arrived_has_no_last_day():
    assert returns.until(order("kettle", delivered=None), shop(**RULES, holiday=HOLIDAY)) is None


def test_what_cannot_be_sent_back_is_named(today):
    today("2026-10-20")
    known = returns.values(order(*PRODUCTS), shop(**RULES))
    assert known["kept"] == "Clearance-Mug, Gas, Old-Pot and Card"
    assert known["kept_handles"].split() == ["clearance-mug", "gas", "old-pot", "card"]


def test_final_sale_holds_for_what_has_left_the_catalogue():
    rules = shop(final_sale_handles=["withdrawn-pan"])
    assert returns.values(order("withdrawn-pan", "other-pan"), rules)["kept"] == "Withdrawn-Pan"


@given(
    days=st.integers(0, 400),
    delivered=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    zone=st.sampled_from(["UTC", "America/New_York", "Pacific/Auckland"]),
)
def test_the_window_is_never_a_day_shorter_than_promised(days, delivered, zone):
    bought = replace(order("kettle"), delivered_at=at(f"{delivered} 12:00"))
    last = returns.until(bought, shop(zone, window_days=days))
    assert last - delivered in (timedelta(days), timedelta(days + 1))


def test_the_rules_of_an_imported_shop_give_the_last_day(db, shop_folder):
    toml = shop_folder / "shop.toml"
    toml.write_text(
        toml.read_text() + "[returns]\nwindow_days = 30\n[returns.holiday]\n"
        "ordered_from = 2026-11-01\nordered_until = 2026-12-24\nreturn_until = 2027-01-31\n"
    )
    import_folder(shop_folder, quiet=True)
    models.Order.objects.update(delivered_at=at("2026-11-12"))
    world = replace(shop(), rules=queries.rules())
    assert returns.until(queries.order("#2001"), world) == date(2027, 1, 31)

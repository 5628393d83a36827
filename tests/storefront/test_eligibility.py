"""What may be done with an order follows from the shop's rules and its clock."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import eligibility, models, queries
from storefront.eligibility import NotPossible, Reason, Wish
from storefront.importing import import_folder

RULES = {
    "window_days": 30, "final_sale_handles": ["clearance-mug"], "non_returnable_handles": ["gas"],
    "non_returnable_tags": ["final-sale"], "non_returnable_departments": ["Gift Cards"],
    "label_fee": 4.5, "label_days": 10, "label_countries": ["US"],
}  # fmt: skip
HOLIDAY = {
    "ordered_from": "2026-11-01",
    "ordered_until": "2026-12-24",
    "return_until": "2027-01-31",
}
ALL = ["cancel", "return", "exchange"]


def at(moment):
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def shop(zone="UTC", actions=ALL, cancellation=None, exchanges=None, refunds=None, **returns):
    values = {"shop": {"timezone": zone}, "assistant": {"actions": actions}, "returns": returns,
              "cancellation": cancellation or {}, "exchanges": exchanges or {},
              "refunds": refunds or {}}  # fmt: skip
    return queries.Rules(values, "1", at("2026-11-20"))


def line(sku="K-RED", price="20", quantity=1, **more):
    return queries.Line(sku.title(), sku, "kettle", quantity, Decimal(price), False, **more)


def order(*lines, **more):
    blank = dict.fromkeys(f.name for f in fields(queries.Order))
    base = {
        "name": "#1", "placed_at": at("2026-10-01"), "delivered_at": at("2026-10-05"),
        "financial_status": "paid", "fulfillment_status": "fulfilled", "country": "US",
        "subtotal": Decimal(20), "taxes": Decimal(0), "total": Decimal(25), "returned": False,
        "discount_amount": Decimal(0), "refunded_amount": Decimal(0), "changes": (),
        "payment_method": "Card",
    }  # fmt: skip
    return queries.Order(**blank | base | {"lines": lines or (line(),)} | more)


def quote(wish, bought, rules, moment="2026-10-20", product=None):
    return eligibility.quote(wish, bought, rules, at(moment), product)


def refused(*args, **more):
    with pytest.raises(NotPossible) as error:
        quote(*args, **more)
    return error.value.reason


class TestTheReturnWindow:
    def test_counts_from_the_delivery(self):
        assert eligibility.return_until(order(), shop(**RULES)) == date(2026, 11, 4)

    @pytest.mark.parametrize(("now", "late"), [("2026-11-04 23:59", 0), ("2026-11-05 00:01", 1)])
    def test_has_a_last_day_that_counts_whole(self, now, late):
        if late:
            assert refused(Wish("return"), order(), shop(**RULES), now) == Reason.LATE
        else:
            assert quote(Wish("return"), order(), shop(**RULES), now)

    def test_counts_the_days_of_the_shop_not_of_greenwich(self):
        rules = shop("Asia/Tokyo", **RULES)
        late = order(delivered_at=at("2026-10-05 20:00"))  # the 6th in Tokyo
        assert eligibility.return_until(late, rules) == date(2026, 11, 5)
        assert refused(Wish("return"), late, rules, "2026-11-05 16:00") == Reason.LATE

    @pytest.mark.parametrize("placed", ["2026-11-01", "2026-11-20", "2026-12-24"])
    def test_of_what_is_ordered_for_the_holidays_ends_with_them(self, placed):
        bought = order(placed_at=at(placed), delivered_at=at("2026-12-28"))
        last = eligibility.return_until(bought, shop(**RULES, holiday=HOLIDAY))
        assert last == date(2027, 1, 31)

    @pytest.mark.parametrize("placed", ["2026-10-31", "2026-12-25"])
    def test_before_or_after_the_holidays_is_the_usual_one(self, placed):
        bought = order(placed_at=at(placed), delivered_at=at("2026-12-28"))
        last = eligibility.return_until(bought, shop(**RULES, holiday=HOLIDAY))
        assert last == date(2027, 1, 27)

    def test_is_never_shortened_by_the_holidays(self):
        bought = order(placed_at=at("2026-12-24"), delivered_at=at("2027-01-20"))
        last = eligibility.return_until(bought, shop(**RULES, holiday=HOLIDAY))
        assert last == date(2027, 2, 19)

    @pytest.mark.parametrize("lacks", HOLIDAY)
    def test_ignores_holidays_of_which_a_date_is_missing(self, lacks):
        holiday = {k: v for k, v in HOLIDAY.items() if k != lacks}
        bought = order(placed_at=at("2026-12-01"), delivered_at=at("2026-12-05"))
        last = eligibility.return_until(bought, shop(**RULES, holiday=holiday))
        assert last == date(2027, 1, 4)

    def test_is_unknown_where_the_rules_or_the_delivery_are(self):
        assert eligibility.return_until(order(), shop()) is None
        assert eligibility.return_until(order(), shop(window_days="a month")) is None
        assert eligibility.return_until(order(delivered_at=None), shop(**RULES)) is None

    @given(
        days=st.integers(0, 400),
        delivered=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
        zone=st.sampled_from(["UTC", "America/New_York", "Pacific/Auckland"]),
    )
    def test_is_never_a_day_shorter_than_promised(self, days, delivered, zone):
        bought = order(delivered_at=at(f"{delivered} 12:00"))
        last = eligibility.return_until(bought, shop(zone, window_days=days))
        assert last - delivered in (timedelta(days), timedelta(days + 1))

    def test_of_an_imported_shop_is_known(self, db, shop_folder):
        toml = shop_folder / "shop.toml"
        toml.write_text(
            toml.read_text() + "[returns]\nwindow_days = 30\n[returns.holiday]\n"
            "ordered_from = 2026-11-01\nordered_until = 2026-12-24\nreturn_until = 2027-01-31\n"
        )
        import_folder(shop_folder, quiet=True)
        models.Order.objects.update(delivered_at=at("2026-11-12"))
        assert queries.order("#2001").return_until == date(2027, 1, 31)


@pytest.mark.parametrize(
    "kept",
    [
        ("gas", "", ()),
        ("clearance-mug", "", ()),
        ("x", "Gift Cards", ()),
        ("x", "", ("final-sale",)),
    ],
)
def test_what_stays_with_who_bought_it_is_known_by_handle_department_or_tag(kept):
    assert eligibility.keeps(*kept, shop(**RULES))
    assert not eligibility.keeps("kettle", "Kitchen", ("new",), shop(**RULES))


class TestACancellation:
    RULES = shop(cancellation={"window_hours": 2})
    OPEN = order(fulfillment_status="", delivered_at=None, placed_at=at("2026-10-20 10:00"))

    def test_gives_everything_back_within_the_window(self):
        told = quote(Wish("cancel"), self.OPEN, self.RULES, "2026-10-20 12:00")
        assert (told.refund, told.method, told.items) == (Decimal(25), "Card", ("K-Red",))

    def test_gives_nothing_back_that_was_not_charged(self):
        unpaid = replace(self.OPEN, financial_status="authorized")
        assert quote(Wish("cancel"), unpaid, self.RULES, "2026-10-20 11:00").refund == 0

    @pytest.mark.parametrize(
        ("change", "reason"),
        [({"fulfillment_status": "partial"}, "shipped"), ({"cancelled_at": at("2026-10-20")},
          "cancelled"), ({"placed_at": at("2026-10-20 08:59")}, "late")],
    )  # fmt: skip
    def test_is_not_possible_later(self, change, reason):
        changed = replace(self.OPEN, **change)
        assert refused(Wish("cancel"), changed, self.RULES, "2026-10-20 11:00") == reason

    def test_is_left_to_people_where_the_rules_do_not_say(self):
        assert refused(Wish("cancel"), self.OPEN, shop(), "2026-10-20 11:00") == Reason.UNKNOWN
        off = shop(actions=["return"], cancellation={"window_hours": 2})
        assert refused(Wish("cancel"), self.OPEN, off, "2026-10-20 11:00") == Reason.OFF

    @pytest.mark.parametrize(("limit", "waits"), [(24.99, True), (25, False)])
    def test_above_the_limit_waits_for_staff(self, limit, waits):
        rules = shop(cancellation={"window_hours": 2}, refunds={"staff_above": limit})
        assert quote(Wish("cancel"), self.OPEN, rules, "2026-10-20 11:00").for_staff is waits


class TestAReturn:
    def test_takes_the_label_off_the_refund(self):
        told = quote(Wish("return"), order(), shop(**RULES))
        assert (told.refund, told.fee, told.by) == (
            Decimal("15.5"),
            Decimal("4.5"),
            date(2026, 10, 30),
        )

    def test_from_abroad_has_no_label(self):
        told = quote(Wish("return"), order(country="NO"), shop(**RULES))
        assert (told.own_label, told.fee, told.refund) == (True, 0, Decimal(20))

    def test_of_a_part_does_not_guess_tax_and_discount(self):
        two = order(line(), line("K-BLU", "10"), subtotal=Decimal(30))
        taxed = replace(two, taxes=Decimal(3))
        assert quote(Wish("return", (1,)), two, shop(**RULES)).refund == Decimal("5.5")
        assert quote(Wish("return", (1,)), taxed, shop(**RULES)).refund is None

    def test_leaves_out_what_stays_and_what_is_on_its_way_back(self):
        sent = queries.Change("return", "R-1-1", (0,), at("2026-10-10"), None)
        three = order(line(), line(keeps=True), line("K-BLU"), changes=(sent,))
        assert quote(Wish("return"), three, shop(**RULES)).positions == (2,)
        assert refused(Wish("return", (1,)), three, shop(**RULES)) == Reason.NEVER
        assert refused(Wish("return", (0, 2)), three, shop(**RULES)) == Reason.ALREADY

    @pytest.mark.parametrize(
        ("change", "reason"),
        [({"delivered_at": None}, "not_yet"), ({"fulfillment_status": "partial"}, "not_yet"),
         ({"cancelled_at": at("2026-10-02")}, "cancelled"), ({"returned": True}, "already")],
    )  # fmt: skip
    def test_needs_something_that_is_there(self, change, reason):
        assert refused(Wish("return"), order(**change), shop(**RULES)) == reason


class TestAnExchange:
    RULES = shop(exchanges={"window_days": 30, "hold_days": 5, "countries": ["US"], "cost": 2.5})

    def product(self, stock=3, price="20"):
        blank = dict.fromkeys(f.name for f in fields(queries.Product))
        red, blue = (
            queries.Variant(sku, (color,), Decimal(p), None, n, n > 0)
            for sku, color, p, n in (("K-RED", "Red", "20", 1), ("K-BLU", "Blue", price, stock))
        )
        return queries.Product(**blank | {"variants": (red, blue)})

    def test_sets_the_other_version_aside(self):
        told = quote(Wish("exchange", (0,), "K-BLU"), order(), self.RULES, product=self.product())
        assert (told.replacement, told.by, told.fee) == ("Blue", date(2026, 10, 25), Decimal("2.5"))

    @pytest.mark.parametrize(
        ("sku", "more", "reason"),
        [("K-RED", {}, "which"), ("", {}, "which"), ("K-BLU", {"stock": 0}, "sold_out"),
         ("K-BLU", {"price": "22"}, "price")],
    )  # fmt: skip
    def test_needs_another_version_that_is_there_at_the_same_price(self, sku, more, reason):
        wish = Wish("exchange", (0,), sku)
        assert refused(wish, order(), self.RULES, product=self.product(**more)) == reason

    def test_is_not_offered_abroad(self):
        wish = Wish("exchange", (0,), "K-BLU")
        abroad = order(country="NO")
        assert refused(wish, abroad, self.RULES, product=self.product()) == Reason.ABROAD

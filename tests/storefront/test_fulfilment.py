"""Staff move orders on: what may follow what, once, on record, and no import takes it back."""

import threading
import uuid
from contextlib import nullcontext
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chatbot import conversation
from storefront import commands, fulfilment, models, queries, story
from storefront.clock import now
from storefront.fulfilment import Move, NotMoved
from storefront.importing import import_folder
from tests.conftest import ORDERS, accept, let_order_be_cancelled, open_chat

pytestmark = pytest.mark.django_db


def move(order, kind, by, key=None, **more):
    event = fulfilment.move(order.pk, Move(kind, **more), key or uuid.uuid4(), by)
    order.refresh_from_db()
    return event


def ship(order, by, *positions, number="1Z9"):
    return move(order, "shipped", by, positions=positions, carrier="UPS", tracking_number=number)


def can(order):
    return [str(kind) for kind in fulfilment.possible(order)]


def test_only_what_may_follow_is_possible(order, olive):
    assert can(order) == ["paid", "cancelled"]
    move(order, "paid", olive)
    assert can(order) == ["shipped", "cancelled", "refunded"]
    ship(order, olive, 0)
    assert (can(order), order.fulfillment_status) == (["shipped", "refunded"], "partial")
    ship(order, olive, 1)
    assert can(order) == ["delivered", "refunded"]
    move(order, "delivered", olive)
    assert can(order) == ["refunded"] and order.delivered_at


def test_the_shop_is_locked_before_the_order(order, olive):
    with CaptureQueriesContext(connection) as said:
        fulfilment.move(order.pk, Move("cancelled", restock=True), uuid.uuid4(), olive)
    tables = [q["sql"].split('"storefront_')[1].split('"')[0] for q in said if "SELECT" in q["sql"]]
    assert tables[0] == "shop" and "order" in tables


@pytest.mark.parametrize("kind", ["shipped", "delivered", "refunded"])
def test_what_may_not_follow_changes_nothing(order, olive, kind):
    with pytest.raises(NotMoved):
        move(order, kind, olive, positions=(0,), amount=Decimal(1))
    order.refresh_from_db()
    assert order.financial_status == "pending" and not order.events.exists()


def test_a_line_named_twice_is_no_whole_order(order, olive):
    move(order, "paid", olive)
    with pytest.raises(NotMoved, match="parcel"):
        ship(order, olive, 0, 0)
    order.refresh_from_db()
    assert order.fulfillment_status == ""


@pytest.mark.parametrize("positions", [(), (0, 0), (7,)])
def test_a_parcel_holds_what_has_not_been_shipped(order, olive, positions):
    move(order, "paid", olive)
    ship(order, olive, 0)
    with pytest.raises(NotMoved, match="parcel"):
        ship(order, olive, *positions)


def test_one_press_takes_a_step_once(order, olive):
    key = uuid.uuid4()
    assert move(order, "paid", olive, key) == move(order, "paid", olive, key)
    assert order.events.count() == 1


@pytest.mark.parametrize(
    ("amount", "status"), [("54.00", "refunded"), ("4.00", "partially_refunded")]
)
def test_money_back_adds_up(order, olive, amount, status):
    move(order, "paid", olive)
    move(order, "refunded", olive, amount=Decimal(amount))
    assert (str(order.refunded_amount), order.financial_status) == (amount, status)


@pytest.mark.parametrize(("currency", "whole"), [("JPY", True), ("USD", False)])
def test_yen_go_back_as_whole_ones(order, olive, currency, whole):
    models.Order.objects.update(financial_status="paid", currency=currency)
    with pytest.raises(NotMoved) if whole else nullcontext():
        move(order, "refunded", olive, amount=Decimal("1.50"))


@pytest.mark.parametrize("amount", [None, "0", "-1", "54.01"])
def test_no_more_goes_back_than_was_paid(order, olive, amount):
    move(order, "paid", olive)
    with pytest.raises(NotMoved, match="amount"):
        move(order, "refunded", olive, amount=amount and Decimal(amount))


@pytest.mark.parametrize(("restock", "stock"), [(True, 4), (False, 2)])
def test_cancelling_puts_pieces_back_where_wished(order, olive, restock, stock):
    move(order, "cancelled", olive, restock=restock)
    assert models.Variant.objects.get(sku="BT-1").stock == stock
    assert (order.financial_status, bool(order.cancelled_at)) == ("voided", True)


def test_the_last_step_is_undone_as_if_it_had_not_been(order, olive):
    before = {k: v for k, v in vars(order).items() if k not in ("updated_at", "_state")}
    for step in (
        lambda: move(order, "cancelled", olive, restock=True),
        lambda: move(order, "paid", olive),
    ):
        event = step()
        fulfilment.undo(event.pk, olive)
        order.refresh_from_db()
        assert {k: vars(order)[k] for k in before} == before
    assert models.Variant.objects.get(sku="BT-1").stock == 2
    assert order.events.exclude(undone_by=olive).count() == 0


def test_a_parcel_that_is_undone_can_be_sent_anew(order, olive):
    move(order, "paid", olive)
    event = ship(order, olive, 0, 1)
    fulfilment.undo(event.pk, olive)
    order.refresh_from_db()
    assert fulfilment.unsent(order) == [0, 1] and order.tracking_number == ""


def test_what_has_been_followed_sold_or_given_back_is_not_undone(order, olive):
    paid = move(order, "paid", olive)
    refunded = move(order, "refunded", olive, amount=Decimal(1))
    for event in (paid, refunded):
        with pytest.raises(NotMoved):
            fulfilment.undo(event.pk, olive)
    cancelled = move(order, "cancelled", olive, restock=True)
    models.Variant.objects.update(stock=0)
    with pytest.raises(NotMoved, match="sold"):
        fulfilment.undo(cancelled.pk, olive)
    order.refresh_from_db()
    assert order.cancelled_at


def test_an_order_that_went_on_otherwise_is_not_undone(order, olive):
    paid = move(order, "paid", olive)
    models.Order.objects.update(financial_status="voided")
    with pytest.raises(NotMoved):
        fulfilment.undo(paid.pk, olive)


def told(ada, text="where is my order #2001?"):
    chat = open_chat(shopper=ada)
    turn = accept(chat, text, ada)
    list(conversation.answer(turn.pk, "test"))
    facts = [f for f in turn.reply.facts if f["kind"] == "order"]
    return facts[0]["values"]


def test_the_assistant_answers_by_what_staff_did(order, olive, ada, engine):
    assert told(ada)["state"] == "unpaid"
    move(order, "paid", olive)
    assert told(ada)["state"] == "unfulfilled"
    ship(order, olive, 0, 1, number="1Z777")
    values = told(ada)
    assert (values["state"], values["tracking"]) == ("shipped", "1Z777")
    fulfilment.undo(order.events.last().pk, olive)
    assert told(ada)["state"] == "unfulfilled"


def test_the_story_tells_each_parcel_and_each_refund(order, olive):
    move(order, "paid", olive)
    ship(order, olive, 0, number="1Z1")
    ship(order, olive, 1, number="1Z2")
    move(order, "refunded", olive, amount=Decimal(4))
    found = story.story(order)
    assert [(s.text, s.detail) for s in found.steps] == [
        ("Placed", ""), ("Paid", ""), ("Partly shipped", "Larkspur Kettle - Red. UPS, tracking number 1Z1"),
        ("Partly shipped", "Teapot. UPS, tracking number 1Z2"), ("Refunded", "$4.00"),
    ]  # fmt: skip
    assert found.next == "It is on its way to you."


def test_the_story_of_an_imported_order_comes_from_its_own_moments(ada):
    steps = story.story(models.Order.objects.get()).steps
    assert [s.text for s in steps] == ["Placed", "Shipped", "Paid"]
    assert steps[1].detail == "UPS, tracking number TRACK1234567" and steps[2].at is None


def again(folder, text):
    (folder / "orders.csv").write_text(text)
    return import_folder(folder, quiet=True)[0]


NEWER = ORDERS.replace(
    ",paid,fulfilled,2026-11-10 10:00:00 +0000,", ",pending,unfulfilled,,"
).replace("fulfilled,TRACK1234567,UPS,2026-11-30", "pending,,,")


def test_an_import_takes_nothing_back_that_staff_did(order, olive, shop_folder):
    move(order, "paid", olive)
    ship(order, olive, 0)
    assert again(shop_folder, NEWER)["orders changed"] == 1
    order.refresh_from_db()
    assert (order.financial_status, order.fulfillment_status, order.tracking_number) == (
        "paid",
        "partial",
        "1Z9",
    )
    assert order.lines.first().fulfillment_status == "fulfilled"


def test_without_that_rule_the_import_would_take_it_back(order, olive, shop_folder, monkeypatch):
    move(order, "paid", olive)
    monkeypatch.setattr(fulfilment, "stands", lambda order, fields: fields)
    again(shop_folder, NEWER)
    order.refresh_from_db()
    assert order.financial_status == "pending"


def test_an_import_takes_nothing_back_that_the_assistant_did(ada, shop_folder):
    let_order_be_cancelled()
    quote = queries.quote(queries.order("#2001"), queries.Wish("cancel"))
    commands.carry_out(quote, uuid.uuid4(), now())
    again(shop_folder, NEWER)
    row = models.Order.objects.get()
    assert row.cancelled_at and (row.financial_status, str(row.refunded_amount)) == (
        "refunded",
        "54.00",
    )


def test_without_a_step_here_the_import_counts(order, shop_folder):
    again(shop_folder, NEWER)
    order.refresh_from_db()
    assert (order.financial_status, order.fulfillment_status) == ("pending", "")


def test_an_import_that_is_further_takes_the_order_on(order, olive, shop_folder):
    move(order, "paid", olive)
    ship(order, olive, 0)
    again(shop_folder, ORDERS.replace("TRACK1234567", "OTHER"))
    order.refresh_from_db()
    assert (order.fulfillment_status, order.tracking_number) == ("fulfilled", "1Z9")


def test_an_order_that_was_placed_here_is_none_of_the_imports(order, shop_folder):
    models.Order.objects.update(key=uuid.uuid4(), email="emil@example.com")
    done = again(shop_folder, NEWER)
    order.refresh_from_db()
    assert order.email == "emil@example.com" and order.lines.count() == 2
    assert done["orders left as they were placed here"] == 1


class TestAtOnce:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_two_who_press_at_once_take_one_step(self, order, olive):
        told = []

        def press():
            try:
                told.append(fulfilment.move(order.pk, Move("paid"), uuid.uuid4(), olive).kind)
            except NotMoved:
                told.append("not")
            connection.close()

        threads = [threading.Thread(target=press) for _n in range(4)]
        [t.start() for t in threads]
        [t.join() for t in threads]
        assert sorted(told) == ["not", "not", "not", "paid"]

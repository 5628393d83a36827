"""What is done to an order is what was quoted, once, and can be put back."""

import uuid
from datetime import timedelta

import pytest

from storefront import commands, models, queries
from storefront.clock import now
from storefront.commands import NotPossible
from storefront.eligibility import Wish
from tests.conftest import let_shop_act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def acting(linden):
    let_shop_act()


def quoted(*wish):
    return queries.quote(queries.order("#2001"), Wish(*wish))


def do(kind, positions=(0,), sku="", key=None):
    quote = quoted(kind, positions if kind != "cancel" else (), sku)
    return quote, commands.carry_out(quote, key or uuid.uuid4(), now())


def stock(sku="LK-RED"):
    return models.Variant.objects.get(sku=sku).stock


def placed_just_now():
    models.Order.objects.update(
        placed_at=now(), fulfillment_status="", fulfilled_at=None, delivered_at=None
    )
    models.OrderLine.objects.update(fulfillment_status="")


def test_a_cancelled_order_is_paid_back_and_its_goods_are_there_again():
    placed_just_now()
    do("cancel")
    row = models.Order.objects.get()
    assert (row.state_text, row.financial_status, row.refunded_amount) == (
        "Cancelled",
        "refunded",
        54,
    )
    assert stock() == 6


def test_the_same_key_does_it_once():
    placed_just_now()
    key = uuid.uuid4()
    quote, first = do("cancel", key=key)
    assert commands.carry_out(quote, key, now()) == first
    assert (stock(), models.OrderChange.objects.count()) == (6, 1)


def test_another_key_cannot_do_it_again():
    placed_just_now()
    quote, _change = do("cancel")
    with pytest.raises(NotPossible):
        commands.carry_out(quote, uuid.uuid4(), now())
    assert stock() == 6


def test_what_would_not_be_the_same_any_more_is_not_done():
    placed_just_now()
    quote = quoted("cancel")
    models.Order.objects.update(total=60)
    with pytest.raises(NotPossible):
        commands.carry_out(quote, uuid.uuid4(), now())
    assert not models.OrderChange.objects.exists()


def test_an_undone_cancellation_leaves_no_trace_on_the_order():
    placed_just_now()
    before = models.Order.objects.values(
        "financial_status", "refunded_amount", "cancelled_at"
    ).get()
    key = uuid.uuid4()
    do("cancel", key=key)
    for _time in range(2):
        commands.undo(key)
    after = models.Order.objects.values("financial_status", "refunded_amount", "cancelled_at").get()
    assert (after, stock()) == (before, 5)


def test_a_cancellation_cannot_be_undone_when_its_goods_are_sold():
    placed_just_now()
    key = uuid.uuid4()
    do("cancel", key=key)
    models.Variant.objects.update(stock=0)
    with pytest.raises(NotPossible):
        commands.undo(key)
    assert models.Order.objects.get().cancelled_at


def test_it_is_too_late_to_undo_after_the_shops_minutes():
    key = uuid.uuid4()
    do("return", key=key)
    models.OrderChange.objects.update(made_at=now() - timedelta(minutes=16))
    with pytest.raises(NotPossible):
        commands.undo(key)


def test_a_return_has_a_number_and_cannot_be_opened_twice():
    assert do("return")[1].number == "R-2001-1"
    with pytest.raises(NotPossible):
        do("return")


def test_an_exchange_sets_the_other_version_aside_and_gives_it_back():
    models.Variant.objects.filter(sku="LK-BLU").update(stock=1)
    key = uuid.uuid4()
    assert do("exchange", sku="LK-BLU", key=key)[1].number == "R-2001-1"
    assert stock("LK-BLU") == 0
    commands.undo(key)
    assert stock("LK-BLU") == 1


def test_the_last_piece_is_not_promised_twice():
    models.Variant.objects.filter(sku="LK-BLU").update(stock=1)
    quote = quoted("exchange", (0,), "LK-BLU")
    models.Variant.objects.filter(sku="LK-BLU").update(stock=0)
    with pytest.raises(NotPossible):
        commands.carry_out(quote, uuid.uuid4(), now())
    assert stock("LK-BLU") == 0

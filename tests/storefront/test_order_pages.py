"""The staff's pages of orders: found, moved on by a press, on record."""

import re
import uuid

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront import admin, models, queries
from tests.storefront.buying import BACKEND

pytestmark = pytest.mark.django_db


def shown(client, order):
    return client.get(f"/admin/storefront/order/{order.pk}/change/").content.decode()


def press(client, order, **given):
    address = f"/admin/storefront/order/{order.pk}/do/"
    return client.post(address, {"key": uuid.uuid4(), **given}, follow=True).content.decode()


def test_the_list_finds_by_number_address_and_state(client, order, olive):
    client.force_login(olive, BACKEND)
    for asked, there in [("q=2001", True), ("q=ADA@example.com", True), ("stands=pay", True),
                         ("stands=way", False), ("q=9", False), (f"before={order.pk}", False)]:  # fmt: skip
        page = client.get(f"/admin/storefront/order/?{asked}").content.decode()
        assert ("#2001" in page) is there, asked


def test_there_are_buttons_for_what_may_follow_only(client, order, olive):
    client.force_login(olive, BACKEND)
    page = shown(client, order)
    assert "Mark as paid" in page and "Mark as shipped" not in page


def test_a_press_moves_the_order_and_is_on_record(client, order, olive):
    client.force_login(olive, BACKEND)
    assert "Done: Paid." in press(client, order, kind="paid")
    page = press(
        client, order, kind="shipped", positions=[0, 1], carrier="UPS", tracking_number="<b>1"
    )
    assert "Done: Shipped." in page and "&lt;b&gt;1" in page and "<b>1" not in page
    assert [e.by for e in order.events.all()] == [olive, olive]
    assert LogEntry.objects.filter(user=olive, object_id=order.pk).count() == 2
    assert "Undone: Shipped." in press(client, order, undo=order.events.last().pk)
    assert queries.order("#2001").fulfillment_status == ""


def test_a_form_that_cannot_be_read_does_nothing(client, order, olive):
    client.force_login(olive, BACKEND)
    assert "Nothing was done" in press(client, order, kind="lost")
    assert not order.events.exists()


def test_who_may_only_look_moves_nothing(client, order, grace):
    grace.user_permissions.add(Permission.objects.get(codename="view_order"))
    client.force_login(grace, BACKEND)
    assert "not move them on" in shown(client, order)
    assert (
        client.post(f"/admin/storefront/order/{order.pk}/do/", {"kind": "paid"}).status_code == 403
    )
    grace.user_permissions.add(Permission.objects.get(codename="move_order"))
    assert "Done: Paid." in press(client, order, kind="paid")


def test_staff_read_an_order_in_its_own_currency(client, order, olive):
    models.Order.objects.update(currency="EUR", discount_code="TEA", discount_amount=3)
    client.force_login(olive, BACKEND)
    press(client, order, kind="paid")
    press(client, order, kind="refunded", amount="4.00")
    pages = [shown(client, order), client.get("/admin/storefront/order/").content.decode()]
    assert "€4.00" in pages[0] and "€54.00" in pages[1]
    assert not re.search(r"\$\d", "".join(pages))


def test_every_order_is_on_exactly_one_page_of_the_list(client, order, olive, monkeypatch):
    monkeypatch.setattr(admin, "MOST", 2)
    for number in range(2002, 2006):  # some of one moment
        models.Order.objects.create(
            name=f"#{number}", email="x@example.com", placed_at=order.placed_at
        )
    client.force_login(olive, BACKEND)
    seen, asked = [], ""
    while asked is not None:
        page = client.get(f"/admin/storefront/order/?{asked}")
        seen += [row.name for row in page.context["orders"]]
        asked = page.context["older"] or None
    assert seen == ["#2005", "#2004", "#2003", "#2002", "#2001"]


def test_the_list_counts_nothing(client, order, olive):
    client.force_login(olive, BACKEND)
    with CaptureQueriesContext(connection) as asked:
        client.get("/admin/storefront/order/")
    assert not [q["sql"] for q in asked if "COUNT(" in q["sql"] and "storefront_order" in q["sql"]]

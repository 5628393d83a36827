"""Orders placed here go on in the shop's own numbers, found in few queries however many there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront import models, numbering, queries
from storefront.clock import now

pytestmark = pytest.mark.django_db


def keep(*names):
    models.Order.objects.bulk_create(
        models.Order(name=name, email="e@example.com", placed_at=now()) for name in names
    )


@pytest.mark.parametrize(("imported", "most"), [(0, 2), (9, 2), (500, 4)])
def test_numbers_imported_since_are_passed_over_in_few_queries(linden, imported, most):
    assert numbering.next_name(linden) == "#2002"
    keep(*(f"#{number}" for number in range(2003, 2003 + imported)))
    with CaptureQueriesContext(connection) as asked:
        assert numbering.next_name(linden) == f"#{2003 + imported}"
    assert len(asked) <= most


def test_a_gap_is_used(linden):
    numbering.next_name(linden)
    keep("#2003", "#2004", "#2006")
    assert [numbering.next_name(linden) for _time in range(3)] == ["#2005", "#2007", "#2008"]


def test_an_address_is_looked_up_by_an_index(linden):
    rows = models.Order.objects.filter(email="ada@example.com")
    assert "orders_by_address" in rows.explain()


def test_no_address_finds_no_order(linden):
    models.Order.objects.update(email="")
    assert queries.order_of("#2001", "") is None and queries.order_of("#2001", " ") is None

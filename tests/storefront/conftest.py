"""An order that staff move on, and who may."""

import pytest

from storefront import models


@pytest.fixture
def order(ada):
    """Linden's order as just placed, of two lines."""
    models.Order.objects.update(
        financial_status="pending", fulfillment_status="", fulfilled_at=None, tracking_number="",
        carrier="", estimated_delivery=None,
    )  # fmt: skip
    row = models.Order.objects.get()
    row.lines.update(fulfillment_status="pending")
    pot = models.Variant.objects.get(sku="BT-1")
    row.lines.create(position=1, name="Teapot", sku="BT-1", variant=pot, quantity=2, price=36)
    return row


@pytest.fixture
def olive(staff):
    return models.User.objects.get(email="olive@example.com")

"""Shopify's order export and four columns more: rows that share a number are one order."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from storefront import models

from .rows import Line, LineRow, OrderRow, Problem, lines, longest

MOST, MOST_LINE = longest(models.Order), longest(models.OrderLine)
ADDRESS = {
    "address1": "Shipping Address1", "address2": "Shipping Address2", "city": "Shipping City",
    "zip": "Shipping Zip", "province": "Shipping Province", "country": "Shipping Country",
}  # fmt: skip
TEXTS = {
    "financial_status": ("Financial Status",), "fulfillment_status": ("Fulfillment Status",),
    "currency": ("Currency",), "discount_code": ("Discount Code",),
    "payment_method": ("Payment Method",), "shipping_method": ("Shipping Method",),
    "shipping_name": ("Shipping Name",), "tracking_number": ("Tracking Number",),
    "carrier": ("Tracking Company",), "note": ("Notes",),
}  # fmt: skip
AMOUNTS = {
    "subtotal": "Subtotal", "shipping": "Shipping", "taxes": "Taxes", "total": "Total",
    "discount_amount": "Discount Amount", "refunded_amount": "Refunded Amount",
}  # fmt: skip
MOMENTS = {
    "placed_at": "Created at", "paid_at": "Paid at", "fulfilled_at": "Fulfilled at",
    "cancelled_at": "Cancelled at", "delivered_at": "Delivered at",
}  # fmt: skip


def read(path: Path, problems: list[Problem]) -> list[OrderRow]:
    """The orders of `path`; continuation rows bring only their line item."""
    found = [line for line in lines(path, problems) if line.required("Name")]
    return [_order(list(g)) for _name, g in groupby(found, key=lambda line: line.text("Name"))]


def _order(group: list[Line]) -> OrderRow:
    first = group[0]
    if not first.text("Created at"):
        first.problem("Created at", "is empty; every order needs the time it was placed.")
    return OrderRow(
        name=first.text("Name", most=MOST["name"]),
        email=first.text("Email", most=MOST["email"]).lower(),
        fields=_fields(first),
        lines=tuple(_line(line) for line in group if line.text("Lineitem name")),
    )


def _fields(first: Line) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: first.text(*columns, most=MOST.get(name)) for name, columns in TEXTS.items()
    }
    fields |= {name: first.money(column) or Decimal(0) for name, column in AMOUNTS.items()}
    fields |= {name: first.moment(column) for name, column in MOMENTS.items()}
    fields["fulfillment_status"] = fields["fulfillment_status"].replace("unfulfilled", "")
    fields["estimated_delivery"] = first.day("Estimated Delivery")
    fields["shipping_address"] = {
        key: value.lstrip("'") for key, column in ADDRESS.items() if (value := first.text(column))
    }
    fields["tags"] = [t.strip() for t in first.text("Tags").split(",") if t.strip()]
    return fields


def _line(line: Line) -> LineRow:
    quantity = line.whole("Lineitem quantity", least=0)
    if not quantity:
        line.problem("Lineitem quantity", "is empty or 0; write how many were bought.")
    return LineRow(
        name=line.text("Lineitem name", most=MOST_LINE["name"]),
        sku=line.text("Lineitem sku", most=MOST_LINE["sku"]),
        quantity=quantity or 0,
        price=line.money("Lineitem price") or Decimal(0),
        fulfillment_status=line.text(
            "Lineitem fulfillment status", most=MOST_LINE["fulfillment_status"]
        ),
    )

"""The number of an order that is placed here goes on in the shop's own format."""

from __future__ import annotations

import re

from .models import Order, Shop

FIRST = "#1001"
COUNTED = re.compile(r"(.*?)(\d+)(\D*)", re.S)


def next_name(shop: Shop) -> str:
    """The next free number; the caller holds the shop's row, so that nobody else takes it."""
    name = _after(shop.last_order or _newest() or "")
    while Order.objects.filter(name=name).exists():  # imported since
        name = _after(name)
    shop.last_order = name
    Shop.objects.filter(pk=shop.pk).update(last_order=name)
    return name


def _after(name: str) -> str:
    """The number that follows: "EN-2024-0077" is followed by "EN-2024-0078"."""
    parts = COUNTED.fullmatch(name)
    if parts is None:
        return FIRST
    before, digits, behind = parts.groups()
    return f"{before}{int(digits) + 1:0{len(digits)}}{behind}"


def _newest() -> str:
    """The highest number in the format of the order that was placed last; looked for once."""
    newest = Order.objects.order_by("-placed_at", "-pk").values_list("name", flat=True).first()
    parts = COUNTED.fullmatch(newest or "")
    if newest is None or parts is None:
        return newest or ""
    form = re.compile(rf"{re.escape(parts[1])}(\d+){re.escape(parts[3])}", re.S)
    names = Order.objects.filter(name__startswith=parts[1]).values_list("name", flat=True)
    alike = [name for name in names.iterator() if form.fullmatch(name)]
    return max(alike, key=lambda name: int(form.fullmatch(name)[1]), default=newest)  # type: ignore[index]

"""The number of an order that is placed here goes on in the shop's own format."""

from __future__ import annotations

import re

from .models import Order, Shop

FIRST = "#1001"
MOST = 10_000  # numbers looked at in one query
COUNTED = re.compile(r"(.*?)(\d+)(\D*)", re.S)


def next_name(shop: Shop) -> str:
    """The next free number; the caller holds the shop's row, so that nobody else takes it."""
    name = _free(_after(shop.last_order or _newest() or ""))
    shop.last_order = name
    Shop.objects.filter(pk=shop.pk).update(last_order=name)
    return name


def _free(name: str, most: int = 10) -> str:
    """This number, or the next that no order has: others may have been imported since. The first
    query looks at ten, every other one at ten times as many as the one before."""
    run = [name]
    while len(run) < most:
        run.append(_after(run[-1]))
    taken = set(Order.objects.filter(name__in=run).values_list("name", flat=True))
    free = next((number for number in run if number not in taken), None)
    return free or _free(_after(run[-1]), min(10 * most, MOST))


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

"""What every page's template knows."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from . import carts
from .models import Product, Shop


def shop(request: HttpRequest) -> dict[str, Any]:
    """The shop's rules and its departments, and how much is in the cart."""
    departments = (
        Product.objects.filter(status=Product.Status.ACTIVE)
        .exclude(department="")
        .order_by("department")
        .values_list("department", flat=True)
        .distinct()
    )
    return {
        "shop": Shop.objects.first(), "departments": departments,
        "cart_count": partial(carts.count, request),
    }  # fmt: skip

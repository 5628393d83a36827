"""What every page's template knows."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from . import carts
from .models import Product, Shop


def shop(request: HttpRequest) -> dict[str, Any]:
    """The shop's rules, its departments, the languages of its pages, how much is in the cart."""
    departments = (
        Product.objects.filter(status=Product.Status.ACTIVE)
        .exclude(department="")
        .order_by("department")
        .values_list("department", flat=True)
        .distinct()
    )
    return {
        "shop": Shop.objects.first(), "departments": departments,
        "languages": settings.LANGUAGES, "cart_count": partial(carts.count, request),
    }  # fmt: skip

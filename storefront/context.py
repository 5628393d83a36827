"""What every page's template knows."""

from typing import Any

from django.http import HttpRequest

from .models import Product, Shop


def shop(request: HttpRequest) -> dict[str, Any]:
    """The shop's rules and its departments."""
    departments = (
        Product.objects.filter(status=Product.Status.ACTIVE)
        .exclude(department="")
        .order_by("department")
        .values_list("department", flat=True)
        .distinct()
    )
    return {"shop": Shop.objects.first(), "departments": departments}

"""What goes with a product, on its page, and how what is shown is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context

from chatbot import for_you
from storefront.queries import Product

register = template.Library()


@register.inclusion_tag("chatbot/recommending/beside.html", takes_context=True)
def goes_with(context: Context, handle: str) -> dict[str, Any]:
    """What goes with the product of this page."""
    request = context["request"]
    return {**for_you.beside(request, handle), "csrf_token": context.get("csrf_token")}


@register.filter
def is_drawing(picture: str) -> bool:
    """Whether it is a part of a drawing."""
    return "#" in picture


@register.filter
def lowest_price(product: Product) -> Decimal | None:
    """The lowest price at which it can be had."""
    return min((v.price for v in product.variants if v.in_stock), default=None)


@register.filter
def has_prices(product: Product) -> bool:
    """Whether there are dearer ones, too."""
    return len({v.price for v in product.variants if v.in_stock}) > 1

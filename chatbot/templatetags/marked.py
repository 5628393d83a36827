"""What an AI wrote of a product, on its page."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template import Context

from chatbot.marked import Page, Product, of_page

register = template.Library()


@register.simple_tag(takes_context=True)
def by_ai(context: Context, product: Product) -> Page:
    """The texts of the product of this page, asked for once a page."""
    request = context["request"]
    if not hasattr(request, "by_ai"):
        request.by_ai = of_page(product)
    found: Page = request.by_ai
    return found


@register.simple_tag
def label_shown() -> bool:
    """Whether pages say in words that an AI wrote a text; marks for machines stay in any case."""
    return bool(settings.STUDIO_LABEL)

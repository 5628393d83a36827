"""What an AI wrote of a product, on its page."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from chatbot.marked import Page, Product, of_page

register = template.Library()


@register.simple_tag(takes_context=True)
def by_ai(context: Context, product: Product) -> Page:
    """The texts of the product of this page, asked for once a page."""
    request = context["request"]
    if not hasattr(request, "by_ai"):
        request.by_ai = of_page(product, get_language() or "")
    found: Page = request.by_ai
    return found


@register.simple_tag
def written_in(language: str) -> SafeString:
    """The attributes of an element whose words are in this language, or in one nobody named."""
    if not language:
        return SafeString('dir="auto"')
    way = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return format_html('lang="{}" dir="{}"', language, way)


@register.simple_tag
def label_shown() -> bool:
    """Whether pages say in words that an AI wrote a text; marks for machines stay in any case."""
    return bool(settings.STUDIO_LABEL)

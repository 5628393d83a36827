"""What the panel's page knows of the assistant."""

from __future__ import annotations

from babel import Locale
from django import template

from storefront import queries

register = template.Library()


@register.simple_tag
def only_speaks(language: str) -> str:
    """The languages that the assistant speaks, as `language` calls them, when it is none of them;
    English when the shop does not say."""
    served = queries.rules().get("assistant.languages") or ["en"]
    locale = Locale.parse(language, sep="-")
    if locale.language in served:
        return ""
    return ", ".join(str(locale.languages.get(code, code)) for code in served)

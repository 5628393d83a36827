"""What the staff's pages share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin


def number(given: str) -> int | None:
    """A number of a row as an address or a form gives it; None for what can be none."""
    plain = given.isascii() and given.isdecimal() and len(given) < 19
    return int(given) if plain else None


class ReadOnlyAdmin(ModelAdmin):
    """Rows that staff look at and nobody edits by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

"""Parts of a long list, each of which an index finds in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

STATE = "state"


class Kinds(admin.SimpleListFilter):
    """One kind of rows. Django's own filter would read all of them to find out which there are."""

    title = _("kind")
    parameter_name = "kind"
    known: ClassVar[Mapping[str, Any]] = {}  # in the table -> as staff read it

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.known.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class Standing(admin.SimpleListFilter):
    """What waits, unless the address says otherwise; who searches finds it wherever it stands."""

    title = _("standing")
    parameter_name = STATE
    parts: ClassVar[Mapping[str, Any]] = {}  # in the address -> as staff read it; the first waits

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.parts.items())

    def choices(self, changelist: Any) -> Iterator[Any]:
        chosen = chosen_part(self.request, self.parts)
        for value, label in self.parts.items():
            query = changelist.get_query_string({STATE: value})
            yield {"selected": value == chosen, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = chosen_part(request, self.parts)
        return queryset.filter(self.within(chosen, request.user)) if chosen else queryset

    @staticmethod
    def within(part: str, user: Any) -> Q:
        """The rows of a part."""
        return Q(state=part)


def chosen_part(request: HttpRequest, parts: Mapping[str, Any]) -> str:
    """The part that the address names; the first without a word; empty for all, when searching."""
    given = request.GET.get(STATE, "")
    if given in parts:
        return given
    return "" if request.GET.get(SEARCH_VAR, "").strip() else next(iter(parts))

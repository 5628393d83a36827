"""Lists that stay as fast with a million rows: nothing is counted, and a page begins behind the
last row of the one before, where an index finds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import ShowFacets
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from unfold.views import ChangeList

from storefront.staff import ReadOnlyAdmin

AFTER, UPTO = "after", "upto"  # of the address: the row before; where a search goes on
MOST_COUNTED = 1000


class Uncounted:
    """Stands where a list has its paginator: tells unfold how to draw the way on."""

    template_name = "admin/chatbot/paging.html"


class KeysetList(ChangeList):
    """A list in one fixed order, that of an index."""

    def get_queryset(self, request: HttpRequest, *args: Any, **more: Any) -> QuerySet[Any]:
        for own in (AFTER, UPTO):
            self.params.pop(own, None)
            self.filter_params.pop(own, None)
        rows: QuerySet[Any] = super().get_queryset(request, *args, **more)
        return rows

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[str]:
        return list(self.model_admin.get_ordering(request))

    def get_results(self, request: HttpRequest) -> None:
        """The rows of this page, and the addresses of what follows."""
        order, size = self.get_ordering(request, self.queryset), self.list_per_page
        self.row_before = _row(self.root_queryset, request.GET.get(AFTER, ""), order)
        rows = behind(self.queryset, order, self.row_before) if self.row_before else self.queryset
        some = list(rows[: size + 1])
        self.result_list = some[:size]
        self.result_count = self.full_result_count = len(self.result_list)
        more = {UPTO: request.GET.get(UPTO), AFTER: some[size - 1].pk} if some[size:] else {}
        more = more or self.model_admin.further(request, self.query)
        self.next_page = self.get_query_string(more) if more else ""
        self.whole = bool(some[size:]) or not more
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions, self.paginator = False, Uncounted()

    @property
    def first_page(self) -> str:
        """The address of the first page, for who is on a later one; else empty."""
        return self.get_query_string() if self.row_before else ""


class KeysetAdmin(ReadOnlyAdmin):
    """Rows of which there may be a million. Each has an `ordering` that ends with the key, every
    column of it in one index, and none of it null."""

    change_list_template = "admin/chatbot/keyset.html"
    list_per_page = 50
    show_facets = ShowFacets.NEVER
    sortable_by = ()
    actions = None
    search_fields: Sequence[str] = ()

    def get_changelist(self, request: HttpRequest, **more: Any) -> type[KeysetList]:
        return KeysetList

    def further(self, request: HttpRequest, query: str) -> dict[str, Any]:
        """What the address of a search that has not looked everywhere yet goes on with."""
        return {}


def behind(rows: QuerySet[Any], order: Sequence[str], row: Model) -> QuerySet[Any]:
    """The rows that follow `row` in an order of columns, such as ("-created_at", "-pk")."""
    follows, same = Q(), Q()
    for column in order:
        name, value = column.lstrip("-"), getattr(row, column.lstrip("-"))
        follows |= same & Q(**{f"{name}__{_way(column)}": value})
        same &= Q(**{name: value})
    lead = order[0].lstrip("-")  # said once more by itself, for the index to begin there
    return rows.filter(follows, **{f"{lead}__{_way(order[0])}e": getattr(row, lead)})


def _way(column: str) -> str:
    return "lt" if column.startswith("-") else "gt"


def _row(rows: QuerySet[Any], key: str, order: Sequence[str]) -> Model | None:
    """The row of this key; None, which leads to the first page, for what is no key at all and for
    a row that has left the list since, as a decision that was undone."""
    try:
        found: Model | None = rows.model.objects.filter(pk=key).first() if key else None
    except (ValueError, ValidationError):
        return None
    return None if any(getattr(found, c.lstrip("-"), None) is None for c in order) else found


def counted(rows: QuerySet[Any]) -> str:
    """How many, as far as it takes no time to count: "7", "1000+"."""
    number = rows.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)

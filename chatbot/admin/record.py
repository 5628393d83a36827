"""The ledger, row by row."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chatbot import ledger
from chatbot.models import LedgerEntry

from .paging import KeysetAdmin
from .standing import Kinds


class OfKind(Kinds):
    """One kind of what is on record."""

    known: ClassVar = {kind: kind for kind in ledger.RECORDED}


@admin.register(LedgerEntry)
class LedgerEntryAdmin(KeysetAdmin):
    """The record, row by row."""

    list_display = ("id", "kind", "subject", "created_at", "place")
    list_filter = (OfKind,)
    ordering = ("-pk",)
    search_fields = ("subject",)
    search_help_text = _("Receipt or number of what is on record")
    list_select_related = ("seal",)
    change_list_template = "admin/chatbot/ledgerentry/change_list.html"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[LedgerEntry], search_term: str
    ) -> tuple[QuerySet[LedgerEntry], bool]:
        term = search_term.strip()
        return (queryset.filter(subject__in={term, term.upper()}) if term else queryset), False

    @display(description=_("sealed at place"))
    def place(self, entry: LedgerEntry) -> str:
        return str(entry.seal.position) if hasattr(entry, "seal") else gettext("not yet")

    def get_urls(self) -> list[URLPattern]:
        own = path("verify/", self.admin_site.admin_view(self.verify_view), name="ledger_verify")
        return [own, *super().get_urls()]

    def verify_view(self, request: HttpRequest) -> HttpResponse:
        """Walk the whole record and say what was found."""
        if request.method != "POST" or not self.has_view_permission(request):
            return HttpResponse(status=403)
        verdict = ledger.verify()
        if verdict.fault:
            messages.error(request, verdict.fault)
        else:
            text = gettext("%(count)s entries verified; nothing was altered, removed or added.")
            messages.success(request, text % {"count": verdict.count})
        return redirect("admin:chatbot_ledgerentry_changelist")

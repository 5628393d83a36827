"""The ledger, row by row."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chatbot import ledger
from chatbot.models import LedgerEntry

from .pages import ReadOnlyAdmin


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    """The record, row by row."""

    list_display = ("id", "kind", "subject", "created_at", "place")
    list_filter = ("kind",)
    search_fields = ("subject",)
    list_select_related = ("seal",)
    change_list_template = "admin/chatbot/ledgerentry/change_list.html"

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

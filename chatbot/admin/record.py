"""The ledger, row by row."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chatbot import ledger
from chatbot.models import LedgerEntry, Verification

from .paging import KeysetAdmin
from .standing import Kinds

PAGES = "admin/chatbot/ledgerentry"
MOST = 5  # verifications that are listed


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
    change_list_template = f"{PAGES}/change_list.html"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[LedgerEntry], search_term: str
    ) -> tuple[QuerySet[LedgerEntry], bool]:
        term = search_term.strip()
        return (queryset.filter(subject__in={term, term.upper()}) if term else queryset), False

    @display(description=_("sealed at place"))
    def place(self, entry: LedgerEntry) -> str:
        return str(entry.seal.position) if hasattr(entry, "seal") else gettext("not yet")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("verify/", wrap(self.verify_view), name="ledger_verify"),
            path("verifying/", wrap(self.live_view), name="ledger_verifying"),
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, _verifications() | (extra_context or {}))

    def verify_view(self, request: HttpRequest) -> HttpResponse:
        """Begin to walk the whole record, beside everything else; its page tells how far it is."""
        if request.method != "POST" or not self.has_view_permission(request):
            return HttpResponse(status=403)
        ledger.begin(request.user)
        return redirect("admin:chatbot_ledgerentry_changelist")

    def live_view(self, request: HttpRequest) -> HttpResponse:
        """How far a verification is, for the page that shows it."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        context = _verifications()
        version = context["version"]
        same = request.GET.get("after") == version
        html = "" if same else render_to_string(f"{PAGES}/verifications.html", context)
        return JsonResponse({"version": version, "html": html})


def _verifications() -> dict[str, Any]:
    """The one that runs, and the last few with what they found."""
    running = ledger.present()
    rows = Verification.objects.select_related("begun_by")
    past = list((rows.exclude(pk=running.pk) if running else rows)[:MOST])
    newest = past[0] if past else None
    version = f"{running.pk} {running.done}" if running else f"- {newest and newest.pk}"
    earlier = past if running else past[1:]
    return {"running": running, "newest": newest, "earlier": earlier, "version": version}

"""Audits of fairness: which were made, and what each found, drawn."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from chatbot import fairness
from chatbot.models import FairnessAudit
from storefront.staff import ReadOnlyAdmin


@admin.register(FairnessAudit)
class FairnessAuditAdmin(ReadOnlyAdmin):
    """The list, above it the newest of each kind, and a page for each; who reviews may see them."""

    list_display = ("at", "of", "engine", "pairs", "passed")
    list_filter = ("passed",)
    change_list_template = "admin/chatbot/fairnessaudit/change_list.html"

    @admin.display(description=_("of"))
    def of(self, audit: FairnessAudit) -> str:
        """What was compared."""
        texts = audit.report.get("of") == fairness.TEXTS
        return str(_("product texts") if texts else _("answers"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("chatbot.decide_review"))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"newest": _newest()} | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        """What an audit found."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        audit = self.get_object(request, object_id)
        if audit is None:
            raise Http404
        context = self.admin_site.each_context(request) | fairness.page(audit)
        context |= {"title": _("Fairness audit"), "opts": self.opts}
        return TemplateResponse(request, "admin/chatbot/fairnessaudit/change_form.html", context)


def _newest() -> list[tuple[bool, FairnessAudit]]:
    """The last audit of answers and the last of texts, each with whether it is of texts."""
    rows = FairnessAudit.objects.defer("report")
    unnamed = Q(report__of__isnull=True)  # made before texts could be audited
    answers = rows.filter(unnamed | Q(report__of=fairness.ANSWERS)).first()
    found = [(False, answers), (True, rows.filter(report__of=fairness.TEXTS).first())]
    return [(of_texts, audit) for of_texts, audit in found if audit is not None]

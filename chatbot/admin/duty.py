"""The switch: the assistant, or people only."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext

from chatbot import duty
from chatbot.models import Duty
from storefront.staff import ReadOnlyAdmin


@admin.register(Duty)
class DutyAdmin(ReadOnlyAdmin):
    """Switches the assistant off and on; says who did, when and why."""

    list_display = ("__str__", "reason", "switched_by", "switched_at")
    list_display_links = None
    change_list_template = "admin/chatbot/duty/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        own = path("switch/", self.admin_site.admin_view(self.switch_view), name="duty_switch")
        return [own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"people_only": duty.people_only(), "may_switch": self._may(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    def _may(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("chatbot.switch_duty"))

    def switch_view(self, request: HttpRequest) -> HttpResponse:
        """Off or on, with the reason, then back to the list."""
        if request.method != "POST" or not self._may(request):
            return HttpResponse(status=403)
        off = request.POST.get("people_only") == "yes"
        duty.switch(off, request.user, request.POST.get("reason", "")[:300])
        messages.success(
            request,
            gettext("The assistant is off; people answer.")
            if off
            else gettext("It answers again."),
        )
        return redirect("admin:chatbot_duty_changelist")

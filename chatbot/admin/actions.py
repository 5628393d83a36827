"""What shoppers were offered to press, and what waits for staff."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chatbot import pressing
from chatbot.models import Action

from .pages import ReadOnlyAdmin

ACTION_COLORS = {"waiting": "warning", "done": "success", "failed": "danger", "refused": "danger"}


@admin.register(Action)
class ActionAdmin(ReadOnlyAdmin):
    """What shoppers were offered to press; staff release what is too much for the assistant."""

    list_display = ("title", "state_badge", "who", "created_at", "decided_by")
    list_filter = ("state", "kind", "created_at")
    search_fields = ("order", "change", "turn__reply__receipt")
    change_form_template = "admin/chatbot/action/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Action]:
        rows: QuerySet[Action] = super().get_queryset(request)
        waiting_first = Case(When(state="waiting", then=0), default=1)
        return rows.select_related("turn__shopper", "turn__reply", "decided_by").order_by(
            waiting_first, "-created_at"
        )

    @display(description=_("state"), label=ACTION_COLORS, ordering="state")
    def state_badge(self, action: Action) -> tuple[str, str]:
        return action.state, action.get_state_display()

    @display(description=_("shopper"))
    def who(self, action: Action) -> str:
        return action.turn.shopper.email if action.turn.shopper else gettext("guest")

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<uuid:pk>/do/<str:deed>/", self.admin_site.admin_view(self.deed_view),
            name="chatbot_action_deed",
        )  # fmt: skip
        return [own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        action = self.get_object(request, object_id)
        context = {"action": action, "may_decide": self._may(request)} if action else {}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def _may(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("chatbot.decide_action"))

    def deed_view(self, request: HttpRequest, pk: uuid.UUID, deed: str) -> HttpResponse:
        """Release or refuse what waits, then back to it."""
        if request.method != "POST" or not self._may(request):
            return HttpResponse(status=403)
        try:
            told = pressing.decide(pk, request.user, deed == "release")
            messages.success(request, told.body["text"])
        except (pressing.Refused, Action.DoesNotExist) as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:chatbot_action_change", args=[pk]))

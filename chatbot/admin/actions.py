"""What shoppers were offered to press, and what waits for staff."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chatbot import pressing
from chatbot.models import Action

from .paging import KeysetAdmin
from .standing import Kinds, Standing

ACTION_COLORS = {"waiting": "warning", "done": "success", "failed": "danger", "refused": "danger"}


class OfKind(Kinds):
    """What would be done."""

    known: ClassVar = {"cancel": _("Cancel"), "return": _("Return"), "exchange": _("Exchange")}


class OfActions(Standing):
    """Where an action stands: what waits for staff first, then everything."""

    parts: ClassVar = {"waiting": _("Waiting for staff"), "all": _("All")}

    @staticmethod
    def within(part: str, user: Any) -> Q:
        return Q(state="waiting") if part == "waiting" else Q()


@admin.register(Action)
class ActionAdmin(KeysetAdmin):
    """What shoppers were offered to press; staff release what is too much for the assistant."""

    list_display = ("title", "state_badge", "who", "created_at", "decided_by")
    list_filter = (OfActions, OfKind, "created_at")
    ordering = ("-created_at", "-pk")
    search_fields = ("change",)
    search_help_text = _("Receipt of the reply or number of the return")
    change_form_template = "admin/chatbot/action/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Action]:
        rows: QuerySet[Action] = super().get_queryset(request)
        return rows.select_related("turn__shopper", "turn__reply", "decided_by")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Action], search_term: str
    ) -> tuple[QuerySet[Action], bool]:
        term = search_term.strip().upper()
        meant = Q(turn__reply__receipt=term) if term.startswith("CF-") else Q(change=term)
        return (queryset.filter(meant) if term else queryset), False

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

"""Product texts of the studio: where each stands, and the ways to its desk and to new ones."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chatbot import carried
from chatbot.models import ProductText, language_name
from chatbot.studio import LANGUAGES, standing
from storefront.given import number

from .commissions import CommissionPages
from .textdesk import DeskPages


class StateFilter(admin.SimpleListFilter):
    """What is to be done with it, or what is shown of it."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(standing.STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(standing.within(chosen)) if chosen in standing.STATES else queryset


class LanguageFilter(admin.SimpleListFilter):
    """English, or one of those into which it can be translated."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, language_name(code)) for code in LANGUAGES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset.filter(language=chosen) if chosen in LANGUAGES else queryset


@admin.register(ProductText)
class ProductTextAdmin(DeskPages, CommissionPages):
    """The list. Many at once are never approved: each is read."""

    list_display = (
        "handle",
        "kind",
        "language_name",
        "states",
        "is_whole",
        "tone",
        "engine",
        "last_changed",
    )
    list_filter = (StateFilter, LanguageFilter, "kind", "whole", "tone")
    search_fields = ("handle",)
    search_help_text = _("Part of the product’s address")
    show_full_result_count = False
    actions = None
    change_list_template = "admin/chatbot/producttext/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProductText]:
        return standing.standing(super().get_queryset(request))

    @display(description=_("language"), ordering="language")
    def language_name(self, text: ProductText) -> str:
        return text.spoken

    @display(description=_("state"))
    def states(self, text: ProductText) -> SafeString:
        state = '<span class="cf-state" data-state="{}">{}</span>'
        return format_html_join(" ", state, standing.labels_of(text))

    @display(description=_("draft is whole"), boolean=True, ordering="whole")
    def is_whole(self, text: ProductText) -> bool:
        return text.whole

    @display(description=_("last changed"), ordering="pk")
    def last_changed(self, text: ProductText) -> Any:
        return vars(text)["changed_at"] or text.made_at

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "chatbot_producttext"
        own = [
            path("next/", wrap(self.next_view), name=f"{name}_next"),
            path("live/<str:kind>.csv", wrap(self.live_view), name=f"{name}_csv"),
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        chosen = request.GET.get("state", "")
        context: dict[str, Any] = {"states": standing.STATES, "state": chosen}
        context["kinds"] = ProductText.Kind.choices
        context |= {"may_write": self.may_write(request), "may_approve": self.may_approve(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    def live_view(self, request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
        """All live texts of a kind as a table, with the mark of an AI's."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        if kind not in ProductText.Kind.values:
            raise Http404
        name = f'attachment; filename="live-{kind}.csv"'
        return StreamingHttpResponse(
            carried.written(kind, "csv"), content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": name},
        )  # fmt: skip

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """The oldest text that this person may approve, behind the one that was read last."""
        if not self.may_approve(request):
            return HttpResponse(status=403)
        waiting = standing.waiting_for(ProductText.objects.all(), request.user.pk or 0)
        after = number(request.GET.get("after", "")) or 0
        found = waiting.filter(pk__gt=after).first() or waiting.exclude(pk=after).first()
        if found is None:
            self.message_user(request, _("Nothing waits for you. Well done."))
            return redirect("admin:chatbot_producttext_changelist")
        return redirect("admin:chatbot_producttext_change", found.pk)

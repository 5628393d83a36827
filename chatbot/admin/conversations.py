"""Every chat, to read."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chatbot import photos
from chatbot.models import Conversation, Photo, Reply, Turn
from storefront.given import number

from . import searching
from .paging import UPTO, KeysetAdmin


@admin.register(Conversation)
class ConversationAdmin(KeysetAdmin):
    """Every chat with its transcript."""

    list_display = ("short_id", "asked", "who", "state", "turn_count", "created_at")
    list_filter = ("state", "created_at")
    ordering = ("-created_at", "-pk")
    search_fields = ("turns__text",)  # and more: see `searching`
    search_help_text = searching.HELP
    change_form_template = "admin/chatbot/conversation/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        rows: QuerySet[Conversation] = super().get_queryset(request)
        turns = Turn.objects.filter(conversation=OuterRef("pk"))
        return rows.select_related("shopper").annotate(
            first_text=Subquery(turns.order_by("number").values("text")[:1]),
            last_number=Subquery(turns.order_by("-number").values("number")[:1]),
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Conversation], search_term: str
    ) -> tuple[QuerySet[Conversation], bool]:
        term, upto = search_term.strip(), number(request.GET.get(UPTO, ""))
        return (searching.found(queryset, term, upto) if term else queryset), False

    def further(self, request: HttpRequest, query: str) -> dict[str, Any]:
        on = searching.goes_on(query.strip(), number(request.GET.get(UPTO, "")))
        return {UPTO: on} if on else {}

    @display(description=_("conversation"))
    def short_id(self, chat: Conversation) -> str:
        return str(chat)

    @display(description=_("asked first"))
    def asked(self, chat: Conversation) -> str:
        text: str | None = chat.first_text  # type: ignore[attr-defined]
        return gettext("nothing yet") if text is None else text[:80] or gettext("erased")

    @display(description=_("shopper"))
    def who(self, chat: Conversation) -> str:
        return chat.shopper.email if chat.shopper else gettext("guest")

    @display(description=_("turns"))
    def turn_count(self, chat: Conversation) -> int:
        return chat.last_number or 0  # type: ignore[attr-defined]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.photo_view)
        own = [path("photo/<uuid:pk>/", view, name="chatbot_conversation_photo")]
        return own + super().get_urls()

    def photo_view(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """A shopper's photo, for staff alone; what is not as it was recorded is not shown."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        photo = Photo.objects.filter(pk=pk).first()
        if photo is None or not photos.intact(photo):
            raise Http404("There is no such photo; it may have been erased.")
        name = f"photo-{photo.added_at:%Y-%m-%d}-{str(photo.pk)[:8]}.jpg"
        headers = {
            "Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }  # fmt: skip
        return HttpResponse(bytes(photo.body), content_type="image/jpeg", headers=headers)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        chat = self.get_object(request, object_id)
        context = {"chat": chat, "turns": transcript(chat)} if chat else {}
        context["may_answer"] = request.user.has_perm("chatbot.answer_inbox")
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))


def transcript(chat: Conversation) -> list[dict[str, Any]]:
    """The turns of a conversation, each with its reply and its corrections, and what persons
    said."""
    replies = {
        r.turn_id: r
        for r in (
            Reply.objects.filter(turn__conversation=chat)
            .select_related("feedback", "hold")
            .prefetch_related("corrections")
        )
    }
    return [
        {"turn": turn, "reply": replies.get(turn.pk)}
        for turn in chat.turns.select_related("edit__by").prefetch_related(
            "actions", "remarks__takeover", Prefetch("photos", Photo.objects.defer("body"))
        )
    ]

"""The inbox: who waits for a person, and the page on which a person answers."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chatbot import doorbell
from chatbot.inbox import alerts, contact, desk, line, ready, summary
from chatbot.models import Conversation, Frame, Inbox, Remark, Takeover
from storefront.given import number
from storefront.staff import ReadOnlyAdmin

from .conversations import transcript

MOMENT = timedelta(minutes=1)
HELD = Prefetch("takeovers", Takeover.objects.filter(ended_at=None), to_attr="held")


@admin.register(Inbox)
class InboxAdmin(ReadOnlyAdmin):
    """Lists who waits and who is talked to; a conversation's page is the desk."""

    change_form_template = "admin/chatbot/inbox/change_form.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("chatbot.answer_inbox"))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("seat/", wrap(self.seat_view), name="chatbot_inbox_seat"),
            path("line/", wrap(self.line_view), name="chatbot_inbox_line"),
            path("<uuid:pk>/live/", wrap(self.live_view), name="chatbot_inbox_live"),
            path("<uuid:pk>/ready/", wrap(self.ready_view), name="chatbot_inbox_ready"),
            path("<uuid:pk>/do/<str:deed>/", wrap(self.deed_view), name="chatbot_inbox_deed"),
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        line.seen(request.user)
        context = self.admin_site.each_context(request) | _line(request.user)
        context |= {"title": _("Inbox"), "opts": self.opts, "letters": alerts.wants(request.user)}
        context["away"] = line.is_away(request.user)
        return TemplateResponse(request, "admin/chatbot/inbox/change_list.html", context)

    def seat_view(self, request: HttpRequest) -> HttpResponse:
        """What this member of staff chooses for the inbox, then back to it."""
        if request.method != "POST" or not self.has_view_permission(request):
            return HttpResponse(status=403)
        if letters := request.POST.get("letters"):
            alerts.want(request.user, letters == "yes")
        if away := request.POST.get("away"):
            line.step_away(request.user, away == "yes")
        return redirect("admin:chatbot_inbox_changelist")

    def line_view(self, request: HttpRequest) -> HttpResponse:
        """The list anew, for the page that shows it."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        line.seen(request.user)
        html = render_to_string("admin/chatbot/inbox/line.html", _line(request.user))
        return JsonResponse({"html": html})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        chat = self.get_object(request, object_id)
        context = _desk(chat, request.user) if chat else {}
        context |= {"title": _("Conversation"), "client_id": uuid.uuid4()}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def live_view(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """What has changed since `after`; whoever works on the page keeps the conversation."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        chat = get_object_or_404(Conversation, pk=pk)
        line.seen(request.user)
        if request.GET.get("active"):
            desk.renew(pk, request.user)
        if request.GET.get("after") == _version(chat):
            return JsonResponse({"version": _version(chat), "html": ""})
        html = render_to_string("admin/chatbot/inbox/desk.html", _desk(chat, request.user))
        return JsonResponse({"version": _version(chat), "html": html})

    def ready_view(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """The ready replies, filled in for this conversation."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        chat = get_object_or_404(Conversation, pk=pk)
        return JsonResponse({"replies": ready.offered(chat, request.user)})

    def deed_view(self, request: HttpRequest, pk: uuid.UUID, deed: str) -> HttpResponse:
        """Take, say, hand back, close, transfer or note, then back to the desk."""
        if request.method != "POST" or not self.has_view_permission(request):
            return HttpResponse(status=403)
        get_object_or_404(Conversation, pk=pk)
        refused = ""
        try:
            doorbell.ring(_do(deed, pk, request))
        except desk.DeskRefused as error:
            refused = str(error)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"refused": refused})
        if refused:
            messages.error(request, refused)
        return redirect("admin:chatbot_inbox_change", pk)


def _do(deed: str, pk: uuid.UUID, request: HttpRequest) -> list[Frame]:
    user, sent = request.user, request.POST
    match deed:
        case "take":
            return desk.take(pk, user)
        case "say":
            client_id, by_letter = _uuid(sent.get("client_id", "")), bool(sent.get("by_letter"))
            return desk.say(pk, user, client_id, sent.get("text", ""), by_letter)
        case "handed_back" | "closed":
            return desk.end(pk, user, deed)
        case "transfer":
            colleague = sent.get("colleague", "")
            return desk.transfer(pk, user, number(colleague) or 0)
        case "note":
            desk.note(pk, user, sent.get("text", ""))
    return []


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        told = gettext("client_id=%(text)s is no UUID; reload the page and send it again.")
        raise desk.DeskRefused(told % {"text": text}) from error


def _line(user: Any) -> dict[str, Any]:
    """Who waits, who is mine, who is with colleagues; who of the team is there."""
    held = Conversation.objects.filter(state=Conversation.State.PERSON)
    cards = _cards(held.order_by("waiting_since", "pk"))
    waiting = _cards(line.waiting())
    mine = [card for card in cards if card["held"] and card["held"].person_id == user.pk]
    others = [card for card in cards if card not in mine]
    roster = [(person, here, person.pk == user.pk) for person, here in line.roster()]
    return {"waiting": waiting, "mine": mine, "others": others, "roster": roster}


def _cards(chats: QuerySet[Conversation]) -> list[dict[str, Any]]:
    return [_card(chat) for chat in summary.lined_up(chats).prefetch_related(HELD)]


def _card(chat: Any) -> dict[str, Any]:
    held = chat.held[0] if chat.held else None
    start = held.taken_at if held else chat.waiting_since or chat.created_at
    since = timesince(start) if timezone.now() - start > MOMENT else gettext("just now")
    why = summary.because(chat.acts)
    return {"chat": chat, "held": held, "why": why, "from": start, "since": since}


def _desk(chat: Conversation, user: Any) -> dict[str, Any]:
    """Everything the desk shows of a conversation."""
    held = chat.takeovers.filter(ended_at=None).first()
    colleagues = list(line.colleagues().exclude(pk=user.pk))
    there = line.present(colleagues)
    return {
        "chat": chat, "held": held, "mine": bool(held and held.person_id == user.pk),
        "turns": transcript(chat), "summary": summary.of(chat), "why": summary.why(chat),
        "address": contact.address(chat), "place": line.place(chat),
        "notes": chat.notes.select_related("author"),
        "colleagues": [(c, c.pk in there) for c in colleagues], "version": _version(chat),
    }  # fmt: skip


def _version(chat: Conversation) -> str:
    told = Remark.objects.filter(turn__conversation=chat, letter__in=("sent", "failed")).count()
    return f"{chat.last_seq}.{chat.notes.count()}.{told}.{contact.address(chat)}"

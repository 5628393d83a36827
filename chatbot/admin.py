"""The staff's pages: conversations, the review queue, the ledger."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, Count, QuerySet, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from . import ledger
from .models import Conversation, LedgerEntry, Reply, Review
from .review import queue

STATE_COLORS = {"open": "warning", "claimed": "info", "closed": "success"}


class ReadOnlyAdmin(ModelAdmin):
    """Rows that staff look at and nobody edits by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Conversation)
class ConversationAdmin(ReadOnlyAdmin):
    """Every chat with its transcript."""

    list_display = ("short_id", "who", "state", "turn_count", "created_at")
    list_filter = ("state", "created_at")
    search_fields = ("turns__reply__receipt", "shopper__email")
    change_form_template = "admin/chatbot/conversation/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        rows: QuerySet[Conversation] = super().get_queryset(request)
        return rows.select_related("shopper").annotate(turn_number=Count("turns"))

    @display(description=_("conversation"))
    def short_id(self, chat: Conversation) -> str:
        return str(chat)

    @display(description=_("shopper"))
    def who(self, chat: Conversation) -> str:
        return chat.shopper.email if chat.shopper else gettext("guest")

    @display(description=_("turns"), ordering="turn_number")
    def turn_count(self, chat: Conversation) -> int:
        return int(chat.turn_number)  # type: ignore[attr-defined]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        chat = self.get_object(request, object_id)
        context = {"chat": chat, "turns": transcript(chat)} if chat else {}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))


def transcript(chat: Conversation) -> list[dict[str, Any]]:
    """The turns of a conversation, each with its reply, if it has one."""
    replies = {
        r.turn_id: r
        for r in Reply.objects.filter(turn__conversation=chat).select_related("feedback")
    }
    return [{"turn": turn, "reply": replies.get(turn.pk)} for turn in chat.turns.all()]


class Mine(admin.SimpleListFilter):
    """Reviews that I have claimed."""

    title = _("claimed by")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", _("Me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Review]) -> QuerySet[Review]:
        return queryset.filter(claimed_by=request.user.pk) if self.value() else queryset


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    """The review queue: what to look at, and the page where it is judged."""

    list_display = ("what", "reason_badge", "state_badge", "claimed_by", "created_at", "verdict")
    list_filter = ("state", "reason", "verdict", Mine, "created_at")
    list_filter_submit = False
    search_fields = ("reply__receipt",)
    ordering = ("state", "created_at")
    change_form_template = "admin/chatbot/review/change_form.html"
    change_list_template = "admin/chatbot/review/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        rows: QuerySet[Review] = super().get_queryset(request)
        # Open ones first, closed ones last; the words do not sort that way by themselves.
        order = Case(When(state="open", then=0), When(state="claimed", then=1), default=2)
        return rows.select_related("reply__turn", "claimed_by").order_by(order, "created_at")

    @display(description=_("question"))
    def what(self, review: Review) -> str:
        return review.reply.turn.text[:80] or gettext("erased")

    @display(description=_("reason"), label=True)
    def reason_badge(self, review: Review) -> str:
        return review.get_reason_display()

    @display(description=_("state"), label=STATE_COLORS, ordering="state")
    def state_badge(self, review: Review) -> tuple[str, str]:
        return review.state, review.get_state_display()

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("next/", self.admin_site.admin_view(self.next_view), name="chatbot_review_next"),
            path(
                "<int:pk>/do/<str:deed>/", self.admin_site.admin_view(self.deed_view),
                name="chatbot_review_deed",
            ),
        ]  # fmt: skip
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        counts = dict(Review.objects.values_list("state").annotate(n=Count("pk")))
        return super().changelist_view(request, {"counts": counts} | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        review = self.get_object(request, object_id)
        context: dict[str, Any] = {}
        if review is not None:
            chat = review.reply.turn.conversation
            context = {
                "review": review, "reply": review.reply, "chat": chat, "turns": transcript(chat),
                "mine": review.claimed_by == request.user, "may_decide": self._may(request),
                "used": used_facts(review.reply),
            }  # fmt: skip
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def _may(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("chatbot.decide_review"))

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """Claim the oldest open review and go there."""
        if request.method != "POST" or not self._may(request):
            return HttpResponse(status=403)
        review = queue.claim_next(request.user)
        if review is None:
            messages.info(request, gettext("The queue is empty. Well done."))
            return redirect("admin:chatbot_review_changelist")
        return redirect("admin:chatbot_review_change", review.pk)

    def deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Claim, release, decide or undo, then back to the review."""
        if request.method != "POST" or not self._may(request):
            return HttpResponse(status=403)
        try:
            _do(deed, Review.objects.get(pk=pk), request)
        except (queue.ReviewRefused, Review.DoesNotExist) as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:chatbot_review_change", args=[pk]))


def _do(deed: str, review: Review, request: HttpRequest) -> None:
    match deed:
        case "claim":
            queue.claim(review, request.user)
        case "release":
            queue.release(review, request.user)
        case "undo":
            queue.reopen(review, request.user, ledger.record_review)
        case "decide":
            queue.decide(
                review, request.user, request.POST.get("verdict", ""), ledger.record_review,
                correction=request.POST.get("correction", ""),
                comment=request.POST.get("comment", ""),
            )  # fmt: skip
            messages.success(request, gettext("Decided and recorded."))
    ledger.seal()


def used_facts(reply: Reply) -> list[dict[str, Any]]:
    """The facts the reply's acts rest on, each once, in order."""
    facts = [fact for act in reply.acts for fact in act["facts"]]
    return list({fact["source"]: fact for fact in facts}.values())


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

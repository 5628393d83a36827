"""The review queue: what to look at, and where it is judged."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chatbot import doorbell, ledger
from chatbot.holding import lines, release
from chatbot.models import Frame, Hold, Review, shown_name
from chatbot.review import answers, golden, letters, queue

from . import evidence
from .answers import AnswerPages
from .conversations import transcript
from .golden import GoldenPages
from .paging import KeysetAdmin, counted
from .standing import Standing, chosen_part

STATE_COLORS = {"open": "warning", "claimed": "info", "closed": "success"}
URGENCY_COLORS = dict.fromkeys(Review.Priority.values, "default") | {
    Review.Priority.NOW: "danger", Review.Priority.URGENT: "danger",
    Review.Priority.HIGH: "warning",
}  # fmt: skip


class OfReviews(Standing):
    """Where a review stands."""

    parts: ClassVar = {
        "open": _("Open"), "mine": _("Claimed by me"), "claimed": _("Claimed"),
        "closed": _("Decided"),
    }  # fmt: skip

    @staticmethod
    def within(part: str, user: Any) -> Q:
        return Q(state="claimed", claimed_by=user.pk) if part == "mine" else Q(state=part)


@admin.register(Review)
class ReviewAdmin(AnswerPages, GoldenPages, KeysetAdmin):
    """The review queue: what to look at, and the page where it is judged."""

    list_display = ("what", "urgency", "reason_badge", "waits", "created_at")
    list_filter = (OfReviews, "priority", "reason", "verdict", "created_at")
    search_fields = ("reply__receipt",)
    search_help_text = _("Receipt of the reply")
    change_form_template = "admin/chatbot/review/change_form.html"
    change_list_template = "admin/chatbot/review/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        rows: QuerySet[Review] = super().get_queryset(request)
        return rows.select_related("reply__turn", "reply__hold", "claimed_by", "closed_by")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """What is worth telling of the part that is shown."""
        match chosen_part(request, OfReviews.parts):
            case "open" | "mine":
                return self.list_display
            case "claimed":
                return (*self.list_display, "claimed_by")
            case "closed":
                return ("what", "reason_badge", "verdict", "closed_by", "closed_at")
        return ("what", "urgency", "reason_badge", "state_badge", "claimed_by", "verdict")

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        decided = chosen_part(request, OfReviews.parts) == "closed"
        return ("-closed_at", "-pk") if decided else queue.ORDER

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Review], search_term: str
    ) -> tuple[QuerySet[Review], bool]:
        term = search_term.strip().upper()
        return (queryset.filter(reply__receipt=term) if term else queryset), False

    @display(description=_("question"))
    def what(self, review: Review) -> str:
        return review.reply.turn.text[:80] or gettext("erased")

    @display(description=_("urgency"), label=URGENCY_COLORS)
    def urgency(self, review: Review) -> tuple[int, str]:
        return review.priority, review.get_priority_display()

    @display(description=_("reason"), label=True)
    def reason_badge(self, review: Review) -> str:
        return review.get_reason_display()

    @display(description=_("shopper waits"))
    def waits(self, review: Review) -> str:
        """Until when, as far as it is one of those: then it is said without staff."""
        hold = getattr(review.reply, "hold", None)
        if hold is None or hold.ended_at:
            return ""
        return render_to_string("admin/chatbot/review/until.html", {"hold": hold})

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
        waiting = Review.objects.filter(state=Review.State.OPEN)
        context = {
            "waiting": counted(waiting),
            "urgent": counted(waiting.filter(priority__lte=Review.Priority.URGENT)),
            "parts": OfReviews.parts, "part": chosen_part(request, OfReviews.parts),
        }  # fmt: skip
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        review = self.get_object(request, object_id)
        context = _page(review, request.user) if review else {}
        context |= {"may_decide": self._may(request), "may_publish": self.may_publish(request)}
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
            doorbell.ring(_do(deed, Review.objects.get(pk=pk), request))
        except (queue.ReviewRefused, Review.DoesNotExist) as error:
            messages.error(request, str(error))
            if written := request.POST.get("correction", "").strip():
                messages.info(request, gettext("You had written: %s") % written)
        return HttpResponseRedirect(reverse("admin:chatbot_review_change", args=[pk]))


def _page(review: Review, user: Any) -> dict[str, Any]:
    """Everything that the page of a review shows."""
    reply, chat = review.reply, review.reply.turn.conversation
    used = evidence.used_facts(reply)
    found = evidence.claims(reply, used)
    hold = Hold.objects.filter(reply=reply).select_related("ended_by").first()
    unsent = _would_say(hold, Hold.Ending.CORRECTED)
    return {
        "hold": hold, "waiting": bool(hold and not hold.ended_at),
        "review": review, "reply": reply, "chat": chat, "turns": transcript(chat), "used": used,
        "sentences": evidence.drafted(reply, found, _would_say(hold)), "claims": found,
        "prompts": evidence.prompts(reply),
        "changed": evidence.change(reply, review.correction, unsent) if review.correction else (),
        "also": [Review.Reason(reason).label for reason in review.also],
        "mine": review.claimed_by == user, "faults": Review.Fault.choices,
        "name": shown_name(user), "has_address": letters.address(reply) != "",
        "made": answers.made_of(review), "may_be_golden": golden.may_become(review),
        "cases": golden.of_review(review),
        "undo_minutes": queue.UNDO_LASTS.seconds // 60,
    }  # fmt: skip


def _would_say(hold: Hold | None, ending: str = "") -> str:
    """What a reply that waits, or has ended so, would say; none of its words has been shown."""
    return lines.shown(lines.read(hold.lines)) if hold and hold.ending == ending else ""


def _do(deed: str, review: Review, request: HttpRequest) -> list[Frame]:
    """The frames by which the shopper hears of it; most deeds are none of theirs."""
    frames: list[Frame] = []
    match deed:
        case "claim":
            queue.claim(review, request.user)
        case "release":
            queue.release(review, request.user)
        case "undo":
            frames = queue.reopen(review, request.user)
        case "decide":
            frames = _decide(review, request)
    ledger.seal()
    return frames


def _decide(review: Review, request: HttpRequest) -> list[Frame]:
    sent = request.POST
    rejected = Review.Verdict.REJECTED if "fault" in sent else ""  # its button says what is wrong
    frames = release.decide(
        review, request.user, sent.get("verdict", rejected), meant="waiting" in sent,
        correction=sent.get("correction", ""), comment=sent.get("comment", ""),
        fault=sent.get("fault", ""),
    )  # fmt: skip
    told, silent = (
        gettext("Decided, recorded and told to the shopper."),
        gettext("Decided and recorded."),
    )
    messages.success(request, told if frames else silent)
    return frames

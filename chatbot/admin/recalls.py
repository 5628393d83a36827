"""Recalls: what is wrong, everybody who was told it, and how far telling them is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chatbot import ledger
from chatbot.models import Correction, Recall, Recipient, ToldClaim, shown_name
from chatbot.recall import changes, opening, register, search, sending, wording
from chatbot.recall.refusal import RecallRefused
from chatbot.review import letters
from chatbot.review.queue import UNDO_LASTS
from storefront.given import number
from storefront.staff import ReadOnlyAdmin

from .claims import Search, window

MOST = 50  # recalls or recipients a page
PICKS = ("source", "field", "value", "days", *Search.base_fields)  # by which claims are picked


class Opening(forms.Form):
    """What a recall says."""

    reason = forms.CharField(
        label=_("What is wrong, for colleagues and the record (name no shopper)"),
        max_length=1000, widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    right = forms.CharField(
        label=_("What is right, as shoppers will read it"), max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("The right price, if it is one (it serves to estimate what this may cost)"),
        min_value=0, max_digits=12, decimal_places=2, required=False,
    )  # fmt: skip


@admin.register(Recall)
class RecallAdmin(ReadOnlyAdmin):
    """Lists recalls; the page of one shows all who were told, sends it and says how far it is."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("chatbot.decide_review"))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("new/", wrap(self.new_view), name="chatbot_recall_new"),
            path("<int:pk>/live/", wrap(self.live_view), name="chatbot_recall_live"),
            path("<int:pk>/do/<str:deed>/", wrap(self.deed_view), name="chatbot_recall_deed"),
        ]
        return own + super().get_urls()

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        before = number(request.GET.get("before", ""))
        rows = Recall.objects.select_related("opened_by")
        some = list((rows.filter(pk__lt=before) if before else rows)[: MOST + 1])
        older = some[MOST - 1].pk if len(some) > MOST else None
        shown = [(recall, _money(recall, recall.exposure)) for recall in some[:MOST]]
        context = {"recalls": shown, "older": older, "newest": not before, "title": _("Recalls")}
        return self._page(request, "change_list", context)

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """Say what is wrong and what is right, and open a draft."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        change, claims = _picked(asked)
        if claims is None:
            return _look_again(request, bool(asked.get("source")))
        form = Opening(
            request.POST or None, initial=_initial(change), label_suffix="", prefix="say"
        )
        recall = _opened(form, change, claims, request.user) if form.is_valid() else None
        if recall:
            return redirect("admin:chatbot_recall_change", recall.pk)
        return self._page(request, "new", _asking(form, change, claims, asked))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = Recall.objects.select_related("opened_by", "sent_by", "withdrawn_by")
        recall = get_object_or_404(rows, pk=number(object_id) or 0)
        after = number(request.GET.get("after", "")) or 0
        context = _shown(recall) | _recipients(recall, after)
        context |= {"name": shown_name(request.user), "title": _("Recall")}
        return self._page(request, "change_form", context)

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return TemplateResponse(request, f"admin/chatbot/recall/{name}.html", context)

    def live_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far it is, for the page that shows it."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        context = _far(get_object_or_404(Recall, pk=pk))
        if request.GET.get("after") == context["version"]:
            return JsonResponse({"version": context["version"], "html": ""})
        html = render_to_string("admin/chatbot/recall/progress.html", context)
        return JsonResponse({"version": context["version"], "html": html})

    def deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Word, send or withdraw it, then back to its page."""
        if request.method != "POST" or not self.has_view_permission(request):
            return HttpResponse(status=403)
        try:
            told = _do(deed, get_object_or_404(Recall, pk=pk), request)
            messages.success(request, told)
        except RecallRefused as error:
            messages.error(request, str(error))
        here = reverse("admin:chatbot_recall_change", args=[pk])
        after = number(request.POST.get("after", ""))
        return HttpResponseRedirect(f"{here}?after={after}" if after else here)


def _do(deed: str, recall: Recall, request: HttpRequest) -> str:
    """Do it, and say so."""
    user, posted, told = request.user, request.POST, gettext("Saved.")
    match deed:
        case "word":
            sending.word(recall, posted.get("message", ""))
        case "one":
            which, left_out = number(posted.get("recipient", "")), bool(posted.get("left_out"))
            if which:
                sending.word_one(recall, which, posted.get("text", ""), left_out, user)
        case "send":
            if "message" in posted:  # what stands in the field is what is sent
                sending.word(recall, posted["message"])
            sending.send(recall, user)
            told = gettext("It is on its way; this page shows how far it is.")
        case "withdraw":
            sending.withdraw(recall, user)
            told = gettext("Withdrawn. Whoever had been told hears of that as well.")
    ledger.seal()
    return told


def _picked(asked: Any) -> tuple[changes.Change | None, QuerySet[ToldClaim] | None]:
    """The changed value that was picked, if it was one, and the claims it is about; no claims
    where nothing was picked."""
    if asked.get("source"):
        what = (asked["source"], asked.get("field", ""), asked.get("value", ""))
        days = window(asked.get("days", ""))
        change = changes.change(*what, days)
        return change, changes.tellings(*what, days) if change else None
    form = Search(asked)
    if not form.is_valid() or form.wanted() == search.Wanted():
        return None, None
    return None, search.fitting(form.wanted())


def _opened(
    form: Opening, change: changes.Change | None, claims: QuerySet[ToldClaim], user: Any
) -> Recall | None:
    """The draft; None where it is refused, which the form then says."""
    try:
        recall = opening.open_recall(
            user, opening.Wrong(**form.cleaned_data, change=change), claims
        )
    except RecallRefused as error:
        form.add_error(None, str(error))
        return None
    ledger.seal()
    return recall


def _look_again(request: HttpRequest, was_change: bool) -> HttpResponse:
    """Back to where claims are picked, and why."""
    if was_change:
        messages.error(request, gettext("The shop says that again today; nothing has changed."))
        return redirect("admin:chatbot_toldclaim_changes")
    messages.error(request, gettext("Search for the claims that are wrong first."))
    return redirect("admin:chatbot_toldclaim_changelist")


def _initial(change: changes.Change | None) -> dict[str, Any]:
    if change is None or not change.now:
        return {}
    currency = register.shop_currency()
    minor = register.minor(change.now, currency) if change.field in opening.OFFERS else None
    amount = None if minor is None else register.in_major(minor, currency)
    reason = gettext("%(title)s: it has changed since it was told.") % {"title": change.title}
    return {"reason": reason, "right": change.now, "amount": amount}


def _asking(
    form: Opening, change: changes.Change | None, claims: QuerySet[ToldClaim], asked: Any
) -> dict[str, Any]:
    """What the page shows on which a recall is opened."""
    kept = [(name, asked[name]) for name in PICKS if asked.get(name)]
    return {
        "form": form, "change": change, "kept": kept, "back": urlencode(kept),
        "examples": claims.order_by("-pk")[:3], "number": opening.shoppers(claims),
        "title": _("New recall"),
    }  # fmt: skip


def _shown(recall: Recall) -> dict[str, Any]:
    """A recall itself: what it says, what it may cost and how far it is."""
    unknown = recall.recipients.filter(amount=None).count()
    return _far(recall) | {
        "recall": recall, "exposure": _money(recall, recall.exposure), "unknown": unknown,
        "right_price": _money(recall, recall.amount), "draft": recall.state == Recall.State.DRAFT,
        "withdrawable": sending.withdrawable(recall), "undo_minutes": UNDO_LASTS.seconds // 60,
    }  # fmt: skip


def _far(recall: Recall) -> dict[str, Any]:
    """How far telling, or taking back, is."""
    counts, left = sending.progress(recall), sending.left(recall)
    total = sum(counts.values())
    version = ".".join(str(number) for number in (recall.state, left, *counts.values()))
    return {"counts": counts, "total": total, "done": total - left, "left": left,
            "version": version, "recall": recall}  # fmt: skip


def _recipients(recall: Recall, after: int) -> dict[str, Any]:
    """The next recipients, each with what they read and how they heard of it."""
    rows = recall.recipients.filter(pk__gt=after).order_by("pk")
    some = list(rows.select_related("conversation__shopper", "reply__turn__shopper")[: MOST + 1])
    told = Correction.objects.filter(recall=recall, reply__in=[r.reply_id for r in some])
    heard = {correction.reply_id: correction for correction in told}
    shown = [_recipient(recall, row, heard.get(row.reply_id)) for row in some[:MOST]]
    more = some[MOST - 1].pk if len(some) > MOST else None
    return {"recipients": shown, "after": after, "more": more}


def _recipient(recall: Recall, row: Recipient, told: Correction | None) -> dict[str, Any]:
    return {
        "row": row, "text": told.text if told else wording.text(recall, row),
        "exposure": _money(recall, row.amount), "told": [told] if told else [],
        "has_address": letters.address(row.reply) != "",
    }  # fmt: skip


def _money(recall: Recall, amount: int | None) -> str:
    """As people read it; empty where there is none."""
    return "" if amount is None else register.written(amount, recall.currency)

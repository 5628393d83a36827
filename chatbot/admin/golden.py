"""Golden cases: made of a review by one form, listed, switched and deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from chatbot import ledger, trials
from chatbot.models import GoldenCase, Review
from chatbot.review import golden
from chatbot.review.refusal import ReviewRefused
from storefront.given import number
from storefront.staff import ReadOnlyAdmin

OUTCOMES = {
    "": _("any"), "answered": _("answered"), "clarified": _("asks back"),
    "declined": _("says it does not know, or may not"), "handed_off": _("hands over to a person"),
    "identity_required": _("asks who it is"), "action_offered": _("offers an action"),
}  # fmt: skip


class OneALine(forms.CharField):
    """Several texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class Making(forms.Form):
    """What is asked, and what of the answer matters."""

    questions = OneALine(
        label=_("What the shopper wrote"), max_length=8000,
        help_text=_("One message a line. The last one is answered; those before it lead there."),
    )  # fmt: skip
    page = forms.CharField(label=_("On the page of product"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Right answer"), widget=forms.Textarea(attrs={"rows": 4}), max_length=8000
    )
    outcome = forms.ChoiceField(
        label=_("How it ends"), choices=list(OUTCOMES.items()), required=False
    )
    must_state = OneALine(
        label=_("It has to say"), max_length=4000, required=False,
        help_text=_("One a line, word for word: an amount, a number, a name."),
    )  # fmt: skip
    must_not = OneALine(label=_("It must not say"), max_length=4000, required=False)
    confirmed = forms.BooleanField(
        label=_("I have read it: nobody can be told from it."),
        error_messages={"required": _("Read it first: no name, address or order may stand in it.")},
    )

    def wanted(self) -> golden.Wanted:
        """What was filled in."""
        return golden.Wanted(**{k: v for k, v in self.cleaned_data.items() if k != "confirmed"})


class GoldenPages(ModelAdmin):
    """The page of a review on which it becomes a golden case."""

    def get_urls(self) -> list[URLPattern]:
        form = self.admin_site.admin_view(self.golden_view)
        own = path("<int:pk>/golden/", form, name="chatbot_review_golden")
        return [own, *super().get_urls()]

    def golden_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form, and what it sends."""
        if not request.user.has_perm("chatbot.decide_review"):
            return HttpResponse(status=403)
        review = get_object_or_404(Review.objects.select_related("reply__turn"), pk=pk)
        if request.method == "POST":
            form = Making(request.POST, label_suffix="")
        else:
            form = Making(initial=vars(golden.proposed(review)), label_suffix="")
        if form.is_bound and form.is_valid() and _make(review, form, request):
            return redirect("admin:chatbot_review_change", pk)
        context = self.admin_site.each_context(request) | {"opts": self.opts, "form": form}
        context |= {"title": _("Make it a golden case"), "review": review}
        return TemplateResponse(request, "admin/chatbot/review/golden.html", context)


def _make(review: Review, form: Making, request: HttpRequest) -> bool:
    try:
        golden.make(review, request.user, form.wanted())
    except ReviewRefused as error:
        form.add_error(None, str(error))
        return False
    ledger.seal()
    messages.success(request, gettext("Kept: every engine is tried by it from now on."))
    return True


@admin.register(GoldenCase)
class GoldenCaseAdmin(ReadOnlyAdmin):
    """What every engine has to get right, newest first."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("chatbot.decide_review"))

    def get_urls(self) -> list[URLPattern]:
        deed = self.admin_site.admin_view(self.deed_view)
        own = path("<int:pk>/do/<str:deed>/", deed, name="chatbot_goldencase_deed")
        return [own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        before = number(request.GET.get("before", ""))
        cases, last = golden.some(before)
        context = self.admin_site.each_context(request) | {"opts": self.opts, "cases": cases}
        context |= {"title": _("Golden cases"), "newest": not before, "outcomes": OUTCOMES}
        context |= {"older": f"?before={last}" if last else ""}
        setup, trial = trials.standing()
        context |= {"setup": setup, "trial": trial, "trials": trials.newest()}
        return TemplateResponse(request, "admin/chatbot/goldencase/change_list.html", context)

    def deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Switch a case on or off, or delete it."""
        if request.method != "POST" or not self.has_view_permission(request):
            return HttpResponse(status=403)
        case = get_object_or_404(GoldenCase, pk=pk)
        match deed:
            case "on" | "off":
                golden.switch(case, request.user, deed == "on")
            case "delete":
                golden.remove(case, request.user)
        ledger.seal()
        return redirect("admin:chatbot_goldencase_changelist")

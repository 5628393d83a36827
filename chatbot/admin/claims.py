"""The claim register: what shoppers were told, to be searched."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from chatbot.models import ToldClaim
from chatbot.recall import changes, search
from storefront.given import number
from storefront.staff import ReadOnlyAdmin

KINDS = {
    "": _("any"), "money": _("amount of money"), "percent": _("percentage"), "date": _("date"),
    "stock": _("stock"), "quote": _("quotation"), "prose": _("statement"), "answer": _("yes or no"),
    "promise": _("promise"), "free": _("free of charge"), "reduction": _("reduction"),
    "quantity": _("measure"), "number": _("number"), "count": _("count"), "product": _("product"),
    "comparison": _("comparison"), "code": _("promotion code"), "order": _("order number"),
    "order_state": _("state of an order"), "field": _("detail of an order"),
    "contact": _("contact"), "urgency": _("urgency"),
}  # fmt: skip


WINDOWS = (30, changes.DAYS, 365)  # days back


class Day(forms.DateInput):
    """A date, picked in the browser."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")  # whatever the reader's language


class Search(forms.Form):
    """What is looked for in the register."""

    page = forms.CharField(label=_("Product, article or order"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()), required=False)
    amount = forms.DecimalField(
        label=_("Amount"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    words = forms.CharField(label=_("Words"), max_length=200, required=False)
    since = forms.DateField(label=_("From"), widget=Day(), required=False)
    until = forms.DateField(label=_("Until"), widget=Day(), required=False)

    def wanted(self) -> search.Wanted:
        """What was filled in."""
        return search.Wanted(**{k: v for k, v in self.cleaned_data.items() if v is not None})


@admin.register(ToldClaim)
class ToldClaimAdmin(ReadOnlyAdmin):
    """Every claim that a shopper was told, with its sentence, its source and its receipt."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("chatbot.decide_review"))

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "changes/", self.admin_site.admin_view(self.changes_view),
            name="chatbot_toldclaim_changes",
        )  # fmt: skip
        return [own, *super().get_urls()]

    def changes_view(self, request: HttpRequest) -> HttpResponse:
        """What shoppers were told and what is another today."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        days = window(request.GET.get("days", ""))
        context = self.admin_site.each_context(request) | {"opts": self.opts, "windows": WINDOWS}
        context |= {"title": _("Changed since"), "days": days, "changes": _changed(days)}
        context["most"] = changes.MOST
        return TemplateResponse(request, "admin/chatbot/toldclaim/changes.html", context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | _found(
            Search(request.GET, label_suffix=""), request
        )
        context |= {"title": _("Claims"), "opts": self.opts}
        return TemplateResponse(request, "admin/chatbot/toldclaim/change_list.html", context)


def _found(form: Search, request: HttpRequest) -> dict[str, Any]:
    """The claims that fit what was filled in, and the address of the older ones."""
    if not form.is_valid():
        return {"form": form, "claims": []}
    before = number(request.GET.get("before", ""))
    claims, last = search.find(form.wanted(), before)
    asked = {name: value for name, value in request.GET.items() if name != "before" and value}
    older = f"?{urlencode(asked | {'before': str(last)})}" if last else ""
    return {
        "form": form, "claims": claims, "older": older, "kinds": KINDS, "newest": not before,
        "asked": urlencode(asked),
    }  # fmt: skip


def _changed(days: int) -> list[dict[str, Any]]:
    """What has changed, with the recall there is of it or what opens one."""
    found = changes.changes(days)
    known = changes.recalled(found)
    rows = []
    for change in found:
        what = {"source": change.source, "field": change.field, "value": change.told}
        recall = known.get((change.source, change.field, change.told))
        asked = urlencode(what | {"days": days})
        rows.append({"change": change, "recall": recall, "asked": asked})
    return rows


def window(text: str) -> int:
    """How many days back somebody looks."""
    days = number(text)
    return days if days in WINDOWS else changes.DAYS

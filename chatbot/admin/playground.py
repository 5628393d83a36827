"""The playground: try the assistant as a guest without a trace, or as a customer, on record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chatbot import playground
from chatbot.models import Guise, Playground, Reply
from storefront.staff import ReadOnlyAdmin

from . import evidence
from .paging import KeysetAdmin


class Try(forms.Form):
    """What is asked, by whom, on which page."""

    text = forms.CharField(
        label=_("Message"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autofocus": True}),
    )  # fmt: skip
    shopper = forms.EmailField(
        label=_("Shopper's e-mail address"),
        required=False,
        help_text=_("empty: a guest; who tried as whom is recorded, without the question"),
    )
    page = forms.CharField(
        label=_("Product page"), max_length=200, required=False,
        help_text=_("the product's handle, as in its address; empty: no product"),
    )  # fmt: skip

    def __init__(self, *args: Any, as_customer: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not as_customer:
            del self.fields["shopper"]

    def clean_shopper(self) -> int | None:
        try:
            return playground.shopper(self.cleaned_data["shopper"])
        except playground.UnknownShopper as error:
            raise forms.ValidationError(str(error)) from error


@admin.register(Playground)
class PlaygroundAdmin(ReadOnlyAdmin):
    """One page: the form, and below it the reply laid open."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("chatbot.decide_review"))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("", wrap(self.changelist_view), name="chatbot_playground_changelist")]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may = request.user.has_perm("chatbot.try_as_customer")
        if not self.has_view_permission(request) or (request.POST.get("shopper") and not may):
            raise PermissionDenied
        form = Try(request.POST or None, label_suffix="", as_customer=may)
        context = self.admin_site.each_context(request) | {"form": form, "opts": self.opts}
        context |= {"title": _("Playground")}
        if form.is_valid():
            asked = form.cleaned_data["text"]
            context |= _laid_open(_reply(request.user, **form.cleaned_data)) | {"asked": asked}
        return TemplateResponse(request, "admin/chatbot/playground/change_list.html", context)


@admin.register(Guise)
class GuiseAdmin(KeysetAdmin):
    """Who tried as which customer, for whoever has to account for it. The address is today's, of
    the shop's accounts: it is not kept with the try."""

    list_display = ("tried_at", "by", "customer")
    list_display_links = None
    list_select_related = ("by",)
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Guise]:
        accounts = get_user_model().objects.filter(pk=OuterRef("shopper"))
        rows: QuerySet[Guise] = super().get_queryset(request)
        return rows.annotate(address=Subquery(accounts.values("email")[:1]))

    @display(description=_("customer"))
    def customer(self, guise: Any) -> str:
        return f"{guise.shopper} · {guise.address}" if guise.address else str(guise.shopper)


def _reply(user: Any, text: str, page: str, shopper: int | None = None) -> Reply:
    """The reply to try; as a customer only once that is on record."""
    if shopper:
        playground.note(user, shopper)
    return playground.answer(text, page, shopper)


def _laid_open(reply: Reply) -> dict[str, Any]:
    """The reply as a reviewer reads one."""
    used = evidence.used_facts(reply)
    found = evidence.claims(reply, used)
    sentences = evidence.drafted(reply, found)
    return {"reply": reply, "used": used, "claims": found, "sentences": sentences}

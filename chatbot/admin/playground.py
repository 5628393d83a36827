"""The playground: try the assistant as any shopper, without a trace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from chatbot import playground
from chatbot.models import Playground, Reply

from . import evidence
from .pages import ReadOnlyAdmin


class Try(forms.Form):
    """What is asked, by whom, on which page."""

    text = forms.CharField(
        label=_("Message"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autofocus": True}),
    )  # fmt: skip
    shopper = forms.EmailField(
        label=_("Shopper's e-mail address"), required=False, help_text=_("empty: a guest")
    )
    page = forms.CharField(
        label=_("Product page"), max_length=200, required=False,
        help_text=_("the product's handle, as in its address; empty: no product"),
    )  # fmt: skip

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
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = Try(request.POST or None, label_suffix="")
        context = self.admin_site.each_context(request) | {"form": form, "opts": self.opts}
        context |= {"title": _("Playground")}
        if form.is_valid():
            tried = form.cleaned_data
            reply = playground.answer(tried["text"], tried["page"], tried["shopper"])
            context |= _laid_open(reply) | {"asked": tried["text"]}
        return TemplateResponse(request, "admin/chatbot/playground/change_list.html", context)


def _laid_open(reply: Reply) -> dict[str, Any]:
    """The reply as a reviewer reads one."""
    used = evidence.used_facts(reply)
    found = evidence.claims(reply, used)
    sentences = evidence.drafted(reply, found)
    return {"reply": reply, "used": used, "claims": found, "sentences": sentences}

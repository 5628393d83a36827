"""Many product texts at once: asked for by a form, written beside everything else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from chatbot import commissions, studio
from chatbot.models import ProductText, language_name

PAGES = "admin/chatbot/producttext"
ALL = [("", _("all"))]
DEEDS = {"pause": commissions.pause, "on": commissions.go_on, "end": commissions.end}


class Asking(forms.Form):
    """Which texts about which products."""

    department = forms.ChoiceField(label=_("Department"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    named = forms.CharField(
        label=_("Or these products only"), required=False, max_length=100_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line: title or page address. The choices above are left aside then."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Kinds"), choices=ProductText.Kind, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one kind of text.")},
    )  # fmt: skip
    tone = forms.ChoiceField(label=_("Tone"), choices=list(studio.TONES.items()))
    length = forms.ChoiceField(
        label=_("Length"), choices=list(studio.LENGTHS.items()), initial="usual"
    )
    language = forms.ChoiceField(
        label=_("Language"), initial=studio.SOURCE,
        help_text=_(
            "Another language than English is translated from the English text, which is written "
            "first where none stands; the bundled copywriter writes English only."
        ),
    )  # fmt: skip
    audience = forms.CharField(
        label=_("For whom"), required=False, max_length=80,
        help_text=_(
            "In a few words, such as “first-time campers”; empty: everybody. The bundled "
            "copywriter writes for everybody."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, found in zip(("department", "tag"), commissions.choices(), strict=True):
            self.fields[name].choices = ALL + [(one, one) for one in found]  # type: ignore[attr-defined]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, language_name(code)) for code in studio.LANGUAGES
        ]

    def which(self) -> commissions.Which:
        """The products that are meant."""
        told = self.cleaned_data
        named = tuple(line.strip() for line in told["named"].splitlines() if line.strip())
        return commissions.Which(told["department"], told["tag"], named)


class CommissionPages(ModelAdmin):
    """One page: the form, what is being written, what was."""

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "chatbot_producttext_commission"
        own = [
            path("commission/", wrap(self.commission_view), name=name),
            path("commission/live/", wrap(self.commission_live_view), name=f"{name}_live"),
            path("commission/<int:pk>/do/<str:deed>/", wrap(self.commission_deed_view),
                 name=f"{name}_deed"),
        ]  # fmt: skip
        return own + super().get_urls()

    def _may_commission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("chatbot.write_text"))

    def commission_view(self, request: HttpRequest) -> HttpResponse:
        """The form, and what it sends."""
        if not self._may_commission(request):
            raise PermissionDenied
        form = Asking(request.POST or None, label_suffix="")
        if form.is_valid() and _begin(form, request):
            return redirect("admin:chatbot_producttext_commission")
        context = self.admin_site.each_context(request) | _far() | {"form": form}
        context |= {"title": _("Have texts written"), "opts": self.opts}
        return TemplateResponse(request, f"{PAGES}/commission.html", context)

    def commission_live_view(self, request: HttpRequest) -> HttpResponse:
        """How far it is, for the page that shows it."""
        if not self._may_commission(request):
            return HttpResponse(status=403)
        context = _far()
        same = request.GET.get("after") == context["mark"]
        html = "" if same else render_to_string(f"{PAGES}/progress.html", context, request)
        return JsonResponse({"version": context["mark"], "html": html})

    def commission_deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Pause, go on, or end."""
        if request.method != "POST" or deed not in DEEDS or not self._may_commission(request):
            return HttpResponse(status=403)
        DEEDS[deed](pk)
        return redirect("admin:chatbot_producttext_commission")


def _begin(form: Asking, request: HttpRequest) -> bool:
    told = form.cleaned_data
    try:
        row = commissions.begin(
            request.user, form.which(), told["kinds"], told["tone"], told["length"],
            told["audience"], told["language"],
        )  # fmt: skip
    except commissions.CommissionRefused as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, gettext("Begun: %s texts. You may leave this page.") % row.total)
    return True


def _far() -> dict[str, Any]:
    """What was asked for, and how far each is."""
    rows = commissions.newest()
    told = [
        f"{row.pk}.{row.done}.{row.paused_at}.{row.ended_at}.{bool(row.seen_at)}" for row in rows
    ]
    return {"rows": rows, "mark": " ".join(told[:3]), "open": any(not r.ended_at for r in rows)}

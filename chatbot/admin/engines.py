"""Engines: what answers, what else could, what was tried of it; to add, to try, to switch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chatbot import errands
from chatbot.engines import choosing, loading, sharing, watching
from chatbot.models import EngineErrand, EngineSetup, EngineSwitch
from storefront.given import number
from storefront.staff import ReadOnlyAdmin

PAGES = "admin/chatbot/enginesetup"
LIST = "admin:chatbot_enginesetup_changelist"
Aim = EngineErrand.Aim


class Adding(forms.Form):
    """An engine to choose from."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EngineSetup.Kind)
    model = forms.CharField(
        label=_("Model"), max_length=300, required=False,
        help_text=_(
            "hub: a name on the hub or a folder; endpoint: its name on the server; bundled: a"
            " folder of weights, or empty for those of the installation"
        ),
    )  # fmt: skip
    place = forms.ChoiceField(
        label=_("Endpoint"), required=False,
        help_text=_("its address and key stand in the environment: ENDPOINT_PLACES names them"),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(place, place or "ENDPOINT_URL") for place in choosing.places()]
        self.fields["place"].choices = named  # type: ignore[attr-defined]


@admin.register(EngineSetup)
class EngineSetupAdmin(ReadOnlyAdmin):
    """One page: what answers, the engines to choose from, what was switched when."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("chatbot.choose_engine"))

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "chatbot_enginesetup"
        return [
            path("", wrap(self.changelist_view), name=f"{name}_changelist"),
            path("live/", wrap(self.live_view), name=f"{name}_live"),
            path("<int:pk>/do/<str:deed>/", wrap(self.deed_view), name=f"{name}_deed"),
            path("switch/<str:deed>/", wrap(self.switch_view), name=f"{name}_switch"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page, and what its form adds."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = Adding(request.POST or None, label_suffix="")
        if form.is_valid() and _add(form, request):
            return redirect(LIST)
        context = self.admin_site.each_context(request) | _standing() | _errand()
        context |= {"title": _("Engines"), "opts": self.opts, "form": form}
        context |= {"rows": _rows(), "history": choosing.history()}
        return TemplateResponse(request, f"{PAGES}/change_list.html", context)

    def live_view(self, request: HttpRequest) -> HttpResponse:
        """How far an errand is, for the page that shows it."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        context = _errand()
        same = request.GET.get("after") == context["version"]
        html = "" if same else render_to_string(f"{PAGES}/errand.html", context)
        return JsonResponse({"version": context["version"], "html": html})

    def deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Begin to try an engine, to switch it on, or to give it a share."""
        if request.method != "POST" or not self.has_view_permission(request):
            return HttpResponse(status=403)
        setup = get_object_or_404(EngineSetup, pk=pk)
        if deed in Aim:
            reason = request.POST.get("reason", "")[:1000]
            share = number(request.POST.get("share", ""), 2) or 0
            errands.begin(request.user, setup, deed, reason, share)
        return redirect(LIST)

    def switch_view(self, request: HttpRequest, deed: str) -> HttpResponse:
        """Undo the last switch, end a share, or leave all to the environment's engine."""
        if request.method != "POST" or not self.has_view_permission(request):
            return HttpResponse(status=403)
        try:
            seen = number(request.POST.get("seen", "")) or 0
            if deed == "back":
                choosing.back(request.user, seen)
            elif deed == "end":
                sharing.end(request.user, seen)
            else:
                choosing.floor(request.user)
            messages.success(request, gettext("Switched; every process follows within seconds."))
        except choosing.EngineRefused as error:
            messages.error(request, str(error))
        return redirect(LIST)


def _add(form: Adding, request: HttpRequest) -> bool:
    try:
        choosing.add(request.user, **form.cleaned_data)
    except choosing.EngineRefused as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, gettext("Added; now have it tried."))
    return True


def _standing() -> dict[str, Any]:
    """What answers, and what would by going back."""
    switch = choosing.newest()
    ours = f"{settings.ENGINE} {settings.ENGINE_MODEL}".strip()
    found = switch.found.get("counts") if switch else None
    told = {"stopped": watching.lines(found) if found else [], "most": sharing.MOST}
    return {"switch": switch, "earlier": choosing.before(switch), "environment": ours} | told


def _errand() -> dict[str, Any]:
    """What runs; else what came of the last."""
    running = errands.present()
    newest = running or errands.last()
    version = f"{newest.pk} {newest.done} {newest.ended_at}" if newest else "-"
    return {"running": running, "newest": newest, "version": version}


def _rows() -> list[dict[str, Any]]:
    """Every engine with its newest trial, as its files are now, and what it may do."""
    switch = choosing.newest()
    return [_row(setup, switch) for setup in EngineSetup.objects.select_related("added_by")]


def _row(setup: EngineSetup, switch: EngineSwitch | None) -> dict[str, Any]:
    try:
        trial = choosing.tried(loading.described(setup))
        stands = choosing.stands(switch, setup, loading.digest(setup))
    except (ImproperlyConfigured, OSError) as error:  # a folder may have gone, or be half written
        return {"setup": setup, "fault": str(error)}
    return {"setup": setup, "trial": trial, "passed": choosing.holds(trial), "stands": stands}

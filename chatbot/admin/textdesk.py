"""The desk of a product text: written side by side with the facts, compared, restored, approved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from chatbot import compared
from chatbot.models import ProductText, Publication, TextVersion, language_name
from chatbot.studio import TRANSLATED, paper, publishing, standing, translating, versions
from storefront.given import number
from storefront.staff import ReadOnlyAdmin

PAGES = "admin/chatbot/producttext"
MOST_PUBLICATIONS = 20


class Approving(forms.Form):
    """From when on, and on what ground."""

    from_at = forms.DateTimeField(
        label=_("Show it from"), required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: at once. In UTC, by the shop’s clock."),
        error_messages={"invalid": _("That is no date with a time; for example 2026-12-01 08:00.")},
    )  # fmt: skip
    ground = forms.CharField(
        label=_("What you know it from"), required=False, max_length=2000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )  # fmt: skip


class DeskPages(ReadOnlyAdmin):
    """The page of a text, and what is done on it."""

    def may_write(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("chatbot.write_text"))

    def may_approve(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("chatbot.approve_text"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        own = self.may_write(request) or self.may_approve(request)
        return own or bool(super().has_view_permission(request, obj))

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "chatbot_producttext"
        own = [
            path("<int:pk>/do/<str:deed>/", wrap(self.deed_view), name=f"{name}_deed"),
            path("<int:pk>/compare/", wrap(self.compare_view), name=f"{name}_compare"),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        return self._desk(request, number(object_id) or 0)

    def deed_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponse:
        """Write, restore, approve, withdraw or show again; where that cannot be, the page once more
        with all that was typed."""
        if request.method != "POST" or not self._may(request, deed):
            return HttpResponse(status=403)
        text = get_object_or_404(ProductText, pk=pk)
        try:
            told = DEEDS[deed](text, request)
        except versions.TextRefused as error:
            return self._desk(request, pk, deed, str(error))
        if isinstance(told, ProductText):
            return redirect("admin:chatbot_producttext_change", told.pk)
        messages.success(request, told)
        return redirect("admin:chatbot_producttext_change", pk)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two versions word by word."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = get_object_or_404(ProductText, pk=pk)
        history = versions.history(text)
        old, new = (number(request.GET.get(name, ""), 6) for name in ("old", "new"))
        new = history[0].number if new is None else new
        both = paper.pair(text, max(new - 1, 0) if old is None else old, new)
        if both is None:
            raise Http404
        context = {"text": text, "old": both[0], "new": both[1], "history": history}
        context |= {"rows": [(label, compared.steps(*sides)) for label, *sides in
                             paper.side_by_side(*both)]}  # fmt: skip
        return self._page(request, "compare", _("Compare versions"), context)

    def _may(self, request: HttpRequest, deed: str) -> bool:
        """Writers write; those who approve approve; both may withdraw, and take that back."""
        if deed in ("write", "restore", "translate"):
            return self.may_write(request)
        if deed == "approve":
            return self.may_approve(request)
        if deed == "again" and not self.may_approve(request):
            rows = Publication.objects.filter(pk=_publication(request), ended_by=request.user.pk)
            answered = rows.filter(approved_by__isnull=False)  # else it would be an approval
            return self.may_write(request) and answered.exists()
        return deed in DEEDS and (self.may_write(request) or self.may_approve(request))

    def _desk(self, request: HttpRequest, pk: int, deed: str = "", error: str = "") -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = get_object_or_404(
            ProductText.objects.select_related("requested_by", "source__text"), pk=pk
        )
        context = _standing(text, request.user) | {"error": error, "failed": deed}
        context |= {"may_write": self.may_write(request), "may_approve": self.may_approve(request)}
        typed = request.POST if deed else None
        context["form"] = Approving(typed if deed == "approve" else None, label_suffix="")
        context["said"] = request.POST.get("said", "") if deed == "confirm" else ""
        if deed == "write" and typed is not None:
            context["fields"] = paper.given(text, typed)
        return self._page(request, "change_form", str(text), context)

    def _page(
        self, request: HttpRequest, name: str, title: Any, context: dict[str, Any]
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return TemplateResponse(request, f"{PAGES}/{name}.html", context | {"title": title})


def _standing(text: ProductText, user: Any) -> dict[str, Any]:
    """What lies on the desk, and what may be done about it."""
    history = versions.history(text)
    version = history[0]
    checked = paper.checked(version)
    saved = paper.filled(version, checked)
    rows = Publication.objects.filter(version__text=text).select_related(
        "version", "approved_by", "ended_by"
    )
    ours = list(rows.order_by("-pk")[:MOST_PUBLICATIONS])
    shown = [row for row in ours if publishing.is_on(row)]
    over = ours[0] if ours and not shown else None
    return _translated(text, version) | {
        "text": text, "version": version, "history": history, "checked": checked,
        "product": paper.product(text.handle), "fields": saved, "saved": saved,
        "second": publishing.may_approve(version, user), "publications": ours, "shown": shown,
        "approved": any(row.version_id == version.pk for row in shown),
        "others": publishing.others(text),
        "to_come": [row.pk for row in shown if not publishing.has_begun(row)],
        "withdrawn": over if over and over.ended_why == Publication.Ended.WITHDRAWN else None,
        "changed": over if over and over.ended_why == Publication.Ended.CHANGED else None,
    }  # fmt: skip


def _translated(text: ProductText, version: TextVersion) -> dict[str, Any]:
    """A translation with its English, or the ways from English into other languages."""
    source = text.source
    return {
        "confirmed": translating.confirmed(version), "confirmations": version.confirmations.all(),
        "source": source, "newer": source and versions.newest(source.text).number > source.number,
        "other_english": publishing.others(source.text) if source else [],
        "translations": [] if source else _translations(text),
        "languages": [] if source else [(c, language_name(c)) for c in TRANSLATED],
    }  # fmt: skip


def _translations(text: ProductText) -> list[tuple[ProductText, list[tuple[str, Any]]]]:
    """What it was made into, each with where it stands."""
    made = standing.standing(ProductText.objects.filter(source__text=text))
    rows = made.select_related("source").order_by("language", "-pk")
    return [(row, standing.labels_of(row)) for row in rows]


def _seen(request: HttpRequest) -> int:
    """The version that whoever pressed had before them."""
    found = number(request.POST.get("seen", ""), 9)
    return -1 if found is None else found


def _write(text: ProductText, request: HttpRequest) -> str:
    places = paper.given(text, request.POST)
    seen = _seen(request)
    row = versions.write(text, request.user, paper.words(places), seen)
    if row.number == seen:
        return gettext("Nothing was changed: the text has these words already.")
    if row.ready and text.source_id:
        return gettext("Saved. Somebody who reads both languages can confirm it.")
    if row.ready:
        return gettext("Saved. A second person can approve it.")
    return gettext("Saved. What does not hold yet is marked below.")


def _restore(text: ProductText, request: HttpRequest) -> str:
    wanted = number(request.POST.get("number", ""), 9)
    versions.restore(text, request.user, -1 if wanted is None else wanted, _seen(request))
    return gettext("Restored, as a new version.")


def _approve(text: ProductText, request: HttpRequest) -> str:
    form, version = Approving(request.POST), versions.newest(text)
    if version.number != _seen(request):
        raise versions.Outdated(gettext("The text has been changed since; read it as it is now."))
    if not form.is_valid():
        raise versions.TextRefused(gettext("Not approved: look at what is marked."))
    told = form.cleaned_data
    row = publishing.approve(version, request.user, told["from_at"], told["ground"])
    if publishing.has_begun(row):
        return gettext("Approved; it is shown now.")
    return gettext("Approved; it is shown from its time on.")


def _translate(text: ProductText, request: HttpRequest) -> ProductText:
    version = versions.newest(text)
    return translating.begin(version, request.POST.get("language", ""), request.user)


def _confirm(text: ProductText, request: HttpRequest) -> str:
    version = versions.newest(text)
    if version.number != _seen(request):
        raise versions.Outdated(gettext("The text has been changed since; read it as it is now."))
    translating.confirm(version, request.user, request.POST.get("said", ""))
    return gettext("Confirmed. A second person can approve it.")


def _withdraw(text: ProductText, request: HttpRequest) -> str:
    translated = publishing.withdraw(_of(text, request), request.user)
    return gettext("Withdrawn; it is not shown any more.") + _more(translated)


def _more(translated: int) -> str:
    """That translations share its fate."""
    told = ngettext(
        "So it is with %s translation of it.", "So it is with %s translations of it.", translated
    )
    return f" {told % translated}" if translated else ""


def _again(text: ProductText, request: HttpRequest) -> str:
    _row, *translated = publishing.again(_of(text, request), request.user)
    return gettext("It is shown again.") + _more(len(translated))


def _publication(request: HttpRequest) -> int:
    return number(request.POST.get("publication", "")) or 0


def _of(text: ProductText, request: HttpRequest) -> Publication:
    return get_object_or_404(Publication, pk=_publication(request), version__text=text)


DEEDS: dict[str, Callable[[ProductText, HttpRequest], str | ProductText]] = {
    "write": _write, "restore": _restore, "approve": _approve, "withdraw": _withdraw,
    "again": _again, "translate": _translate, "confirm": _confirm,
}  # fmt: skip

"""Websites that carry the assistant: what they may show, the snippet to paste, the key that vouches
for their shoppers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminColorInputWidget,
    UnfoldAdminTextareaWidget,
)

from chatbot.models import Embed
from chatbot.models.embed import exact
from chatbot.widget import identity

SNIPPET = '<script async src="{}" data-shop="{}" data-color="{}" data-position="{}"></script>'


class Lines(forms.Field):
    """A list of texts, one a line."""

    widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class Origins(Lines):
    """Addresses as people copy them, down to their origins."""

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(exact(line) or line for line in super().to_python(value)))


def _help(name: str) -> str:
    field: Any = Embed._meta.get_field(name)
    return str(field.help_text)


class EmbedForm(forms.ModelForm):  # type: ignore[type-arg]
    """An embed as the admin shows it."""

    origins = Origins(label=_("allowed origins"), help_text=_help("origins"))
    questions = Lines(label=_("suggested questions"), help_text=_help("questions"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("languages"), choices=settings.LANGUAGES,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )  # fmt: skip

    class Meta:
        model = Embed
        fields = ("name", "origins", "active", "color", "position", "greeting", "questions",
                  "languages", "disclosure", "repeat_minutes")  # fmt: skip
        widgets: ClassVar = {"color": UnfoldAdminColorInputWidget}


@admin.register(Embed)
class EmbedAdmin(ModelAdmin):
    """A website that carries the assistant, with its snippet, a preview and its key."""

    form = EmbedForm
    list_display = ("name", "sites", "key", "active")
    list_filter = ("active",)
    fieldsets = (
        (None, {"fields": ("name", "origins", "active")}),
        (
            _("How it looks"),
            {"fields": ("color", "position", "greeting", "questions", "languages")},
        ),
        (_("Telling shoppers that an AI answers"), {"fields": ("disclosure", "repeat_minutes")}),
    )
    change_form_outer_after_template = "admin/chatbot/embed/after.html"

    @display(description=_("allowed origins"))
    def sites(self, embed: Embed) -> str:
        return ", ".join(embed.origins)

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<int:pk>/key/", self.admin_site.admin_view(self.key_view), name="chatbot_embed_key"
        )
        return [own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        embed = self.get_object(request, object_id)
        context = {"embed": embed, "snippet": snippet(request, embed)} if embed else {}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def key_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A new key, shown in this answer and never again."""
        if request.method != "POST" or not self.has_change_permission(request):
            return HttpResponse(status=403)
        embed = get_object_or_404(Embed, pk=pk)
        context = self.admin_site.each_context(request) | {"title": _("New key"), "opts": self.opts}
        context |= {"embed": embed, "key": identity.change_key(embed)}
        self.log_change(request, embed, gettext("Key changed."))
        response = TemplateResponse(request, "admin/chatbot/embed/key.html", context)
        response["Cache-Control"] = "no-store"
        return response


def snippet(request: HttpRequest, embed: Embed) -> str:
    """What a site pastes into its pages."""
    address = request.build_absolute_uri(reverse("widget:loader"))
    return format_html(SNIPPET, address, embed.key, embed.color, embed.position)

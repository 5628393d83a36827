"""Ready replies: written here, picked on the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from chatbot.models import ReadyReply


@admin.register(ReadyReply)
class ReadyReplyAdmin(ModelAdmin):
    """Texts that whoever answers in the inbox may put into an answer."""

    list_display = ("title", "shortcut", "active", "written_by", "changed_at")
    list_filter = ("active",)
    list_select_related = ("written_by",)
    search_fields = ("title", "shortcut", "text")
    fields = ("title", "text", "shortcut", "active")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.written_by = request.user
        super().save_model(request, obj, form, change)

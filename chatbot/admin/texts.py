"""Product texts of the studio, with what was left out of each and why."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from chatbot.models import ProductText
from storefront.staff import ReadOnlyAdmin

SHOWN = ("kept_lines", "lines_left_out", "kind", "tone", "length", "audience", "engine", "made_at")


@admin.register(ProductText)
class ProductTextAdmin(ReadOnlyAdmin):
    """What `manage.py draft_copy` has written."""

    list_display = ("handle", "kind", "is_whole", "tone", "engine", "made_at")
    list_filter = ("kind", "whole", "tone")
    search_fields = ("handle",)
    search_help_text = _("Part of the product’s address")
    show_full_result_count = False
    fields = readonly_fields = SHOWN

    @display(description=_("whole"), boolean=True, ordering="whole")
    def is_whole(self, text: ProductText) -> bool:
        return text.whole

    @display(description=_("Text"))
    def kept_lines(self, text: ProductText) -> SafeString | str:
        rows = format_html_join("", "<dt>{}</dt><dd>{}</dd>", text.kept)
        return format_html("<dl>{}</dl>", rows) if rows else gettext("Nothing could be kept.")

    @display(description=_("Left out"))
    def lines_left_out(self, text: ProductText) -> SafeString | str:
        rows = format_html_join("", "<dt>{}</dt><dd>{} <em>{}</em></dd>", text.left_out)
        return format_html("<dl>{}</dl>", rows) if rows else gettext("Nothing.")

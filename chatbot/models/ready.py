"""What staff keep ready to answer with."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
KNOWN = ("name", "me")  # the shopper's first name; how the shopper reads who answers


def check_placeholders(text: str) -> None:
    """Refuse what nothing would be filled in for: a shopper would read the braces."""
    for found in PLACEHOLDER.findall(text):
        if found not in KNOWN:
            told = _("{%(found)s} can't be filled in; use {name} or {me}, or leave the braces out.")
            raise ValidationError(told, params={"found": found})


class ReadyReply(models.Model):
    """A text that staff put into their answer and edit; nothing is ever sent by itself."""

    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(
        _("text"), validators=[MaxLengthValidator(4000), check_placeholders],
        help_text=_("{name} becomes the shopper's first name, or “there”; {me} your own name."),
    )  # fmt: skip
    shortcut = models.CharField(
        _("shortcut"), max_length=20, blank=True,
        validators=[RegexValidator(r"^[a-z0-9-]*\Z", _("Use a–z, 0–9 and hyphens."))],
        help_text=_("Typed after “/” it comes first; for example “late”."),
    )  # fmt: skip
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Off: nobody is offered it any more.")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False,
        related_name="+", verbose_name=_("written by"),
    )  # fmt: skip
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        ordering = ("title", "pk")
        constraints = (
            models.UniqueConstraint(
                "shortcut",
                condition=~models.Q(shortcut=""),
                name="one_ready_reply_a_shortcut",
                violation_error_message=_(
                    "Another ready reply has this shortcut; choose one more."
                ),
            ),
        )
        verbose_name = _("ready reply")
        verbose_name_plural = _("ready replies")

    def __str__(self) -> str:
        return self.title

"""What corrections become: answers of the shop."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .staff import Review


class ShopAnswer(models.Model):
    """That staff made a correction an answer of the shop, from which review and in which article.
    The text is the shop's own and stands there; here is only its digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # its key there
    review = models.ForeignKey(Review, models.CASCADE, related_name="shop_answers")
    article = models.CharField(_("help article"), max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of question, line feed, text
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("withdrawn by"),
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        ordering = ("made_at",)
        permissions = (("publish_answer", _("Can make corrections answers of the shop")),)
        verbose_name = _("answer of the shop")
        verbose_name_plural = _("answers of the shop")

    def __str__(self) -> str:
        return self.article

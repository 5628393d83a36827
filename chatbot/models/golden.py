"""What decided replies become: answers of the shop, and golden cases."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .staff import Review
from .talk import new_salt


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


class GoldenCase(models.Model):
    """A question whose right answer staff have settled, replayed before an engine is switched on.
    Its body can be erased; the ledger keeps the digest."""

    salt = models.CharField(max_length=32, default=new_salt)
    review = models.ForeignKey(Review, models.CASCADE, related_name="golden_cases")
    questions = models.JSONField(_("messages"), default=list)  # the last one is answered
    page = models.CharField(_("product page"), max_length=200, blank=True)  # a product's handle
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)  # empty: any
    must_state = models.JSONField(_("has to say"), default=list)
    must_not = models.JSONField(_("must not say"), default=list)
    text = models.TextField(_("right answer"))
    active = models.BooleanField(_("active"), default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        verbose_name=_("changed by"),
    )  # fmt: skip
    changed_at = models.DateTimeField(_("changed"), null=True)
    emptied_at = models.DateTimeField(_("deleted"), null=True)  # by staff, or with its conversation

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("golden case")
        verbose_name_plural = _("golden cases")

    def __str__(self) -> str:
        return str(self.questions[-1][:80]) if self.questions else str(_("deleted"))


class Trial(models.Model):
    """That golden cases were asked of a setup, what came of it, and who kept that. It holds no text
    of a case."""

    digest = models.CharField(max_length=64)  # of `setup`, by which it is found again
    setup = models.JSONField(_("what was tried"))  # engine, model, weights, program
    engine = models.CharField(_("engine"), max_length=120)  # as it calls itself
    weights = models.CharField(max_length=64, blank=True)
    cases = models.PositiveIntegerField(_("cases"))
    before = models.PositiveIntegerField(_("passed before"), null=True)  # empty: nothing to compare
    after = models.PositiveIntegerField(_("passed"))
    broken = models.PositiveIntegerField(_("passed before and fail now"))
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    kept_at = models.DateTimeField(_("kept"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index("digest", "id", name="trials_of_a_setup"),)
        verbose_name = _("trial")
        verbose_name_plural = _("trials")

    def __str__(self) -> str:
        return f"{self.pk}: {self.engine}"

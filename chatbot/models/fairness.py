"""Audits of fairness that were made, each with what it found."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FairnessAudit(models.Model):
    """One run of `audit_fairness`. All it asked is made up; no word of an order is in it."""

    at = models.DateTimeField(_("made"), default=timezone.now)
    engine = models.CharField(_("engine"), max_length=120)  # as it calls itself
    weights = models.CharField(max_length=64, blank=True)
    shop = models.CharField(max_length=140)  # versions of catalogue and rules
    seed = models.IntegerField(_("seed"))
    pairs = models.PositiveIntegerField(_("pairs for each comparison"))
    passed = models.BooleanField(_("passed"))
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("fairness audit")
        verbose_name_plural = _("fairness audits")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.engine}"

"""What is counted: rows without a word of anybody's, from which the dashboard is drawn."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tally(models.Model):
    """What one conversation counts for, day by day. It has no text and outlives what is erased."""

    conversation = models.UUIDField(primary_key=True, editable=False)  # which may be gone
    parts = models.JSONField(default=dict)  # "2026-11-20|engine|weights" -> counter -> number
    came_back = models.BooleanField(default=False)  # once seen, it stays
    due_at = models.DateTimeField(null=True)  # when to look again though nothing has happened

    class Meta:
        indexes = (
            models.Index("due_at", condition=models.Q(due_at__isnull=False), name="due_tallies"),
        )

    def __str__(self) -> str:
        return str(self.conversation)[:8]


class Day(models.Model):
    """The sum of all tallies of one day and one version of the engine."""

    day = models.DateField(_("day"))
    engine = models.CharField(_("engine"), max_length=120, blank=True)  # empty: fixed texts alone
    weights = models.CharField(max_length=64, blank=True)  # SHA-256 of the engine's weights
    counts = models.JSONField(default=dict)  # counter -> number

    class Meta:
        ordering = ("day", "engine", "weights")
        constraints = (
            models.UniqueConstraint("day", "engine", "weights", name="one_row_a_day_and_version"),
        )
        verbose_name = _("dashboard")
        verbose_name_plural = _("dashboard")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.engine}".strip()


class Bookmark(models.Model):
    """How far the record has been counted; one row, locked by whoever counts on."""

    position = models.PositiveBigIntegerField(default=0)  # of the newest seal
    looked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.position} ({self.looked_at})"

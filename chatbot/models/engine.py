"""Which engine words the answers: what staff have to choose from, and what they have switched."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .golden import Trial


class EngineSetup(models.Model):
    """An engine that staff may try and switch on. It is never changed: another model is another
    row. Addresses and keys stay in the environment; `place` is the name they have there."""

    class Kind(models.TextChoices):
        BUNDLED = "bundled", _("bundled: the small model that comes with the installation")
        HUB = "hub", _("hub: a model of transformers, on this machine")
        ENDPOINT = "endpoint", _("endpoint: a server that speaks OpenAI’s protocol")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    model = models.CharField(_("model"), max_length=300, blank=True)  # name or folder
    place = models.CharField(_("place"), max_length=40, blank=True)  # of ENDPOINT_PLACES
    note = models.CharField(_("note"), max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        permissions = (("choose_engine", _("Can choose the engine")),)
        verbose_name = _("engine")
        verbose_name_plural = _("engines")

    def __str__(self) -> str:
        return " ".join(filter(None, (self.kind, self.model, self.place and f"({self.place})")))


class EngineSwitch(models.Model):
    """What was switched from then on; the newest row says what holds. Rows are only added."""

    class Deed(models.TextChoices):
        ON = "on", _("switched on")
        BACK = "back", _("switched back")
        SHARE = "share", _("given a share")
        END = "end", _("share ended")
        STOPPED = "stopped", _("stopped by itself")

    deed = models.CharField(max_length=10, choices=Deed)
    # Who answers; empty: the engine of the environment.
    setup = models.ForeignKey(EngineSetup, models.PROTECT, null=True, related_name="+")
    setup_digest = models.CharField(max_length=64, blank=True)  # of its files and its address
    candidate = models.ForeignKey(EngineSetup, models.PROTECT, null=True, related_name="+")
    candidate_digest = models.CharField(max_length=64, blank=True)
    # How both call themselves in replies while one has a share: whoever else stands there helped.
    names = models.JSONField(default=dict)
    share = models.PositiveSmallIntegerField(default=0)  # percent of new conversations
    trial = models.ForeignKey(Trial, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # why without a trial that passed, or why at all
    found = models.JSONField(default=dict)  # what a candidate was stopped for
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )  # empty: by itself
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_deed_display()}"


class EngineErrand(models.Model):
    """What staff have begun with an engine that takes its time, how far it is, what came of it."""

    class Aim(models.TextChoices):
        TRY = "try", _("trying it")
        ON = "on", _("switching it on")
        SHARE = "share", _("giving it a share")

    setup = models.ForeignKey(EngineSetup, models.PROTECT, related_name="errands")
    aim = models.CharField(max_length=10, choices=Aim)
    share = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    done = models.PositiveIntegerField(default=0)  # steps, of so many
    total = models.PositiveIntegerField(default=1)
    seen_at = models.DateTimeField(default=timezone.now)  # the last sign of life
    ended_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)  # why it came to nothing
    told = models.JSONField(default=list)  # numbers of the cases that passed before and fail now
    trial = models.ForeignKey(Trial, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_aim_display()}: {self.setup}"


class Side(models.Model):
    """What the conversations of one side of a share count for, all of them together."""

    share = models.ForeignKey(EngineSwitch, models.CASCADE, related_name="sides")
    candidate = models.BooleanField()
    counts = models.JSONField(default=dict)  # counter -> number

    class Meta:
        default_permissions = ()
        constraints = (models.UniqueConstraint("share", "candidate", name="two_sides_of_a_share"),)

    def __str__(self) -> str:
        return f"{self.share_id} {'candidate' if self.candidate else 'standing'}"

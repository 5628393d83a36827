"""The record's rows: they are only ever added."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LedgerEntry(models.Model):
    """One row of the record: that a body existed, with its salted digest. Never changed, never
    deleted; database triggers see to it."""

    kind = models.CharField(_("kind"), max_length=20)  # reply, review, action, takeover, …
    subject = models.CharField(_("subject"), max_length=64)  # receipt, id of the row
    digest = models.CharField(_("digest"), max_length=64)  # SHA-256(salt, canonical body)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    form = models.PositiveSmallIntegerField(default=1)  # which columns the digest covers
    after = models.PositiveBigIntegerField(default=0)  # count of the newest checkpoint by then
    # HMAC(key, all of the above): tells an entry from one put in by others, until it is sealed.
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                "subject", condition=models.Q(kind="reply"), name="one_entry_a_reply"
            ),
            models.UniqueConstraint("mark", condition=~models.Q(mark=""), name="one_entry_a_mark"),
        )
        indexes = (
            models.Index("subject", name="entries_by_subject"),
            models.Index("kind", "id", name="entries_by_kind"),
        )
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class LedgerSeal(models.Model):
    """An entry's place in the chain: mac = HMAC-SHA256(key, previous mac, position, entry)."""

    position = models.PositiveBigIntegerField(primary_key=True)  # 1, 2, 3, … without gaps
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="seal")
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.position}: {self.mac[:12]}"


class LedgerCheckpoint(models.Model):
    """The signed head after a batch: so many entries, this last mac. Betrays a cut-off tail."""

    count = models.PositiveBigIntegerField(unique=True)
    head = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)  # HMAC-SHA256(key, count, head, signed_at)
    signed_at = models.DateTimeField()
    key = models.CharField(max_length=8, blank=True)  # its id; of the whole batch

    class Meta:
        ordering = ("count",)

    def __str__(self) -> str:
        return f"{self.count}: {self.head[:12]}"


class Setup(models.Model):
    """What the assistant ran under from then on: engine, weights, notices, rules, limits."""

    settings = models.JSONField(_("settings"))
    begun_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("setup")
        verbose_name_plural = _("setups")

    def __str__(self) -> str:
        return str(self.settings.get("engine", self.pk))


class Dispatch(models.Model):
    """That a signed head was sent out of the house: once a day to each place."""

    class Outcome(models.TextChoices):
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    day = models.DateField()
    to = models.CharField(_("to"), max_length=300)  # a file or an e-mail address
    count = models.PositiveBigIntegerField(default=0)  # of the checkpoint
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)  # empty while at it
    at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        ordering = ("-at",)
        constraints = (models.UniqueConstraint("day", "to", name="one_dispatch_a_day"),)

    def __str__(self) -> str:
        return f"{self.count} to {self.to}"


class Verification(models.Model):
    """That somebody had the whole record verified, how far that is, and what was found."""

    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    done = models.PositiveBigIntegerField(default=0)  # rows walked, of so many
    total = models.PositiveBigIntegerField(default=0)
    seen_at = models.DateTimeField(default=timezone.now)  # the last sign of life
    ended_at = models.DateTimeField(null=True, blank=True)
    count = models.PositiveBigIntegerField(default=0)  # entries that hold
    fault = models.TextField(blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.done} of {self.total}"

    @property
    def walked(self) -> int:
        """Rows walked, for a bar whose length is an estimate."""
        return min(self.done, self.total)

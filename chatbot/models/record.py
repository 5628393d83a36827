"""The record's rows: they are only ever added."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerEntry(models.Model):
    """One row of the record: that a body existed, with its salted digest. Never changed, never
    deleted; database triggers see to it."""

    kind = models.CharField(_("kind"), max_length=20)  # reply, review, action, takeover, …
    subject = models.CharField(_("subject"), max_length=64)  # receipt, id of the row
    digest = models.CharField(_("digest"), max_length=64)  # SHA-256(salt, canonical body)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                "subject", condition=models.Q(kind="reply"), name="one_entry_a_reply"
            ),
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

    class Meta:
        ordering = ("count",)

    def __str__(self) -> str:
        return f"{self.count}: {self.head[:12]}"

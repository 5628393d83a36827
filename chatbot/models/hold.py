"""What waits for staff before it is said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .staff import Review
from .talk import Reply, new_salt


class Hold(models.Model):
    """That a reply waited before its first word, what it would have said, and what became of it.
    Its body can be erased; the ledger keeps the digest."""

    class Ending(models.TextChoices):
        SENT = "sent", _("Sent as it was")
        CORRECTED = "corrected", _("Sent corrected")
        REFUSED = "refused", _("Refused")
        LATE = "late", _("Nobody looked in time")
        STOPPED = "stopped", _("Stopped by the shopper")
        TAKEN = "taken", _("A person took over")
        ERASED = "erased", _("Erased")

    reply = models.OneToOneField(Reply, models.CASCADE, related_name="hold")
    reason = models.CharField(_("reason"), max_length=20, choices=Review.Reason)
    notice = models.CharField(_("notices"), max_length=40)  # version of what the shopper was told
    salt = models.CharField(max_length=32, default=new_salt)
    lines = models.JSONField(default=list)  # sentences, those that would be shown and the others
    memory = models.JSONField(default=dict)  # what later messages may refer to once it is sent
    begun_at = models.DateTimeField(_("since"), default=timezone.now)
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("what became of it"), max_length=10, choices=Ending, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="+", verbose_name=_("released by"),
    )  # fmt: skip

    class Meta:
        ordering = ("begun_at",)
        indexes = (
            # Every few seconds it is asked which time has run out.
            models.Index("until", condition=models.Q(ended_at=None), name="waiting_holds"),
        )
        verbose_name = _("held reply")
        verbose_name_plural = _("held replies")

    def __str__(self) -> str:
        return f"{self.reply} ({self.get_reason_display()})"

    @property
    def kept_back(self) -> bool:
        """Whether the wait ended without the reply."""
        return self.ending not in ("", self.Ending.SENT)

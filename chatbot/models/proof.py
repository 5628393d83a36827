"""That a one-time code was sent for an order, and how it was answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .talk import Conversation


class Proof(models.Model):
    """A code of one conversation for one order; kept only as a digest, used once."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="proofs")
    order = models.CharField(_("order"), max_length=40)  # as asked for; it may not exist
    digest = models.CharField(max_length=64)  # HMAC-SHA256 of the code
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    used_in = models.PositiveIntegerField(null=True, blank=True)  # number of the turn
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")

    def __str__(self) -> str:
        return f"{self.order} ({self.conversation})"

"""What was prepared for a shopper to press, and what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .talk import Turn, new_salt


class Action(models.Model):
    """A card with a button: what it says would be done, and what was done on the press."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        WAITING = "waiting", _("Waiting for staff")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined by the shopper")
        REFUSED = "refused", _("Refused by staff")
        FAILED = "failed", _("Not possible any more")
        EXPIRED = "expired", _("Expired")
        REPLACED = "replaced", _("Replaced by a newer one")
        UNDONE = "undone", _("Undone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="actions")
    salt = models.CharField(max_length=32, default=new_salt)
    kind = models.CharField(_("action"), max_length=10)  # cancel, return, exchange
    order = models.CharField(_("order"), max_length=40)
    quote = models.TextField()  # the shop's own, as JSON: what exactly would be done
    title = models.CharField(_("title"), max_length=200)
    terms = models.JSONField(_("terms"), default=list)  # line by line, as shown
    notices = models.CharField(max_length=40)  # version of the fixed texts
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    change = models.CharField(_("number"), max_length=60, blank=True)  # of a return: "R-1001-1"
    told = models.TextField(_("told since"), blank=True)
    expires_at = models.DateTimeField(_("expires"))
    pressed_at = models.DateTimeField(_("pressed"), null=True, blank=True)  # by the shop's clock
    undo_until = models.DateTimeField(null=True, blank=True)  # by the shop's clock
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("offered"), auto_now_add=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = (
            models.Index("created_at", "id", name="actions_by_time"),
            models.Index("state", "created_at", "id", name="actions_by_state"),
        )
        permissions = (("decide_action", _("Can release actions")),)
        verbose_name = _("action")
        verbose_name_plural = _("actions")

    def __str__(self) -> str:
        return self.title or str(self.id)[:8]

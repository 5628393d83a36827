"""Recalls: what shoppers were told is wrong or has changed, and everybody who was told it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .talk import Conversation, Reply

Staff = settings.AUTH_USER_MODEL


class Recall(models.Model):
    """That staff tell all who were told something what is right. It holds nothing of a shopper's;
    whom it concerns stands in its recipients."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    reason = models.TextField(_("what is wrong"))
    # The value of the shop's that was told; empty where the claims were picked by a search.
    source = models.CharField(_("source"), max_length=255, blank=True)
    field = models.CharField(max_length=20, blank=True)
    value = models.TextField(_("told"), blank=True)
    right = models.TextField(_("what is right"))
    amount = models.BigIntegerField(_("right amount"), null=True)  # minor units of the currency
    currency = models.CharField(_("currency"), max_length=3, blank=True)  # ISO 4217
    message = models.TextField(_("message"))  # {when} and {told} stand for each shopper's own
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    shoppers = models.PositiveIntegerField(_("shoppers"), default=0)  # as it was opened
    exposure = models.BigIntegerField(_("exposure"), null=True)  # minor units; None: not in money
    sent_to = models.PositiveIntegerField(_("sent to"), null=True)  # those not left out by then
    # The record names who it was; an account that is no longer used is deactivated.
    opened_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    sent_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True)
    withdrawn_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index("source", "field", name="recalls_of_a_fact"),
            models.Index("state", name="recalls_by_state"),
        )
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")

    def __str__(self) -> str:
        return self.reason[:60]


class Recipient(models.Model):
    """A conversation in which it was told, once a recall, and what became of telling it. Erasing
    the conversation deletes it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Told")
        SKIPPED = "skipped", _("Left out")
        WITHDRAWN = "withdrawn", _("Taken back")

    recall = models.ForeignKey(Recall, models.CASCADE, related_name="recipients")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="recalls")
    reply = models.ForeignKey(Reply, models.CASCADE, related_name="recalls")  # the newest that did
    told = models.TextField(_("told"))  # the sentence
    told_at = models.DateTimeField(_("told at"))
    amount = models.BigIntegerField(_("exposure"), null=True)  # minor units; None: not in money
    text = models.TextField(_("words of its own"), blank=True)  # instead of the recall's message
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    note = models.CharField(max_length=300, blank=True)  # why it is left out

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint("recall", "conversation", name="one_recipient_a_conversation"),
        )
        indexes = (
            models.Index("recall", "id", name="recipients_in_order"),
            models.Index("recall", "state", "id", name="recipients_by_state"),
        )
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")

    def __str__(self) -> str:
        return f"{self.recall_id}: {self.conversation}"

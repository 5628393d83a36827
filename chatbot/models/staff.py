"""What staff look at and decide."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .recall import Recall
from .talk import Frame, Reply, new_salt


def shown_name(user: Any) -> str:
    """How a shopper reads who of the team it was."""
    return user.get_short_name()[:60] or gettext("a colleague")


class Review(models.Model):
    """One reply for staff to judge: claimed by one, decided once."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLAIMED = "claimed", _("Claimed")
        CLOSED = "closed", _("Closed")

    class Reason(models.TextChoices):
        SAFETY = "safety", _("Safety")
        HEALTH = "health", _("Health")
        LEGAL = "legal", _("Legal")
        HELD_CLAIM = "held_claim", _("Held claim")
        BROKE = "broke", _("Could not be answered")
        LARGE_AMOUNT = "large_amount", _("Large amount")
        MONEY_BACK = "money_back", _("Money back")
        DISCOUNT = "discount", _("Discount")
        COMPLAINT = "complaint", _("Complaint")
        THUMBS_DOWN = "thumbs_down", _("Thumbs down")
        ASKED_TWICE = "asked_twice", _("Asked twice")
        ASKED_FOR_PERSON = "asked_for_person", _("Asked for a person")
        LOW_CONFIDENCE = "low_confidence", _("Low confidence")
        NEW_POLICY = "new_policy", _("Policy changed")
        NEW_MODEL = "new_model", _("Model changed")
        SAMPLE = "sample", _("Random sample")

    class Priority(models.IntegerChoices):
        NOW = 0, _("A shopper waits")  # for just this
        URGENT = 1, _("Urgent")
        HIGH = 2, _("High")
        NORMAL = 3, _("Normal")
        LOW = 4, _("Low")

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CORRECTED = "corrected", _("Corrected")
        REJECTED = "rejected", _("Rejected")

    class Fault(models.TextChoices):
        WRONG_FACT = "wrong_fact", _("Wrong fact")
        WRONG_READING = "wrong_reading", _("Wrong reading of the question")
        TONE = "tone", _("Tone")
        UNSAFE = "unsafe", _("Unsafe")
        HAND_OVER = "hand_over", _("Should have handed over")
        OTHER = "other", _("Something else")

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="reviews")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    also = models.JSONField(default=list)  # further reasons, weightiest first
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, default=Priority.NORMAL
    )
    # Of 10,000: with which a sample was drawn, whatever the setting has become since.
    chance = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="+", verbose_name=_("claimed by"),
    )  # fmt: skip
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True)
    fault = models.CharField(_("what is wrong"), max_length=15, choices=Fault, blank=True)
    correction = models.TextField(_("correction"), blank=True)
    comment = models.TextField(_("comment"), blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="+", verbose_name=_("decided by"),
    )  # fmt: skip
    closed_at = models.DateTimeField(_("decided"), null=True, blank=True)
    created_at = models.DateTimeField(_("queued"), auto_now_add=True)

    class Meta:
        ordering = ("created_at",)
        constraints = (models.UniqueConstraint("reply", "reason", name="one_review_a_reason"),)
        indexes = (
            models.Index("state", "priority", "created_at", "id", name="queue_of_reviews"),
            models.Index("state", "closed_at", "id", name="decided_reviews"),
            models.Index("reason", "created_at", name="reviews_by_reason"),
            # The dashboard asks how long the oldest has waited.
            models.Index("created_at", condition=~models.Q(state="closed"), name="open_reviews"),
        )
        permissions = (("decide_review", _("Can review replies")),)
        verbose_name = _("review")
        verbose_name_plural = _("review queue")

    def __str__(self) -> str:
        return f"{self.reply} ({self.get_reason_display()})"


class Basis(models.Model):
    """One version of what replies rest on, the engine or an article, and how many of its first
    replies were queued because it had changed."""

    subject = models.CharField(max_length=255)  # "engine", "article:returns"
    version = models.CharField(max_length=200)
    changed = models.BooleanField()  # whether there was another version before
    replies = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint("subject", "version", name="one_basis_a_version"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.version}"


class Correction(models.Model):
    """That a shopper was told what would have been right, and by whom. What was told is not unsaid:
    undoing the decision withdraws it. Its body can be erased; the ledger keeps the digest."""

    class Letter(models.TextChoices):
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # What it comes of: a review of the reply, or a recall of what many were told.
    review = models.ForeignKey(Review, models.CASCADE, null=True, related_name="corrections")
    recall = models.ForeignKey(Recall, models.PROTECT, null=True, related_name="corrections")
    reply = models.ForeignKey(Reply, models.CASCADE, related_name="corrections")
    frame = models.OneToOneField(Frame, models.CASCADE, related_name="correction")
    name = models.CharField(_("name"), max_length=60)  # as the shopper reads it
    salt = models.CharField(max_length=32, default=new_salt)
    text = models.TextField(_("correction"))
    told_at = models.DateTimeField(_("told"), default=timezone.now)
    carried_at = models.DateTimeField(_("sent to an open chat"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    letter = models.CharField(_("letter"), max_length=10, choices=Letter, blank=True)
    letter_at = models.DateTimeField(_("letter begun"), null=True, blank=True)  # by one process

    class Meta:
        ordering = ("told_at",)
        constraints = (
            models.UniqueConstraint(
                "reply", condition=models.Q(withdrawn_at=None), name="one_correction_a_reply"
            ),
            models.UniqueConstraint("recall", "reply", name="one_correction_a_recall"),
            models.CheckConstraint(
                name="corrections_of_one_cause",
                condition=models.Q(review=None, recall__isnull=False)
                | models.Q(recall=None, review__isnull=False),
            ),
        )
        indexes = (
            # Every few seconds it is asked which have to go by letter.
            models.Index(
                "told_at",
                condition=models.Q(carried_at=None, letter_at=None, withdrawn_at=None),
                name="untold_corrections",
            ),
        )
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:40]}"

    @property
    def instead(self) -> bool:
        """Whether this is the answer itself, of a person, in place of a reply that nobody read."""
        return self.reply.never_shown


class Duty(models.Model):
    """That staff switched the assistant off, or on again; the newest row counts."""

    people_only = models.BooleanField(_("people only"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # The record names who it was; an account that is no longer used is deactivated.
    switched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True,
        related_name="+", verbose_name=_("switched by"),
    )  # fmt: skip
    switched_at = models.DateTimeField(_("switched"), auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        permissions = (("switch_duty", _("Can switch the assistant off and on")),)
        verbose_name = _("people-only switch")
        verbose_name_plural = _("people-only switches")

    def __str__(self) -> str:
        return str(_("People only") if self.people_only else _("Assistant on"))

    @classmethod
    def newest(cls) -> models.QuerySet[Duty, bool]:
        """What the newest row says, to be asked for by itself or as a part of another query."""
        return cls.objects.order_by("-pk").values_list("people_only", flat=True)[:1]

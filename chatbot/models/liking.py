"""What a shopper looked at, does not want to be shown, and whether we conclude anything from it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Taste(models.Model):
    """Whether a shopper wants to be shown things by what they bought, looked at and said; without
    a row they do. It outlives an erasure: who objected has objected (GDPR, Art. 21)."""

    shopper = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="taste")
    personal = models.BooleanField(default=True)
    since = models.DateTimeField(null=True)  # nothing before counts: they wanted it forgotten
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.shopper_id}: {self.personal}"


class Look(models.Model):
    """That a signed-in shopper looked at a product's page, and when last."""

    shopper = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="looks")
    handle = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint("shopper", "handle", name="one_look_a_product"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.handle


class Dismissal(models.Model):
    """That a shopper does not want to be shown a product any more."""

    shopper = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="dismissals")
    handle = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.UniqueConstraint("shopper", "handle", name="one_dismissal_a_product"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.handle


class CardVector(models.Model):
    """What a product is as a vector, kept so that pages need no encoder; of the shop, of nobody."""

    handle = models.CharField(max_length=200, unique=True)
    vector = models.BinaryField()  # 384 numbers of 32 bits, little-endian
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.handle

"""What somebody means to buy."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .catalogue import Variant
from .people import User


class Cart(models.Model):
    """A shopper's, or that of a browser session whose shopper is not signed in. The key is what a
    checkout is known by: it places one order, and the cart then gets another."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, models.CASCADE, null=True, blank=True, related_name="cart")
    updated_at = models.DateTimeField(_("updated at"), auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")

    def __str__(self) -> str:
        return str(self.key)


class CartLine(models.Model):
    """So many pieces of one version. What was taken out stays until the order, to be put back."""

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, models.CASCADE)
    quantity = models.PositiveIntegerField(_("quantity"))
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)  # when it was put in
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint("cart", "variant", name="one_line_a_version"),)

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant}"

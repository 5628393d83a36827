"""What was bought, and what has been done to it since."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .catalogue import Variant
from .people import User


class Order(models.Model):
    """What somebody bought. `user` is empty for guests whose address no customer has."""

    name = models.CharField(_("number"), max_length=40, unique=True)  # "#1001"
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="orders")
    email = models.EmailField(_("e-mail address"))  # in lower case, as people's are
    placed_at = models.DateTimeField(_("placed at"))
    financial_status = models.CharField(_("payment"), max_length=30)  # Shopify's words: paid, …
    fulfillment_status = models.CharField(_("shipping"), max_length=30, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    fulfilled_at = models.DateTimeField(_("shipped at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    estimated_delivery = models.DateField(_("expected on"), null=True, blank=True)
    currency = models.CharField(max_length=3)
    subtotal = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    shipping = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    taxes = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2, default=Decimal(0))
    discount_code = models.CharField(max_length=120, blank=True)
    discount_amount = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    refunded_amount = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    payment_method = models.CharField(max_length=120, blank=True)
    shipping_method = models.CharField(max_length=120, blank=True)
    shipping_name = models.CharField(max_length=255, blank=True)
    shipping_address = models.JSONField(default=dict, blank=True)  # address1, address2, city, …
    tracking_number = models.CharField(max_length=120, blank=True)
    carrier = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)  # the shopper's own, may hold private things
    tags = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)  # SHA-256 of the imported rows, or of what was placed
    key = models.UUIDField(
        null=True, blank=True, unique=True
    )  # of the checkout that placed it here
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-placed_at",)
        indexes = (
            models.Index(fields=("-placed_at", "-id"), name="orders_by_time"),
            models.Index(fields=("email",), name="orders_by_address"),
        )
        permissions = (("move_order", "Can move orders on"),)
        verbose_name = _("order")
        verbose_name_plural = _("orders")

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        """The number as it stands in addresses, without its sign."""
        return self.name.lstrip("#")

    @property
    def goods(self) -> Decimal:
        """What the items cost before the discount."""
        return self.subtotal + self.discount_amount

    @property
    def going_back(self) -> models.QuerySet[OrderChange]:
        """Returns and exchanges that are open."""
        return self.changes.filter(undone_at=None).exclude(number="")

    @property
    def state_text(self) -> str:
        """Where it stands, in a shopper's words."""
        if self.cancelled_at:
            return gettext("Cancelled")
        if self.fulfillment_status == "partial":
            return gettext("Partly shipped")
        if self.delivered_at:
            return gettext("Delivered")
        if self.fulfillment_status == "fulfilled":
            return gettext("Shipped")
        if self.financial_status == "pending":
            return gettext("Waiting for payment")
        return gettext("Being prepared")


class OrderLine(models.Model):
    """One line item of an order. `variant` is empty when the catalogue no longer has it."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("item"), max_length=500)  # "Kestrel Rain Shell - M / Slate"
    sku = models.CharField(_("SKU"), max_length=120, blank=True)
    variant = models.ForeignKey(Variant, models.SET_NULL, null=True, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    fulfillment_status = models.CharField(_("shipping"), max_length=30, blank=True)

    class Meta:
        ordering = ("order", "position")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"

    @property
    def amount(self) -> Decimal:
        """What all the pieces cost, before any discount."""
        return self.price * self.quantity


class OrderChange(models.Model):
    """Something done to an order at its shopper's wish. What is undone stays, with its moment."""

    class Kind(models.TextChoices):
        CANCEL = "cancel", _("Cancelled")
        RETURN = "return", _("Return opened")
        EXCHANGE = "exchange", _("Exchange opened")

    order = models.ForeignKey(Order, models.CASCADE, related_name="changes")
    kind = models.CharField(_("what was done"), max_length=10, choices=Kind)
    key = models.UUIDField(unique=True)  # the caller's: the same key twice does it once
    number = models.CharField(_("number"), max_length=60, blank=True)  # "R-1001-1"
    positions = models.JSONField(default=list)  # of the lines concerned
    replacement = models.ForeignKey(Variant, models.SET_NULL, null=True, blank=True)
    refund = models.DecimalField(
        _("refund"), max_digits=12, decimal_places=2, null=True, blank=True
    )  # empty where only a look at the items tells
    before = models.JSONField(default=dict)  # of the order, for undoing
    made_at = models.DateTimeField(_("done"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        ordering = ("made_at", "pk")
        constraints = (
            models.UniqueConstraint(
                "order", condition=models.Q(kind="cancel", undone_at=None),
                name="one_cancellation_an_order",
            ),
        )  # fmt: skip
        verbose_name = _("change of an order")
        verbose_name_plural = _("changes of orders")

    def __str__(self) -> str:
        return f"{self.order} {self.get_kind_display()}"


class OrderEvent(models.Model):
    """A step by which staff moved an order on. What is undone stays, with its moment; what a step
    set, no import sets back."""

    class Kind(models.TextChoices):
        PAID = "paid", _("Paid")
        SHIPPED = "shipped", _("Shipped")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")
        REFUNDED = "refunded", _("Refunded")

    order = models.ForeignKey(Order, models.CASCADE, related_name="events")
    kind = models.CharField(_("step"), max_length=10, choices=Kind)
    key = models.UUIDField(unique=True)  # of the press: the same key twice does it once
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("member of staff")
    )
    positions = models.JSONField(default=list)  # of the lines that were shipped
    amount = models.DecimalField(
        _("amount"), max_digits=12, decimal_places=2, null=True, blank=True
    )  # given back
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=120, blank=True)
    restocked = models.BooleanField(_("put back into the stock"), default=False)
    before = models.JSONField(default=dict)  # of the order, for undoing
    after = models.JSONField(default=dict)  # what the step set
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        verbose_name = _("step of an order")
        verbose_name_plural = _("steps of orders")

    def __str__(self) -> str:
        return f"{self.order} {self.get_kind_display()}"


class OrderLetter(models.Model):
    """The letter that confirms an order placed here: due until a server has taken it."""

    order = models.OneToOneField(Order, models.CASCADE, related_name="letter")
    language = models.CharField(max_length=10)  # the buyer's
    site = models.CharField(max_length=255)  # where it was bought: "https://shop.example"
    due_at = models.DateTimeField(null=True, default=timezone.now)  # empty when done or given up
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                "due_at", condition=models.Q(due_at__isnull=False), name="letters_that_are_due"
            ),
        )

    def __str__(self) -> str:
        return str(self.order)

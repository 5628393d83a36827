"""The shop's rows: people, catalogue, orders, help, rules. Money is in the shop's currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address, kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A saved user; without a password the account must be claimed before it can sign in."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A saved user with every permission."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A shopper or a member of staff. Imported customers have no usable password until they claim
    the account."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True)  # ISO 3166-1 alpha-2
    region = models.CharField(_("state or province"), max_length=40, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    staff_note = models.TextField(_("staff note"), blank=True)  # never reaches a shopper

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.email


class Shop(models.Model):
    """The one shop of this installation: what shop.toml says, absent keys staying unknown."""

    rules = models.JSONField(_("rules"), default=dict)  # shop.toml as imported
    digest = models.CharField(max_length=64)  # SHA-256 of the file: the rules' version
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shop")

    def __str__(self) -> str:
        return str(self.rules.get("shop", {}).get("name", _("Shop")))


class Product(models.Model):
    """Something the shop sells or sold; only `active` ones are shown to shoppers."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("On sale")
        DRAFT = "draft", _("Draft")
        ARCHIVED = "archived", _("Archived")
        WITHDRAWN = "withdrawn", _("Withdrawn: gone from the last import")

    handle = models.SlugField(_("handle"), max_length=200, unique=True)
    title = models.CharField(_("title"), max_length=255)
    body_html = models.TextField(_("description"), blank=True)  # sanitised at import
    vendor = models.CharField(_("brand"), max_length=255, blank=True)
    category = models.CharField(_("category"), max_length=255, blank=True)
    department = models.CharField(_("department"), max_length=255, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    option_names = models.JSONField(_("options"), default=list, blank=True)  # ["Size", "Color"]
    image_url = models.CharField(_("image"), max_length=500, blank=True)
    image_alt = models.CharField(_("image text"), max_length=500, blank=True)
    gift_card = models.BooleanField(_("gift card"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE)
    digest = models.CharField(max_length=64)  # SHA-256 of the imported rows: the product's version
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        ordering = ("title",)
        verbose_name = _("product")
        verbose_name_plural = _("products")

    def __str__(self) -> str:
        return self.title


class ProductSentence(models.Model):
    """One attribute sentence of a product, cut from its description at import."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="sentences")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120, blank=True)  # "Weight" of "Weight: 395 g in size M"
    text = models.TextField()

    class Meta:
        ordering = ("product", "position")
        constraints = (models.UniqueConstraint("product", "position", name="one_sentence_a_place"),)

    def __str__(self) -> str:
        return self.text


class Variant(models.Model):
    """What can be put in a basket: one value of each option, with its price and stock."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="variants")
    sku = models.CharField(_("SKU"), max_length=120, unique=True)
    values = models.JSONField(_("option values"), default=list, blank=True)  # as option_names
    position = models.PositiveSmallIntegerField()
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    compare_at = models.DecimalField(
        _("price before the reduction"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    stock = models.IntegerField(_("stock"), default=0)
    sells_without_stock = models.BooleanField(_("sells when out of stock"), default=False)
    grams = models.PositiveIntegerField(_("shipping weight, g"), null=True, blank=True)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        ordering = ("product", "position")
        verbose_name = _("variant")
        verbose_name_plural = _("variants")

    def __str__(self) -> str:
        return f"{self.product} – {self.name}" if self.values else str(self.product)

    @property
    def name(self) -> str:
        """The option values as the shop writes them: "M / Slate"; empty without options."""
        return " / ".join(self.values)

    @property
    def in_stock(self) -> bool:
        """Whether a shopper can order it now."""
        return self.stock > 0 or self.sells_without_stock

    @property
    def reduced(self) -> bool:
        """Whether it costs less than it did before."""
        return self.compare_at is not None and self.compare_at > self.price


class PricePoint(models.Model):
    """A price a variant has had, from `since` on; the law wants the lowest of the last 30 days
    (Directive 98/6/EC, Art. 6a)."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="price_points")
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    compare_at = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    since = models.DateTimeField(_("since"))

    class Meta:
        ordering = ("variant", "-since")

    def __str__(self) -> str:
        return f"{self.variant}: {self.price}"


class Article(models.Model):
    """A help article; its text lives in versions."""

    slug = models.SlugField(_("address"), max_length=200, unique=True)
    topic = models.CharField(_("topic"), max_length=120, blank=True)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)

    class Meta:
        ordering = ("slug",)
        verbose_name = _("help article")
        verbose_name_plural = _("help articles")

    def __str__(self) -> str:
        return self.slug

    @property
    def current(self) -> ArticleVersion:
        """The newest version."""
        return self.versions.order_by("-number")[0]


class ArticleVersion(models.Model):
    """What a help article said; kept, because replies refer to the version in force."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=255)
    markdown = models.TextField(_("text"))
    updated = models.DateField(_("updated"), null=True, blank=True)  # as the article says
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)

    class Meta:
        ordering = ("article", "-number")
        constraints = (models.UniqueConstraint("article", "number", name="one_text_a_version"),)
        verbose_name = _("article version")
        verbose_name_plural = _("article versions")

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Order(models.Model):
    """What somebody bought. `user` is empty for guests whose address no customer has."""

    name = models.CharField(_("number"), max_length=40, unique=True)  # "#1001"
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="orders")
    email = models.EmailField(_("e-mail address"))
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
    digest = models.CharField(max_length=64)  # SHA-256 of the imported rows
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-placed_at",)
        verbose_name = _("order")
        verbose_name_plural = _("orders")

    def __str__(self) -> str:
        return self.name

    @property
    def number(self) -> str:
        """The number as it stands in addresses, without its sign."""
        return self.name.lstrip("#")

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

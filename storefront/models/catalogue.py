"""What the shop is and what it sells."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Shop(models.Model):
    """The one shop of this installation: what shop.toml says, absent keys staying unknown."""

    rules = models.JSONField(_("rules"), default=dict)  # shop.toml as imported
    digest = models.CharField(max_length=64)  # SHA-256 of the file: the rules' version
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)
    last_order = models.CharField(max_length=40, blank=True, default="")  # placed here, by number

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
    # What a feed said that an AI wrote. It is shown with its mark, and no fact of the shop: no
    # sentences are cut from it. Where it is the title, too, nobody else has named the product.
    ai_title = models.CharField(max_length=255, blank=True, default="")
    ai_description = models.TextField(blank=True, default="")
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
        indexes = (models.Index(fields=["status", "department"], name="departments_on_sale"),)
        verbose_name = _("product")
        verbose_name_plural = _("products")

    def __str__(self) -> str:
        return self.title

    @property
    def named_by_ai(self) -> bool:
        """Whether only an AI has named it."""
        return bool(self.ai_title) and self.ai_title == self.title


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
    imported_stock = models.IntegerField(null=True, editable=False)  # as the last file had it
    sells_without_stock = models.BooleanField(_("sells when out of stock"), default=False)
    grams = models.PositiveIntegerField(_("shipping weight, g"), null=True, blank=True)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        ordering = ("product", "position")
        indexes = (
            models.Index(fields=["product", "withdrawn", "price"], name="prices_of_a_product"),
        )
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

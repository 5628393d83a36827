"""The claim register: what shoppers were told, one row a claim, to be searched and recalled."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .talk import Conversation, Reply


class ToldClaim(models.Model):
    """A claim that a shopper was shown, with what of the shop's data it rests on. It is a part of
    the reply's body, laid out for searching, and is erased with it."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="told_claims")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="told_claims")
    kind = models.CharField(_("kind"), max_length=20)  # money, date, stock, quote, …
    text = models.TextField(_("claim"))  # the words that state it: "$189.00"
    sentence = models.TextField(_("sentence"))
    source = models.CharField(_("source"), max_length=255)  # "variant:NL-KRS-M-SLA"
    version = models.CharField(_("version"), max_length=64)  # of the source, as it was told
    page = models.CharField(_("page"), max_length=255)  # "product:kestrel-rain-shell"
    title = models.CharField(_("title"), max_length=255, blank=True)  # of the page
    # Which value of the fact it repeats, and that value; empty where it repeats none of the shop's.
    field = models.CharField(max_length=20, blank=True)  # price, text, percent, …
    value = models.TextField(_("told"), blank=True)
    amount = models.BigIntegerField(_("amount"), null=True)  # minor units of the currency
    currency = models.CharField(_("currency"), max_length=3, blank=True)  # ISO 4217
    day = models.DateField(_("date"), null=True)
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index("page", "id", name="claims_of_a_page"),
            models.Index("source", "field", name="claims_of_a_fact"),
            models.Index("kind", "id", name="claims_of_a_kind"),
            models.Index("amount", "id", condition=~models.Q(amount=None), name="claims_of_money"),
            models.Index("told_at", name="claims_by_time"),
        )
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:60]}"

"""In whose name staff have tried the assistant."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Guise(models.Model):
    """That a member of staff tried the assistant as a customer, and so could see that customer's
    orders. It holds no word of the question, and of the customer only the number, which outlives
    their account and names nobody by itself."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("tried by")
    )
    shopper = models.PositiveBigIntegerField(_("number of the customer"))
    tried_at = models.DateTimeField(_("tried"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("try as a customer")
        verbose_name_plural = _("tries as customers")

    def __str__(self) -> str:
        return f"{self.pk}: {self.shopper}"

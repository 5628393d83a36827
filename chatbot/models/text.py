"""Product texts that an engine has drafted."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProductText(models.Model):
    """A draft of the studio: what was wanted, who wrote it, and every line with its claims, kept or
    left out. Its product may have changed since; `version` says of which state it tells."""

    class Kind(models.TextChoices):
        DESCRIPTION = "description", _("description")
        BULLETS = "bullets", _("bullet points")
        SEO = "seo", _("search result")
        AD = "ad", _("search ad")
        EMAIL = "email", _("e-mail")
        SOCIAL = "social", _("post")

    handle = models.CharField(_("product"), max_length=200, db_index=True)
    version = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    tone = models.CharField(_("tone"), max_length=20)
    length = models.CharField(_("length"), max_length=20)
    audience = models.CharField(_("audience"), max_length=80, blank=True)
    engine = models.CharField(_("engine"), max_length=120)
    weights = models.CharField(max_length=64, blank=True)
    seed = models.BigIntegerField()
    lines = models.JSONField(_("lines"), default=list)
    whole = models.BooleanField(_("whole"))  # whether every part it needs could be kept
    made_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("product text")
        verbose_name_plural = _("product texts")

    def __str__(self) -> str:
        return f"{self.handle}: {self.get_kind_display()}"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Label and text of the lines that may be used."""
        return [(line["label"], line["text"]) for line in self.lines if not line["fault"]]

    @property
    def left_out(self) -> list[tuple[str, str, str]]:
        """Label, text and fault of those that may not."""
        return [(ln["label"], ln["text"], ln["fault"]) for ln in self.lines if ln["fault"]]

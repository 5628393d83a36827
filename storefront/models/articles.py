"""What the help centre says, version by version."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
    markdown = models.TextField(_("text"))  # as it was imported; empty where nothing was
    added = models.TextField(_("the shop's own answers"), blank=True, default="")
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

    @property
    def text(self) -> str:
        """All that the article says: what was imported, then the shop's own answers."""
        return "\n\n".join(part for part in (self.markdown, self.added) if part)


class Answer(models.Model):
    """An answer that people of the shop wrote, in an article of its own or at the end of another.
    No import touches it; withdrawn, it is kept as a version is."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="answers")
    question = models.CharField(_("question"), max_length=255)
    text = models.TextField(_("answer"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ("written_at", "pk")
        verbose_name = _("answer of the shop")
        verbose_name_plural = _("answers of the shop")

    def __str__(self) -> str:
        return self.question

"""Product texts: what an engine has drafted, what became of it in people's hands, what is shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

Said = list[tuple[str, str]]  # label and text


def language_name(language: str) -> str:
    """What the reader calls a language."""
    return str(get_language_info(language)["name_translated"])


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
    language = models.CharField(_("language"), max_length=10, default="en")
    # The English that a text in another language says; without it, it is nobody's word.
    source = models.ForeignKey(
        "TextVersion", models.CASCADE, null=True, blank=True, related_name="translations"
    )
    engine = models.CharField(_("engine"), max_length=120)
    weights = models.CharField(max_length=64, blank=True)
    seed = models.BigIntegerField()
    lines = models.JSONField(_("lines"), default=list)
    whole = models.BooleanField(_("whole"))  # whether every part it needs could be kept
    # Who wanted it counts as one of its authors; nobody: the command.
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="+", verbose_name=_("asked for by"),
    )  # fmt: skip
    made_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        permissions = (
            ("write_text", _("Can have product texts written and edit them")),
            ("approve_text", _("Can approve and withdraw product texts of others")),
        )
        verbose_name = _("product text")
        verbose_name_plural = _("product texts")

    def __str__(self) -> str:
        told = f"{self.handle}: {self.get_kind_display()}"
        return f"{told}, {self.spoken}" if self.source_id else told

    @property
    def spoken(self) -> str:
        """Its language, in the reader's."""
        return language_name(self.language)

    @property
    def kept(self) -> Said:
        """Label and text of the lines that may be used."""
        return [(line["label"], line["text"]) for line in self.lines if not line["fault"]]

    @property
    def left_out(self) -> list[tuple[str, str, str]]:
        """Label, text and fault of those that may not."""
        return [(ln["label"], ln["text"], ln["fault"]) for ln in self.lines if ln["fault"]]


class TextVersion(models.Model):
    """A text as it was at one time: 0 is the engine's draft, the others are people's. Rows are only
    added."""

    text = models.ForeignKey(ProductText, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    lines = models.JSONField(default=list)  # as those of ProductText, judged when it was written
    edited = models.BooleanField()  # whether a person's words are in it, or the engine's are gone
    # Whether nothing stood against approval then, but what somebody may vouch for.
    ready = models.BooleanField()
    restored = models.PositiveIntegerField(null=True)  # the number of the version it brings back
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )  # nobody: the engine, or an account that is gone
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("text", "-number")
        default_permissions = ()
        constraints = (models.UniqueConstraint("text", "number", name="one_text_a_number"),)

    def __str__(self) -> str:
        return f"{self.text}, {self.number}"

    @property
    def said(self) -> list[dict[str, Any]]:
        """The lines that make the text. What of an engine's could not be kept is none of it; what a
        person wrote is, whatever is wrong with it, and so is every line of a translation, each of
        which stands for one in English."""
        whole = self.number or self.text.source_id
        return [line for line in self.lines if whole or not line["fault"]]

    @property
    def words(self) -> Said:
        """Label and text of these."""
        return [(line["label"], line["text"]) for line in self.said]


class Confirmation(models.Model):
    """That somebody who reads both languages has found every line of a translation to say what its
    English says."""

    version = models.ForeignKey(TextVersion, models.CASCADE, related_name="confirmations")
    said = models.TextField()  # in their own words
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.version}: {self.said}"


class Publication(models.Model):
    """That a version is to be shown, from when on, and who answers for it."""

    class Ended(models.TextChoices):
        REPLACED = "replaced", _("another took its place")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CHANGED = "changed", _("the product changed")

    version = models.ForeignKey(TextVersion, models.CASCADE, related_name="publications")
    handle = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ProductText.Kind)
    language = models.CharField(max_length=10, default="en")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(default=timezone.now)
    ground = models.TextField(blank=True)  # why what no fact says is true all the same
    vouched = models.JSONField(default=list)  # which parts of sentences that goes for
    state = models.CharField(
        max_length=200
    )  # of the product, when every line was last found to hold
    # By the shop's clock. The end may lie ahead: another is to take its place then.
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )  # nobody: by itself
    ended_why = models.CharField(max_length=10, choices=Ended, blank=True)

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                "handle", "kind", "language", condition=models.Q(ended_at=None),
                name="one_text_a_kind_is_shown",
            ),
        )  # fmt: skip
        indexes = (models.Index("handle", "kind", "language", "ended_at", name="texts_shown"),)

    def __str__(self) -> str:
        return f"{self.version}: {self.from_at:%Y-%m-%d %H:%M}"


class Commission(models.Model):
    """Many texts that somebody has asked for, and how far they are. Another process goes on where
    the one that wrote has gone."""

    handles = models.JSONField(default=list)
    about = models.CharField(max_length=300)  # how they were chosen, in words
    kinds = models.JSONField(default=list)
    tone = models.CharField(max_length=20)
    length = models.CharField(max_length=20)
    audience = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="en")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    done = models.PositiveIntegerField(default=0)  # texts that were come to, of so many
    total = models.PositiveIntegerField()
    written = models.PositiveIntegerField(default=0)  # of these, by this
    whole = models.PositiveIntegerField(default=0)
    without = models.PositiveIntegerField(default=0)  # passed over: no English of it holds
    writer = models.CharField(max_length=40, blank=True)  # the process at work
    seen_at = models.DateTimeField(null=True)  # its last sign of life
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True)  # why it stopped

    class Meta:
        ordering = ("-pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.about}: {', '.join(self.kinds)}"

    @property
    def spoken(self) -> str:
        """Their language, in the reader's."""
        return language_name(self.language)

    @property
    def stand(self) -> int:
        """How many of the texts there are by now."""
        return self.done - self.without

    @property
    def told(self) -> list[str]:
        """The kinds as staff read them."""
        return [str(ProductText.Kind(kind).label) for kind in self.kinds]

"""Conversations that people of the team have taken over, and what they said in them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .talk import Conversation, Turn, new_salt


class Inbox(Conversation):
    """A conversation as the inbox shows it."""

    class Meta:
        proxy = True
        permissions = (("answer_inbox", _("Can answer shoppers in the inbox")),)
        verbose_name = _("conversation in the inbox")
        verbose_name_plural = _("inbox")


class Seat(models.Model):
    """What a member of staff has chosen for the inbox."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    away = models.BooleanField(default=False)  # not there, whatever page is open
    letters = models.BooleanField(default=False)  # when somebody waits and nobody is there

    def __str__(self) -> str:
        return str(self.person)


class Takeover(models.Model):
    """That a person has a conversation, or had it; one person at a time, and not for ever."""

    class Ending(models.TextChoices):
        HANDED_BACK = "handed_back", _("Handed back to the assistant")
        CLOSED = "closed", _("Closed")
        TRANSFERRED = "transferred", _("Passed on to a colleague")
        LAPSED = "lapsed", _("Lapsed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="takeovers")
    # The record names who it was; an account that is no longer used is deactivated.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=60)  # as the shopper reads it
    salt = models.CharField(max_length=32, default=new_salt)
    taken_at = models.DateTimeField(_("taken"), default=timezone.now)
    waited = models.PositiveIntegerField(_("waited, seconds"), null=True)  # in line, for anybody
    leased_until = models.DateTimeField(_("until"))  # renewed by whatever the person does
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(_("ending"), max_length=12, choices=Ending, blank=True)

    class Meta:
        ordering = ("taken_at",)
        constraints = (
            models.UniqueConstraint(
                "conversation",
                condition=models.Q(ended_at=None),
                name="one_person_a_conversation",
            ),
        )
        indexes = (
            models.Index(
                "taken_at", condition=models.Q(waited__isnull=False), name="recorded_waits"
            ),
        )
        verbose_name = _("takeover")
        verbose_name_plural = _("takeovers")

    def __str__(self) -> str:
        return f"{self.name} ({self.conversation})"


class Contact(models.Model):
    """The e-mail address that a shopper left for an answer; erased with the conversation."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="contact")
    address = models.EmailField(_("e-mail address"))
    left_at = models.DateTimeField(_("left"), auto_now=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return str(self.conversation)


class Remark(models.Model):
    """What a person said to a shopper, perhaps by letter as well. Its body can be erased; the
    ledger keeps the digest."""

    class Letter(models.TextChoices):
        DUE = "due", _("On its way")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    takeover = models.ForeignKey(Takeover, models.CASCADE, related_name="remarks")
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="remarks")  # the one it follows
    client_id = models.UUIDField()  # the page's; a repeated one changes nothing
    salt = models.CharField(max_length=32, default=new_salt)
    text = models.TextField(_("said"))
    said_at = models.DateTimeField(_("said at"), default=timezone.now)
    letter = models.CharField(_("letter"), max_length=10, choices=Letter, blank=True)
    letter_at = models.DateTimeField(_("letter begun"), null=True, blank=True)  # by one process

    class Meta:
        ordering = ("said_at",)
        constraints = (models.UniqueConstraint("client_id", name="one_remark_a_client_id"),)
        indexes = (
            models.Index("letter_at", condition=models.Q(letter="due"), name="letters_to_shoppers"),
        )
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")

    def __str__(self) -> str:
        return f"{self.takeover}: {self.text[:40]}"


class PersonRating(models.Model):
    """What the shopper thought of a person, once a takeover. Its body can be erased; the ledger
    keeps the digest."""

    takeover = models.OneToOneField(Takeover, models.CASCADE, related_name="rating")
    good = models.BooleanField(_("good"))
    comment = models.TextField(_("comment"), blank=True, max_length=1000)
    salt = models.CharField(max_length=32, default=new_salt)
    given_at = models.DateTimeField(_("given"), default=timezone.now)

    class Meta:
        verbose_name = _("rating of a person")
        verbose_name_plural = _("ratings of persons")

    def __str__(self) -> str:
        return str(_("good") if self.good else _("not good"))


class Note(models.Model):
    """What staff tell each other about a conversation; no shopper is shown it."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("note"))
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        ordering = ("created_at",)
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return self.text[:40]

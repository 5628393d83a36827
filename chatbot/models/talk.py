"""What is said: conversations, turns, replies, frames."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .embed import Embed


def new_salt() -> str:
    """128 random bits: without them a digest of an erased body could be guessed at."""
    return secrets.token_hex(16)


def new_receipt() -> str:
    """A public reference, unguessable and short enough to read out: "CF-" and 12 characters."""
    alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    return "CF-" + "".join(secrets.choice(alphabet) for _place in range(12))


class Conversation(models.Model):
    """A chat of one browser session, perhaps of a signed-in shopper."""

    class State(models.TextChoices):
        ASSISTANT = "assistant", _("With the assistant")
        WAITING = "waiting", _("Waiting for a person")
        PERSON = "person", _("With a person")
        CLOSED = "closed", _("Closed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shopper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="conversations", verbose_name=_("shopper"),
    )  # fmt: skip
    owner = models.CharField(max_length=64, db_index=True)  # SHA-256 of the session's chat secret
    embed = models.ForeignKey(
        Embed, models.SET_NULL, null=True, blank=True,
        related_name="conversations", verbose_name=_("website"),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=12, default="en")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASSISTANT)
    # Since when a person is needed; kept while one has it, who may be lost again.
    waiting_since = models.DateTimeField(_("waiting since"), null=True)
    alerted_at = models.DateTimeField(null=True, editable=False)  # that so long nobody came
    last_seq = models.PositiveIntegerField(default=0)  # of the newest frame
    memory = models.JSONField(default=dict)  # what later messages may refer back to
    before = models.JSONField(default=dict)  # the same before the last turn, and which that was
    # Of which share of an engine on trial it is, and on which side; empty: of none.
    engine_share = models.ForeignKey(
        "EngineSwitch", models.PROTECT, null=True, editable=False, related_name="+",
        db_index=False,
    )  # fmt: skip
    on_candidate = models.BooleanField(null=True, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)  # nothing follows

    class Meta:
        ordering = ("-created_at",)
        indexes = (
            # Retention looks for the old ones that still have a body.
            models.Index("created_at", condition=models.Q(erased_at=None), name="not_erased_yet"),
            models.Index(
                "waiting_since", condition=models.Q(state="waiting"), name="line_of_shoppers"
            ),
            models.Index("created_at", "id", name="conversations_by_time"),
            models.Index("state", "created_at", "id", name="conversations_by_state"),
        )
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")

    def __str__(self) -> str:
        return str(self.id)[:8]


class Playground(Conversation):
    """The page on which staff try the assistant; it has no rows of its own and leaves none."""

    class Meta:
        proxy = True
        default_permissions = ()
        permissions = (("try_as_customer", _("Can try the assistant as a customer")),)
        verbose_name = _("try of the assistant")
        verbose_name_plural = _("playground")


class Disclosure(models.Model):
    """Proof that a shopper was told: the client reported this text on screen, then."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="disclosures")
    version = models.CharField(_("version"), max_length=40)
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("words"), blank=True)  # where they are an embed's own
    seen_at = models.DateTimeField(_("seen at"), auto_now_add=True)

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"


class Turn(models.Model):
    """One shopper message and the work of answering it, leased to one process at a time."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        HELD = "held", _("Waiting for staff")  # nobody works on it
        DONE = "done", _("Done")

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField(_("turn"))
    client_id = models.UUIDField()  # the client's; a repeated one changes nothing
    shopper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # who was signed in when the message came
    text = models.TextField(_("message"))
    page = models.CharField(_("product page"), max_length=200, blank=True)  # a product's handle
    wants_person = models.BooleanField(default=False)  # the button, not words
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    lease = models.CharField(max_length=40, blank=True)  # the process at work
    leased_until = models.DateTimeField(null=True, blank=True)
    stop_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        ordering = ("conversation", "number")
        constraints = (
            models.UniqueConstraint("conversation", "client_id", name="one_turn_a_client_id"),
            models.UniqueConstraint("conversation", "number", name="one_turn_a_number"),
        )
        indexes = (
            # The reaper looks for what nobody is working on.
            models.Index("leased_until", condition=~models.Q(state="done"), name="open_turns"),
        )
        verbose_name = _("turn")
        verbose_name_plural = _("turns")

    def __str__(self) -> str:
        return f"{self.conversation} / {self.number}"

    @property
    def replaced(self) -> bool:
        """Whether the shopper has put another message in its place."""
        return hasattr(self, "edit")


class Reply(models.Model):
    """What one turn was answered: opened before the first word, completed after the last.

    Its body can be erased; the ledger keeps the salted digest.
    """

    turn = models.OneToOneField(Turn, models.CASCADE, related_name="reply")
    receipt = models.CharField(_("receipt"), max_length=20, unique=True, default=new_receipt)
    salt = models.CharField(max_length=32, default=new_salt)
    text = models.TextField(_("shown"), blank=True)
    draft = models.TextField(_("draft"), blank=True)
    cards = models.JSONField(default=list)
    reading = models.JSONField(default=dict)
    acts = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    claims = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)  # empty while open
    engine = models.CharField(_("engine"), max_length=120, blank=True)
    weights = models.CharField(max_length=64, blank=True)  # SHA-256 of the engine's weights
    disclosure = models.CharField(_("disclosure"), max_length=40, blank=True)  # version shown
    first_ms = models.PositiveIntegerField(_("first sentence, ms"), null=True)
    total_ms = models.PositiveIntegerField(_("total, ms"), null=True)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    completed_at = models.DateTimeField(_("completed"), null=True)

    class Meta:
        ordering = ("-opened_at",)
        verbose_name = _("reply")
        verbose_name_plural = _("replies")

    def __str__(self) -> str:
        return self.receipt

    @property
    def never_shown(self) -> bool:
        """Whether it waited for staff and was not sent, so that the shopper has read none of it."""
        return hasattr(self, "hold") and self.hold.kept_back


class Frame(models.Model):
    """One frame of a conversation, committed before it is sent; `resume` replays from here."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="frames")
    seq = models.PositiveIntegerField()
    turn = models.ForeignKey(Turn, models.CASCADE, null=True, related_name="frames")
    body = models.JSONField()  # as sent, without seq
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("conversation", "seq")
        constraints = (models.UniqueConstraint("conversation", "seq", name="one_frame_a_seq"),)

    def __str__(self) -> str:
        return f"{self.conversation} #{self.seq} {self.body.get('type')}"


class Feedback(models.Model):
    """What the shopper thought of a reply; the last press counts."""

    reply = models.OneToOneField(Reply, models.CASCADE, related_name="feedback")
    helpful = models.BooleanField(_("helpful"))
    comment = models.TextField(_("comment"), blank=True, max_length=1000)
    created_at = models.DateTimeField(_("given"), auto_now=True)

    class Meta:
        indexes = (models.Index("created_at", name="newest_thumbs"),)
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self) -> str:
        return str(_("helpful") if self.helpful else _("not helpful"))

"""Foreign sites that carry the assistant: their keys, their origins, how it looks there."""

from __future__ import annotations

import hashlib
import re
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_QUESTIONS, LONGEST_QUESTION = 4, 80
NAME = (  # of artificial intelligence, in the languages of the site
    r"((?<![^\W\d_])(AI|KI|IA)(?![a-z])|A\.I\.|artificial\s+intelligence|k[uü]nstliche\w*\s+intelligenz"
    r"|inteligencia\s+artificial|intelligence\s+artificielle|人工智能|(ال)?ذكاء\s+(ال)?[اإ]صطناعي)"
)
SAYS_AI = re.compile(NAME, re.I)
DENIES_AI = re.compile(
    r"(\b(not|no|never|non|without|isn['’]t|aren['’]t|nicht|kein\w*|ohne|sin|pas|sans|jamais|nunca"
    r"|ليس|ليست|بدون)[\s-]+((an?|any|by|the|es|une?|d['’]|de|una?|eine\w*)\s+)*|(不是|没有|并非)\s*)"
    rf"({NAME}|artificial)",
    re.I,
)


def new_key() -> str:
    """A public key: it names an embed on foreign pages and opens nothing by itself."""
    return "pk_" + secrets.token_hex(12)


def all_languages() -> list[str]:
    """The languages that the site speaks."""
    return [code for code, _name in settings.LANGUAGES]


def check_origins(origins: object) -> None:
    """Each is scheme, host and perhaps port, written as browsers write it; nothing wider."""
    for origin in origins if isinstance(origins, list) else [origins]:
        if not isinstance(origin, str) or not origin or origin != exact(origin):
            told = _("%(origin)s is no origin; write for example https://www.shop.example.")
            raise ValidationError(told, params={"origin": origin})


def exact(address: str) -> str:
    """The origin of an address, as browsers write it; empty where it has none that a page can be
    served from."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[a-z0-9.-]+", host):
        return ""
    shown = port and port != {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if shown else "")


def check_questions(questions: object) -> None:
    """A few short ones; a stroke would part a question in two."""
    given = questions if isinstance(questions, list) else [questions]
    if len(given) > MOST_QUESTIONS:
        told = _("%(n)s questions are too many; keep the %(most)s that are asked most.")
        raise ValidationError(told, params={"n": len(given), "most": MOST_QUESTIONS})
    for text in given:
        if not isinstance(text, str) or "|" in text or not 0 < len(text) <= LONGEST_QUESTION:
            told = _("“%(text)s” can't be offered; write up to %(most)s characters without “|”.")
            raise ValidationError(told, params={"text": text, "most": LONGEST_QUESTION})


def check_languages(codes: object) -> None:
    """At least one, of those that the site speaks."""
    if not isinstance(codes, list) or not codes or set(codes) - set(all_languages()):
        told = _("%(codes)s: choose at least one of %(known)s.")
        raise ValidationError(told, params={"codes": codes, "known": ", ".join(all_languages())})


def check_disclosure(text: str) -> None:
    """Whoever reads it learns that an AI answers; a shop may choose the words, not the fact."""
    if text and (not SAYS_AI.search(text) or DENIES_AI.search(text)):
        told = _("This has to say that an AI answers, for example “An AI assistant answers here.”")
        raise ValidationError(told)


class Embed(models.Model):
    """A site that may show the assistant in a frame, known by its public key."""

    class Position(models.TextChoices):
        RIGHT = "right", _("Bottom right")
        LEFT = "left", _("Bottom left")

    name = models.CharField(
        _("name"), max_length=80, help_text=_("For you; shoppers don't see it.")
    )
    key = models.CharField(
        _("public key"), max_length=40, unique=True, default=new_key, editable=False
    )
    origins = models.JSONField(
        _("allowed origins"), default=list, validators=[check_origins],
        help_text=_("One a line, for example https://www.shop.example. Other sites can't show it."),
    )  # fmt: skip
    color = models.CharField(
        _("colour"), max_length=7, default="#12625a",
        validators=[RegexValidator(r"^#[0-9a-f]{6}\Z", _("Write a colour like #12625a."))],
        help_text=_("The writing on it turns black or white, whichever reads better."),
    )  # fmt: skip
    position = models.CharField(
        _("position"), max_length=5, choices=Position, default=Position.RIGHT
    )
    greeting = models.CharField(
        _("greeting"), max_length=160, blank=True,
        help_text=_("Stands above the suggested questions; empty means the standard one."),
    )  # fmt: skip
    questions = models.JSONField(
        _("suggested questions"), default=list, blank=True, validators=[check_questions],
        help_text=_("One a line, four at most; empty means the standard ones."),
    )  # fmt: skip
    languages = models.JSONField(
        _("languages"), default=all_languages, validators=[check_languages]
    )
    disclosure = models.TextField(
        _("AI disclosure"), max_length=400, blank=True, validators=[check_disclosure],
        help_text=_(
            "Stands above every chat. Empty means the standard one. Your own words have to say that"
            " an AI answers; which words a shopper saw is kept on record."
        ),
    )  # fmt: skip
    repeat_minutes = models.PositiveSmallIntegerField(
        _("say it again after"), default=60,
        help_text=_("Minutes of chatting after which the disclosure is told once more; 0: never."),
    )  # fmt: skip
    active = models.BooleanField(
        _("active"), default=True, help_text=_("Off: it disappears from the site at once.")
    )
    # Together with SECRET_KEY it makes the key that signs shoppers in, which is kept nowhere.
    identity_nonce = models.CharField(max_length=32, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("website")
        verbose_name_plural = _("websites")

    def __str__(self) -> str:
        return self.name

    def wording(self, language: str) -> tuple[str, str]:
        """Its own disclosure and the mark of that, in the language it is written in, which is the
        first of the site's; everybody else has to understand the standard one."""
        first = self.languages[0] if self.languages else ""
        return (self.disclosure, self.mark) if language == first else ("", "")

    @property
    def mark(self) -> str:
        """What the version of the disclosure ends with where its words are this embed's own."""
        digest = hashlib.sha256(self.disclosure.encode()).hexdigest()
        return f"+{digest[:12]}" if self.disclosure else ""

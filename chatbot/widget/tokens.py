"""What a frame carries instead of a cookie: signed, short-lived, bound to one embed.

A `resume` token stands for a browser, as the session does on our own pages; a `pass` says which
shopper a site has vouched for there; an `entry`, made of both, opens one socket within a minute.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing

from chatbot.models import Embed

ENTRY_SECONDS = 60
PASS_SECONDS = 8 * 3600  # then the site has to vouch again
RESUME_SECONDS = 30 * 24 * 3600  # since the last visit
SALT = "chatbot.widget.{}"


@dataclass(frozen=True)
class Visitor:
    """Who is in a frame: the owner as conversations know it, and the shopper if one is vouched
    for."""

    embed: Embed
    owner: str
    passed: str
    shopper: Any  # a user, or None for a guest


def browser(embed: Embed, resume: str) -> str:
    """The secret of the browser that has this resume token; a new one where it is none of ours."""
    known = _read("resume", resume, RESUME_SECONDS)
    if known and known[0] == embed.pk:
        return str(known[1])
    return secrets.token_urlsafe(32)


def owner(secret: str) -> str:
    """Under which digest the conversations of this browser are kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def resume(embed: Embed, secret: str) -> str:
    """The token by which this browser comes back."""
    return _sign("resume", [embed.pk, secret])


def passport(embed: Embed, owner: str, shopper_id: int) -> str:
    """That the site has vouched for this shopper in this browser, until its key is changed."""
    return _sign("pass", [embed.pk, embed.identity_nonce, owner, shopper_id])


def shopper(embed: Embed, owner: str, passed: str) -> Any:
    """Whom a pass stands for; None when it has expired, was given elsewhere, or is withdrawn."""
    known = _read("pass", passed, PASS_SECONDS)
    if not known or known[:3] != [embed.pk, embed.identity_nonce, owner]:
        return None
    active = get_user_model().objects.filter(pk=known[3], is_active=True, is_staff=False)
    return active.first()


def entry(embed: Embed, owner: str, passed: str) -> str:
    """The token for the first frame of a socket."""
    return _sign("entry", [embed.pk, owner, passed])


def visitor(token: str) -> Visitor | None:
    """Who comes with this entry token; None when it is not ours, too old, or the embed is off."""
    known = _read("entry", token, ENTRY_SECONDS)
    embed = Embed.objects.filter(pk=known[0], active=True).first() if known else None
    if not known or not embed:
        return None
    _embed, whose, passed = known
    user = shopper(embed, whose, passed) if passed else None
    return None if passed and not user else Visitor(embed, whose, passed, user)


def still_there(who: Visitor) -> bool:
    """Whether the embed is still on, and who is signed in still vouched for."""
    embed = Embed.objects.filter(pk=who.embed.pk, active=True).first()
    if embed is None:
        return False
    return not who.passed or shopper(embed, who.owner, who.passed) == who.shopper


def _sign(kind: str, values: list[Any]) -> str:
    return signing.dumps(values, salt=SALT.format(kind))


def _read(kind: str, token: str, seconds: int) -> list[Any] | None:
    try:
        return list(signing.loads(token, salt=SALT.format(kind), max_age=seconds))
    except signing.BadSignature:
        return None

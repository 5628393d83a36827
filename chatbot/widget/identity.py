"""A site vouches for its shopper: a JSON Web Token signed with the key that only its server has."""

from __future__ import annotations

import secrets
from typing import Any

import jwt
from django.contrib.auth import get_user_model
from django.utils.crypto import salted_hmac

from chatbot.models import Embed

ALGORITHM = "HS256"  # ours to say, never the token's
LONGEST_SECONDS = 600  # between `iat` and `exp`
LEEWAY_SECONDS = 10  # between two servers' clocks
CLAIMS = ["sub", "aud", "iat", "exp"]


class Refused(Exception):
    """Raised when a token vouches for nobody; `code` is `expired`, `invalid` or `unknown`."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The identity token is {code}.")
        self.code = code


def change_key(embed: Embed) -> str:
    """A new key for the site's server. It is shown this once; the one before signs nobody in any
    more, and whoever it had signed in is signed out within a minute."""
    embed.identity_nonce = secrets.token_hex(16)
    embed.save(update_fields=["identity_nonce"])
    return key(embed)


def key(embed: Embed) -> str:
    """The site's key, made of a random number of the embed's and SECRET_KEY: the database alone
    does not give it away."""
    made = salted_hmac("chatbot.widget.identity", embed.identity_nonce, algorithm="sha256")
    return str(made.hexdigest())


def shopper_of(embed: Embed, token: str) -> int:
    """The shopper for whom the site vouches, found by e-mail address.

    Raises Refused for tokens that are expired, meant for another site, signed with another key or
    by another algorithm, valid for longer than ten minutes, or that name nobody of the shop's.
    """
    claims = _claims(embed, token)
    address = claims["sub"] if "@" in claims["sub"] else str(claims.get("email", ""))
    # Whoever holds a site's key must not become one of the team.
    shoppers = get_user_model().objects.filter(is_active=True, is_staff=False)
    found = shoppers.filter(email=address.strip().lower()).first()
    if found is None:
        raise Refused("unknown")
    return int(found.pk)


def _claims(embed: Embed, token: str) -> dict[str, Any]:
    if not embed.identity_nonce:
        raise Refused("invalid")
    try:
        claims: dict[str, Any] = jwt.decode(
            token, key(embed), algorithms=[ALGORITHM], audience=embed.key, leeway=LEEWAY_SECONDS,
            options={"require": CLAIMS, "strict_aud": True},
        )  # fmt: skip
        long = int(claims["exp"]) - int(claims["iat"]) > LONGEST_SECONDS
    except jwt.ExpiredSignatureError as error:
        raise Refused("expired") from error
    except (jwt.InvalidTokenError, ValueError, TypeError) as error:
        raise Refused("invalid") from error
    if long:
        raise Refused("invalid")
    return claims

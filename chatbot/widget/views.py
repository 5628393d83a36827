"""What foreign sites' pages load, and how the frame in them gets its token."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_bidi, gettext
from django.views.csrf import csrf_failure
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_POST, require_safe

from chatbot import delivery, past
from chatbot.models import Embed
from chatbot.models.embed import exact
from chatbot.views import take_photo

from . import identity, tokens

LOADER_SECONDS = 600  # how long a browser keeps the loader before it asks whether it has changed
ANYWHERE = ("Cross-Origin-Resource-Policy", "cross-origin")


@cache
def loader_source() -> str:
    """The loader with its styles and words, one function call without a dependency."""
    code, css = (Path(_static(f"widget/loader.{kind}")).read_text() for kind in ("js", "css"))
    words = {language.split("-")[0]: _words(language) for language, _name in settings.LANGUAGES}
    return f"({code.strip().rstrip(';')})({json.dumps({'css': css, 'words': words})});\n"


def _static(name: str) -> str:
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(f"{name} is not among the static files; restore static/widget.")
    return str(found)


def _words(language: str) -> dict[str, str]:
    with translation.override(language):
        unread = gettext("New messages: {n}")
        return {"ask": gettext("Ask us"), "chat": gettext("Chat"), "unread": unread}


def _etag(_request: HttpRequest) -> str:
    return f'"{hashlib.sha256(loader_source().encode()).hexdigest()[:16]}"'


@require_safe
@gzip_page
@condition(etag_func=_etag)
def loader(_request: HttpRequest) -> HttpResponse:
    """The script that a site puts on its pages."""
    response = HttpResponse(loader_source(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={LOADER_SECONDS}"
    response[ANYWHERE[0]] = ANYWHERE[1]
    return response


@require_safe
@xframe_options_exempt
def panel(request: HttpRequest) -> HttpResponse:
    """The page in the frame. Browsers show it within the embed's origins and ours, nowhere else."""
    embed = _embed(request)
    language = _language(embed, request.GET.get("lang", ""))
    with translation.override(language):
        # Without the request: no cookie is set and nobody's session is looked at.
        shown = {"embed": embed, "language": language, "rtl": get_language_bidi(),
                 "origins": json.dumps(embed.origins)}  # fmt: skip
        response = HttpResponse(render_to_string("widget/frame.html", shown))
    response[ANYWHERE[0]] = ANYWHERE[1]
    response["Cache-Control"] = "no-cache"
    response["Content-Language"] = language
    response._csp_replace = _policy(embed)  # type: ignore[attr-defined]
    return response


def _policy(embed: Embed) -> dict[str, list[str]]:
    """The site's policy, but for who may frame it; nothing is ever made of text by the browser."""
    return {
        "frame-ancestors": [SELF, *(o for o in embed.origins if o == exact(o))],
        "form-action": [NONE],
        "require-trusted-types-for": ["'script'"],
    }


def _language(embed: Embed, wanted: str) -> str:
    """The language wanted, if the embed speaks it; otherwise its first. There is one of each kind,
    so that "zh-Hans" serves who asks for "zh-CN"."""
    spoken = {code.split("-")[0]: str(code) for code in embed.languages}
    return spoken.get(wanted.split("-")[0].lower(), str(embed.languages[0]))


def _embed(request: HttpRequest) -> Embed:
    """The embed that `shop` names, if it is on."""
    embed = Embed.objects.filter(key=request.GET.get("shop", ""), active=True).first()
    if embed is None:
        raise Http404("No such embed; look its public key up in the admin, under Websites.")
    return embed


View = Callable[[HttpRequest], HttpResponse]


def for_our_pages(view: View) -> View:
    """Refuse what a foreign page sends: its browser names the page's origin, and may add that it
    is another site's."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        sender, own = request.headers.get("Origin"), f"{request.scheme}://{request.get_host()}"
        near = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        if sender != own or not near:
            return csrf_failure(request, reason=REASON_BAD_ORIGIN % sender)
        return view(request)

    return guarded


@csrf_exempt  # no cookie is looked at, so there is none to misuse; `for_our_pages` stands instead
@for_our_pages
@require_POST
def start(request: HttpRequest) -> JsonResponse:
    """Tell a frame who is in it; give it the token for one socket and the one to come back with."""
    embed = _embed(request)
    secret = tokens.browser(embed, request.POST.get("resume", ""))
    owner = tokens.owner(secret)
    passed, state = _vouched(embed, owner, request.POST)
    user = tokens.shopper(embed, owner, passed) if passed else None
    chat = delivery.newest_conversation(owner, user.pk if user else None)
    told: dict[str, Any] = {
        "socket": "/widget/socket/", "token": tokens.entry(embed, owner, passed),
        "resume": tokens.resume(embed, secret), "pass": passed, "identity": state,
        "conversation": str(chat.pk) if chat else "",
    }  # fmt: skip
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


@csrf_exempt  # the token in its header is nothing that a foreign page has
@for_our_pages
@require_POST
def photo(request: HttpRequest) -> JsonResponse:
    """Take a photo into a conversation of the frame whose token comes with it."""
    who = tokens.visitor(request.headers.get("X-Chat-Token", ""))
    shopper_id = who.shopper.pk if who and who.shopper else None
    return take_photo(request, past.Whose(who.owner, shopper_id, abroad=True) if who else None)


def _vouched(embed: Embed, owner: str, sent: QueryDict) -> tuple[str, str]:
    """The pass of whom the site vouches for, and what became of its word: `signed_in`, `guest`, or
    why it was refused; a refusal leaves who was there before."""
    passed = sent.get("pass", "")
    if not tokens.shopper(embed, owner, passed):
        passed = ""
    if not (word := sent.get("identity", "")):
        return passed, "signed_in" if passed else "guest"
    try:
        return tokens.passport(embed, owner, identity.shopper_of(embed, word)), "signed_in"
    except identity.Refused as refused:
        return passed, refused.code

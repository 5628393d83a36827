"""What is asked for over HTTP: the socket's secret, the shopper's own data, receipts."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from . import budgets, delivery, doorbell, past, photos, privacy, receipts, watching

SECRET = "chat_secret"  # noqa: S105 - the session's key, not its value
FILE = "my-chats"


class PhotoForm(forms.Form):
    """A photo for a conversation, under an id of the client's."""

    conversation = forms.UUIDField()
    client_id = forms.UUIDField()
    photo = forms.FileField()


@require_POST
def start(request: HttpRequest) -> JsonResponse:
    """Give this browser session the secret by which its conversations are its own."""
    if SECRET not in request.session:
        request.session[SECRET] = secrets.token_urlsafe(32)
    return JsonResponse({"socket": "/chat/socket/"})


@never_cache
@require_GET
def panel(request: HttpRequest) -> HttpResponse:
    """How much is kept, what can be done about it: a part of the chat panel."""
    kept = privacy.kept(_mine(request))
    return render(request, "chatbot/data/panel.html", {"kept": kept})


@never_cache
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, to read."""
    return render(request, "chatbot/data/page.html", _everything(request))


@never_cache
@require_GET
def download_page(request: HttpRequest) -> HttpResponse:
    """The same as a file that needs nothing else to be read."""
    style = Path(str(finders.find("chatbot/data.css"))).read_text(encoding="utf-8")
    context = {**_everything(request), "style": style}
    response = render(request, "chatbot/data/file.html", context)
    response["Content-Disposition"] = f'attachment; filename="{FILE}.html"'
    return response


@never_cache
@require_GET
def download_json(request: HttpRequest) -> HttpResponse:
    """The same for programs, with the records that the ledger vouches for."""
    response = JsonResponse(
        privacy.everything(_mine(request), _shopper(request)), json_dumps_params={"indent": 1}
    )
    response["Content-Disposition"] = f'attachment; filename="{FILE}.json"'
    return response


@require_POST
def erase(request: HttpRequest) -> JsonResponse:
    """Erase every conversation of this browser and shopper, and what that shopper looked at; tell
    the chats that are open."""
    chats = list(_mine(request))
    doorbell.ring(privacy.erase(*chats))
    if (who := _shopper(request)) is not None:
        privacy.forget(who)
    return JsonResponse({"erased": len(chats)})


@require_POST
def add_photo(request: HttpRequest) -> JsonResponse:
    """Take a photo into one of this browser's or shopper's own conversations."""
    return take_photo(request, past.Whose(owner(request.session), _shopper(request)))


def take_photo(request: HttpRequest, whose: past.Whose | None) -> JsonResponse:
    """Take a photo into one of their conversations; None owns none."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > photos.MOST_BYTES + 10_000:
        return JsonResponse({"message": _("The photo is larger than 8 MB.")}, status=413)
    sent = PhotoForm(request.POST, request.FILES) if whose else PhotoForm()
    chat = (
        past.find(sent.cleaned_data["conversation"], whose) if whose and sent.is_valid() else None
    )
    if chat is None:
        return JsonResponse({"message": _("There is no such chat here.")}, status=404)
    try:
        if not budgets.spend(request.META.get("REMOTE_ADDR", "")):
            raise delivery.Refused("day", _("That’s as many photos as we can take today."))
        doorbell.ring(photos.add(chat, sent.cleaned_data["client_id"], sent.cleaned_data["photo"]))
    except delivery.Refused as error:
        return JsonResponse({"message": str(error)}, status=422)
    return JsonResponse({})


@require_GET
def receipt_form(request: HttpRequest) -> HttpResponse:
    """Where a receipt can be typed in, in capitals or not."""
    code = re.sub(r"[^A-Z0-9-]", "", request.GET.get("code", "").upper())
    if not code:
        return render(request, "chatbot/receipt/form.html")
    return redirect("chatbot:receipt", code if code.startswith("CF-") else f"CF-{code}")


@never_cache
@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What anybody may know of a logged reply; the same page for every code that is none."""
    if not budgets.look_up(request.META.get("REMOTE_ADDR", "")):
        return render(request, "chatbot/receipt/form.html", {"problem": "many"}, status=429)
    found = receipts.find(code)
    if found is None:
        return render(request, "chatbot/receipt/form.html", {"problem": "unknown"}, status=404)
    return render(request, "chatbot/receipt/receipt.html", {"found": found})


@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures that Prometheus reads, for who has METRICS_TOKEN; no page where there is none."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    text, kind = watching.page(request.headers.get("Accept", ""))
    return HttpResponse(text, content_type=kind)


def owner(session: Any) -> str:
    """The digest of the session's chat secret, by which its conversations are known; empty without
    one."""
    secret = session.get(SECRET)
    return hashlib.sha256(secret.encode()).hexdigest() if secret else ""


def _mine(request: HttpRequest) -> QuerySet[Any]:
    return privacy.conversations(owner(request.session), _shopper(request))


def _shopper(request: HttpRequest) -> int | None:
    return request.user.pk if request.user.is_authenticated else None


def _everything(request: HttpRequest) -> Mapping[str, Any]:
    given = privacy.everything(_mine(request), _shopper(request))
    return {"given": given, "kept": privacy.kept(_mine(request))}

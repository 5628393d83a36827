"""What the chat panel asks for over HTTP, before its socket."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

SECRET = "chat_secret"  # noqa: S105 - the session's key, not its value


@require_POST
def start(request: HttpRequest) -> JsonResponse:
    """Give this browser session the secret by which its conversations are its own."""
    if SECRET not in request.session:
        request.session[SECRET] = secrets.token_urlsafe(32)
    return JsonResponse({"socket": "/chat/socket/"})

"""Where sockets lead, and from which pages they may come."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.urls import path

from .consumers import ChatConsumer, WidgetConsumer

routes = [
    path("chat/socket/", ChatConsumer.as_asgi()),
    path("widget/socket/", WidgetConsumer.as_asgi()),
]


class OriginGate:
    """Refuses handshakes from foreign pages (cross-site WebSocket hijacking, CWE-1385).

    A page may connect when its origin is listed in SOCKET_ORIGINS, or is the very host asked for.
    No origin, or more than one, is refused.
    """

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        inner = self.application if allowed(scope["headers"]) else WebsocketDenier()
        return await inner(scope, receive, send)


def allowed(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether a handshake with these headers comes from a page of ours."""
    origins = [value.decode("latin-1") for name, value in headers if name == b"origin"]
    hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
    if len(origins) != 1 or len(hosts) != 1:
        return False
    if settings.SOCKET_ORIGINS:
        return origins[0] in settings.SOCKET_ORIGINS
    return urlsplit(origins[0]).netloc == hosts[0]

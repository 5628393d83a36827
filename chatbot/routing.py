"""Where sockets lead, and from which pages they may come; how a process is asked for its health."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from channels.db import database_sync_to_async
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.urls import path

from . import health
from .consumers import ChatConsumer, WidgetConsumer

HEALTH_SECONDS = 3  # a database that answers later does not answer

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


class Health:
    """Answers /health/live and /health/ready before anything else looks at a request: no host is
    asked for, no session begun, no try counted. Not behind the sockets' work, but beside it."""

    def __init__(self, pages: Any) -> None:
        self.pages = pages
        self.asked = database_sync_to_async(
            health.missing, thread_sensitive=False, executor=ThreadPoolExecutor(1, "health")
        )

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        match scope["path"]:
            case "/health/live":
                await _tell(send, 200, {"live": True})
            case "/health/ready":
                missing = await self._missing()
                await _tell(
                    send, 503 if missing else 200, {"ready": not missing, "missing": missing}
                )
            case _:
                await self.pages(scope, receive, send)

    async def _missing(self) -> list[str]:
        try:
            async with asyncio.timeout(HEALTH_SECONDS):
                found: list[str] = await self.asked(settings.ANSWER_TURNS)
                return found
        except TimeoutError:
            return ["database"]


async def _tell(send: Any, status: int, told: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})

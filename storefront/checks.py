"""What `manage.py check` asks of the site."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def one_worker_without_redis(**_kwargs: Any) -> list[CheckMessage]:
    """The in-memory doorbell rings in one process only."""
    workers = os.environ.get("WEB_CONCURRENCY", "1")
    if settings.REDIS_URL or workers in ("", "1"):
        return []
    return [
        Error(
            f"WEB_CONCURRENCY={workers} needs a channel layer that spans processes.",
            hint="Set REDIS_URL, or WEB_CONCURRENCY=1.",
            id="storefront.E001",
        )
    ]


@register()
def workers_without_redis(**_kwargs: Any) -> list[CheckMessage]:
    """A worker rings at the sockets of other processes."""
    if settings.REDIS_URL or settings.ANSWER_TURNS:
        return []
    return [
        Error(
            "ANSWER_TURNS=off needs a channel layer that spans processes.",
            hint="Set REDIS_URL, or ANSWER_TURNS=on.",
            id="storefront.E002",
        )
    ]

"""What `manage.py check` asks of the assistant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

from . import guards, writing


@register(Tags.database)
def ledger_guards(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """The ledger's triggers stand in every database asked about."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        try:
            if "chatbot_ledgerentry" not in connection.introspection.table_names():
                continue  # not migrated yet
            gone = guards.missing(connection)
        except DatabaseError:
            continue  # Django reports a database that cannot be reached by itself
        if gone:
            found.append(
                Error(
                    f"The ledger can be changed: {', '.join(gone)} missing.",
                    hint="Run `manage.py guard_ledger`.",
                    id="chatbot.E001",
                )
            )
    return found


@register()
def weights(**_kwargs: Any) -> list[CheckMessage]:
    """The bundled writer's weights are there when they are to be used."""
    if settings.ENGINE != "bundled" or (writing.WEIGHTS / "model.safetensors").exists():
        return []
    return [
        Warning(
            "The bundled writer's weights are missing.",
            hint="Restore chatbot/weights, or run `manage.py train writer`.",
            id="chatbot.W001",
        )
    ]


@register()
def patience(**_kwargs: Any) -> list[CheckMessage]:
    """An engine gives up before its turn's lease ends; else two processes answer one message."""
    lease, limit = settings.TURN_LEASE_SECONDS, settings.ENGINE_TIMEOUT_SECONDS
    if settings.ENGINE == "bundled" or limit < lease:
        return []
    return [
        Warning(
            f"ENGINE_TIMEOUT_SECONDS={limit} is not shorter than TURN_LEASE_SECONDS={lease}.",
            hint="Lower the first or raise the second.",
            id="chatbot.W002",
        )
    ]

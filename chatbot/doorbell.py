"""The doorbell: tells the sockets of a conversation to look into the database."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from contextlib import suppress

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from .models import Frame


def group(conversation_id: uuid.UUID) -> str:
    """The name under which a conversation's sockets listen."""
    return f"chat.{conversation_id.hex}"


def ring(frames: Iterable[Frame]) -> None:
    """Ring for frames that staff's pages have caused."""
    for chat_id in {frame.conversation_id for frame in frames}:
        with suppress(Exception):  # a broken doorbell costs seconds; the sockets poll
            async_to_sync(get_channel_layer().group_send)(group(chat_id), {"type": "ring"})

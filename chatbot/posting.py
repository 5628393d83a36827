"""Posting: a letter goes out beside everything else, and whether it did is told."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.core.mail import send_mail
from django.db import connection

logger = logging.getLogger(__name__)


def post(address: str, subject: str, text: str, told: Callable[[bool], None]) -> None:
    """Send a letter from a thread of its own, then tell whether a server has taken it."""
    threading.Thread(target=_post, args=[address, subject, text, told], name="letter").start()


def _post(address: str, subject: str, text: str, told: Callable[[bool], None]) -> None:
    try:
        told(_sent(address, subject, text))
    finally:
        connection.close()


def _sent(address: str, subject: str, text: str) -> bool:
    try:
        send_mail(subject, text, None, [address])
    except OSError:  # no server, or one that refuses
        logger.exception("A letter could not be sent: %s", subject)
        return False
    return True

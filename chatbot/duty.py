"""Who is on duty: the assistant, or people only. Staff switch it; every process asks for it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from . import ledger
from .models import Duty


def people_only() -> bool:
    """Whether staff have switched the assistant off."""
    return bool(Duty.newest().first())


def switch(people_only: bool, user: Any, reason: str) -> Duty:
    """Switch the assistant off, or on again; on record."""
    with transaction.atomic():
        row = Duty.objects.create(people_only=people_only, switched_by=user, reason=reason.strip())
        ledger.record_duty(row)
    ledger.seal()
    return row

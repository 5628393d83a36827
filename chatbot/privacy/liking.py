"""What is kept for recommendations: given out whole, and forgotten."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from chatbot.models import Dismissal, Look, Taste


def liking(shopper_id: int | None) -> dict[str, Any]:
    """What a shopper looked at and dismissed, and whether it is used; nothing of a guest."""
    if shopper_id is None:
        return {}
    taste = Taste.objects.filter(shopper=shopper_id).first()
    looks = Look.objects.filter(shopper=shopper_id).values("handle", "at")
    dismissals = Dismissal.objects.filter(shopper=shopper_id).values("handle", "at")
    return {
        "used": taste.personal if taste else True, "since": taste.since if taste else None,
        "looked_at": list(looks), "dismissed": list(dismissals),
    }  # fmt: skip


@transaction.atomic
def forget(shopper_id: int) -> None:
    """Erase what they looked at and dismissed. That they objected stays, or it would be undone."""
    Look.objects.filter(shopper=shopper_id).delete()
    Dismissal.objects.filter(shopper=shopper_id).delete()

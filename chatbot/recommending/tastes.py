"""What shoppers let us conclude things from: the switch, what they looked at, what they do not want
to be shown; and how all of it goes."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone

from chatbot.models import Dismissal, Look, Taste
from storefront import queries

logger = logging.getLogger(__name__)

MOST_LOOKS = 200  # of one shopper; older ones go
AGAIN = timedelta(minutes=10)  # a second look within it is the same look
DAY = 24 * 3600
DONE = "looks:done"


def personal(shopper_id: int | None) -> bool:
    """Whether anything may be concluded from what this shopper did; from a guest never."""
    if shopper_id is None:
        return False
    told = Taste.objects.filter(shopper=shopper_id).values_list("personal", flat=True).first()
    return told is not False


def switch(shopper_id: int, on: bool) -> None:
    """Conclude from what they do, or from nothing any more."""
    Taste.objects.update_or_create(shopper_id=shopper_id, defaults={"personal": on})


def look(shopper_id: int | None, handle: str) -> None:
    """Note that a shopper looked at a product, if they let us. A page never fails for it."""
    try:
        with transaction.atomic():
            if shopper_id is not None and personal(shopper_id):
                _look(shopper_id, handle)
    except DatabaseError as error:
        logger.warning("A look at a product was not kept: %s", error)


def _look(shopper_id: int, handle: str) -> None:
    own = Look.objects.filter(shopper=shopper_id)
    if own.filter(handle=handle, at__gt=timezone.now() - AGAIN).exists():
        return
    Look.objects.update_or_create(
        shopper_id=shopper_id, handle=handle, defaults={"at": timezone.now()}
    )
    older = own.values_list("pk", flat=True)[MOST_LOOKS:]
    Look.objects.filter(pk__in=list(older)).delete()


def dismiss(shopper_id: int, handle: str) -> bool:
    """Never show it to this shopper again; False where there is no such thing. Twice is once."""
    if queries.product(handle) is None:
        return False
    Dismissal.objects.get_or_create(shopper_id=shopper_id, handle=handle)
    return True


def restore(shopper_id: int, handle: str) -> None:
    """Show it again."""
    Dismissal.objects.filter(shopper=shopper_id, handle=handle).delete()


def since(shopper_id: int) -> datetime | None:
    """Before when nothing counts any more."""
    return Taste.objects.filter(shopper=shopper_id).values_list("since", flat=True).first()


def dismissed(shopper_id: int) -> list[str]:
    """What they do not want to be shown, newest first."""
    rows = Dismissal.objects.filter(shopper=shopper_id)
    return list(rows.values_list("handle", flat=True)[:MOST_LOOKS])


@transaction.atomic
def wipe(shopper_id: int) -> None:
    """Begin anew: looks and dismissals go, and of orders and chats only what comes now counts. The
    switch stays as it is."""
    Taste.objects.update_or_create(shopper_id=shopper_id, defaults={"since": timezone.now()})
    Look.objects.filter(shopper=shopper_id).delete()
    Dismissal.objects.filter(shopper=shopper_id).delete()


def purge() -> int:
    """Forget looks that are older than LOOKS_KEPT_DAYS; how many there were."""
    before = timezone.now() - timedelta(days=settings.LOOKS_KEPT_DAYS)
    return Look.objects.filter(at__lt=before).delete()[0]


def daily() -> None:
    """The same once a day."""
    if cache.add(DONE, True, DAY):
        purge()

"""The shop's clock: what time it is for facts and eligibility. The ledger never uses it."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """SHOP_NOW when set, the real time otherwise; always with an offset."""
    moment: datetime = settings.SHOP_NOW or timezone.now()
    return moment

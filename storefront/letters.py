"""Letters that confirm an order: written into the database with it, sent beside everything else.

A process that takes a letter up puts off when it is due, so that no other sends it meanwhile and
one that dies over it leaves it to the next. A letter that was handed over just before such a death
goes out once more, under the same Message-ID, by which mail programs know it as the same.
"""

from __future__ import annotations

import hashlib
import logging
import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.core.mail import EmailMessage
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .checkout import PAYMENT
from .models import Order, OrderLetter, Shop
from .templatetags.money import country, money

logger = logging.getLogger(__name__)

TAKEN_FOR = timedelta(minutes=10)  # longer than any server keeps one waiting
AGAIN = timedelta(minutes=1)  # after the first try in vain; each time twice as long
LONGEST = timedelta(hours=6)
MOST_TRIES = 20  # some three days
BATCH = 20


def send_due() -> int:
    """Send the letters that are due, oldest first; how many went out."""
    due = OrderLetter.objects.filter(due_at__lte=timezone.now()).order_by("due_at")
    return sum(_take(letter) for letter in due.select_related("order")[:BATCH])


def _take(letter: OrderLetter) -> bool:
    """Send it, unless another process has taken it up."""
    until = timezone.now() + TAKEN_FOR
    mine = OrderLetter.objects.filter(pk=letter.pk, due_at=letter.due_at)
    if not mine.update(due_at=until, tries=F("tries") + 1):
        return False
    ours = OrderLetter.objects.filter(pk=letter.pk, due_at=until)
    if sent := _sent(letter):
        ours.update(due_at=None, sent_at=timezone.now())
    else:
        ours.update(due_at=_next(letter))
    return sent


def _sent(letter: OrderLetter) -> bool:
    """Whether a server has taken it. What went wrong is told without the address and the words."""
    try:
        with translation.override(letter.language):
            _message(letter).send()
    except Exception as error:  # noqa: BLE001 - the other letters go out all the same
        logger.error(
            "The letter that confirms order %s could not be sent (%s); see EMAIL_URL.",
            letter.order.name, type(error).__name__,
            extra={"counterfoil.order_row": letter.order_id, "error.type": type(error).__name__},
        )  # fmt: skip
        return False
    return True


def _next(letter: OrderLetter) -> datetime | None:
    """When to try again; None when it has been tried for long enough."""
    if letter.tries + 1 >= MOST_TRIES:
        return None
    return timezone.now() + min(AGAIN * 2**letter.tries, LONGEST)


def _message(letter: OrderLetter) -> EmailMessage:
    order = letter.order
    told = {"number": order.name, "shop": _line(str(Shop.objects.first() or ""))}
    host = urlsplit(letter.site).hostname or "localhost"
    name = hashlib.sha256(f"{order.pk} {order.key}".encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<order-{name}@{host}>", "Auto-Submitted": "auto-generated"}
    subject = _("Your order %(number)s at %(shop)s") % told
    return EmailMessage(subject, text(letter), None, [order.email], headers=headers)


def text(letter: OrderLetter) -> str:
    """What it says, in the language that is active."""
    order = letter.order
    thanks = _("Thank you. Your order is placed.")
    told = {"name": order.name, "total": money(order.total, order.currency)}
    number = _("Its number is %(name)s, and it comes to %(total)s.") % told
    demo = _("This is a demo: nothing was charged.") if order.payment_method == PAYMENT else ""
    opening = "\n".join(filter(None, (thanks, number, demo)))
    return "\n\n".join(filter(None, (opening, _items(order), _sums(order), _place(order),
                                     _where(letter)))) + "\n"  # fmt: skip


def _items(order: Order) -> str:
    return "\n".join(
        f"{line.quantity} × {_line(line.name)}: {money(line.amount, order.currency)}"
        for line in order.lines.all()
    )


def _sums(order: Order) -> str:
    """What it comes to, line by line."""
    off = _("Discount %(code)s") % {"code": _line(order.discount_code)}
    rows = [
        (_("Goods"), order.goods), (off, -order.discount_amount), (_("Shipping"), order.shipping),
        (_("Tax"), order.taxes), (_("Total"), order.total),
    ]  # fmt: skip
    always = (0, 2, 4)
    return "\n".join(
        f"{name}: {money(amount, order.currency)}"
        for place, (name, amount) in enumerate(rows)
        if amount or place in always
    )


def _place(order: Order) -> str:
    """How it is sent, and where to."""
    place = order.shipping_address
    if not place:
        return _line(order.shipping_method)
    city = " ".join(place.get(key, "") for key in ("city", "province", "zip"))
    lines = (order.shipping_name, place.get("address1"), place.get("address2"), city)
    named = [*map(_line, filter(None, lines)), country(place.get("country"))]
    way = [_line(order.shipping_method)] if order.shipping_method else []
    return "\n".join([_("Sent to") + ":", *named, *way])


def _where(letter: OrderLetter) -> str:
    order = letter.order
    address = letter.site + reverse("storefront:order", args=[order.number])
    told = _("Follow your order here: %(address)s\nIts number and this e-mail address open it.")
    return told % {"address": address}


def _line(words: str) -> str:
    """What somebody typed, on one line and linking nowhere: whose the address is has not been
    proved, and nobody may have the shop write a letter of theirs."""
    return re.sub(r"\w+://|www\.", "", " ".join(words.split()))

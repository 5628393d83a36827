"""What tests of changes and recalls share: a price that was told, and its recall."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from chatbot import delivery, ledger
from chatbot.models import Reply, ToldClaim
from chatbot.recall import changes, opening, sending
from storefront.models import Variant
from tests.conftest import accept, open_chat

KETTLE = {"source": "variant:LK-RED", "page": "product:larkspur-kettle", "field": "price",
          "value": "$49.00", "kind": "money", "amount": 4900, "currency": "USD",
          "title": "Larkspur Kettle"}  # fmt: skip
POLICY = {"source": "article:returns#0", "page": "article:returns", "field": "text",
          "kind": "prose"}  # fmt: skip
RULE = "You have 30 days from delivery to send something back."
RED = ("variant:LK-RED", "price", "$49.00")


def told(chat=None, days=0, **claim):
    """A claim that a shopper was told, so many days ago."""
    turn = accept(chat or open_chat(), "hello")
    turn.state = "done"
    turn.save()
    reply = Reply.objects.create(turn=turn, text="It is $49.00.", completed_at=timezone.now())
    ledger.record_reply(reply)
    known = {"text": "$49.00", "sentence": "It is $49.00.", "version": "1"} | KETTLE | claim
    at = timezone.now() - timedelta(days=days)
    return ToldClaim.objects.create(
        reply=reply, conversation=turn.conversation, told_at=at, **known
    )


def reprice(price, sku="LK-RED"):
    variant = Variant.objects.get(sku=sku)
    variant.price = price
    variant.save()


def open_recall(grace, right="It is $59.00.", amount=Decimal(59)):
    """A recall of the kettle's price, which has changed."""
    reprice(59)
    wrong = opening.Wrong("The price went up.", right, amount, changes.change(*RED))
    return opening.open_recall(grace, wrong, changes.tellings(*RED))


def sent(grace, **more):
    recall = open_recall(grace, **more)
    sending.send(recall, grace)
    return recall


def heard(chat):
    """The corrections that a conversation was told."""
    return [f for f in delivery.frames_after(chat.pk, 0) if f["type"] == "correction"]


def states(recall):
    return list(recall.recipients.values_list("state", flat=True))


def run():
    return list(sending.step())

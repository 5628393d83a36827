"""On PostgreSQL those who work at once on the same rows wait for each other, never in a circle."""

import json

import pytest

from tests.conftest import write_shop
from tests.servers import migrated, postgres_server, run

SETUP = """
import django; django.setup()
import json, threading, uuid
from dataclasses import replace
from pathlib import Path
from django.db import connection, utils
from storefront import checkout, fulfilment, models
from storefront.importing import import_folder
folder, ROUNDS = Path(FOLDER), 25
told = {}
def often(deed):
    def work():
        for n in range(ROUNDS):
            try:
                deed(n); told.setdefault(deed.__name__, 0); told[deed.__name__] += 1
            except utils.OperationalError as error:
                told.setdefault("faults", []).append(str(error).splitlines()[0])
        connection.close()
    return threading.Thread(target=work)
def together(*deeds):
    work = [often(deed) for deed in deeds]
    [t.start() for t in work]; [t.join() for t in work]
    print(json.dumps(told))
import_folder(folder, quiet=True)
olive = models.User.objects.create_superuser("olive@example.com", "x")
"""
SHOP = """
products, orders = folder / "products.csv", folder / "orders.csv"
goods = products.read_text()
sold = orders.read_text().replace("paid,fulfilled,2026-11-10 10:00:00 +0000", "pending,,")
sold = sold.replace("LK-RED,fulfilled", "LK-RED,pending")
def importing(n):
    products.write_text(goods.replace(",5,49.00", f",{50 + n},49.00").replace("steel", f"steel {n}"))
    orders.write_text(sold.replace(",5.00,0.00,", f",5.00,{n % 3}.00,"))
    import_folder(folder, quiet=True)
importing(-1)
order = models.Order.objects.get()
models.Order.objects.update(fulfillment_status="", financial_status="pending")
def stepping(n):
    wanted = fulfilment.Move("cancelled", restock=True)
    step = fulfilment.move(order.pk, wanted, uuid.uuid4(), olive)
    try:
        fulfilment.undo(step.pk, olive)
    except fulfilment.NotMoved:  # sold since
        models.OrderEvent.objects.all().delete()
        models.Order.objects.update(cancelled_at=None, financial_status="pending")
kettle = models.Variant.objects.get(sku="LK-RED")
box = checkout.Wanted("e@example.com", "Emil", pickup=True)
def buying(n):
    cart = models.Cart.objects.create()
    cart.lines.create(variant=kettle, quantity=1, price=kettle.price)
    found = checkout.offer(cart, box)
    wanted = replace(box, shown=found.totals.total, seen=found.seen)
    try:
        checkout.place(cart, cart.key, None, wanted)
    except checkout.NotPlaced:
        pass
together(importing, stepping, buying)
"""
CHAT = """
from chatbot import delivery, editing, pressing
from chatbot.models import Action
from chatbot import terminal
from django.utils import timezone
chat = terminal.begin("ada@example.com")
terminal.say(chat, "hello")
turn = chat.turns.get()
card = Action.objects.create(turn=turn, kind="cancel", order="#2001", quote="{}", title="Cancel",
    notices="1", state="waiting", pressed_at=timezone.now(), expires_at=timezone.now())
def deciding(n):
    Action.objects.filter(pk=card.pk).update(state="waiting")
    pressing.decide(card.pk, olive, release=False)
def changing(n):
    try:
        editing.accept(chat.pk, turn.number, client_id=uuid.uuid4(), text=f"hello {n}")
    except delivery.Refused:
        pass
together(deciding, changing)
"""
RECALL = """
import time
from chatbot.recall import sending
from tests.chatbot import recalling
sending.logger.exception = lambda *fault: told.setdefault("faults", []).append(str(fault))
def withdrawing(n):
    for _shopper in range(4):
        recalling.told()
    recall = recalling.sent(olive)
    time.sleep(0.01)
    sending.withdraw(recall, olive)
def telling(n):
    for _batch in range(20):
        list(sending.step())
together(withdrawing, telling)
"""
DESK = """
from datetime import timedelta
from django.db.models import Q
from chatbot.models import ProductText, Publication, TextVersion
from chatbot.studio import publishing, versions
from storefront.clock import now
def text():
    row = ProductText.objects.create(
        handle="larkspur-kettle", version="1", kind="bullets", seed=0, whole=True,
        lines=[{"label": "BULLET", "text": one, "claims": [], "fault": ""} for one in
               ("Capacity: 0.9 L.", "Warranty: 2 years.", "A kettle for two.")])
    return versions.draft_of(row)
texts, more = [text() for _n in range(6)], models.User.objects.create_user("abe@example.com", "x")
def often_approving(n, some, user):
    try:
        at = now() + timedelta(hours=1) if n % 5 == 4 else None
        told["made"] = bool(publishing.approve(some[n % 3], user, at))
    except versions.TextRefused:
        pass
    live = Publication.objects.filter(from_at__lte=now()).filter(Q(ended_at=None) | Q(ended_at__gt=now()))
    told["two"] = told.get("two", 0) + (len(list(live)) > 1)
def approving(n):
    often_approving(n, texts[:3], olive)
def approving_too(n):
    often_approving(n, texts[3:], more)
def withdrawing(n):
    try:
        if row := Publication.objects.first():
            publishing.withdraw(row, olive)
    except versions.TextRefused:
        pass
def changing(n):
    models.Product.objects.filter(handle="larkspur-kettle").update(digest=str(n))
    publishing.look_again()
together(approving, approving_too, withdrawing, changing)
"""


def at_once(tmp_path, script):
    """How often each deed was done, and what went wrong in the database."""
    folder = write_shop(tmp_path)
    with postgres_server(tmp_path, migrated()) as url:
        env = {"DATABASE_URL": url, "MESSAGES_PER_MINUTE": "1000"}
        return json.loads(run(f"FOLDER = {str(folder)!r}\n{SETUP}{script}", env).splitlines()[-1])


@pytest.mark.postgres
def test_imports_buyers_and_staff_never_wait_in_a_circle(tmp_path):
    told = at_once(tmp_path, SHOP)
    assert told == {"importing": 25, "stepping": 25, "buying": 25}


@pytest.mark.postgres
def test_an_edit_and_a_decision_never_wait_in_a_circle(tmp_path):
    told = at_once(tmp_path, CHAT)
    assert told == {"deciding": 25, "changing": 25}


@pytest.mark.postgres
def test_a_recall_that_goes_out_and_one_that_is_withdrawn_never_wait_in_a_circle(tmp_path):
    told = at_once(tmp_path, RECALL)
    assert told == {"withdrawing": 25, "telling": 25}


@pytest.mark.postgres
def test_those_who_approve_at_once_have_one_text_shown_and_never_wait_in_a_circle(tmp_path):
    told = at_once(tmp_path, DESK)
    assert told.pop("made") and told.pop("two") == 0
    assert told == {"approving": 25, "approving_too": 25, "withdrawing": 25, "changing": 25}

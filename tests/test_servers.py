"""The same project on PostgreSQL and Redis, both real."""

import json

import pytest

from tests.servers import (
    manage,
    migrated,
    postgres_server,
    redis_server,
    run,
    stocked_cluster,
)

SCRIPT = """
import json, django; django.setup()
from django.db import connection
from chatbot import guards, ledger
from chatbot.models import LedgerEntry
entry = ledger.record("reply", "CF-TEST", "salt", {"a": 1}); ledger.seal()
refused = []
for deed in ("UPDATE chatbot_ledgerentry SET kind='x'", "DELETE FROM chatbot_ledgerseal",
             "TRUNCATE chatbot_ledgercheckpoint"):
    try:
        with connection.cursor() as cursor: cursor.execute(deed)
    except Exception as error: refused.append("only grows" in str(error))
print(json.dumps({"vendor": connection.vendor, "missing": guards.missing(connection), "refused": refused}))
"""
PRESSES = """
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.db import connection
from chatbot import pressing, terminal
from chatbot.models import Action
from storefront.models import OrderChange
chat = terminal.begin("maya.okafor@example.com")
terminal.say(chat, "cancel order 1163")
action = Action.objects.get()
def press(_tab):
    try:
        return pressing.press(chat, action.pk, "confirm", chat.shopper_id)
    finally:
        connection.close()
with ThreadPoolExecutor(8) as tabs:
    told = [frame for frame in tabs.map(press, range(8)) if frame]
print(len(told), OrderChange.objects.count())
"""
RING = """
import asyncio, django; django.setup()
from channels.layers import get_channel_layer
from django.core.cache import cache
async def main():
    layer = get_channel_layer()
    inbox = await layer.new_channel()
    await layer.group_add("chat.x", inbox)
    await layer.group_send("chat.x", {"type": "ring"})
    print((await asyncio.wait_for(layer.receive(inbox), 5))["type"], type(layer).__name__)
asyncio.run(main())
cache.set("k", 1); print(cache.incr("k"))
"""


BUYERS = """
import django; django.setup()
import json, threading
from dataclasses import replace
from django.db import connection
from storefront import models
from storefront.checkout import NotPlaced, Wanted, offer, place
BOX = Wanted("e@example.com", "Emil", pickup=True, method="store|Store pickup - Portland")
def filled(variant):
    cart = models.Cart.objects.create()
    cart.lines.create(variant=variant, quantity=1, price=variant.price)
    return cart
def together(carts):
    told = []
    def buy(cart, key, found):
        try:
            wanted = replace(BOX, shown=found.totals.total, seen=found.seen)
            told.append(place(cart, key, None, wanted).name)
        except NotPlaced:
            told.append("")
        connection.close()
    work = [threading.Thread(target=buy, args=(c, c.key, offer(c, BOX))) for c in carts]
    [t.start() for t in work]; [t.join() for t in work]
    return told
one, other = models.Variant.objects.filter(product__status="active", stock__gt=4)[:2]
models.Variant.objects.filter(pk=one.pk).update(stock=1)
sold = sum(map(bool, together([filled(one) for n in range(8)])))
pressed = len(set(together([filled(other)] * 6)))
together([filled(other)])
placed = models.Order.objects.filter(key__isnull=False).order_by("pk")
one.refresh_from_db()
print(json.dumps({"sold": sold, "stock": one.stock, "pressed": pressed,
                  "orders": sorted(placed.values_list("name", flat=True))}))
"""


SHARE = """
import django; django.setup()
import json, threading
from django.contrib.auth import get_user_model
from django.db import connection
from chatbot.engines import choosing, sharing
from chatbot.models import EngineSwitch
user = get_user_model().objects.create_superuser("olive@example.com", "x")
setup = choosing.add(user, "hub", "vendor/model")
def ended(share):
    sharing.close(share, "stopped")
    connection.close()
for _round in range(10):
    share = choosing.switched("share", by=user, candidate=setup, candidate_digest="d", share=10)
    work = [threading.Thread(target=ended, args=[share.pk]) for _thread in range(6)]
    [t.start() for t in work]; [t.join() for t in work]
print(json.dumps(EngineSwitch.objects.filter(deed="stopped").count()))
"""


@pytest.mark.postgres
def test_on_postgresql_it_migrates_imports_and_guards_the_ledger(tmp_path):
    with postgres_server(tmp_path) as url:
        env = {"DATABASE_URL": url}
        manage(env, "migrate", "--verbosity", "0")
        assert "131 products added" in manage(env, "import_shop", "storefront/demo_shop")
        manage(env, "check", "--database", "default")
        told = json.loads(run(SCRIPT, env).splitlines()[-1])
    assert told == {"vendor": "postgresql", "missing": [], "refused": [True, True, True]}


@pytest.mark.postgres
def test_on_postgresql_a_question_is_answered_and_verified(tmp_path):
    with postgres_server(tmp_path, stocked_cluster()) as url:
        env = {"DATABASE_URL": url}
        assert "$189.00" in manage(env, "ask", "how much is the Kestrel Rain Shell?")
        assert "3 entries verified" in manage(env, "verify_ledger")


@pytest.mark.postgres
def test_on_postgresql_an_order_is_cancelled_once_however_many_press(tmp_path):
    with postgres_server(tmp_path, stocked_cluster()) as url:
        env = {"DATABASE_URL": url, "SHOP_NOW": "2026-11-20T18:00:00-05:00"}
        told = run(PRESSES, env).split()
        assert told == ["1", "1"]
        assert "entries verified" in manage(env, "verify_ledger")


@pytest.mark.postgres
def test_on_postgresql_the_last_piece_is_sold_once_and_a_press_orders_once(tmp_path):
    with postgres_server(tmp_path, stocked_cluster()) as url:
        env = {"DATABASE_URL": url, "SHOP_NOW": "2026-11-20T18:00:00-05:00"}
        told = json.loads(run(BUYERS, env).splitlines()[-1])
    assert told == {"sold": 1, "stock": 0, "orders": ["#1167", "#1168", "#1169"], "pressed": 1}


@pytest.mark.postgres
def test_on_postgresql_a_share_ends_once_whoever_finds_it_worse(tmp_path):
    with postgres_server(tmp_path, migrated()) as url:
        env = {"DATABASE_URL": url}
        assert json.loads(run(SHARE, env).splitlines()[-1]) == 10


@pytest.mark.redis
def test_through_redis_the_doorbell_rings_and_limits_count(tmp_path):
    with redis_server(tmp_path) as url:
        told = run(RING, {"REDIS_URL": url}).split()
    assert told == ["ring", "Bell", "2"]

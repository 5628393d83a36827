"""An order that was placed is confirmed by letter: in the buyer's language, once, sooner or later."""

import smtplib
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.utils import timezone

from storefront import chores, letters, models
from tests.servers import manage, site
from tests.storefront.buying import BACKEND, KETTLE, METHODS, WHO, order, put, rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(linden):
    cache.clear()  # it counts the orders of an address
    rule(shipping={"methods": METHODS})


@pytest.fixture
def letter(client, shop):
    put(client, KETTLE, option0="Red", quantity=2)
    put(client)
    order(client, code="teatime")
    return models.OrderLetter.objects.get()


def soon():
    """Whatever was put off is due now."""
    models.OrderLetter.objects.exclude(due_at=None).update(due_at=timezone.now())


def test_it_tells_what_was_bought_what_it_comes_to_and_where_it_goes(letter):
    assert letters.send_due() == 1
    (sent,) = mail.outbox
    assert sent.to == ["emil@example.com"] and sent.subject == "Your order #2002 at Linden"
    for told in ("2 × Larkspur Kettle - Red: $98.00", "1 × Brindle Teapot: $36.00",
                 "Goods: $134.00", "Discount TEATIME: -$13.40", "Shipping: $0.00",
                 "Total: $120.60", "Emil\n1 Tea Street\nPortland ME 04101\nUnited States\nStandard",
                 "This is a demo: nothing was charged.", "http://testserver/account/orders/2002/"):  # fmt: skip
        assert told in sent.body
    assert "Tax" not in sent.body and "Ring twice" not in sent.body


def test_the_link_leads_a_guest_to_the_look_up(letter, client):
    client.logout()
    answer = client.get("/account/orders/2002/")
    assert answer["Location"] == "/orders/find/?number=2002"


@pytest.mark.parametrize(("language", "told"), [
    ("de", "Ihre Bestellung #2002 bei Linden"), ("fr", "Votre commande"), ("es", "Su pedido"),
    ("zh-hans", "#2002"), ("ar", "#2002"),
])  # fmt: skip
def test_it_is_in_the_language_of_the_buyer(client, shop, language, told):
    client.cookies["django_language"] = language
    put(client)
    order(client)
    letters.send_due()
    (sent,) = mail.outbox
    assert told in sent.subject and "Your order" not in sent.subject
    assert "Thank you" not in sent.body and "Follow" not in sent.body


def test_it_is_sent_once_whoever_looks(letter):
    stale = letters.OrderLetter.objects.select_related("order").get()
    assert [letters.send_due(), letters.send_due(), letters._take(stale)] == [1, 0, False]
    soon()
    assert letters.send_due() == 0 and len(mail.outbox) == 1


def test_without_the_condition_two_would_send_it(letter, monkeypatch):
    stale = models.OrderLetter.objects.select_related("order").get()
    letters.send_due()
    models.OrderLetter.objects.update(due_at=stale.due_at)
    assert letters._take(stale) and len(mail.outbox) == 2
    first, second = (m.message()["Message-ID"] for m in mail.outbox)
    assert first == second


@pytest.mark.parametrize("fault", [
    OSError("no server"), smtplib.SMTPRecipientsRefused({"emil@example.com": (550, b"no")}),
    smtplib.SMTPAuthenticationError(535, b"hunter2"), ValueError("emil@example.com"),
])  # fmt: skip
def test_a_fault_is_waited_out_and_logged_without_the_address(letter, monkeypatch, caplog, fault):
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", lambda _letter: (_ for _ in ()).throw(fault))
        assert letters.send_due() == 0
    letter.refresh_from_db()
    assert letter.due_at > timezone.now() and letter.sent_at is None
    assert "#2002" in caplog.text and type(fault).__name__ in caplog.text
    assert not {"emil", "hunter2"} & set(caplog.text.replace("@", " ").split())
    soon()
    assert letters.send_due() == 1 and mail.outbox


def test_who_died_over_it_leaves_it_to_the_next(letter, monkeypatch):
    def die(_letter):
        raise SystemExit

    with monkeypatch.context() as dying, pytest.raises(SystemExit):
        dying.setattr(EmailMessage, "send", die)
        letters.send_due()
    assert letters.send_due() == 0
    later = timezone.now() + letters.TAKEN_FOR
    monkeypatch.setattr(timezone, "now", lambda: later + timedelta(seconds=1))
    assert letters.send_due() == 1


def test_after_some_days_nobody_tries_any_more(letter, monkeypatch):
    monkeypatch.setattr(letters, "_sent", lambda _letter: False)
    waits = []
    for _try in range(letters.MOST_TRIES):
        soon()
        letters.send_due()
        letter.refresh_from_db()
        waits.append(letter.due_at and letter.due_at - timezone.now())
    assert waits[-1] is None and timedelta(days=2) < sum(waits[:-1], timedelta()) < timedelta(
        days=4
    )


@pytest.mark.parametrize(("tried", "told"), [
    ({}, "has not been sent yet"), ({"due_at": None, "sent_at": timezone.now()}, "was sent by letter"),
    ({"due_at": None}, "could not be sent"),
])  # fmt: skip
def test_staff_see_what_became_of_it(letter, client, olive, tried, told):
    models.OrderLetter.objects.update(**tried)
    client.force_login(olive, BACKEND)
    page = client.get(f"/admin/storefront/order/{letter.order_id}/change/").content.decode()
    assert told in page


def test_what_was_typed_stays_on_its_line_and_links_nowhere(client, shop):
    put(client)
    order(client, name="Win!\n\nhttps://evil.example", address1="www.evil.example\r\nBcc: x@y.z")
    letters.send_due()
    body = mail.outbox[0].body
    assert "Win! evil.example\nevil.example Bcc: x@y.z\n" in body
    assert body.count("://") == 1


def test_a_chore_that_fails_is_done_the_next_time(letter, monkeypatch, caplog):
    monkeypatch.setattr(chores, "connection", type("Open", (), {"close": lambda: None}))
    monkeypatch.setattr(chores, "close_old_connections", lambda: None)
    with monkeypatch.context() as away:
        away.setattr(letters, "send_due", lambda: 1 / 0)
        chores.step()
    assert "have to wait" in caplog.text
    chores.step()
    assert len(mail.outbox) == 1


DUE = """from storefront.models import Order, OrderLetter
OrderLetter.objects.create(order=Order.objects.first(), language="en", site="https://shop.example")"""


@pytest.mark.timeout(400)
def test_a_process_that_serves_the_shop_sends_it(tmp_path):
    posted = tmp_path / "post"
    with site(tmp_path, EMAIL_URL=f"filemail:///{posted}", WARM_UP="off") as (_address, env):
        manage(env, "shell", "-c", DUE)
        until = time.monotonic() + 30
        while not (found := [path for path in posted.glob("*") if path.read_text()]):
            assert time.monotonic() < until
            time.sleep(0.2)
    assert "https://shop.example/account/orders/" in found[0].read_text()


def test_an_order_that_is_not_placed_has_no_letter(client, shop):
    put(client)
    client.post("/checkout/", {**WHO, "place": "1"})
    assert not models.OrderLetter.objects.exists()

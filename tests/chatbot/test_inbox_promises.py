"""When nobody is at the chat: when the team is back, and an answer by e-mail."""

import threading
import uuid
from datetime import datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from chatbot import conversation, ledger, posting, privacy
from chatbot.inbox import contact, desk, letters, line
from chatbot.models import Contact, Frame, Remark
from storefront import hours, queries
from storefront.values import Rules
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
WEEK = {d: ["09:00", "17:00"] for d in ("mon", "tue", "wed", "thu", "fri")}
RULES = {
    "shop": {"timezone": "America/New_York"},
    "hours": {
        "chat": WEEK | {"sat": ["10:00", "16:00"], "sun": []},
        "store": {"closed": ["2026-11-26"], "early_close": [{"date": "2026-12-24", "until": "15:00"}]},
    },
}  # fmt: skip
EVENING = datetime.fromisoformat("2026-11-20T18:00:00-05:00")
BACK = "Saturday, November 21 at 10:00 AM EST"


def at(moment, rules=RULES):
    found = hours.chat(Rules(rules, "", EVENING), datetime.fromisoformat(moment))
    return found.open, found.back


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-20T18:00:00-05:00", ("no", BACK)),
        ("2026-11-20T16:59:00-05:00", ("yes", "")),
        ("2026-11-20T08:59:00-05:00", ("no", "Friday, November 20 at 9:00 AM EST")),
        ("2026-11-21T21:00:00+00:00", ("no", "Monday, November 23 at 9:00 AM EST")),
        ("2026-11-25T20:00:00-05:00", ("no", "Friday, November 27 at 9:00 AM EST")),
        ("2026-12-24T15:00:00-05:00", ("no", "Friday, December 25 at 9:00 AM EST")),
        ("2026-03-07T18:00:00-05:00", ("no", "Monday, March 9 at 9:00 AM EDT")),
    ],
)
def test_the_hours_tell_when_the_team_is_back(moment, told):
    assert at(moment) == told


@pytest.mark.parametrize(
    ("chat", "told"),
    [({}, ("", "")), ({"sun": []}, ("no", "")), ({"fri": ["nine", "17:00"]}, ("no", "")),
     ({"fri": ["00:00", "24:00"]}, ("yes", ""))],
)  # fmt: skip
def test_what_the_shop_does_not_say_is_promised_to_nobody(chat, told):
    assert at("2026-11-20T18:00:00-05:00", {"hours": {"chat": chat}}) == told


@pytest.fixture
def shut(linden, engine, settings):
    cache.clear()
    settings.SHOP_NOW = EVENING
    linden.rules |= RULES
    linden.save()


def waits(shopper=None):
    chat = open_chat(shopper=shopper)
    for text, wish in (("is the kettle loud?", False), ("a person, please", True)):
        list(conversation.answer(accept(chat, text, shopper, wants_person=wish).pk, "test"))
    chat.refresh_from_db()
    return chat


def told(chat):
    return " ".join(f.body.get("text", "") for f in Frame.objects.filter(conversation=chat))


def test_who_asks_out_of_hours_is_told_day_and_time_and_of_e_mail(shut):
    chat = waits()
    assert f"the team is back on {BACK}. Leave your e-mail address" in told(chat)
    assert line.outlook(chat.pk) == line.NOTHING | {"there": "no", "back": BACK}


def test_who_asks_again_out_of_hours_hears_place_and_promise(shut):
    chat = waits()
    turn = accept(chat, "a person!", wants_person=True)
    assert f"number 1 in line for a person from our team. Nobody is at the chat right now; the team is back on {BACK}" in str(
        [f.body for f in conversation.answer(turn.pk, "test")]
    )  # fmt: skip


def test_while_somebody_is_there_nobody_is_said_to_be_away(shut, grace):
    line.seen(grace)
    chat = waits()
    assert "back on" not in told(chat)
    assert line.outlook(chat.pk) == line.NOTHING


def test_in_hours_no_return_is_told(shut, settings):
    settings.SHOP_NOW = datetime.fromisoformat("2026-11-20T12:00:00-05:00")
    assert queries.chat_hours(queries.rules()).open == "yes"
    assert "back on" not in told(waits())


def test_an_address_is_shown_masked_and_a_newer_one_takes_its_place(shut, ada):
    chat = waits(ada)
    assert line.outlook(chat.pk, ada)["own"] == "a…@example.com"
    contact.leave(chat, "", ada)
    assert contact.address(chat) == "ada@example.com"
    contact.leave(chat, " else@example.org ", ada)
    assert line.outlook(chat.pk, ada)["address"] == "e…@example.org"
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["", "ada", "a@b", "a@example.com\nBcc: x@example.com", "a" * 250 + "@x.org"]
)
def test_what_is_no_address_is_not_taken(shut, address):
    with pytest.raises(contact.NotTaken, match="doesn't look like"):
        contact.leave(waits(), address)


def test_who_waits_for_nobody_leaves_no_address(shut):
    with pytest.raises(contact.NotTaken, match="Ask for a person first"):
        contact.leave(open_chat(), "ada@example.com")


def test_the_address_reaches_no_engine_and_no_frame(shut, engine):
    chat = waits()
    contact.leave(chat, "ada.secret@example.com")
    list(conversation.answer(accept(chat, "and is it heavy?").pk, "test"))
    assert "secret" not in f"{engine.briefs} {[f.body for f in Frame.objects.all()]}"


@pytest.fixture
def answered(shut, grace, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    grace.first_name = "Grace"
    grace.save()
    chat = waits()
    contact.leave(chat, "guest@example.com")
    desk.take(chat.pk, grace)
    desk.say(chat.pk, grace, uuid.uuid4(), "It whistles, quite loud.", by_letter=True)
    return chat


def post(times=1):
    """Let the letters go out, and wait until what became of them is known."""
    for _time in range(times):
        letters.send_due()
    [thread.join() for thread in threading.enumerate() if thread.name == "letter"]
    return mail.outbox


@pytest.mark.django_db(transaction=True)
def test_what_a_person_answers_goes_out_once_and_stands_in_the_chat(answered):
    (letter,) = post(times=3)
    assert letter.to == ["guest@example.com"]
    assert "Grace from our team" in letter.body and "whistles" in letter.body
    assert "> is the kettle loud?" in letter.body
    assert "whistles" in told(answered)
    assert Remark.objects.get().letter == "sent" and not ledger.verify().fault


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_no_server_takes_is_shown_to_staff(answered, monkeypatch, client, grace):
    def refuse(*_given):
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr(posting, "send_mail", refuse)
    post()
    grace.is_superuser = True  # the flush between such tests takes the group's permissions
    grace.save()
    client.force_login(grace, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("admin:chatbot_inbox_change", args=[answered.pk])).content.decode()
    assert "Could not be sent" in page and "guest@example.com" in page
    assert not ledger.verify().fault


@pytest.mark.django_db(transaction=True)
def test_an_erased_answer_goes_to_nobody(answered):
    privacy.erase(answered)
    post()
    assert (mail.outbox, Contact.objects.count()) == ([], 0)
    ledger.seal()
    assert not ledger.verify().fault


def test_without_an_address_or_unless_wished_nothing_goes_by_letter(shut, grace):
    chat = waits()
    desk.take(chat.pk, grace)
    desk.say(chat.pk, grace, uuid.uuid4(), "Hello", by_letter=True)
    contact.leave(chat, "guest@example.com")
    desk.say(chat.pk, grace, uuid.uuid4(), "Hello again")
    assert {r.letter for r in Remark.objects.all()} == {""}


def test_the_export_holds_the_address(shut):
    chat = waits()
    contact.leave(chat, "guest@example.com")
    (kept,) = privacy.everything([chat])["conversations"]
    assert kept["write_to"] == "guest@example.com"

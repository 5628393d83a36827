"""Who of the team is here, who has chosen to be away, and what a shopper who waits reads of it."""

from datetime import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from chatbot.inbox import line
from chatbot.models import Conversation
from storefront.models import User
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LIST, SEAT = reverse("admin:chatbot_inbox_changelist"), reverse("admin:chatbot_inbox_seat")
ALWAYS = {d: ["00:00", "24:00"] for d in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


@pytest.fixture(autouse=True)
def nobody_there():
    cache.clear()


@pytest.fixture
def rita(grace):
    rita = User.objects.create_user("rita@example.com", "x", is_staff=True, first_name="Rita")
    rita.groups.set(grace.groups.all())
    return rita


def names():
    return [(person.email.partition("@")[0], here) for person, here in line.roster()]


def test_who_has_the_inbox_open_is_here(grace, rita):
    line.seen(grace)
    assert names() == [("grace", True), ("rita", False)]


def test_who_has_chosen_to_be_away_is_not_here_whatever_is_open(grace, rita):
    line.seen(grace)
    line.step_away(grace, True)
    line.seen(grace)
    assert (line.present([grace]), line.anybody()) == (set(), False)
    line.step_away(grace, False)
    assert (line.present([grace]), line.anybody()) == ({grace.pk}, True)


def test_somebody_is_still_there_when_one_of_two_goes(grace, rita):
    line.seen(grace), line.seen(rita)
    line.step_away(grace, True)
    assert line.anybody()
    line.step_away(rita, True)
    assert not line.anybody()


def test_the_inbox_page_tells_who_is_here_and_lets_one_go(grace, rita, client):
    client.force_login(grace, BACKEND)
    shown = " ".join(client.get(LIST).content.decode().split())
    assert 'class="cf-there">grace@example.com (you) <span class="cf-meta">here' in shown
    client.post(SEAT, {"away": "yes"})
    shown = client.get(LIST).content.decode()
    assert "cf-there" not in shown
    assert 'name="away" value="no"' in shown


@pytest.fixture
def chat(linden, settings):
    settings.SHOP_NOW = datetime.fromisoformat("2026-11-20T12:00:00+00:00")
    linden.rules |= {"hours": {"chat": ALWAYS}}
    linden.save()
    chat = open_chat()
    accept(chat, "a person, please")
    Conversation.objects.update(state="waiting", waiting_since=settings.SHOP_NOW)
    return chat


def test_within_hours_a_shopper_reads_that_nobody_is_there_this_minute(chat):
    outlook = line.outlook(chat.pk)
    assert (outlook["there"], outlook["back"]) == ("absent", "")


def test_once_somebody_is_there_nothing_of_it_is_told(chat, grace):
    line.seen(grace)
    assert line.outlook(chat.pk)["there"] == ""
    line.step_away(grace, True)
    assert line.outlook(chat.pk)["there"] == "absent"

"""Once a person has answered and gone, the shopper is asked how it was, and answers once."""

import hashlib
import uuid

import pytest
from django.core.cache import cache

from chatbot import ledger, privacy
from chatbot.figures.report import Report
from chatbot.inbox import desk, ratings, summary
from chatbot.models import Frame, LedgerEntry, PersonRating, Takeover
from tests.chatbot.test_consumer import connect, hear, opened, tell
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(grace):
    """A conversation that Grace has answered and handed back."""
    cache.clear()
    grace.first_name = "Grace"
    grace.save()
    chat = open_chat()
    accept(chat, "is anybody there?")
    return answered(chat, grace)


def answered(chat, user, ending="handed_back", text="Hello"):
    desk.take(chat.pk, user)
    if text:
        desk.say(chat.pk, user, uuid.uuid4(), text)
    desk.end(chat.pk, user, ending)
    return chat


def kinds(chat):
    return [f.body["type"] for f in Frame.objects.filter(conversation=chat).order_by("seq")]


def held(chat):
    return Takeover.objects.filter(conversation=chat).latest("taken_at").pk


@pytest.mark.parametrize("ending", ["handed_back", "closed"])
def test_who_was_answered_is_asked_by_the_persons_name(over, grace, ending):
    answered(over, grace, ending)
    body = Frame.objects.filter(conversation=over).latest("seq").body
    assert body == {"type": "person.rate", "takeover": str(held(over)), "name": "Grace"}


def test_nobody_is_asked_about_a_person_who_said_nothing(grace):
    chat = open_chat()
    accept(chat, "hello?")
    answered(chat, grace, text="")
    assert "person.rate" not in kinds(chat)


def test_pressed_twice_it_is_asked_once(over, grace):
    desk.end(over.pk, grace, "handed_back")
    assert kinds(over).count("person.rate") == 1


def test_a_rating_is_kept_on_record_and_told_once(over):
    (frame,) = ratings.give(over, held(over), True, " kind ")
    assert frame.body == {"type": "person.rated", "takeover": str(held(over)), "good": True}
    assert ratings.give(over, held(over), False, "no") == []
    assert PersonRating.objects.values_list("good", "comment").get() == (True, "kind")
    assert LedgerEntry.objects.filter(kind="rating").count() == 1
    assert ledger.verify().fault == ""


def test_the_record_betrays_another_rating(over):
    ratings.give(over, held(over), False, "rude")
    PersonRating.objects.update(good=True)
    assert "is not what was recorded" in ledger.verify().fault


def test_every_takeover_has_a_rating_of_its_own(over, grace):
    ratings.give(over, held(over), True, "")
    answered(over, grace)
    ratings.give(over, held(over), False, "")
    assert list(PersonRating.objects.order_by("pk").values_list("good", flat=True)) == [True, False]


def test_nobody_rates_a_person_of_another_conversation(over):
    other = open_chat("b" * 64)
    for takeover in (held(over), uuid.uuid4()):
        with pytest.raises(ratings.NotRated, match="nobody to rate"):
            ratings.give(other, takeover, False, "")
    assert not PersonRating.objects.exists()


def test_nobody_is_rated_while_still_there(over, grace):
    desk.take(over.pk, grace)
    desk.say(over.pk, grace, uuid.uuid4(), "Me again")
    with pytest.raises(ratings.NotRated):
        ratings.give(over, held(over), True, "")


def test_what_was_said_of_a_person_is_erased_and_the_record_stays_whole(over):
    ratings.give(over, held(over), False, "Ada was here")
    takeover = held(over)
    privacy.erase(over)
    assert PersonRating.objects.values_list("comment", "salt").get() == ("", "")
    assert ledger.verify().fault == ""
    with pytest.raises(ratings.NotRated):
        ratings.give(over, takeover, True, "")


def test_shoppers_are_given_their_ratings(over):
    ratings.give(over, held(over), False, "too slow")
    (given,) = privacy.everything([over])["conversations"]
    assert given["persons"][0]["rating"]["comment"] == "too slow"


def test_staff_read_it_beside_the_record_and_the_dashboard_counts_it(over):
    ratings.give(over, held(over), False, "too slow")
    (rating,) = summary.of(over).ratings
    assert (str(rating), rating.comment) == ("not good", "too slow")
    rows = {row[0]: row[1] for row in Report(7).summary().rows}
    assert rows["Our team, rated good"] == 0


@pytest.mark.django_db(transaction=True)
async def test_a_rating_travels_by_its_frame_and_is_told_again_after_a_reload(over_of_tea):
    chat, takeover = over_of_tea
    socket = await connect("tea")
    await opened(socket, conversation=chat)
    asked = await hear(socket, "person.rate")
    await tell(socket, "rate_person", takeover=asked["takeover"], good=True)
    await hear(socket, "person.rated")
    await tell(socket, "rate_person", takeover=str(uuid.uuid4()), good=True)
    assert (await hear(socket, "error"))["code"] == "rating"
    await socket.disconnect()
    again = await connect("tea")
    await opened(again, conversation=chat)
    assert (await hear(again, "person.rated"))["takeover"] == takeover
    await again.disconnect()


@pytest.fixture
def over_of_tea(transactional_db, linden, grace):
    chat = open_chat(hashlib.sha256(b"tea").hexdigest())
    accept(chat, "hello?")
    answered(chat, grace)
    return str(chat.pk), str(held(chat))

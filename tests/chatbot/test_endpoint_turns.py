"""The road with an endpoint: who words a reply where it fails, and what the record says of it."""

import pytest

from chatbot import conversation, drafting, writing
from chatbot.admin import evidence
from chatbot.models import Conversation, Frame, LedgerEntry, Reply, Review
from chatbot.replay import differences
from chatbot.writing import endpoint
from chatbot.writing.endpoint import EndpointWriter
from tests import faults
from tests.conftest import accept, open_chat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_has_failed_yet")]
QUESTION = "how much is the larkspur kettle?"


@pytest.fixture
def use(monkeypatch, settings, faulty, engine):
    """Have the road write with an endpoint that fails so; a script stands by."""

    def choose(name, fallback="bundled"):
        settings.ENGINE, settings.ENDPOINT_FALLBACK = "endpoint", fallback
        writer = EndpointWriter(f"{faulty}/{name}", "", "m", 10)
        monkeypatch.setitem(writing._loaded, "endpoint", writer)

    return choose


def answered(question=QUESTION, shopper=None):
    turn = accept(open_chat(shopper=shopper), question, shopper)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


def test_an_obedient_engine_answers_a_turn_with_the_shops_values(linden, use):
    use("recites")
    reply = answered()
    assert reply.outcome == "answered" and "$49.00" in reply.text
    assert reply.engine == "endpoint m" and set(reply.acts[0]["by"]) == {"endpoint m"}


def test_what_belongs_to_a_person_is_told_and_never_sent(ada, use):
    use("recites")
    reply = answered("where is my order #2001? I'm ada@example.com", ada)
    assert "TRACK1234567" in reply.text
    sent = str(faults.asked)
    assert sent and not any(w in sent for w in ("TRACK1234567", "2001", "ada@", "UPS"))


@pytest.mark.parametrize("name", ["fails", "cuts", "pages", "forbids", "is_silent"])
def test_where_an_endpoint_fails_the_bundled_writer_answers_and_signs(linden, use, name):
    use(name)
    reply = answered()
    assert (reply.outcome, reply.engine) == ("answered", "bundled script")
    assert "$49.00" in reply.text and reply.acts[0]["by"] == ["bundled script"] * 2
    assert LedgerEntry.objects.filter(subject=reply.receipt).count() == 1


def test_what_one_engine_began_and_another_finished_is_signed_by_both(linden, use):
    use("recites_half")
    reply = answered()
    assert (reply.outcome, reply.engine) == ("answered", "endpoint m + bundled script")
    assert reply.acts[0]["by"] == ["endpoint m", "bundled script"]
    assert reply.text.count("Larkspur Kettle") == 1 and "$49.00" in reply.text
    assert differences(reply) == []


def test_staff_see_what_was_asked_of_the_engine_that_worded_it(linden, use):
    use("fails")
    ((_act, asked),) = evidence.prompts(answered())
    assert asked[0].startswith("<act:")


def test_after_a_failure_the_endpoint_is_not_waited_for_again_in_the_same_turn(linden, use):
    use("fails")
    answered("how much is the larkspur kettle and how long can I return it?")
    assert len(faults.asked) == endpoint.TRIES


def test_a_text_that_does_not_hold_is_worded_by_who_stands_by_and_looked_at(linden, use):
    use("babbles")
    reply = answered()
    assert (reply.outcome, reply.engine) == ("answered", "endpoint m + bundled script")
    assert "$3.50" not in reply.text and "{" not in reply.text
    assert Review.objects.get(reply=reply, reason="held_claim")


def test_where_nobody_stands_by_a_text_that_does_not_hold_is_an_honest_notice(linden, use):
    use("babbles", fallback="person")
    reply = answered()
    assert reply.outcome == "held_for_staff"
    assert "$3.50" not in reply.text and "couldn't confirm" in reply.text


@pytest.mark.parametrize("name", ["fails", "cuts", "pages"])
def test_a_shop_that_wants_a_person_then_gets_one_who_is_waited_for(linden, use, name):
    use(name, fallback="person")
    reply = answered()
    assert reply.outcome == "handed_off" and "a person from our team" in reply.text
    assert reply.turn.conversation.state == Conversation.State.WAITING
    assert Review.objects.get(reply=reply, reason="broke")
    assert LedgerEntry.objects.filter(subject=reply.receipt).count() == 1
    assert differences(reply) == []


def test_what_was_told_before_a_person_was_fetched_stays_and_is_signed(linden, use, monkeypatch):
    monkeypatch.setattr(drafting, "ATTEMPTS", 1)
    use("recites_half", fallback="person")
    reply = answered()
    assert reply.outcome == "handed_off" and reply.engine == "endpoint m"
    assert reply.text.startswith("It's Larkspur Kettle.")


def test_where_the_bundled_writer_fails_too_the_shopper_is_told(linden, use, engine):
    def broken(brief, *, seed, stop):
        raise writing.EngineError("no weights")
        yield

    use("fails")
    engine.write = broken
    reply = answered()
    assert reply.outcome == "unavailable" and "something went wrong" in reply.text
    assert Review.objects.get(reply=reply, reason="broke")


def test_what_it_took_is_on_record(linden, use):
    use("charges")
    (spent,) = answered().acts[0]["spent"]
    assert spent["engine"] == "endpoint m" and (spent["read"], spent["written"]) == (120, 30)


def test_a_turn_has_one_reply_and_one_end_on_the_wire(linden, use):
    use("cuts")
    reply = answered()
    kinds = [f.body["type"] for f in Frame.objects.filter(turn=reply.turn)]
    assert kinds.count("reply") == kinds.count("done") == 1

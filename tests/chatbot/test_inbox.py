"""People of the team take conversations over, answer, and hand them back."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError
from django.utils import timezone

from chatbot import conversation, delivery, ledger, privacy
from chatbot.inbox import desk, line
from chatbot.models import Conversation, Frame, LedgerEntry, Note, Remark, Reply, Takeover, Turn
from storefront.models import User
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
PRICE = "how much is the larkspur kettle?"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FROM_THE_ASSISTANT = {"reply", "sentence", "card", "action"}


@pytest.fixture(autouse=True)
def nobody_there():
    cache.clear()


@pytest.fixture
def grace(grace):
    grace.first_name = "Grace"
    grace.save()
    return grace


@pytest.fixture
def rita(grace):
    rita = User.objects.create_user("rita@example.com", "x", is_staff=True, first_name="Rita")
    rita.groups.set(grace.groups.all())
    return rita


def tell(chat, text, **more):
    """What the shopper says, and the frames it leads to."""
    turn = accept(chat, text, **more)
    frames = [f.body for f in conversation.answer(turn.pk, "test")]
    chat.refresh_from_db()
    return frames


def asks(chat):
    return tell(chat, "I'd like to talk to a person.", wants_person=True)


def say(chat, user, text, client_id=None):
    return desk.say(chat.pk, user, client_id or uuid.uuid4(), text)


@pytest.fixture
def taken(linden, engine, grace):
    chat = open_chat()
    asks(chat)
    desk.take(chat.pk, grace)
    return chat


def test_who_asks_for_a_person_stands_in_line_and_hears_the_place(linden, engine):
    for place in (1, 2):
        state = next(f for f in asks(open_chat()) if f["type"] == "state")
        assert state == {"type": "state", "state": "waiting", "name": "", "place": place}


def test_who_asks_again_only_hears_the_place(linden, engine):
    chat = open_chat()
    asks(chat)
    frames = asks(chat)
    assert [f["type"] for f in frames] == ["reply", "sentence", "done"]
    assert "number 1 in line" in frames[1]["text"]


def test_while_a_shopper_waits_the_assistant_still_answers(linden, engine):
    chat = open_chat()
    asks(chat)
    assert "$49.00" in str(tell(chat, PRICE))


def test_that_somebody_joins_is_said_only_when_somebody_is_there(linden, engine, grace):
    linden.rules |= {"hours": {"chat": {d: ["00:00", "24:00"] for d in DAYS}}}
    linden.save()
    assert "join" not in str(asks(open_chat()))
    line.seen(grace)
    assert "asked a person from our team to join" in str(asks(open_chat()))


def test_out_of_hours_nobody_promises_an_answer_now(linden, engine):
    linden.rules |= {"hours": {"chat": {"mon": []}}}
    linden.save()
    chat = open_chat()
    for _time in (1, 2):
        assert "when the team is back" in str(asks(chat))


def test_that_nobody_is_there_is_not_said_while_somebody_is(linden, engine, grace):
    linden.rules |= {"hours": {"chat": {"mon": []}}}
    linden.save()
    line.seen(grace)
    chat = open_chat()
    for _time in (1, 2):
        assert "Nobody" not in str(asks(chat))


def test_a_person_takes_over_and_the_shopper_reads_who_it_is(taken):
    told = Frame.objects.order_by("seq").last().body
    assert told == {"type": "state", "state": "person", "name": "Grace", "place": 0}


def test_what_a_person_says_reaches_the_shopper_with_the_name(taken, grace):
    (frame,) = say(taken, grace, "Hello, I'm looking into it.")
    assert (frame.body["type"], frame.body["name"]) == ("person", "Grace")
    assert frame.body["text"] == "Hello, I'm looking into it."


def test_pressed_twice_it_is_said_once(taken, grace):
    client_id = uuid.uuid4()
    assert say(taken, grace, "Hello", client_id)
    assert say(taken, grace, "Hello", client_id) == []
    assert Remark.objects.count() == 1


def test_while_a_person_has_it_the_assistant_is_silent(taken, engine):
    assert tell(taken, PRICE) == []
    turn = Turn.objects.latest("number")
    assert (turn.state, turn.text) == ("done", PRICE)
    assert not Reply.objects.filter(turn=turn).exists()


def test_a_takeover_in_the_middle_of_an_answer_stops_it(linden, engine, grace):
    engine.texts.append(["The {product.name} is here. ", "It is {variant.price}."])
    turn = accept(open_chat(), PRICE)
    frames = conversation.answer(turn.pk, "test")
    [next(frames), next(frames)]
    desk.take(turn.conversation_id, grace)
    assert [f.body["type"] for f in frames] == ["done"]
    assert Reply.objects.get().outcome == "stopped"


def test_a_takeover_between_check_and_sentence_stops_it_too(linden, engine, grace, monkeypatch):
    monkeypatch.setattr(delivery, "stopped", lambda _turn: False)
    turn = accept(open_chat(), PRICE)
    frames = conversation.answer(turn.pk, "test")
    next(frames)
    desk.take(turn.conversation_id, grace)
    assert [f.body["type"] for f in frames] == ["done"]
    assert Reply.objects.get().text == ""


def test_the_day_is_never_spent_for_who_talks_to_a_person(taken, settings):
    settings.MESSAGES_PER_DAY = 0
    assert accept(taken, "are you there?")


def test_handed_back_the_assistant_answers_again(taken, grace):
    desk.end(taken.pk, grace, "handed_back")
    assert desk.end(taken.pk, grace, "handed_back") == []
    assert "$49.00" in str(tell(taken, PRICE))


def test_closed_it_goes_back_to_the_assistant_when_the_shopper_writes(taken, grace):
    desk.end(taken.pk, grace, "closed")
    frames = tell(taken, PRICE)
    assert frames[0] == {"type": "state", "state": "assistant", "name": "", "place": 0}
    assert "$49.00" in str(frames)


def test_a_colleague_cannot_speak_in_it_nor_take_it(taken, rita):
    with pytest.raises(desk.DeskRefused, match="Grace has this"):
        desk.take(taken.pk, rita)
    for deed in (lambda: say(taken, rita, "Hi"), lambda: desk.end(taken.pk, rita, "closed")):
        with pytest.raises(desk.DeskRefused, match="take it over first"):
            deed()


def test_passed_on_it_is_the_colleagues(taken, grace, rita):
    (frame,) = desk.transfer(taken.pk, grace, rita.pk)
    assert (frame.body["state"], frame.body["name"]) == ("person", "Rita")
    assert say(taken, rita, "Hi, Rita here.")
    with pytest.raises(desk.DeskRefused):
        say(taken, grace, "Still me")


def test_it_is_passed_on_only_to_who_may_answer(taken, grace, ada):
    with pytest.raises(desk.DeskRefused, match="colleague"):
        desk.transfer(taken.pk, grace, ada.pk)


def gone(chat):
    Takeover.objects.filter(conversation=chat).update(leased_until=timezone.now() - timedelta(1))


def test_whose_person_is_gone_waits_again_at_the_old_place(taken):
    later = open_chat()
    asks(later)
    gone(taken)
    told = [(f.conversation_id, f.body["place"]) for f in desk.let_lapse()]
    assert told == [(taken.pk, 1), (later.pk, 2)]
    assert Takeover.objects.get().ending == "lapsed"


def test_a_lapsed_takeover_is_a_colleagues_at_once(taken, rita):
    gone(taken)
    desk.take(taken.pk, rita)
    assert line.standing(Conversation.objects.get(pk=taken.pk))["name"] == "Rita"


def test_whatever_the_person_does_keeps_it(taken, grace):
    for deed in (lambda: say(taken, grace, "One moment"), lambda: desk.note(taken.pk, grace, "x")):
        gone(taken)
        deed()
        assert list(desk.let_lapse()) == []


def test_those_behind_hear_that_they_move_up(linden, engine, grace):
    first, second = open_chat(), open_chat()
    asks(first), asks(second)
    frames = desk.take(first.pk, grace)
    assert [(f.conversation_id, f.body["place"]) for f in frames] == [(first.pk, 0), (second.pk, 1)]


def test_a_note_reaches_no_shopper(taken, grace):
    before = Frame.objects.count()
    desk.note(taken.pk, grace, "sounds upset")
    assert (Note.objects.get().text, Frame.objects.count()) == ("sounds upset", before)


@pytest.mark.parametrize("text", ["  ", "x" * 4001])
def test_nothing_and_too_much_are_refused(taken, grace, text):
    with pytest.raises(desk.DeskRefused, match="between 1 and 4000"):
        say(taken, grace, text)


def test_every_step_is_on_record(taken, grace):
    say(taken, grace, "Hello")
    desk.end(taken.pk, grace, "handed_back")
    kinds = LedgerEntry.objects.values_list("kind", flat=True)
    assert [k for k in kinds if k in ("takeover", "remark")] == ["takeover", "remark", "takeover"]
    assert ledger.verify().fault == ""


@pytest.mark.parametrize(
    ("rows", "change", "what"),
    [(Remark, {"text": "Goodbye"}, "Remark"), (Takeover, {"name": "Mallory"}, "Takeover")],
)
def test_the_record_betrays_other_words_and_other_names(taken, grace, rows, change, what):
    say(taken, grace, "Hello")
    rows.objects.update(**change)
    assert what in ledger.verify().fault


def test_erasure_takes_the_persons_words_and_leaves_the_record_whole(taken, grace):
    say(taken, grace, "Hello Ada")
    desk.note(taken.pk, grace, "Ada sounds upset")
    privacy.erase(taken)
    ledger.seal()
    kept = [*Remark.objects.values_list("text", "salt"), *Note.objects.values_list("text")]
    assert set(kept) == {("", ""), ("",)}
    assert "Ada" not in str(Frame.objects.values_list("body"))
    assert ledger.verify().fault == ""


def test_an_export_holds_what_persons_said_and_what_was_said_to_them(taken, grace):
    say(taken, grace, "Hello")
    tell(taken, "hello Grace")
    desk.note(taken.pk, grace, "is friendly")
    asked, answered, noted = privacy.export(taken)
    (said,) = asked["persons"]
    assert (said["name"], said["text"]) == ("Grace", "Hello")
    assert (answered["message"], noted["note"]) == ("hello Grace", "is friendly")


def test_the_database_lets_no_two_people_have_one_conversation(taken, rita):
    with pytest.raises(IntegrityError):
        Takeover.objects.create(
            conversation=taken, person=rita, name="Rita", leased_until=timezone.now()
        )

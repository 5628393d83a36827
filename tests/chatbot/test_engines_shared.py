"""A candidate takes a share of the new conversations: by lot, for good, until it is clearly worse."""

import uuid
from math import sqrt

import pytest
from django.conf import settings as site
from django.core import mail
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from chatbot import conversation, engines, ledger, privacy
from chatbot.engines import choosing, loading, sharing, watching
from chatbot.figures import rollup, tallies
from chatbot.models import Conversation, EngineSwitch, Feedback, Reply, Setup, Side
from tests.chatbot.test_engines_chosen import at_once, do, olive, setup, switched
from tests.conftest import accept, open_chat

__all__ = ["at_once", "olive", "setup"]
pytestmark = pytest.mark.django_db
PRICE = "how much is the larkspur kettle?"


@pytest.fixture
def share(setup, olive):
    """The candidate has half of the conversations."""
    do(setup, olive)
    assert do(setup, olive, "share", share=50).fault == ""
    return EngineSwitch.objects.first()


def say(chat, text=PRICE):
    turn = accept(chat, text)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


def drawn(share, side):
    """A new conversation on this side of the lot."""
    while True:
        chat = open_chat(owner=uuid.uuid4().hex)
        if sharing.is_drawn(share.pk, chat.pk, share.share) is side:
            return chat


@given(share=st.integers(1, 10**6), percent=st.sampled_from((1, 5, 10, 25, 50)))
def test_the_lot_keeps_to_the_share(share, percent):
    of, chance = 2000, percent / 100
    hits = sum(sharing.is_drawn(share, uuid.uuid4(), percent) for _chat in range(of))
    assert abs(hits - of * chance) <= 5.5 * sqrt(of * chance * (1 - chance)) + 1


def test_nobody_tells_the_lot_without_the_sites_key(settings):
    chats = [uuid.uuid4() for _chat in range(200)]
    before = [sharing.is_drawn(1, chat, 50) for chat in chats]
    settings.SECRET_KEY = f"{site.SECRET_KEY} other"
    assert before != [sharing.is_drawn(1, chat, 50) for chat in chats]


def test_both_sides_are_answered_by_their_engine_and_the_record_names_it(share):
    assert say(drawn(share, True)).engine == "hub candidate"
    assert say(drawn(share, False)).engine == "bundled script"
    assert Setup.objects.first().settings["share"] == 50
    assert ledger.verify().fault == ""


EVENTS = st.lists(st.sampled_from(("say", "restart", "elsewhere", "another")), max_size=6)


@hypothesis(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=EVENTS, side=st.booleans())
def test_a_conversation_stays_with_its_engine(share, olive, monkeypatch, events, side):
    chat = drawn(share, side)
    first = say(chat).engine
    for event in events:
        if event == "restart":
            monkeypatch.setattr(loading, "memory", loading.Memory())
        elif event == "elsewhere":
            monkeypatch.setattr(loading, "memory", loading.Memory())
            loading.memory.begun = True
        elif event == "another":
            say(drawn(share, not side))
        assert say(chat).engine == first


def test_a_conversation_that_has_begun_stays_where_it_began(setup, olive):
    chats = [open_chat(owner=str(n)) for n in range(8)]
    for chat in chats:
        say(chat)
    do(setup, olive)
    do(setup, olive, "share", share=50)
    assert {say(chat).engine for chat in chats} == {"bundled script"}
    assert not Conversation.objects.exclude(engine_share=None).exists()


def test_a_process_without_the_candidate_draws_nobody(share, monkeypatch):
    monkeypatch.setattr(loading, "memory", loading.Memory())
    chat = drawn(share, True)
    assert say(chat).engine == "bundled script"
    loading.needed(choosing.candidate(share))
    assert say(chat).engine == "bundled script"


def test_an_untried_engine_gets_no_share(setup, olive):
    assert "has not been tried" in do(setup, olive, "share", share=10).fault
    assert "between 1 and 50" in do(setup, olive, "share", share=60, reason="x").fault
    assert not EngineSwitch.objects.exists()


def test_one_candidate_at_a_time(share, olive):
    other = choosing.add(olive, "hub", "vendor/other")
    assert "share already" in do(other, olive, "share", share=10, reason="x").fault
    assert "end that first" in do(other, olive, "on", reason="x").fault


def test_ended_by_staff_its_conversations_go_on_with_the_other(share, olive):
    chat = drawn(share, True)
    say(chat)
    sharing.end(olive, share.pk)
    assert say(chat).engine == "bundled script"
    with pytest.raises(choosing.EngineRefused, match="meanwhile"):
        sharing.end(olive, share.pk)


def test_a_candidate_that_is_switched_on_answers_everybody(share, setup, olive):
    chat = drawn(share, False)
    say(chat)
    assert switched(setup, olive).deed == "on"
    assert say(chat).engine == "hub candidate"
    choosing.back(olive, EngineSwitch.objects.first().pk)
    assert say(chat).engine == "bundled script"


def counted(share):
    rollup.step()
    return rollup.of_share(share.pk)


def test_what_went_wrong_counts_once_a_conversation(share, candidate):
    chat = drawn(share, True)
    candidate.texts.extend(["It is $5.00."] * 6)
    for _message in range(2):
        reply = say(chat)
    Feedback.objects.create(reply=reply, helpful=False)
    say(drawn(share, False))
    sums = counted(share)
    assert sums[True]["held.sentences"] == 2 and sums[True]["held.chats"] == 1
    assert (sums[True]["chats"], sums[True]["replies"], sums[True]["chats.down"]) == (1, 2, 1)
    assert (sums[False]["chats"], sums[False]["held.chats"]) == (1, 0)
    assert sum(n for name, n in sums[True].items() if name.startswith("total.")) == 2


def test_a_reply_that_another_engine_helped_with_has_broken(share):
    chat = drawn(share, True)
    say(chat)
    reply = say(chat)
    assert counted(share)[True].get("broke", 0) == 0
    Reply.objects.filter(pk=reply.pk).update(engine="hub candidate + bundled 1")
    sums = tallies.of([chat.pk], timezone.now())[chat.pk].parts[f"side|{share.pk}|1"]
    assert (sums["broke"], sums["chats.broke"]) == (1, 1)


def test_what_was_held_counts_after_an_erasure_too(share, candidate):
    chat = drawn(share, True)
    candidate.texts.append("It is $5.00.")
    say(chat)
    assert counted(share)[True]["held.chats"] == 1
    privacy.erase(chat)
    ledger.seal()
    assert counted(share)[True]["held.chats"] == 1


def test_days_do_not_count_a_share_twice(share):
    say(drawn(share, True))
    rollup.step()
    assert Side.objects.get().counts["chats"] == 1
    sums, _late = rollup.days(timezone.localdate(), timezone.localdate())
    assert [engine for _day, engine, _weights in sums] == ["bundled script", "hub candidate"]


def planted(share, candidate, standing):
    """Sums of both sides as if so many conversations had been held back and broken."""
    for side, (chats, bad) in ((True, candidate), (False, standing)):
        counts = {"chats": chats, "held.chats": bad, "chats.broke": bad}
        Side.objects.update_or_create(share=share, candidate=side, defaults={"counts": counts})


def test_a_planted_worse_engine_loses_its_share_on_record_and_staff_are_told(share, olive):
    planted(share, (40, 12), (40, 1))
    for _look in range(2):
        engines.step()
    switch = EngineSwitch.objects.first()
    assert (switch.deed, switch.by, switch.candidate) == ("stopped", None, None)
    assert switch.found["counts"]["held.chats"] == {"candidate": 12, "standing": 1}
    assert EngineSwitch.objects.count() == 2 and ledger.verify().fault == ""
    EngineSwitch.objects.filter(pk=switch.pk).update(found={})
    assert "Engineswitch" in ledger.verify().fault


def test_an_equal_engine_keeps_its_share(share):
    planted(share, (400, 12), (400, 10))
    engines.step()
    assert EngineSwitch.objects.first() == share


def test_staff_who_may_choose_are_written_to_and_nobody_else(share, olive, grace, monkeypatch):
    monkeypatch.setattr(watching.posting, "post", lambda to, *more: mail.outbox.append((to, *more)))
    planted(share, (40, 12), (40, 1))
    engines.step()
    ((to, subject, text, _told),) = mail.outbox
    assert to == "olive@example.com" and "stopped by itself" in subject
    assert "12 of 40 conversations, else 1 of 40" in text

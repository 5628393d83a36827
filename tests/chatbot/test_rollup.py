"""The sums of the days are what one would count directly, however and whenever they come about."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.figures import rollup, tallies
from chatbot.models import Conversation, Day, Feedback, Reply, Review, Tally
from tests.chatbot import histories
from tests.chatbot.histories import VERSIONS, begin, erase, rate, review, say, take

pytestmark = pytest.mark.django_db
TODAY, LONG_AGO = timezone.localdate, timedelta(days=30)
OUTCOMES = ("answered", "clarified", "handed_off", "unavailable", "action_offered")
DEEDS = ("begin", "say", "say", "rate", "review", "act", "take", "roll")


def kept():
    """The sums as the days keep them."""
    return {
        (r.day.isoformat(), r.engine, r.weights): r.counts for r in Day.objects.all() if r.counts
    }


def directly():
    """The sums of all conversations, counted from nothing."""
    found = {}
    chats = Conversation.objects.values_list("pk", flat=True)
    for tally in tallies.of(list(chats), timezone.now()).values():
        for part, counts in tally.parts.items():
            found.setdefault(rollup.split(part), Counter()).update(counts)
    return found


def total(counter):
    return sum(counts.get(counter, 0) for counts in kept().values())


def random_chat(draw):
    ago = timedelta(hours=draw(st.integers(2, 24 * 12)))
    return begin(ago, owner=draw(st.sampled_from("abc")))


def random_reply(draw, chat):
    return say(
        chat, draw(st.sampled_from(OUTCOMES)), engine=draw(st.sampled_from(VERSIONS)),
        held=draw(st.lists(st.sampled_from(("money", "stock")), max_size=2)),
        first_ms=draw(st.integers(1, 90_000)), products=draw(st.sampled_from(([], ["kettle"]))),
        intents=["price"],
    )  # fmt: skip


def happen(draw, deed, grace):
    """One thing that shoppers, staff or the roll-up do."""
    chats, replies = list(Conversation.objects.all()), list(Reply.objects.all())
    if deed == "begin" or not replies:
        random_reply(draw, random_chat(draw))
        return
    chat, reply = draw(st.sampled_from(chats)), draw(st.sampled_from(replies))
    match deed:
        case "say":
            random_reply(draw, chat)
        case "rate":
            rate(reply, draw(st.booleans()))
        case "review":
            review(reply, draw(st.sampled_from(("", "approved", "rejected"))))
        case "act":
            histories.act(reply, draw(st.sampled_from(("done", "offered"))))
        case "take":
            take(chat, grace)
        case "roll":
            rollup.run()


@given(st.data(), st.lists(st.sampled_from(DEEDS), min_size=1, max_size=14))
@settings(
    max_examples=40, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_the_days_are_what_one_would_count_directly(grace, data, deeds):
    for model in (Conversation, Tally, Day):
        model.objects.all().delete()
    for deed in deeds:
        happen(data.draw, deed, grace)
    in_passing, _late = rollup.days(TODAY() - LONG_AGO, TODAY())
    rollup.run()
    assert {k: +v for k, v in in_passing.items() if +v} == kept() == directly()
    assert total("replies") == Reply.objects.count()
    assert total("up") == Feedback.objects.filter(helpful=True).count()
    assert total("queued") == Review.objects.count()


def test_a_second_run_changes_nothing():
    rate(say(begin(), held=["money"]), True)
    assert rollup.run() == 1
    before = list(Day.objects.values_list())
    rollup.run()
    assert list(Day.objects.values_list()) == before


def test_a_late_thumb_lands_on_the_day_of_its_reply():
    reply = say(begin(timedelta(days=20)))
    rollup.run()
    rate(reply, False)
    rollup.run()
    (day,) = Day.objects.all()
    assert day.day == TODAY() - timedelta(days=20)
    assert (day.counts["down"], day.counts["fate.faulted"]) == (1, 1)
    assert "fate.assumed" not in day.counts


def test_a_thumb_turned_round_counts_once():
    reply = say(begin())
    rate(reply, True)
    rollup.run()
    rate(reply, False)
    rollup.run()
    assert (total("up"), total("down")) == (0, 1)


def test_a_late_verdict_counts_on_its_own_day_and_finds_the_conversation_wrong():
    reply = say(begin(timedelta(days=9)))
    rollup.run()
    review(reply, "rejected")
    rollup.run()
    assert kept()[TODAY().isoformat(), *VERSIONS[0]] == {"queued": 1, "closed": 1}
    assert total("fate.faulted") == 1


def test_an_erasure_keeps_the_counts_and_no_text():
    chat = begin()
    rate(say(chat, held=["money", "money"], products=["kettle"]), True)
    rollup.run()
    before = kept()
    erase(chat)
    rate(chat.turns.get().reply, True)
    rollup.run()
    assert kept() == before and total("held.money") == 2
    assert "kettle" not in str(list(Tally.objects.values_list()))


def test_what_is_deleted_stays_counted():
    chat = begin(timedelta(minutes=5))
    say(chat)
    rollup.run()
    chat.delete()
    Tally.objects.update(due_at=timezone.now())
    rollup.run()
    assert total("replies") == 1 and Tally.objects.get().due_at is None


def test_of_two_that_count_at_a_time_one_keeps_it():
    say(begin())
    first, second = rollup.look(), rollup.look()
    assert rollup._keep(*first) and not rollup._keep(*second)
    assert total("replies") == 1


def test_a_dashboard_does_not_count_more_than_it_can_in_passing(monkeypatch):
    monkeypatch.setattr(rollup.look, "__defaults__", (2,))
    for _time in range(3):
        say(begin())
    sums, late = rollup.days(TODAY() - LONG_AGO, TODAY())
    assert late and sum(c["replies"] for c in sums.values()) == 2

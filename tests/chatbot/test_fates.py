"""How a conversation went is told apart, the first that holds; shares come with their intervals."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from chatbot.figures import statistics, tallies
from chatbot.figures.statistics import Share
from chatbot.models import Conversation
from tests.chatbot.histories import VERSIONS, act, begin, rate, review, say, take

DAY = timedelta(days=1)


def counted(chat):
    """All counters of a conversation."""
    tally = tallies.of([chat.pk], timezone.now())[chat.pk]
    return {name: n for counts in tally.parts.values() for name, n in counts.items()}


def fate(chat):
    (found,) = [name for name in counted(chat) if name.startswith("fate.")]
    return found.removeprefix("fate.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("answered", "assumed"), ("action_offered", "assumed"), ("clarified", "abandoned"),
     ("declined", "abandoned"), ("unavailable", "abandoned"), ("held_for_staff", "abandoned"),
     ("handed_off", "abandoned")],
)  # fmt: skip
def test_what_was_said_last_tells_whether_somebody_left(outcome, expected):
    chat = begin()
    say(chat)
    say(chat, outcome)
    assert fate(chat) == expected


@pytest.mark.django_db
def test_helpful_or_a_card_that_was_done_confirms_and_an_offered_one_does_not():
    chats = [begin() for _time in range(3)]
    replies = [say(chat, "clarified") for chat in chats]
    rate(replies[0], True)
    act(replies[1], "done")
    act(replies[2], "offered")
    assert [fate(chat) for chat in chats] == ["confirmed", "confirmed", "abandoned"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verdict", "expected"), [("approved", "confirmed"), ("corrected", "faulted")]
)
def test_what_staff_find_wrong_is_wrong_even_where_the_shopper_was_happy(verdict, expected):
    chat = begin()
    reply = say(chat)
    rate(reply, True)
    review(reply, verdict)
    assert fate(chat) == expected


@pytest.mark.django_db
def test_a_conversation_is_open_for_an_hour_and_while_a_person_has_it(grace):
    fresh, spoken = begin(timedelta(minutes=30)), begin()
    for chat in (fresh, spoken):
        say(chat)
    Conversation.objects.filter(pk=spoken.pk).update(state="person")
    assert fate(fresh) == fate(spoken) == "open"
    Conversation.objects.filter(pk=spoken.pk).update(state="closed")
    take(spoken, grace)
    assert fate(spoken) == "person"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("after", "what", "expected"),
    [(DAY, {"products": ["kettle"]}, "came_back"), (DAY, {"products": ["teapot"]}, "assumed"),
     (DAY, {"order": "#2001", "products": ["kettle"]}, "came_back"), (DAY, {}, "assumed"),
     (8 * DAY, {"products": ["kettle"]}, "assumed")],
)  # fmt: skip
def test_who_asks_about_the_same_thing_within_a_week_came_back(after, what, expected):
    first, second = begin(12 * DAY, owner="ada"), begin(12 * DAY - after, owner="ada")
    say(first, products=["kettle"], intents=["price"])
    say(second, intents=["price"], **what)
    assert (fate(first), fate(second)) == (expected, "assumed")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("intent", "expected"), [("shipping", "came_back"), ("smalltalk", "assumed")]
)
def test_where_no_thing_is_named_the_same_matter_counts(grace, intent, expected):
    first = begin(2 * DAY, shopper=grace)
    say(first, intents=[intent])
    say(begin(DAY, shopper=grace), intents=[intent])
    say(begin(DAY), intents=[intent])
    assert fate(first) == expected


@pytest.mark.django_db
def test_a_chat_in_which_nobody_wrote_counts_for_nothing():
    assert tallies.of([begin().pk], timezone.now()) == {}


@pytest.mark.django_db
def test_fixed_texts_count_for_the_engine_of_their_conversation():
    chat = begin()
    say(chat, engine=VERSIONS[1])
    say(chat, engine=VERSIONS[2])
    (part,) = tallies.of([chat.pk], timezone.now())[chat.pk].parts
    assert part.endswith("|endpoint =cmd|x|")


@pytest.mark.django_db
@pytest.mark.parametrize(("ending", "waited"), [("lapsed", 2), ("transferred", 1), ("closed", 1)])
def test_waiting_is_counted_from_being_passed_on_and_again_when_a_person_is_lost(
    grace, ending, waited
):
    chat = begin()
    say(chat, "handed_off")
    say(chat, "handed_off")
    take(chat, grace, ending=ending)
    take(chat, grace, after=timedelta(minutes=20))
    waits = [name for name in counted(chat) if name.startswith("wait.")]
    assert len(waits) == waited
    assert abs(statistics.middle(int(waits[0].split(".")[2])) - 360) < 10


@pytest.mark.django_db
def test_who_came_unasked_was_not_waited_for(grace):
    chat = begin()
    say(chat)
    take(chat, grace)
    assert not [name for name in counted(chat) if name.startswith("wait.")]


def test_wilson_tells_the_interval_of_the_books():
    low, high = Share(8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Share(0, 0).interval == (0, 1) and Share(0, 0).rate is None


@example(0, 48)
@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(hits, more):
    share = Share(hits, hits + more)
    low, high = share.interval
    assert 0 <= low <= share.rate <= high <= 1


@given(st.lists(st.integers(1, 10**6), min_size=1), st.sampled_from((0.5, 0.9, 0.99)))
def test_a_quantile_is_off_by_no_more_than_its_bucket(values, share):
    histogram = {}
    for value in values:
        place = statistics.bucket(value)
        histogram[place] = histogram.get(place, 0) + 1
    exact = sorted(values)[max(0, -int(-share * len(values) // 1) - 1)]
    assert abs(statistics.quantile(histogram, share) / exact - 1) < 0.0251

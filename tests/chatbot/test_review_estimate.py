"""What the sample says of the replies that nobody looked at, and how far it can be trusted."""

import random
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot.models import Conversation, Reply, Review
from chatbot.review import estimate, sampling

RATES = (0.01, 0.03, 0.1, 0.3, 0.6)
TIMES = 400


def simulated(rate, shares, size, dice):
    """The estimate from one population, half of it sampled with each percentage, and its truth."""
    population = [(shares[2 * n // size], dice.random() < rate) for n in range(size)]
    drawn = [(100 / s, wrong) for s, wrong in population if dice.random() * 100 < s]
    truth = sum(wrong for _share, wrong in population) / size
    return estimate._rate(drawn, size) if drawn else None, truth


def covered(rate, shares, size=1500):
    dice = random.Random(f"{rate} {shares}")
    runs = [simulated(rate, shares, size, dice) for _time in range(TIMES)]
    return sum(found is None or found.low <= truth <= found.high for found, truth in runs) / TIMES


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("shares", [(5, 5), (5, 20), (20, 3)])
def test_the_interval_holds_the_true_rate(rate, shares):
    assert covered(rate, shares) >= 0.93


def test_weights_that_are_left_out_bite():
    """Errors grow rare while the sample grows: unweighted, the rare ones count too much."""
    dice = random.Random(1)
    drawn = [(5, dice.random() < 0.4) for _n in range(50)] + [(50, False)] * 500
    decided = [(100 / share, wrong) for share, wrong in drawn]
    assert estimate._rate(decided, 2000).low > sum(wrong for _s, wrong in drawn) / len(drawn)


@pytest.mark.parametrize(
    ("rate", "n", "low", "high"),
    [(81 / 263, 263, 0.2535, 0.3682), (0, 20, 0, 0.2005), (1, 20, 0.7995, 1)],
)
def test_the_interval_is_newcombes(rate, n, low, high):
    """His worked examples (1998, table I; the third is the second's mirror)."""
    found = estimate.interval(rate, n)
    assert found == pytest.approx((low, high), abs=1e-4)


DAY = timedelta(days=1)


@pytest.fixture
def reviewed(db):
    """Lay a decided review beside a reply of its own."""
    chat = Conversation.objects.create(owner="a" * 64)

    def lay(number, verdict, chance, reason="sample"):
        turn = chat.turns.create(number=number, client_id=uuid.uuid4(), text="?")
        reply, state = Reply.objects.create(turn=turn), "closed" if verdict else "open"
        Review.objects.create(
            reply=reply, reason=reason, verdict=verdict, chance=chance, state=state
        )
        return reply

    return lay


def rate():
    return estimate.error_rate(timezone.now() - DAY, timezone.now() + DAY)


def test_each_review_counts_by_the_chance_of_its_day(reviewed):
    reviewed(1, "rejected", sampling.chance(5))
    reviewed(2, "approved", sampling.chance(20))
    found = rate()
    assert (found.rate, found.reviewed, found.population) == (0.8, 2, 25)


def test_a_later_setting_changes_nothing(reviewed, settings):
    reviewed(1, "corrected", 500)
    before = rate()
    settings.REVIEW_SAMPLE_PERCENT = 50
    assert rate() == before


def test_what_is_undecided_belongs_to_the_population_only(reviewed):
    reviewed(1, "approved", 1000)
    reviewed(2, "", 1000)
    assert (rate().reviewed, rate().population) == (1, 20)


def test_what_was_found_otherwise_has_no_say(reviewed):
    reviewed(1, "approved", 1000)
    Review.objects.create(reply=reviewed(2, "rejected", 1000), reason="thumbs_down")
    reviewed(3, "rejected", None, "held_claim")
    assert (rate().rate, rate().reviewed) == (0, 1)


def test_without_a_sample_anything_may_be_true(db):
    assert (rate().low, rate().high, rate().reviewed) == (0, 1, 0)

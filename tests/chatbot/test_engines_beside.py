"""The dashboard lays an engine on trial beside the one that stands, with intervals."""

import random
from datetime import date

import pytest
from django.urls import reverse

from chatbot.engines import sharing
from chatbot.figures import trial
from chatbot.figures.statistics import bucket
from chatbot.models import Side
from tests.chatbot.test_engines_chosen import (
    BACKEND,
    at_once,
    olive,
    setup,
)
from tests.chatbot.test_engines_shared import drawn, say, share

__all__ = ["at_once", "olive", "setup", "share"]
PAGE = "admin:chatbot_day_changelist"


def share_of(hits, of):
    return trial._share({"x": hits, "of": of}, "x", "of")


def test_the_interval_of_a_difference_is_newcombes():
    """His table II, method 10: 56/70 less 48/80 is 0.2, from 0.0524 to 0.3339."""
    value, low, high = trial.difference(share_of(48, 80), share_of(56, 70))
    assert (round(value, 4), round(low, 4), round(high, 4)) == (0.2, 0.0524, 0.3339)


def test_nothing_is_said_of_a_difference_to_nothing():
    assert trial.difference(share_of(0, 0), share_of(1, 2)) == trial.UNKNOWN


def test_the_interval_of_a_median_holds_the_true_one_as_often_as_it_says():
    chance, held = random.Random(3), 0
    for _sample in range(200):
        times = [chance.expovariate(1 / 1000) for _reply in range(150)]
        counts = {}
        for time in times:
            name = f"first.{bucket(time)}"
            counts[name] = counts.get(name, 0) + 1
        _value, low, high = trial._quantile(counts, "first", 0.5)
        held += low / 1.03 <= 693.1 <= high * 1.03
    assert held >= 184


@pytest.mark.django_db
def test_the_dashboard_shows_both_sides_and_the_files_hold_them(share, client, olive):
    for side in (True, False):
        say(drawn(share, side))
    client.force_login(olive, BACKEND)
    shown = client.get(reverse(PAGE)).content.decode()
    assert "Engine on trial, side by side" in shown and "hub candidate" in shown
    assert "trial_shares" in b"".join(client.get(reverse("admin:chatbot_day_csv"))).decode()


@pytest.mark.django_db
def test_an_ended_trial_says_so_and_an_old_one_is_left_out(share, olive):
    Side.objects.create(share=share, candidate=True, counts={"chats": 1})
    sharing.end(olive, share.pk)
    assert trial.newest(date(2020, 1, 1)).ended.deed == "end"
    assert trial.newest(date(2100, 1, 1)) is None


@pytest.mark.django_db
def test_without_a_trial_the_dashboard_is_as_ever(db, client, olive):
    client.force_login(olive, BACKEND)
    assert "Engine on trial" not in client.get(reverse(PAGE)).content.decode()

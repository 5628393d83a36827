"""Whatever people do at the desk, nothing is shown that is not borne out, that nobody else has
approved, or twice. `WALKS=500` walks so often through each shop."""

import os
from pathlib import Path

import pytest
from django.utils import timezone

from chatbot.studio import publishing, shown
from storefront import models
from storefront.importing import import_folder
from tests.chatbot.desk_walks import Walk
from tests.chatbot.test_studio_desk import people

__all__ = ["people"]
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]
CASES = Path(__file__).parents[1] / "cases"
WALKS, STEPS = int(os.environ.get("WALKS", "2")), 60


def walked(people, settings, seed, steps=STEPS, careless=False):
    """A walk, and what was wrong on it."""
    make = models.User.objects.get_or_create
    more = [make(email=f"more{n}@example.com")[0] for n in range(3)]
    settings.SHOP_NOW = timezone.now()
    walk = Walk((*people, *more), settings, seed, careless)
    found = [wrong for _step in range(steps) for wrong in walk.step()]
    return walk, found


@pytest.fixture(params=["garden", "studio", "heldout"])
def shop(request, db):
    import_folder(CASES / request.param / "shop", quiet=True)
    return request.param


@pytest.mark.parametrize("careless", [False, True])
def test_no_walk_shows_what_is_false_or_nobody_else_has_approved(
    shop, people, settings, careless, record_testsuite_property
):
    totals = {"published": 0, "edits": 0, "shown_lines": 0, "lies": 0}
    for seed in range(WALKS):
        walk, wrong = walked(people, settings, f"{shop} {seed} {careless}", careless=careless)
        assert wrong == []
        for name in totals:
            told = getattr(walk, name)
            totals[name] += told if name != "lies" else sum(map(len, told.values()))
    record_testsuite_property(f"{shop}, careless: {careless}", f"{WALKS} walks, {totals}")
    assert min(totals.values()) > 0


def finds(what, people, settings):
    """Whether one of some walks comes to this."""
    walks = (walked(people, settings, seed)[1] for seed in range(20))
    return any(what in wrong for found in walks for wrong in found)


@pytest.fixture
def garden(db):
    import_folder(CASES / "garden" / "shop", quiet=True)


def test_without_the_check_at_approval_lies_are_shown(garden, people, settings, monkeypatch):
    monkeypatch.setattr(publishing, "_refuse_unsound", lambda *_args: None)
    assert finds("a lie", people, settings)


def test_without_the_look_at_the_product_what_has_changed_is_shown(
    garden, people, settings, monkeypatch
):
    monkeypatch.setattr(shown, "_holds", lambda *_args: True)
    monkeypatch.setattr(publishing, "look_again", lambda: 0)
    assert finds("not borne out", people, settings)


def test_without_the_rule_of_two_authors_approve(garden, people, settings, monkeypatch):
    monkeypatch.setattr(publishing, "may_approve", lambda *_args: True)
    assert finds("by an author", people, settings)

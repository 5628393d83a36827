"""Who buys now, in the season, hears the later day beside the usual window, and nobody else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chatbot import acts
from chatbot.facts import seasonal
from storefront import queries
from tests.chatbot.small_shop import NOW, pages, passage, read
from tests.chatbot.test_facts import ask, shop

TEXTS = (
    "You have 28 days from delivery.",
    "For Christmas: ordered from 1 November to 24 December, back until 20 January 2027.",
    "The shop is shut on 21 January 2027.",
)
HOLIDAY = {
    "ordered_from": "2026-11-01",
    "ordered_until": "2026-12-24",
    "return_until": "2027-01-20",
}
RULES = {"returns": {"window_days": 28, "holiday": HOLIDAY}}


def told(day, asked="return_policy", rules=RULES, texts=TEXTS):
    """The places of what tells the later day, to who asks on a `day`."""
    world = replace(shop(), passages=pages("returns", texts), rules=queries.Rules(rules, "1", NOW))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            seasonal, "now", lambda: datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
        )
        rows = seasonal.rows(ask("how long have i", asked), world)
        return rows, [seasonal.mark(i, rows, world) for i in range(len(texts))]


def test_in_the_season_the_text_with_its_last_day_and_the_usual_window_are_marked():
    rows, marks = told("2026-11-20")
    assert rows == [1]
    assert marks == [{"window": "yes"}, {"season": "yes"}, {}]


@pytest.mark.parametrize(
    ("day", "asked", "rules"),
    [("2026-10-31", "return_policy", RULES), ("2026-12-25", "return_policy", RULES),
     ("2026-11-20", "refund_status", RULES), ("2026-11-20", "return_policy", {})],
)  # fmt: skip
def test_out_of_season_or_on_another_matter_nothing_is_marked(day, asked, rules):
    assert told(day, asked, rules) == ([], [{}, {}, {}])


@pytest.mark.parametrize(
    "said", ["January 20", "20th of January", "20 Jan 2027", "Jan. 20th", "2027-01-20"]
)
def test_the_day_is_known_however_it_is_written(said):
    assert told("2026-11-20", texts=(f"Back until {said}.", "Until 2 January."))[0] == [0]


@pytest.mark.parametrize(
    ("window", "quoted"),
    [({"window": "yes"}, True), ({}, False), ({"window": "yes", "by": "rule"}, False)],
)
def test_beside_the_usual_window_the_later_day_is_told(window, quoted):
    usual = passage(0.9, TEXTS[0], on_topic="yes", **window)
    reading = read("return_policy", intent="return_refund", products=(), named=False)
    act = acts.decide(reading, [usual, passage(0.0, TEXTS[1], season="yes")])[0]
    assert (act.slots.get("passage2.text") == TEXTS[1]) is quoted


def test_of_two_articles_with_the_later_day_the_one_told_of_counts():
    usual = passage(0.9, TEXTS[0], on_topic="yes", window="yes", article="returns")
    later = [passage(0.0, f"{name}: {TEXTS[1]}", season="yes", article=name)
             for name in ("exchanges", "returns")]  # fmt: skip
    reading = read("return_policy", intent="return_refund", products=(), named=False)
    act = acts.decide(reading, [usual, *later])[0]
    assert act.slots["passage2.text"] == f"returns: {TEXTS[1]}"

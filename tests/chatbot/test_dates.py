"""Classes and tastings that come on days, and the messages that mean one of them."""

import pytest

from chatbot.reading import dates
from chatbot.terms import Lexicon, ProductWords


def ware(handle, **options):
    return ProductWords(handle, handle.title(), "Shop", options, f"{handle}.")


TASTING = ware("tasting", Date=("5 December 2026", "16 January 2027"))
MUG = ware("mug", Color=("May Green", "Red"))
CLASS = ware("knitting", Day=("March 3", "16 January 2027"))


def meant(text, *products):
    return dates.by_date(text, Lexicon(products, frozenset(), "", ()))


@pytest.mark.parametrize(
    "text",
    ["any seats on the 5th of december?", "jan 16 tasting, still room?", "is the december one booked up",
     "room for two on the 16th", "when is your next tasting"],
)  # fmt: skip
def test_what_comes_on_the_day_that_is_said_is_meant(text):
    assert meant(text, TASTING, MUG) == ("tasting",)


@pytest.mark.parametrize(
    "text",
    ["any seats on the 6th of december?", "will it be here by the 16th", "a red mug", "my order of may 5",
     "is there room for sugar in the mug"],
)  # fmt: skip
def test_another_day_or_another_matter_means_none(text):
    assert meant(text, TASTING, MUG) == ()


def test_a_day_on_which_two_of_them_are_means_neither():
    assert meant("any seats on 16 january", TASTING, CLASS) == ()
    assert meant("any seats on march 3", TASTING, CLASS) == ("knitting",)


def test_a_thing_with_other_options_comes_on_no_days():
    assert dates.days_of(MUG) == ()
    assert dates.days_of(TASTING) == ((5, 12), (16, 1))


@pytest.mark.parametrize(
    ("text", "asks"),
    [("is there room", True), ("which dates are there", True), ("is it full", True),
     ("what do i have to bring", False), ("a full refund?", False)],
)  # fmt: skip
def test_room_is_asked_for_at_what_comes_on_days(text, asks):
    assert dates.asks_for_room(text, TASTING) is asks
    assert not dates.asks_for_room(text, MUG)

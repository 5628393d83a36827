"""The places that a message asks things to be sent to."""

import pytest

from chatbot.facts.whereto import places_named


def named(text, home="GB"):
    return [(place.name, place.country) for place in places_named(text, home)]


@pytest.mark.parametrize(
    ("text", "names"),
    [("is parcel post dearer to Hull than to Belfast", ["Hull", "Belfast"]),
     ("between cardiff and glasgow, which costs less to send", ["cardiff", "glasgow"]),
     ("delivery to Norway or Sweden?", ["Norway", "Sweden"]),
     ("from Leeds to Bristol, how much", ["Bristol"]), ("postage from Spain", ["Spain"]),
     ("send it to Leeds and thanks", ["Leeds"])],
)  # fmt: skip
def test_places_that_are_joined_are_all_named_and_where_a_thing_comes_from_last(text, names):
    assert [name for name, _country in named(text)] == names


def test_a_country_behind_a_place_says_where_it_lies():
    assert named("how much to Perth, Australia") == [("Perth", "AU")]
    assert named("how much to Douglas, Isle of Man")[0][1] == "IM"
    assert named("in Leeds, one lamp please, delivery?") == [("Leeds", "GB")]


def test_goods_that_bear_the_name_of_a_place_are_none():
    assert named("what's postage for Shetland wool") == []
    assert named("what's postage for Shetland") == [("Shetland", "GB")]


@pytest.mark.parametrize(
    ("text", "home", "zone"),
    [("deliver to kirkwall?", "GB", "GB-scottish-isles"), ("post to Skye", "GB", "GB-highlands"),
     ("send to the highlands", "GB", "GB-highlands"), ("to Dunedin", "NZ", "NZ-south"),
     ("shipping to Invercargill", "NZ", "NZ-south"), ("how much to Whitehorse", "CA", "CA-territories"),
     ("shipping to Guam", "US", "US-territories"), ("to NSW", "AU", ""), ("post to Tenerife", "IE", "ES-islands")],
)  # fmt: skip
def test_a_place_is_known_by_the_zones_it_lies_in(text, home, zone):
    (place, *_others) = places_named(text, home)
    assert (zone in place.zones) if zone else not place.zones


@pytest.mark.parametrize("text", ["send it TO ME", "is it for skye", "post a jura", "in OR out"])
def test_what_shoppers_in_other_countries_say_is_no_small_place(text):
    assert named(text, "US") == []

"""Which of a shop's rows goes for a place: that of the zone it lies in."""

import pytest

from chatbot.facts import regions
from chatbot.facts.gazetteer import located

UK = (
    "Mainland England, Wales, Scotland: £4.10, 2 days.",
    "Highlands & Islands, Isle of Man: £9.20, 5 days.",
    "Northern Ireland: £8.00.",
    "UK, but not the Highlands and islands: Express £7.00, 1 day.",
    "Nothing goes to the Channel Islands.",
)
CANADA = (
    "Ontario, Quebec: $12.00.",
    "The other provinces: $15.00.",
    "Yukon, Nunavut and the Northwest Territories: $30.00.",
)
ANTIPODES = ("North Island: $7.00.", "South Island: $8.00.", "Waiheke, Stewart Island: $12.00.")
AUSTRALIA = ("VIC, NSW, ACT: A$8.00.", "WA, NT, Tasmania: A$10.00.", "Rest of Australia: A$9.00.")


def rows(name, home, texts):
    return regions.of_place(located(name, home), home, texts)


@pytest.mark.parametrize(
    ("name", "row"),
    [("orkney", 1), ("Inverness", 1), ("Stornoway", 1), ("Isle of Man", 1), ("Belfast", 2),
     ("Jersey", 4), ("channel islands", 4)],
)  # fmt: skip
def test_a_place_in_a_zone_is_told_its_row_before_that_of_the_nation(name, row):
    assert rows(name, "GB", UK) == [row]


def test_what_lies_on_the_mainland_is_told_the_row_of_the_nation():
    assert rows("Glasgow", "GB", UK) == [0]
    assert regions.nearness(located("Leeds", "GB"), "GB", UK[3])


def test_islands_are_not_told_what_goes_for_the_mainland_or_leaves_them_out():
    assert rows("Lerwick", "GB", (UK[0], UK[3])) == []
    assert rows("Lerwick", "GB", ("Scotland and Wales: £4.10.",)) == [0]


@pytest.mark.parametrize(
    ("name", "home", "texts", "row"),
    [("Toronto", "CA", CANADA, 0), ("Vancouver", "CA", CANADA, 1), ("Yukon", "CA", CANADA, 2),
     ("Iqaluit", "CA", CANADA, 2), ("Hay River", "CA", CANADA, 2), ("Hay", "CA", CANADA, None),
     ("Rotorua", "NZ", ANTIPODES, 0), ("Dunedin", "NZ", ANTIPODES, 1),
     ("Waiheke", "NZ", ANTIPODES, 2), ("Melbourne", "AU", AUSTRALIA, 0),
     ("Perth", "AU", AUSTRALIA, 1), ("Brisbane", "AU", AUSTRALIA, 2),
     ("Yukon", "CA", ("Rest of Canada: $20.00.",), 0),
     ("Maui", "US", ("Lower 48: $5.00.",), None), ("Puerto Rico", "US", ("US territories: $9.00.",), 0)],
)  # fmt: skip
def test_zones_of_several_countries_have_their_members(name, home, texts, row):
    place = located(name, home)
    assert (regions.of_place(place, home, texts) if place else []) == ([] if row is None else [row])


def test_a_region_with_a_small_word_in_its_name_is_read():
    assert regions.regions("Isle of Man: £9.", "GB") == {"IM"}
    assert regions.regions("The isle of our man: £9.", "GB") == set()


def test_what_goes_for_all_others_is_not_told_where_a_text_has_the_place():
    texts = ("Canada: $20.00.", "Other countries: we don't send there.")
    assert rows("Canada", "US", texts) == [0]
    assert rows("Brazil", "US", texts) == [1]

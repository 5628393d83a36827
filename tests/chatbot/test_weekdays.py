"""Who asks for the hours of a day hears the row of that day."""

from dataclasses import replace
from datetime import date

import pytest

from chatbot.facts import weekdays
from storefront import queries
from tests.chatbot.small_shop import NOW, pages
from tests.chatbot.test_facts import ask
from tests.chatbot.test_rules_found import shop

ROWS = ("Tuesday–Thursday: 10 am – 6 pm.", "Friday, Saturday: 9:30 – 17:00.", "Sunday and Monday: closed.",
        "Monday: we pack what came in.", "Friday is our day for repairs, from 9 am.")  # fmt: skip


def rows_for(text, *asks, **more):
    world = replace(shop(), passages=pages("hours", ROWS))
    asked = ask(text, *asks, intents=("policy",), **more)
    return [ROWS[i] for i in weekdays.rows_on_the_day(asked, text, world)]


@pytest.mark.parametrize(
    ("text", "row"),
    [("open wednesdays?", 0), ("are you open on Thursday", 0), ("hours saturday", 1), ("sunday?", 2),
     ("till when on monday", 2)],
)  # fmt: skip
def test_the_row_is_found_by_its_day_in_a_range_in_a_list_or_alone(text, row):
    assert rows_for(text, "hours_contact") == [ROWS[row]]


def test_who_wants_to_collect_on_a_day_hears_its_row():
    assert rows_for("can i pick up on a monday", "pickup") == [ROWS[2]]
    assert rows_for("does it arrive on a monday", "ship_time") == []
    assert rows_for("if i order now can i collect on monday", "pickup") == []


def test_a_row_is_found_within_a_text_of_several():
    address = (
        "Store: 1 Quay: Tuesday to Saturday: 10 am – 6 pm; Sunday: 11 am – 4 pm; Monday: closed"
    )
    named = "We pack on Monday; what comes later leaves by 10 am on Tuesday"
    page = replace(shop().passages[0], text=address)
    world = replace(shop(), passages=(page, replace(page, text=named)))
    asked = ask("and monday?", "hours_contact", intents=("policy",))
    assert weekdays.rows_on_the_day(asked, "and monday?", world) == [0]


@pytest.mark.parametrize("text", ["when are you open", "open saturday or sunday?"])
def test_no_day_or_two_days_find_no_row(text):
    assert rows_for(text, "hours_contact") == []


def test_what_is_no_question_for_hours_finds_none_unless_it_goes_on_about_a_rule():
    after = {"follows": True, "articles": ("hours",), "after": "policy.passage"}
    assert rows_for("and wednesday?", "ship_time") == []
    assert rows_for("and wednesday?", "ship_time", **after) == [ROWS[0]]
    assert rows_for("will my parcel be here by wednesday then", "ship_time", **after) == []


@pytest.mark.parametrize(
    ("label", "days"),
    [("Mon, Tue, Wed, Fri", [0, 1, 2, 4]), ("Sat & Sun", [5, 6]), ("Friday to Monday", [4, 0, 5, 6])],
)  # fmt: skip
def test_a_label_names_its_days_in_short_and_between_two(label, days):
    assert weekdays.ITEM.match(f"{label}: closed.")
    assert sorted(set(weekdays._days(label))) == sorted(days)


@pytest.mark.parametrize(
    "text", ["Monday to Sunday except Wednesday: 10 am.", "Sunday class: 10 am."]
)
def test_a_label_with_more_than_days_is_none(text):
    assert not weekdays.ITEM.match(text)


LIST = "Store: 11 Quince Street, OR 97214: Tuesday to Saturday: 10 am – 6 pm; Sunday 11 am – 4 pm; Monday closed; Closed on May 1."  # fmt: skip


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [
        ("are you open monday", LIST, "no"),
        ("open wed?", LIST, "yes"),
        ("are you open on sunday?", LIST, "yes"),
        ("can i collect on monday", "Mon: shop closed, phone 9 am – 5 pm.", "no"),
        ("until when are you open on monday", LIST, ""),
        ("are you open monday or tuesday", LIST, ""),
        ("are you open monday", "Chat with a person: Monday to Friday 9 am – 5 pm.", ""),
        ("are you open monday", "We pack on Monday: by 11 am.", ""),
    ],
)
def test_whether_the_shop_is_open_is_said_by_the_hours_of_the_day(text, row, says):
    assert weekdays.whether_open(text, row, shop()) == says


@pytest.mark.parametrize(
    ("said", "says"),
    [("Also closed on November 23.", ""), ("We are shut on 23 November.", ""),
     ("Also closed on November 30.", "no"), ("On 23 November we bake.", "no")],
)  # fmt: skip
def test_of_a_holiday_the_hours_of_its_weekday_say_nothing(said, says, settings):
    settings.SHOP_NOW = NOW  # a Friday
    told = weekdays.whether_open(
        "are you open monday", LIST, replace(shop(), passages=pages("hours", [said]))
    )
    assert told == says


def test_a_day_that_the_rules_close_the_shop_on_is_a_holiday(settings):
    settings.SHOP_NOW = NOW
    rules = queries.Rules({"hours": {"store": {"closed": [date(2026, 11, 23)]}}}, "1", NOW)
    assert not weekdays.whether_open("open monday?", LIST, replace(shop(), rules=rules))

"""Who asks how to reach the shop hears the line on that way, and nothing of the others."""

from dataclasses import replace

import pytest

from chatbot.facts import contact
from chatbot.reading.put_plainly import OF_THE_STORE, put_plainly
from chatbot.terms import Lexicon, Memory
from storefront import queries
from tests.chatbot.small_shop import NOW, pages
from tests.chatbot.test_facts import ask
from tests.chatbot.test_rules_found import shop

PHONE = "Phone: 01 555 0160, Monday to Friday, 10 am – 4 pm."
MAIL = "E-mail: hello@shop.example; answered within 2 working days."
CHAT = "A person in the chat: Monday to Friday 10 am – 5 pm."
STORE = "Shop: 14 Cooper's Yard, Dublin 8: Tuesday to Friday, 10 am – 6 pm."
ROWS = (STORE, PHONE, MAIL, CHAT, "Chat history: delete it in your account.")


def told(text, *asks, rows=ROWS):
    rules = queries.Rules(
        {"shop": {"contact": {"store_address": "14 Cooper's Yard, Dublin"}}}, "1", NOW
    )
    world = replace(shop(), passages=pages("contact", rows), rules=rules)
    found = contact.rows(ask(text, *asks or ("hours_contact",), intents=("policy",)), world)
    return [rows[i] for i in found]


@pytest.mark.parametrize(
    ("text", "row"),
    [("can i ring you, til when", PHONE), ("phone number?", PHONE), ("email address?", MAIL),
     ("when is somebody in the chat", CHAT), ("where is your store?", STORE), ("shop address", STORE)],
)  # fmt: skip
def test_the_one_way_asked_about_is_told(text, row):
    assert told(text) == [row]


@pytest.mark.parametrize("text", ["phone or email?", "how do i reach you", "where is my order"])
def test_of_several_ways_or_none_no_line_stands_out(text):
    assert told(text) == []


def test_a_way_is_no_answer_to_a_question_for_something_else():
    assert told("can i change my email address", "profile") == []
    assert told("do you have the phone case in red", "availability") == []


def test_the_line_of_a_way_is_found_within_a_text_of_several():
    assert contact.of_way("phone?", [f"{CHAT} {PHONE} {MAIL}", STORE]) == [0]


@pytest.mark.parametrize(
    ("text", "put"), [("where are you", True), ("hi, where r u guys based?", True),
                      ("where are you sending it", False), ("where is it", False)],
)  # fmt: skip
def test_where_are_you_asks_for_the_store(text, put):
    lexicon = Lexicon((), frozenset(), "#1001", (), "")
    assert (put_plainly(text, Memory(), lexicon) == OF_THE_STORE) is put

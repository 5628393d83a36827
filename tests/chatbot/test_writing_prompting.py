"""What engines without references are told: the values, never a person's."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.terms import Brief
from chatbot.writing.prompting import ACTS, MOST_ASKED, masked, phrase, prompt

PRICE = {"product.name": "Larkspur Kettle", "variant.price": "$49.00"}


def test_what_has_to_appear_is_given_word_for_word():
    asked = prompt(Brief("price.one", tuple(PRICE), (), PRICE, "how much?"))
    assert "- product name: Larkspur Kettle\n- variant price: $49.00" in asked.user
    assert 'The shopper wrote: "how much?"' in asked.user


def test_what_may_appear_is_listed_once_and_apart():
    asked = prompt(Brief("price.one", ("variant.price",), tuple(PRICE), PRICE))
    assert asked.user.count("$49.00") == 1
    assert asked.user.index("may appear") < asked.user.index("Larkspur")


@pytest.mark.parametrize(
    "reference",
    ["order.tracking", "order2.number", "item.name", "refund.amount", "shopper.name"],
)
@given(value=st.text("abcXYZ0189#$-", min_size=6))
def test_a_value_of_a_persons_stays_behind_its_placeholder(reference, value):
    asked = prompt(Brief("order.tracking", (reference,), (), {reference: value}))
    assert value not in asked.user + asked.system
    assert f"{{{reference}}}" in asked.user


@pytest.mark.parametrize("value", ["{Set} of 2", "Socks <3"])
def test_a_value_that_looks_like_a_placeholder_or_markup_is_one(value):
    asked = prompt(Brief("price.one", ("product.name",), (), {"product.name": value}))
    assert value not in asked.user
    assert "{product.name}" in asked.user


def test_only_a_task_with_placeholders_speaks_of_braces():
    assert "braces" not in prompt(Brief("price.one", tuple(PRICE), (), PRICE)).system
    personal = Brief("order.unpaid", ("order.number",), (), {"order.number": "#2001"})
    assert "braces" in prompt(personal).system


@pytest.mark.parametrize(
    "text",
    ["ada@example.com", "#2001", "#7", "order 301", "2001", "TRACK1234567", "1Z999AA10123456784",
     "+44 20 7946 0018", "HP-10023-B"],
)  # fmt: skip
def test_what_may_lead_to_a_person_is_masked(text):
    said = masked(f"where is {text} please, it was due")
    assert not re.search(r"\d|@|TRACK", said)
    assert said.endswith("please, it was due")


@pytest.mark.parametrize(
    "text", ["is it $49 in size 10 or 12?", "2 or 3 kettles @ home", "order it"]
)
def test_ordinary_words_and_small_numbers_stay(text):
    assert masked(text) == text


def test_a_long_message_is_cut():
    assert len(masked("kettle " * 1000)) == MOST_ASKED


def test_only_a_greeting_greets():
    assert "Do not greet" in prompt(Brief("price.one", ())).system
    assert "Do not greet" not in prompt(Brief("smalltalk.greeting", ())).system


def test_an_act_says_in_plain_words_what_to_say():
    assert phrase("stock.out_all") == "stock: out all"
    assert phrase("price.one") == ACTS["price.one"]

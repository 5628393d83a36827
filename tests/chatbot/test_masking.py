"""Personal data never leaves the conversation; what an answer needs stays readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn

from chatbot import drafting
from chatbot.masking import mask
from chatbot.terms import Act, Outcome


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("write to ada.l+shop@example.co.uk pls", "write to [e-mail] pls"),
        ("my card 4111 1111 1111 1111 was charged", "my card [card] was charged"),
        ("amex 378282246310005", "amex [card]"),
        ("refund to GB82 WEST 1234 5698 7654 32 please", "refund to [IBAN] please"),
        ("de89370400440532013000", "[IBAN]"),
        ("ring +44 20 7946 0958 after 5", "ring [phone] after 5"),
    ],
)
def test_personal_data_becomes_a_placeholder(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("country", "number"),
    [("US", "(415) 555-2671"), ("GB", "020 7946 0958"), ("IE", "01 677 1717")],
)
def test_a_number_without_its_country_is_one_of_the_shops(country, number):
    assert mask(f"call me on {number}", country) == "call me on [phone]"
    assert mask(f"call me on {number}") == f"call me on {number}"


@pytest.mark.parametrize(
    "text",
    [
        "where is #1042 and MF-20438?", "is the 10,000 mAh one $54.00?", "size 42 or 43, 3 of them",
        "tracking 761873451241", "model 4111 1111 1111 1112", "from 2026-11-01 to 2027-01-31",
        "does FIRSTFROST15 work", "code 123456",
    ],
)  # fmt: skip
def test_what_an_answer_needs_stays(text):
    assert mask(text) == mask(text, "US") == text


@given(st.from_regex(r"4[0-9]{14}", fullmatch=True), st.sampled_from(["", " ", "-"]))
def test_every_card_number_is_masked_however_it_is_grouped(digits, gap):
    number = digits + luhn.calc_check_digit(digits)
    grouped = gap.join(number[i : i + 4] for i in range(0, 16, 4))
    assert mask(f"it is {grouped}.") == "it is [card]."


@given(st.from_regex(r"[0-9]{18}", fullmatch=True))
def test_every_german_account_is_masked(account):
    body = f"DE00{account}"
    number = body.replace("00", iban.calc_check_digits(body), 1)
    assert mask(f"to {number} please") == "to [IBAN] please"


def test_an_engine_is_told_the_message_without_it(engine):
    asked = "it's ada@example.com, card 4111 1111 1111 1111"
    act = Act("smalltalk.greeting", Outcome.ANSWERED)
    list(drafting.Drafter(asked, ()).draft(act, (), 1, None))
    assert engine.briefs[0].asked == "it's [e-mail], card [card]"

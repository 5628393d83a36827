"""Who asks for one way to pay hears the line on it, and whether it is taken."""

from dataclasses import replace

import pytest

from chatbot.facts import paying
from tests.chatbot.small_shop import pages
from tests.chatbot.test_facts import ask, nearest
from tests.chatbot.test_rules_found import shop

CARDS, WALLETS = "Visa, Mastercard, American Express.", "PayPal, Apple Pay, Google Pay."
KLARNA = "Klarna in 3 parts, for baskets from €60.00."
REFUSED = "We don't take cheques, cash on delivery or Venmo. Cash is fine in the shop."
AT_THE_TILL = "Cash only at the counter."
ROWS = (CARDS, WALLETS, KLARNA, REFUSED, "Your card is charged when you order.")


def told(text, *asks, rows=ROWS):
    asked = ask(text, *asks or ("pay_methods",), intents=("payment",))
    near = dict.fromkeys(range(len(rows)), 0.5)
    found = paying.likeliest(
        [text], near, asked, replace(shop(), passages=pages("payment", rows)), nearest
    )
    return [(rows[i], paying.whether(asked, rows[i])) for _judged, i in found]


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [("do you take amex", CARDS, "yes"), ("gpay ok?", WALLETS, "yes"), ("klarna?", KLARNA, "yes"),
     ("can i pay by cheque", REFUSED, "no"), ("u accept venmo", REFUSED, "no"),
     ("can i use cash", REFUSED, "yes"), ("cash on delivery possible?", REFUSED, "no"),
     ("can i pay it in bits", KLARNA, "yes"), ("is klarna interest free", KLARNA, "")],
)  # fmt: skip
def test_the_line_on_the_way_asked_about_is_told_with_a_yes_or_a_no(text, row, says):
    assert told(text) == [(row, says)]


def test_what_is_taken_at_the_counter_alone_is_neither_a_yes_nor_a_no():
    assert told("can i pay cash", rows=(AT_THE_TILL,)) == [(AT_THE_TILL, "")]


@pytest.mark.parametrize("text", ["paypal or klarna?", "how can i pay", "do you take bitcoin"])
def test_of_several_ways_or_one_that_no_text_names_no_line_stands_out(text):
    assert told(text) == []


def test_a_way_to_pay_is_no_answer_to_a_question_for_something_else():
    assert told("my paypal payment failed", "pay_failed") == []
    assert told("when is the money taken if i use visa") == []
    assert told("how do i pay with paypal") == []


def test_a_way_that_the_rule_told_right_before_tells_apart_is_asked_of_that_rule():
    rows = pages("refunds", ("Cards take 5 days, Klarna takes 2.",))
    world = replace(shop(), passages=(*pages("payment", ROWS), *rows))
    leans = {"follows": True, "after": "policy.passage"}

    def goes_on(text, article):
        return paying.goes_on(ask(text, "pay_methods", articles=(article,), **leans), world)

    assert goes_on("klarna sooner?", "refunds")
    assert not goes_on("klarna?", "payment")  # which ways there are
    assert not goes_on("venmo?", "refunds")

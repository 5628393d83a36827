"""Terms that the rules have not, stores elsewhere and codes that come too late are denied first."""

import pytest

from chatbot import acts
from chatbot.reading.claimed import claimed
from chatbot.reading.put_plainly import put_plainly
from chatbot.terms import Fact, Lexicon, Memory
from tests.chatbot.small_shop import KETTLE, NOW, names, passage, read, sentence

RULE = passage(0.9, "Returns are free for 30 days.", on_topic="yes")
SHOP = Fact("shop", "rule:shop", "1", NOW, {"address": "18 Cannery Lane, Portland"})
STORE = passage(0.05, "Store: 18 Cannery Lane, Portland. Open all week.", on_topic="yes")


def told(text, *facts, ask="return_policy"):
    term = claimed(text)
    claim = {"claim": term.term, "claim_of": term.rule} if term else {}
    reading = read(ask, intent="policy", text=text, named=False, products=(), **claim)
    return names(reading, *facts)


@pytest.mark.parametrize(
    ("text", "term", "rest"),
    [("so you have 60 day returns", "60 day", "so you have returns"),
     ("as returns are open for 60 days, no rush", "60 day", "as returns are open for , no rush"),
     ("how does the lifetime return guarantee work", "lifetime", "how does the return guarantee work"),
     ("a warranty for life?", "lifetime", "a warranty for ?")],
)  # fmt: skip
def test_a_term_that_the_rule_has_not_is_denied(text, term, rest):
    assert (claimed(text).term, claimed(text).rest) == (term, rest)
    assert told(text.replace("warranty", "return"), RULE) == ["policy.no"]


@pytest.mark.parametrize(
    "text",
    ["you have 30 day returns", "i bought it 60 days ago, any returns", "how do returns work",
     "my refund is 10 days late"],
)  # fmt: skip
def test_a_term_that_it_has_and_one_that_is_the_shoppers_are_not(text):
    assert told(text, RULE) == ["policy.passage"]


def test_a_term_that_another_text_holds_is_not_denied():
    assert told("you have 60 day returns", RULE, passage(0.3, "Members: 60 days.")) != ["policy.no"]


def test_a_return_is_asked_for_without_the_number_that_no_text_has():
    put = put_plainly("do you have a 60 day return", Memory(), Lexicon((), frozenset(), "", ()))
    assert put.query == "How long is the return period?"


def test_a_guarantee_is_a_warranty_by_another_name():
    pens = passage(0.9, "Pens: warranty 10 years.")
    assert told("is the lifetime guarantee on pens still on", pens, ask="warranty") == ["policy.no"]


def test_a_warranty_that_a_page_has_shorter_is_denied():
    text = "how do i claim the lifetime warranty of the kettle"
    reading = read("warranty", text=text, claim="lifetime", claim_of="warranty")
    (act,) = acts.decide(reading, [*KETTLE, sentence(0.9, "Warranty: 10 years.")])
    assert act.name == "attribute.no_text"
    assert [f.values["says"] for f in act.facts if f.kind == "sentence"] == ["no"]


def test_a_store_elsewhere_is_denied_with_the_one_there_is():
    asked = "is your charlotte store open"
    assert told(asked, passage(0.5), STORE, SHOP, ask="elsewhere") == ["policy.no"]
    assert told(asked, passage(0.5), STORE, ask="elsewhere") == ["decline.no_data"]


@pytest.mark.parametrize(
    ("rule", "name"),
    [("Codes can't be added later.", "policy.no"), ("Codes can be added later.", "policy.passage")],
)
def test_whether_a_code_goes_on_what_is_ordered_the_rule_says(rule, name):
    assert told("on my order?", passage(0.9, rule), ask="code_late") == [name]
    assert told("on my order?", ask="code_late") == ["decline.no_data"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("SUMMER: enter the code at checkout. It can't be added afterwards.", "policy.no"),
     ("Parcels can't be sent on afterwards.", "decline.no_data")],
)  # fmt: skip
def test_the_rule_on_late_codes_is_found_wherever_it_is_written(text, name):
    assert told("on my order?", passage(0.01), passage(0.01, text), ask="code_late") == [name]

"""What is said in a sentence's own words is close to a text of the facts and contradicts none."""

from datetime import UTC, datetime

import pytest

from chatbot.claims import check
from chatbot.terms import Act, Fact, Outcome
from tests.load import claims

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def text(kind, words, subject=""):
    return Fact(kind, f"{kind}:{words[:9]}", "1", NOW, {"text": words, "name": subject}, subject)


KETTLE = [
    text("sentence", "Stainless steel body, dishwasher-safe lid.", "Larkspur Kettle"),
    text("sentence", "The base can't go in the dishwasher.", "Larkspur Kettle"),
    text("sentence", "Works on gas and induction hobs.", "Larkspur Kettle"),
]
HELP = [
    text("passage", "Unused items can be returned within 30 days of delivery, except gift cards."),
    text("passage", "You can exchange an item within 14 days of delivery."),
    text("passage", "Refunds go to the original payment method within 5 business days."),
    text("terms", "Standard shipping: 48 states, free on orders over $60, business days 3–5."),
    text("passage", "A gift note can be added at checkout, it can't be added later."),
]


def held(sentence, facts, asked=""):
    found = check(sentence, facts, asked=asked, titles=("Larkspur Kettle",))
    return [c.text for c in found if c.verdict == "held"]


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("The lid is dishwasher-safe.", "The base is dishwasher-safe."),
        ("The body is stainless steel.", "The body is enamelled steel."),
        ("It works on induction hobs.", "It doesn't work on induction hobs."),
        ("The base can't go in the dishwasher.", "The base can go in the dishwasher."),
        ("It works on gas and induction.", "It works on gas, induction and campfires."),
        ("The Larkspur Kettle works on gas.", "The Larkspur Kettle only works on gas."),
    ],
)
def test_a_page_bears_out_its_own_words_and_no_others(true, false):
    assert held(true, KETTLE) == []
    assert held(false, KETTLE)


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("You can return unused items within 30 days of delivery.",
         "You can return unused items within 14 days of delivery."),
        ("You can send unused items back within 30 days.", "You can send used items back for free."),
        ("Your refund goes to the original payment method.", "Your refund goes to a gift card."),
        ("An exchange is possible within 14 days.", "An exchange is always possible."),
        ("Gift cards can't be returned.", "Gift cards can be returned."),
        ("Standard shipping is free on orders over $60.", "Standard shipping is free."),
        ("Standard: business days 3–5.", "Standard: business days 3–48."),
        ("It can't be added later.", "It can always be added later."),
    ],
)  # fmt: skip
def test_a_rule_is_told_with_its_numbers_and_limits(true, false):
    assert held(true, HELP) == []
    assert held(false, HELP)


@pytest.mark.parametrize(
    "sentence",
    [
        "I couldn't find anything about that on its page.",
        "Would you like me to pass you on to a person?",
        "Happy to help!",
        "Sorry to hear that it arrived damaged.",
        "If you'd like, I can look at another one.",
        "Our team handles returns.",
    ],
)
def test_what_claims_nothing_needs_no_fact(sentence):
    assert held(sentence, []) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It's our best-selling kettle.",
        "Hurry, it won't last!",
        "I'll e-mail you when it's back.",
        "I've made a note on your account.",
        "We'll make sure it gets to you.",
        "Consider it done.",
        "The label is free.",
        "I've refunded your order.",
        "It's made by hand in Portugal.",
        "It's lighter than any other.",
        "Everyone loves it.",
    ],
)
def test_what_no_text_says_is_held(sentence):
    assert held(sentence, [*KETTLE, *HELP])


def test_never_has_to_stand_in_a_text_with_every_word_beside_it():
    rule = [text("passage", "Refunds are not for things on the list, and never need a signature.")]
    assert held("Refunds never need a reason here.", rule)
    assert held("Refunds never need a signature.", rule) == []


def test_only_an_engine_that_was_taught_an_act_may_use_its_words():
    act = Act("account.password", Outcome.ANSWERED, {}, facts=tuple(HELP))
    said = "You can reset it by a link."
    assert all(c.verdict == "supported" for c in check(said, HELP, act=act, taught=True))
    assert [c.verdict for c in check(said, HELP, act=act)] == ["held"]


def test_what_an_act_denies_in_the_shoppers_words_is_decided():
    jacket = Fact(
        "product", "product:j", "1", NOW, {"name": "Larkspur Kettle", "option:Colour": "Red"}
    )
    act = Act("option.no_such", Outcome.ANSWERED, {"option.asked": "black"}, facts=(jacket,))
    assert not [c for c in check("Not in black, sorry.", act.facts, act=act) if c.verdict == "held"]
    assert [c for c in check("It comes in black.", act.facts, act=act) if c.verdict == "held"]
    assert [c for c in check("Not in black, sorry.", act.facts) if c.verdict == "held"]


# Floors, a little under what is reached: a change that makes the check blinder or blunter shows.
# `python -m tests.load.claims` tells the shares kind by kind.
@pytest.mark.parametrize(
    ("sort", "caught", "hindered"), [("typed", 0.87, 0.29), ("prose", 0.88, 0.42)]
)
def test_false_sentences_of_shops_not_looked_at_are_held(sort, caught, hindered):
    share = claims.measured(list(claims.pairs(claims.SETS["not looked at"])))[sort]
    assert share.caught / share.pairs >= caught
    assert share.hindered / share.pairs <= hindered


def test_there_are_pairs_of_every_kind_and_none_is_twice():
    every = list(claims.pairs())
    assert len({(p.shop, p.true) for p in every}) > 0.99 * len(every)
    assert all(p.true != p.false for p in every)
    assert len({p.kind for p in every}) == 23

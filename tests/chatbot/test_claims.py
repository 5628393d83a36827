"""What a sentence claims is borne out by a fact, or held."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from chatbot.claims import check, sentences
from chatbot.terms import Fact

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TITLES = ("Larkspur Kettle", "Brindle Teapot")


def fact(kind="variant", subject="Larkspur Kettle", **values):
    return Fact(kind, f"{kind}:1", "1", NOW, {"name": subject, **values}, subject=subject)


KETTLE = fact(price="$49.00", stock="in stock", options="Red")
GONE = fact(price="$49.00", stock="sold out", options="Blue")
RULE = fact("passage", "Returns", text="You have 30 days from delivery. The label costs $4.00.")


def held(sentence, *facts, asked=""):
    return [
        c.text for c in check(sentence, facts, asked=asked, titles=TITLES) if c.verdict == "held"
    ]


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("The Larkspur Kettle is $49.00.", [KETTLE]),
        ("It is 49 dollars.", [KETTLE]),
        ("Yes, it's in stock in Red.", [KETTLE]),
        ("Blue is sold out.", [GONE]),
        ("Sorry, we don't have any of the Larkspur Kettle in stock.", [GONE]),
        (
            "Nothing has been refunded so far.",
            [fact("order", "#2001", number="#2001", state="shipped")],
        ),
        ("Blue isn't available.", [GONE]),
        ("You have 30 days.", [RULE]),
        ('The page says "You have 30 days from delivery."', [RULE]),
        ("Order #2001 is on its way.", [fact("order", "#2001", number="#2001", state="shipped")]),
        ("It arrives on Nov 30.", [fact("order", "#2001", eta="November 30, 2026")]),
        ("Hello, what can I do for you?", []),
    ],
)
def test_what_the_facts_say_may_be_said(sentence, facts):
    assert held(sentence, *facts) == []


def test_the_name_of_a_product_says_nothing_of_what_is_free():
    strands = fact(subject="Free-From Sugar Strands", price="$4.00")
    told = check("Free-From Sugar Strands: $4.00.", [strands], titles=[strands.subject])
    assert [c.kind for c in told if c.verdict == "held"] == []
    told = check("Free-From Sugar Strands are free.", [strands], titles=[strands.subject])
    assert [c.kind for c in told if c.verdict == "held"] == ["free"]


@pytest.mark.parametrize(
    ("sentence", "facts", "told"),
    [
        ("The Larkspur Kettle is $48.00.", [KETTLE], "$48.00"),
        ("It is 48 bucks.", [KETTLE], "48 bucks"),
        ("The Brindle Teapot is $49.00.", [KETTLE, fact("product", "Brindle Teapot")], "$49.00"),
        ("Blue is in stock.", [GONE], "in stock"),
        ("We don't have Red in stock.", [KETTLE], "don't have Red in stock"),
        ("The kettle has been refunded.", [KETTLE], "has been refunded"),
        ("Red is sold out.", [KETTLE], "sold out"),
        ("It is sold out in every version.", [KETTLE, GONE], "sold out"),
        ("You have 60 days.", [RULE], "60 days"),
        ("You have sixty-one weeks, well, two weeks.", [RULE], "two weeks"),
        ("Take 20% off.", [RULE], "20%"),
        ('The page says "You have 90 days from delivery."', [RULE], "You have 90 days from delivery."),
        ("Order #2002 is on its way.", [fact("order", "#2001", number="#2001")], "#2002"),
        ("It arrives on December 1.", [fact("order", "#2001", eta="November 30, 2026")], "December 1"),
        ("I've refunded your order.", [RULE], "I've refunded"),
        ("You can have it for a song.", [KETTLE], "You can have it for"),
        ("Shipping is free.", [KETTLE], "free"),
        ("The Brindle Teapot is lovely.", [KETTLE], "Brindle Teapot"),
        ("Your code is SAVE20NOW.", [RULE], "SAVE20NOW"),
    ],
)  # fmt: skip
def test_what_no_fact_says_is_held(sentence, facts, told):
    assert told in held(sentence, *facts)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("Big bags add $8.00, with free shipping too.", "held"),
     ("The free-shipping line counts before tax.", "held"),
     ("Gift wrapping is free of charge.", "supported"), ("Wrapping: free, $0.00.", "supported")],
)  # fmt: skip
def test_what_is_not_said_to_be_what_is_free_only_where_nothing_costs(text, verdict):
    found = check("It's free of charge.", [fact("passage", text=text)])
    assert [c.verdict for c in found if c.kind == "free"] == [verdict]


def test_the_shoppers_own_number_may_be_denied_but_not_granted():
    assert held("I can't do $10.00.", KETTLE, asked="give it to me for $10") == []
    assert held("Sure, $10.00 it is.", KETTLE, asked="give it to me for $10")[0] == "$10.00"


amounts = st.decimals(Decimal("0.50"), Decimal("99999"), places=2)


@given(amounts, st.sampled_from(["It costs {}.", "{} is the price.", "That's {} for one."]))
def test_a_rendered_price_is_never_held(amount, form):
    price = format_currency(amount, "USD", locale="en_US")
    assert held(form.format(price), fact(price=price)) == []


@given(amounts, amounts)
def test_another_price_is_always_held(amount, other):
    if amount != other:
        told = format_currency(other, "USD", locale="en_US")
        assert held(f"It costs {told}.", fact(price=format_currency(amount, "USD", locale="en_US")))


days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
FORMS = ["MMMM d, y", "MMM d, y", "d MMMM y", "y-MM-dd"]


@given(days, days, st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_a_date_holds_in_every_writing_and_no_other_day_does(day, other, one, two):
    known = fact("order", "#1", eta=format_date(day, one, locale="en_US"))
    assert held(f"It comes on {format_date(day, two, locale='en_US')}.", known) == []
    if day != other:
        assert held(f"It comes on {format_date(other, two, locale='en_US')}.", known)


@given(st.lists(st.sampled_from(["It is $6.95.", "Nice!", "Really?", '"A. B. C."', "{a.b} is here."])),
       st.integers(1, 7))  # fmt: skip
def test_sentences_come_out_whole_however_the_stream_is_cut(parts, width):
    text = " ".join(parts)
    pieces = [text[i : i + width] for i in range(0, len(text), width)]
    assert " ".join(sentences(pieces)) == text


def test_a_price_is_not_cut_at_its_point():
    assert list(sentences(["It is $6.", "95. Bye", " now."])) == ["It is $6.95.", "Bye now."]


@pytest.mark.parametrize(
    ("state", "sentence", "held"),
    [("delivered", "It was cancelled, but a person can look at it.", True),
     ("cancelled", "Order #2001 has been cancelled.", False),
     ("shipped", "It has been delivered already.", True),
     ("unfulfilled", "It hasn't been shipped yet.", False),
     ("partly", "A part of it has shipped.", False)],
)  # fmt: skip
def test_a_state_is_only_said_of_an_order_that_is_in_it(state, sentence, held):
    order = fact("order", number="#2001", state=state)
    assert any(c.verdict == "held" for c in check(sentence, [order])) is held


@pytest.mark.parametrize(("says", "held"), [("yes", False), ("no", True), ("", True)])
def test_a_yes_to_what_a_page_answers_needs_a_page_that_says_yes(says, held):
    page = fact("passage", "Returns", text="You have 30 days.", says=says)
    found = check('The answer is yes: "You have 30 days."', [page])
    assert any(c.verdict == "held" for c in found) is held


@pytest.mark.parametrize(("count", "held"), [("two", False), ("three", True)])
def test_as_many_orders_are_counted_as_are_named(count, held):
    orders = [fact("order", number="#2001"), fact("order", number="#2002")]
    found = check(f"Your {count} orders are #2001 and #2002.", orders)
    assert any(c.verdict == "held" for c in found) is held


IN_IT = fact(
    "sentence", "Frost Hamper", text="Contents: Elm Mug 125 g, Oak Tea 100 g, two Ash Cups."
)
SOLD = ("Frost Hamper", "Elm Mug", "Oak Tea", "Ash Cups", "Fir Hamper")
WHOLE = "Contents for the Frost Hamper: Elm Mug 125 g, Oak Tea 100 g, two Ash Cups."


@pytest.mark.parametrize(
    ("told", "held"),
    [
        (WHOLE, False),
        (WHOLE.replace("Frost", "Fir"), True),
        (WHOLE.replace("100 g", "90 g"), True),
        (WHOLE.replace("Contents for", "Not the contents of"), True),
    ],
)
def test_a_line_that_names_other_products_is_cited_whole_of_its_own(told, held):
    found = check(told, (IN_IT,), asked="what's in it", titles=SOLD, taught=True)
    assert any(c.verdict == "held" for c in found) is held


@pytest.mark.parametrize(
    ("told", "held"),
    [
        ("Here you go, nuts for the Board Oil: free from nut oil.", False),
        ("For the Board Oil, nuts: free from nut oil.", False),
        ("Here you go, nuts for the Elm Oil: free from nut oil.", True),
        ("There are nuts in the Board Oil.", True),
        ("Nuts are in the Board Oil: free from nut oil.", True),
    ],
)
def test_a_line_that_denies_its_label_is_cited_with_it(told, held):
    line = fact("sentence", "Board Oil", text="Nuts: free from nut oil.")
    found = check(told, (line,), asked="any nuts?", titles=("Board Oil", "Elm Oil"), taught=True)
    assert any(c.verdict == "held" for c in found) is held


@pytest.mark.parametrize(("price", "held"), [("$15.00", False), ("$16.00", True)])
def test_the_name_of_a_thing_does_not_say_what_its_price_is(price, held):
    basket = fact("found", "Filter Basket", name="Filter Basket", price_min="$15.00")
    found = check(
        f"Have a look at the Filter Basket, {price}.", (basket,), titles=("Filter Basket",)
    )
    assert any(c.verdict == "held" for c in found) is held

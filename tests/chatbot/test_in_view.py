"""What is asked of the thing in view when hardly anything is said."""

from dataclasses import replace

import pytest

from chatbot import reading
from chatbot.reading import asks
from chatbot.reading.asked import Message, asked
from chatbot.reading.spoken import Spoken
from chatbot.reading.wanted import Wanted
from chatbot.terms import Lexicon, Memory, ProductWords

KETTLE = ProductWords("larkspur-kettle", "Larkspur Kettle", "Kitchen", {}, "Larkspur Kettle")
SHOP = Lexicon((KETTLE,), frozenset(), "#2001", ("en",))
SENT = {"shipping": 0.6, "product_question": 0.3}, {"ship_cost": 0.7, "price": 0.4}


def hear(text, memory=None, product=KETTLE, heard=SENT):
    spoken = Spoken((product.handle,) if product else ())
    said = Message(text, text, spoken, Wanted(product), memory or Memory(), SHOP)
    told = asked(said, *heard)
    return told.intents[0], told.asks


@pytest.mark.parametrize("text", ["How much is it?", "what does it cost", "price?", "cost pls"])
def test_a_bare_price_is_that_of_the_thing_in_view_and_nothing_is_said_of_sending_it(text):
    assert hear(text) == ("product_question", ("price",))


@pytest.mark.parametrize(
    ("text", "memory", "product"),
    [("how much is it to send", None, KETTLE), ("how much is it?", Memory(asks=("ship_where",)), KETTLE),
     ("how much is it?", None, None)],
)  # fmt: skip
def test_what_sending_costs_is_told_where_that_is_asked_or_was_spoken_of(text, memory, product):
    assert hear(text, memory, product)[0] == "shipping"


NOT_KEPT = {"product_question": 0.6}, {"not_kept": 0.7, "attribute": 0.1}


@pytest.mark.parametrize(
    ("text", "first"),
    [("can you tell me about the larkspur kettle", "attribute"), ("more about this pls", "attribute"),
     ("tell me about its sales this year", "not_kept"), ("is it about time", "not_kept")],
)  # fmt: skip
def test_who_wants_to_be_told_about_a_thing_asks_for_nothing_that_no_shop_keeps(text, first):
    assert hear(text, heard=NOT_KEPT)[1][0] == first


def test_on_a_page_that_is_open_how_much_it_is_asks_for_its_price():
    said = reading.read("How much is it?", "larkspur-kettle", Memory(), SHOP)
    assert (said.intents, said.asks) == (("product_question",), ("price",))


STOCK = {"product_question": 0.6}, {"availability": 0.7, "attribute": 0.1}


@pytest.mark.parametrize(
    ("text", "first"),
    [("would klarna do for the larkspur kettle", "pay_methods"), ("the kettle, on Apple Pay?", "pay_methods"),
     ("paid for the kettle by klarna, is it coming", "availability"),
     ("klarna or not, is it in stock", "availability"),
     ("do you affirm that the kettle is there", "availability"),
     ("will the kettle be there after pay day", "availability")],
)  # fmt: skip
def test_who_names_a_way_to_pay_for_a_thing_asks_whether_it_is_taken(text, first):
    assert hear(text, heard=STOCK)[1][0] == first


def test_what_a_thing_does_with_a_way_to_pay_is_told_by_its_page():
    page = {"product_question": 0.9}, {"attribute": 0.8}
    assert hear("does the larkspur kettle support apple pay", heard=page)[1][0] == "attribute"
    assert hear("the larkspur kettle, klarna ok?", heard=page)[1][0] == "pay_methods"


@pytest.mark.parametrize(
    ("text", "first"),
    [("is the cork one lighter than the felt", "compare"), ("have you got the cork and the felt", "availability")],
)  # fmt: skip
def test_one_version_beside_another_is_compared_and_not_wished_for(text, first):
    options = {"Lid": ("Cork", "Felt")}
    wanted = Wanted(replace(KETTLE, options=options), options=options, wishes=True)
    said = Message(text, text, Spoken(("larkspur-kettle",), named=True), wanted, Memory(), SHOP)
    assert asked(said, {"product_question": 0.9}, {"compare": 0.7}).asks[0] == first


def test_who_wants_a_version_today_asks_whether_it_is_there_and_not_how_it_is_sent():
    options = {"Lid": ("Cork", "Felt")}
    pot = replace(KETTLE, options=options)
    text = "the larkspur in cork, may i still get it today"
    assert asks.settled(text, ("ship_time",), pot, True, sure=0.95)[0] == "availability"
    assert (
        asks.settled("cork, when is it here", ("ship_time",), pot, True, sure=0.95)[0]
        == "ship_time"
    )

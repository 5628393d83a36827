"""What is asked of the thing in view when hardly anything is said."""

import pytest

from chatbot import reading
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

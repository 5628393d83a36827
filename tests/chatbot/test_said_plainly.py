"""Plain words that settle what is asked, in the middle of a conversation."""

import pytest

from chatbot.reading import asks, details, going_on
from chatbot.terms import Memory, ProductWords
from tests.chatbot.small_shop import KETTLE, names, passage, read

POT = ProductWords("kettle", "Kettle", "Kitchen", {"Color": ("Red", "Blue")}, "Kettle")


@pytest.mark.parametrize("text", ["is your code still BF40?", "the voucher is called bf40"])
def test_a_code_is_read_behind_a_word_or_two(text):
    assert details.code(text, frozenset()) == "BF40"
    assert details.code("is the code still on", frozenset()) == ""


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("useless, still not sent", ("order_status", "where_is_it")),
        ("it still hasn't arrived", ("order_status", "where_is_it")),
        ("still not working", None),
        ("do you play an instrument yourself?", ("smalltalk", "personal")),
        ("do you make it yourselves?", None),
        ("and before the sale?", ("product_question", "price")),
        ("what was the yellow one before the reduction", ("product_question", "price")),
        ("i bought it before the sale", None),
        ("what's the blue one now, and what was it before?", ("product_question", "price")),
        ("what was it originally and what is it now", ("product_question", "price")),
        ("what did it cost before you marked it down, and now?", ("product_question", "price")),
        ("what was my order before", None),
        ("what did you tell me before", None),
        ("what was the delivery cost before", None),
        ("what was wrong with it originally", None),
        ("what do i need to do before i come in now", None),
        ("what time do you close, open now or before 10", None),
        ("can i still order the battery or is it dead", ("product_question", "availability")),
        ("can i still order the lamp and get it by friday", None),
        ("can i still order for christmas", None),
        ("how much flour can the mixer take", ("product_question", "attribute")),
        ("how much shipping does the mixer take", None),
        ("how much does the mixer cost", None),
    ],
)
def test_what_the_words_leave_no_doubt_about(text, plain):
    assert asks.plainly(text) == plain


@pytest.mark.parametrize(
    ("text", "act", "changes"),
    [
        ("actually can you make it M", "action.cancel_offer", True),
        ("make that a large", "order.authorized", True),
        ("make it quick", "order.authorized", False),
        ("make it M", "price.one", False),
    ],
)
def test_an_order_that_is_to_be_of_another_version_is_to_be_changed(text, act, changes):
    told = going_on.goes_on(text, Memory(act=act))
    assert (told == ("order_change", "change_item")) is changes


def test_an_extra_that_nothing_speaks_of_is_not_known():
    asked = read("attribute", text="the free mug, what's it of?", extra="mug", named=False)
    nothing = names(asked, passage(0.5, "Orders over $50 ship free."))
    assert nothing == ["decline.no_data"]
    assert names(asked, passage(0.9, "A mug comes with each kettle.")) == ["policy.passage"]
    assert names(asked, *KETTLE) != ["decline.no_data"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("isn't that illegal", {"legal", "price"}), ("does it need signing", {"price"}),
     ("tell me something funny", {"joke", "price"})],
)  # fmt: skip
def test_what_only_its_words_mean_is_not_heard_without_them(text, kept):
    chances = {"legal": 0.7, "joke": 0.8, "price": 0.1}
    assert set(asks.meant(text, chances)) == kept
    assert "legal" in asks.meant(text, chances | {"legal": 0.9})  # but where the heads are sure


@pytest.mark.parametrize(
    ("sure", "first"), [(0.9, "attribute"), (0.6, "availability")],
)  # fmt: skip
def test_heads_that_are_sure_outdo_words_that_only_sound_like_stock(sure, first):
    text = "has the kettle got any lead in it"
    assert asks.settled(text, ("attribute",), POT, False, sure)[0] == first
    assert asks.settled("any kettles left", ("attribute",), POT, False, sure)[0] == "availability"


def test_who_asks_for_a_signature_asks_of_delivery():
    for text in ("do orders need a signature", "must i sign for it", "is it signed for"):
        assert asks.plainly(text) == ("shipping", "ship_time")
    for text in ("i need the signature tote", "i want a book signed for my dad"):
        assert asks.plainly(text) is None

"""What is wanted in plain words: a promise, something for a purpose, a label for what is too big."""

import pytest

from chatbot.reading import asks
from chatbot.reading.wants import untroubled, wants
from chatbot.terms import Fact
from tests.chatbot.small_shop import NOW, names, order, passage, read
from tests.chatbot.test_going_on import after

UNKNOWN = Fact("identity", "identity", "", NOW, {"need": "sign_in"})

PROMISE = ("order_status", "when_delivered")
SEARCH = ("product_search", "search")
BOX = ("product_question", "attribute")


@pytest.mark.parametrize(
    ("text", "told"),
    [("just promise me my blender will be here monday", PROMISE),
     ("give me your word the ukulele comes by saturday", PROMISE),
     ("swear it arrives before xmas", PROMISE),
     ("promise me it's here friday if I order now", None), ("do you promise it comes with a lid", None),
     ("promise me it's here tuesday or I'm not ordering", None),
     ("do you guarantee the boots", None),
     ("looking for something to check if the turkey is done", SEARCH),
     ("smth against the cable mess", SEARCH), ("anything to keep slugs off?", SEARCH),
     ("need something so cars see me", SEARCH), ("I have something to return", None),
     ("is there anything to pay", None), ("I have something against you", None),
     ("where in the box is the nozzle", BOX), ("in the package, where are the screws", BOX),
     ("where is my box", None)],
)  # fmt: skip
def test_what_is_wanted_in_words_that_leave_no_doubt(text, told):
    assert wants(text) == told


@pytest.mark.parametrize(
    ("text", "first"),
    [("too big for the worktop, send a label", "return_start"), ("it doesn't fit", "return_start"),
     ("too small and the zip broke", "damaged"), ("arrived with a dent", "damaged")],
)  # fmt: skip
def test_what_does_not_suit_is_sent_back_and_what_is_broken_is_damaged(text, first):
    assert asks.settled(text, ("damaged",), None, False)[0] == first


@pytest.mark.parametrize("text", ["too late", "too many", "how long does it take to dry"])
def test_not_all_that_is_too_much_is_a_size(text):
    assert untroubled(text, ("damaged",)) == ("damaged",)


def test_a_promise_that_a_parcel_comes_is_asked_of_who_must_show_that_it_is_theirs():
    asked = read(
        "when_delivered",
        intent="order_status",
        text="promise me my kettle arrives friday",
        named=False,
    )
    sure = passage(0.9, "No bikes to other countries.")
    assert names(asked, UNKNOWN, sure) == ["identity.sign_in"]
    general = read("when_delivered", intent="order_status", text="promise me it's here friday")
    assert names(general, UNKNOWN, sure) == ["policy.correct"]
    assert names(asked, order("shipped", eta="Friday")) == [
        "order.status_shipped",
        "order.no_guarantee",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [("too tall for me, send us a label", "identity.sign_in"),
     ("too tall, label please", "identity.sign_in"), ("too tall, what happens now", "policy.passage")],
)  # fmt: skip
def test_who_wants_a_label_is_asked_who_they_are(text, told):
    asked = read("return_start", intent="return_refund", text=text, named=False, products=())
    rule = passage(0.9, "You have 30 days to send it back.", on_topic="yes")
    assert names(asked, UNKNOWN, rule) == [told]


def test_who_looks_for_something_against_trouble_has_had_none():
    looking = after("smth against the cable mess under my desk, it's all broken")
    assert (looking.intents[0], looking.asks[0]) == ("product_search", "search")
    assert not {"damaged", "complaint"} & {*looking.intents, *looking.asks}


@pytest.mark.parametrize(
    ("text", "first"),
    [("ordered the wrong beater, can I swap it", "exchange"), ("I clicked the wrong size", "exchange"),
     ("I ordered it by mistake", "exchange"), ("you sent the wrong beater", "wrong_item"),
     ("I got the wrong size in the parcel", "wrong_item")],
)  # fmt: skip
def test_what_somebody_chose_by_mistake_is_exchanged(text, first):
    assert asks.settled(text, ("wrong_item",), None, False)[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [("the buckle snapped after two weeks", "damaged"),
     ("does the warranty cover it when the buckle snapped", "warranty"),
     ("the buckle snapped, is that covered?", "warranty")],
)  # fmt: skip
def test_a_fault_that_is_told_comes_before_the_warranty(text, first):
    assert asks.settled(text, ("warranty",), None, False)[0] == first


def test_another_version_of_what_has_come_is_an_exchange():
    asked = read("change_item", intent="order_change", text="swap it for blue", named=False)
    swap = Fact(
        "offer", "offer", "", NOW, {"number": "#2001", "kind": "exchange", "reason": "price"}
    )
    assert names(asked, order("delivered"), swap) == ["order.exchange_team"]
    assert names(asked, order("unfulfilled"), swap) == ["order.change_person"]


def test_what_came_to_somebodys_address_is_no_prying():
    gone = read("where_is_it", intent="order_status", text="did my gift card go to her e-mail",
                named=False, products=())  # fmt: skip
    assert names(gone, order("delivered", delivered_on="today")) == ["order.status_delivered"]
    asked = read("where_is_it", intent="order_status", text="what is her e-mail", named=False)
    assert names(asked, order("delivered")) == ["decline.private_data"]

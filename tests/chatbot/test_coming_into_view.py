"""Which product a conversation speaks of once a reply has been told."""

from chatbot import memory, reading
from chatbot.models import Reply
from chatbot.terms import Memory


def told_of(before=(), **values):
    asked = {
        "intents": ("return_refund",),
        "asks": ("damaged",),
        "text": "my lamp",
        "confidence": 1.0,
    }
    fact = {"kind": "order", "subject": "#1", "values": {"number": "#1", **values}}
    reply = Reply(text="Sorry.", facts=[fact], acts=[])
    return memory.after(reading.Reading(**asked), reply, Memory(products=before)).products


def test_the_one_thing_bought_that_was_spoken_of_comes_into_view():
    assert told_of(holds="lamp") == ("lamp",)
    assert told_of(("kettle",), handles="lamp pen", holds="lamp") == ("lamp",)


def test_what_was_not_spoken_of_or_is_one_of_several_bought_does_not():
    assert told_of(("kettle",), handles="lamp") == ("kettle",)
    assert told_of(holds="lamp mug") == ()


def seen(act, text="Only the Fern Mug is sold in the UK."):
    fact = {"kind": "found", "subject": "Fern Mug", "values": {"handle": "mug"}}
    asked = {"intents": ("policy",), "asks": ("ship_where",), "text": "?", "confidence": 1.0}
    reply = Reply(text=text, facts=[fact], acts=[{"name": act, "facts": []}])
    return memory.after(reading.Reading(**asked), reply, Memory(products=("kettle",))).products


def test_a_product_that_a_quoted_rule_happens_to_name_does_not_come_into_view():
    assert (seen("policy.passage"), seen("search.found_one")) == (("kettle",), ("mug",))


def test_what_is_to_be_exchanged_comes_into_view_so_that_its_color_may_be_said_next():
    offer = {"kind": "offer", "values": {"thing": "ukulele"}}
    asked = {"intents": ("exchange",), "asks": ("exchange",), "text": "?", "confidence": 1.0}

    def view(*facts):
        reply = Reply(text="Which?", facts=[], acts=[{"name": "exchange.which", "facts": [*facts]}])
        now = reading.Reading(**asked, products=("cajon",))
        return memory.after(now, reply, Memory(products=("cajon",))).products

    assert view(offer) == view(offer, offer) == ("ukulele",)
    assert view(offer, {"kind": "offer", "values": {"thing": "drum"}}) == ("cajon",)
    assert view({"kind": "offer", "values": {}}) == ("cajon",)

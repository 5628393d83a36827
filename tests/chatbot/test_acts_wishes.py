"""What a shopper would like done with an order is prepared for their press, or refused with why."""

from types import MappingProxyType

import pytest

from chatbot import acts, drafting
from chatbot.terms import Fact
from chatbot.training import corpus
from tests.chatbot.small_shop import NOW, names, order, passage, read

RULE = passage(0.9, "Exchanges are free for 30 days.", on_topic="yes")


def offer(kind, **values):
    base = {
        "kind": kind,
        "number": "#2001",
        "item": "Larkspur Kettle",
        "until": "December 19, 2026",
    }
    return Fact("offer", f"offer:{kind}:#2001", "1", NOW, base | values, subject="#2001")


def wish(ask, text, *facts, intent="return_refund", **more):
    reading = read(ask, intent=intent, text=text, products=(), named=False, **more)
    return names(reading, *facts)


CANCEL = ("cancel", "cancel my order")
QUOTE = {"quote": "{}"}


class TestACancellation:
    def test_that_is_allowed_is_offered(self):
        known = (order("unfulfilled"), offer("cancel", **QUOTE))
        assert wish(*CANCEL, *known, intent="cancel") == ["action.cancel_offer"]

    def test_that_comes_too_late_is_left_to_a_person(self):
        known = (order("unfulfilled"), offer("cancel", reason="late"))
        assert wish(*CANCEL, *known, intent="cancel") == ["order.cancel_open"]

    def test_of_what_has_shipped_is_not_possible(self):
        assert wish(*CANCEL, order("shipped"), intent="cancel") == ["order.cancel_shipped"]

    def test_of_a_single_item_is_left_to_a_person(self):
        known = (order("unfulfilled"), offer("cancel", part="yes", **QUOTE))
        assert wish("cancel", "cancel the kettle", *known, intent="cancel") == ["cancel.which_item"]

    def test_of_one_thing_off_an_order_is_of_that_thing(self):
        known = (order("unfulfilled"), offer("cancel", part="yes", **QUOTE))
        told = wish("cancel", "take the kettle off my order", *known, intent="cancel")
        assert told == ["cancel.which_item"]

    def test_of_the_order_with_a_thing_in_it_is_of_all_of_it(self):
        known = (order("unfulfilled"), offer("cancel", part="yes", **QUOTE))
        told = wish("cancel", "the one w the kettle from today", *known, intent="cancel")
        assert told == ["action.cancel_offer"]

    def test_of_a_numbered_order_is_of_all_of_it(self):
        known = (order("unfulfilled"), offer("cancel", part="yes", **QUOTE))
        told = wish("cancel", "cancel #2001, wrong kettle", *known, intent="cancel", order="#2001")
        assert told == ["action.cancel_offer"]


class TestAReturn:
    DATES = MappingProxyType({"return_open": "yes", "return_until": "December 19, 2026"})
    OPEN = order("delivered", **DATES)

    def test_that_is_asked_for_is_offered(self):
        told = wish("return_start", "send back the kettle", self.OPEN, offer("return", **QUOTE))
        assert told == ["action.return_offer"]

    def test_that_is_only_asked_about_is_told_of(self):
        mine = order("delivered", holds="yes", **self.DATES)
        told = wish("return_policy", "can i still return it", mine, offer("return", **QUOTE))
        assert told == ["return.open"]

    def test_of_one_thing_among_several_is_asked_back_which(self):
        several = offer("return", item="", **QUOTE)
        assert wish("return_start", "i want to return it", self.OPEN, several) == ["return.which"]

    def test_of_everything_needs_no_question(self):
        several = offer("return", item="", **QUOTE)
        told = wish("return_start", "return the whole order", self.OPEN, several)
        assert told == ["action.return_offer"]

    def test_question_is_completed_by_the_answer(self):
        told = wish("price", "the kettle", self.OPEN, offer("return", **QUOTE),
                    intent="product_question", after="return.which", follows=True)  # fmt: skip
        assert told == ["action.return_offer"]

    def test_that_is_open_cannot_be_opened_again(self):
        going = order("delivered", return_number="R-2001-1", **self.DATES)
        told = wish("return_start", "send it back", going, offer("return", reason="already"))
        assert told == ["return.status_open"]

    def test_that_is_open_is_told_with_its_number(self):
        going = order("delivered", return_number="R-2001-1")
        assert wish("refund_status", "where is my refund", going) == ["return.status_open"]


class TestAnExchange:
    DELIVERED = order("delivered")

    @pytest.mark.parametrize(
        ("values", "told"),
        [(QUOTE | {"replacement": "Blue"}, ["action.exchange_offer"]),
         ({"reason": "which", "choices": "Blue or Green"}, ["exchange.which"]),
         ({"reason": "sold_out", "wished": "Blue"}, ["exchange.sold_out"]),
         ({"reason": "late"}, ["exchange.closed"]),
         ({"reason": "price"}, ["order.exchange_team", "policy.besides"]),
         ({"reason": "which", "item": ""}, ["return.which"])],
    )  # fmt: skip
    def test_is_offered_asked_back_or_refused_with_why(self, values, told):
        known = (self.DELIVERED, offer("exchange", **values), RULE)
        assert wish("exchange", "swap it for another", *known, intent="exchange") == told

    def test_question_is_completed_by_the_answer(self):
        known = (self.DELIVERED, offer("exchange", **QUOTE, replacement="Blue"))
        more = {"intent": "product_question", "after": "exchange.which", "follows": True}
        assert wish("availability", "blue please", *known, **more) == ["action.exchange_offer"]

    def test_stays_one_where_which_item_was_asked_back(self):
        both = (offer("exchange", reason="which", choices="Blue"), offer("return", **QUOTE))
        more = {"intent": "product_question", "after": "return.which", "follows": True}
        assert wish("exchange", "the red one", self.DELIVERED, *both, **more) == ["exchange.which"]

    def test_of_what_has_not_shipped_is_a_change_of_the_order(self):
        known = (order("unfulfilled"), offer("exchange", reason="not_yet"))
        told = wish("exchange", "swap it for blue", *known, intent="exchange")
        assert told == ["order.change_person"]


SAID = {
    "action.cancel_offer": ("cancel", order("unfulfilled"), offer("cancel", **QUOTE)),
    "action.return_offer": ("return_start", order("delivered"), offer("return", **QUOTE)),
    "action.exchange_offer": (
        "exchange", order("delivered"), offer("exchange", replacement="Blue", stock="in stock", **QUOTE)
    ),
    "exchange.which": (
        "exchange", order("delivered"),
        offer("exchange", reason="which", choices="Blue or Green", stock="in stock"),
    ),
    "exchange.sold_out": (
        "exchange", order("delivered"),
        offer("exchange", reason="sold_out", wished="Blue", stock="sold out"),
    ),
    "exchange.closed": ("exchange", order("delivered"), offer("exchange", reason="late")),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_no_way_to_say_it_claims_what_is_not_so(name):
    ask, *known = SAID[name]
    reading = read(ask, intent="exchange", text="swap it", products=(), named=False)
    (one,) = acts.decide(reading, known)
    drafter = drafting.Drafter("swap it", ("Larkspur Kettle",))
    said = [drafter.check(one, r.text, "bundled") for r in corpus.replies()
            if r.act == name and set(r.references) == set(one.slots)]  # fmt: skip
    assert len(said) >= 20
    assert [s.text for s in said if s.held] == []


PREPARED = (order("unfulfilled"), offer("cancel", **QUOTE))


@pytest.mark.parametrize(
    "text",
    ["wait, don't cancel it", "hmm no, i'll keep it", "Stop! do not cancel my order", "ok leave it",
     "nah keep both please", "changed my mind, no need to refund"],
)  # fmt: skip
def test_who_takes_a_wish_back_is_offered_nothing(text):
    told = wish("cancel", text, *PREPARED, intent="cancel", after="action.cancel_offer")
    assert told == ["order.untouched"]


@pytest.mark.parametrize(
    "text",
    ["why don't you cancel it?", "i don't want to keep it, cancel it", "cancel it, please",
     "do not wait, cancel it"],
)  # fmt: skip
def test_who_still_wants_it_is_offered_it(text):
    told = wish("cancel", text, *PREPARED, intent="cancel", after="action.cancel_offer")
    assert told == ["action.cancel_offer"]


def test_what_has_been_cancelled_is_not_said_to_stand():
    gone = order("cancelled", cancelled_on="November 19, 2026")
    told = wish("cancel", "no, don't cancel it", gone, intent="cancel", after="order.state")
    assert told == ["order.status_cancelled"]


def test_keeping_is_no_wish_taken_back_where_none_was_prepared():
    told = wish("cancel", "can you keep it", *PREPARED, intent="cancel", after="order.state")
    assert "order.untouched" not in told


@pytest.mark.parametrize(
    ("before", "told"),
    [(("return.open",), "order.as_it_is"), (("order.cancel_open", "person.away"), "order.as_it_is"),
     (("action.return_offer",), "order.untouched")],
)  # fmt: skip
def test_who_keeps_what_was_spoken_of_hears_that_it_stays(before, told):
    said = wish("return_start", "keep it then", *PREPARED, before=before)
    assert said == [told]
    assert wish("return_start", "keep it then", *PREPARED, before=("price.one",)) != [told]


@pytest.mark.parametrize("text", ["no dont", "nah, leave it", "stop, never mind", "no"])
def test_a_bare_no_is_no_wish(text):
    told = wish("cancel", text, *PREPARED, intent="cancel", before=("action.cancel_offer",))
    assert told == ["order.untouched"]


def test_a_change_that_was_left_to_a_person_goes_to_one_when_it_is_said_what_to_change():
    told = ("order.change_person", "policy.besides")
    asked = ("change_address", "its 40 Broad Street", order("unfulfilled"))
    assert wish(*asked, intent="order_change", before=told) == ["person.asked"]
    assert wish(*asked, intent="order_change") == ["order.change_person"]
    how = ("change_address", "who does that", order("unfulfilled"))
    assert wish(*how, intent="order_change", before=told) == ["order.change_person"]


@pytest.mark.parametrize(
    ("text", "rule", "told"),
    [("add a lid to my order", "We can't add items or join two orders.", "policy.no"),
     ("add a lid to my order", "We add items until it is packed.", "order.change_person"),
     ("make it blue", "We can't add items or join two orders.", "order.change_person")],
)  # fmt: skip
def test_what_the_rules_never_add_no_person_does(text, rule, told):
    known = (order("unfulfilled"), passage(0.5, rule, on_topic="yes"))
    assert wish("change_item", text, *known, intent="order_change")[0] == told


def test_a_change_is_told_the_rule_on_its_own_subject():
    address = passage(0.9, "Address: a person changes it.", on_topic="yes")
    item = ("change_item", "make it blue", order("unfulfilled"), address)
    assert wish(*item, intent="order_change") == ["order.change_person"]
    other = ("change_address", "to 4 Elm Road", order("unfulfilled"), address)
    assert wish(*other, intent="order_change") == ["order.change_person", "policy.besides"]

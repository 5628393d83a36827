"""What may be said follows from the facts alone."""

from datetime import UTC, datetime

import pytest

from chatbot import acts
from chatbot.terms import Fact, Outcome, Reading

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def read(*asks, intent="product_question", **more):
    base = {"text": "?", "intents": (intent,), "confidence": 0.9, "query": "?"}
    return Reading(**base | {"asks": asks, "products": ("kettle",), "named": True} | more)


def product(**values):
    base = {"name": "Larkspur Kettle", "handle": "kettle", "price_min": "$49.00", "price_max": "$49.00",
            "department": "Kitchen", "stock": "in stock", "option:Color": "Red and Blue"}  # fmt: skip
    return Fact("product", "product:kettle", "1", NOW, base | values, subject="Larkspur Kettle")


def variant(color, stock, price="49.00", left="5", **values):
    base = {"name": "Larkspur Kettle", "handle": "kettle", "options": color, "option:Color": color,
            "stock": stock, "price": f"${price}", "amount": price, "left": left}  # fmt: skip
    return Fact("variant", f"variant:{color}", "1", NOW, base | values, subject="Larkspur Kettle")


def passage(score, text="You have 30 days."):
    return Fact(
        "passage", "article:returns#0", "1", NOW, {"text": text}, title="Returns", score=score
    )


def order(state, **values):
    base = {"number": "#2001", "state": state, "items": "Kettle"}
    return Fact("order", "order:#2001", "1", NOW, base | values, subject="#2001")


def names(reading, *facts):
    return [act.name for act in acts.decide(reading, facts)]


KETTLE = (product(), variant("Red", "in stock"), variant("Blue", "sold out"))


def test_a_price_is_told_from_the_variant():
    (act,) = acts.decide(read("price"), KETTLE)
    assert (act.name, act.slots["variant.price"]) == ("price.one", "$49.00")
    assert "variant.price" in act.must


def test_a_reduced_price_comes_with_the_one_before():
    (act,) = acts.decide(read("price"), [product(), variant("Red", "in stock", was="$60.00")])
    assert (act.name, act.slots["variant.was_price"]) == ("price.sale", "$60.00")


def test_what_is_sold_out_is_told_with_what_is_left():
    (act,) = acts.decide(read("availability", options={"Color": ("Blue",)}), KETTLE)
    assert (act.name, act.slots["variant2.options"]) == ("stock.out_alternatives", "Red")


def test_what_is_there_and_what_is_not_are_told_apart():
    assert names(read("availability"), *KETTLE) == ["stock.in", "stock.out"]


def test_when_it_comes_back_is_not_known_and_what_is_there_is_told():
    wish = {"Color": ("Blue",)}
    assert names(read("restock", options=wish), *KETTLE) == [
        "stock.out_alternatives",
        "restock.unknown",
    ]
    assert names(read("restock"), product(), variant("Blue", "sold out")) == [
        "stock.out_all",
        "restock.unknown",
    ]


def test_the_last_pieces_are_counted():
    facts = [product(), variant("Red", "low stock", left="2")]
    (act,) = acts.decide(read("availability"), facts)
    assert (act.name, act.slots["variant.stock"]) == ("stock.low", "2")


def test_a_color_that_does_not_exist_is_said_not_to():
    assert names(read("availability", foreign_options=("pink",)), *KETTLE) == ["option.no_such"]


def test_a_passage_that_fits_is_quoted_and_one_that_does_not_is_not():
    reading = read("return_policy", intent="return_refund", named=False, products=())
    assert names(reading, passage(0.7)) == ["policy.passage"]
    assert names(reading, passage(0.1)) == ["decline.no_data"]


def test_who_presses_for_a_yes_hears_the_rule():
    reading = read("return_policy", intent="return_refund", named=False, text="promise me 60 days")
    assert names(reading, passage(0.7)) == ["policy.correct"]


@pytest.mark.parametrize(
    ("state", "name"),
    [("shipped", "order.status_shipped"), ("unpaid", "order.unpaid"),
     ("partly", "order.status_partly"), ("cancelled", "order.status_cancelled")],
)  # fmt: skip
def test_an_order_is_told_by_its_state(state, name):
    reading = read("where_is_it", intent="order_status")
    assert names(reading, order(state, carrier="UPS", tracking="1Z", eta="May 1")) == [name]


def test_a_shipped_order_cannot_be_cancelled():
    reading = read("cancel", intent="cancel")
    assert names(reading, order("shipped")) == ["order.cancel_shipped"]
    assert names(reading, order("unfulfilled")) == ["order.cancel_open"]


def test_without_identity_nothing_of_an_order_is_told():
    need = Fact("identity", "identity", "", NOW, {"need": "sign_in"})
    (act,) = acts.decide(read("where_is_it", intent="order_status"), [need])
    assert (act.notice, act.outcome) == (True, Outcome.IDENTITY_REQUIRED)


def test_who_asks_for_a_person_gets_one():
    (act,) = acts.decide(read("human", intent="human"), [])
    assert (act.notice, act.outcome) == (True, Outcome.HANDED_OFF)


def test_it_does_not_deny_being_a_machine():
    reading = read("are_you_human", intent="smalltalk", named=False)
    assert names(reading) == ["ai.yes"]


def test_a_foreign_language_goes_to_a_person():
    assert names(read("price", language="de"), *KETTLE) == ["language.cannot_serve"]


def test_haggling_changes_no_price():
    reading = read("pressure", text="give me a discount on the kettle")
    assert names(reading, *KETTLE)[0] == "price.stands"


@pytest.mark.parametrize(
    ("values", "name"),
    [({"state": "unknown"}, "promotion.code_unknown"),
     ({"state": "ended", "ends_on": "May 1"}, "promotion.code_expired"),
     ({"state": "current", "departments": "Kitchen"}, "promotion.applies"),
     ({"state": "current", "departments": "Garden"}, "promotion.not_for")],
)  # fmt: skip
def test_a_code_is_told_by_its_state_and_what_it_covers(values, name):
    code = Fact("promotion", "rule:promotions.TEATIME", "1", NOW, {"code": "TEATIME"} | values)
    assert names(read("code_fails", code="TEATIME"), code, *KETTLE) == [name]


def test_the_first_outcome_of_the_rank_names_the_turn():
    declined = acts.decide(read("return_policy", intent="policy", named=False), [])
    answered = acts.decide(read("price"), KETTLE)
    assert acts.outcome([*declined, *answered]) == Outcome.ANSWERED

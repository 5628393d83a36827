"""What may be said follows from the facts alone."""

from dataclasses import replace

import pytest

from chatbot import acts
from chatbot.terms import Fact, Outcome
from tests.chatbot.small_shop import (
    KETTLE,
    NOW,
    WHERE,
    names,
    order,
    passage,
    product,
    read,
    sentence,
)  # fmt: skip


def test_a_passage_that_fits_is_quoted_and_one_that_does_not_is_not():
    reading = read("return_policy", intent="return_refund", named=False, products=())
    assert names(reading, passage(0.7)) == ["policy.passage"]
    assert names(reading, passage(0.1)) == ["decline.no_data"]


def test_what_tells_of_all_else_stands_behind_what_it_is_else_than():
    asked = read("ship_where", intent="shipping", named=False, products=(), text="to Quebec?")
    found = [passage(0.9, "We ship to no other country."), passage(0.02, "Canada: $9.00.")]
    (told,) = acts.decide(asked, found)
    assert told.slots["passage.text"] == "Canada: $9.00."
    assert told.slots["passage2.text"] == "We ship to no other country."


@pytest.mark.parametrize(
    ("best", "next_", "text", "told"),
    [(0.7, 0.4, "dogs?", True), (0.7, 0.2, "dogs?", False), (0.5, 0.2, "dogs?", True),
     (0.7, 0.2, "how long, and are dogs ok?", True), (0.5, 0.05, "dogs?", False)],
)  # fmt: skip
def test_a_second_passage_beside_a_sure_one_is_told_when_it_is_nearly_as_good(
    best, next_, text, told
):
    reading = read("return_policy", intent="policy", named=False, products=(), text=text)
    (one,) = acts.decide(reading, [passage(best), passage(next_, "Dogs are welcome.")])
    assert ("passage2.text" in one.slots) == told


def test_of_a_long_passage_only_what_answers_is_quoted():
    reading = read("return_policy", intent="return_refund", named=False, products=())
    (told,) = acts.decide(reading, [passage(0.7, "You have 30 days. Be well.", core="Be well.")])
    assert told.slots["passage.text"] == "Be well."


@pytest.mark.parametrize("says", ["yes", "no"])
def test_a_yes_or_no_is_said_only_by_a_passage_that_surely_answers(says):
    reading = read("return_policy", intent="return_refund", named=False, products=())
    assert names(reading, passage(0.9, says=says)) == [f"policy.{says}"]
    assert names(reading, passage(0.25, says=says, on_topic="yes")) == ["policy.passage"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("promise me 60 days", "correct"), ("so i get 60 days, ok?", "correct"),
     ("guarantee me 60 days", "correct"), ("guarantee on chairs?", "passage"),
     ("60 days is fine, right?", "correct"), ("dogs ok?", "passage"), ("is a monday ok?", "passage"),
     ("i only want what i was promised", "correct"), ("only want to send one back", "passage")],
)  # fmt: skip
def test_who_presses_for_a_yes_hears_the_rule_as_one_that_stands(text, told):
    reading = read("return_policy", intent="return_refund", named=False, text=text)
    assert names(reading, passage(0.7)) == [f"policy.{told}"]


@pytest.mark.parametrize(
    ("state", "name"),
    [("shipped", "order.status_shipped"), ("unpaid", "order.unpaid"),
     ("partly", "order.status_partly"), ("cancelled", "order.status_cancelled")],
)  # fmt: skip
def test_an_order_is_told_by_its_state(state, name):
    assert names(WHERE, order(state, carrier="UPS", tracking="1Z", eta="May 1")) == [name]


def test_a_shipped_order_cannot_be_cancelled():
    reading = read("cancel", intent="cancel", text="cancel my order", named=False)
    assert names(reading, order("shipped")) == ["order.cancel_shipped"]
    assert names(reading, order("unfulfilled")) == ["order.cancel_open"]


def test_without_identity_nothing_of_an_order_is_told():
    need = Fact("identity", "identity", "", NOW, {"need": "sign_in"})
    (act,) = acts.decide(WHERE, [need])
    assert (act.notice, act.outcome) == (True, Outcome.IDENTITY_REQUIRED)


def test_who_asks_for_a_person_gets_one():
    (act,) = acts.decide(read("human", intent="human"), [])
    assert (act.notice, act.outcome) == (True, Outcome.HANDED_OFF)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [("can i call somebody?", "Phone: 01 555 0160, Monday to Friday.", True),
     ("can i call somebody?", "Telephone (207) 555-0142.", True),
     ("can i call somebody?", "Ring sizes run from 46 to 160 mm.", False),
     ("a person please", "Phone: 01 555 0160, Monday to Friday.", False)],
)  # fmt: skip
def test_who_would_rather_ring_hears_the_number(text, line, told):
    open_now = Fact("shop", "rule:shop", "1", NOW, {"chat_open": "yes"})
    asked = read("human", intent="human", text=text)
    number = ["policy.besides"] if told else []
    assert names(asked, open_now, passage(0.9, line)) == ["person.joins", *number]


def test_it_does_not_deny_being_a_machine():
    reading = read("are_you_human", intent="smalltalk", named=False)
    assert names(reading) == ["ai.yes"]


def test_a_foreign_language_goes_to_a_person():
    assert names(read("price", language="de"), *KETTLE) == ["language.cannot_serve"]


def test_haggling_changes_no_price():
    reading = read("pressure", text="give me a discount on the kettle")
    assert names(reading, *KETTLE)[0] == "price.stands"


@pytest.mark.parametrize(
    ("text", "told"),
    [("what else can you throw in?", "price.stands"), ("throw in the bin liners", "price.stands"),
     ("knock a bit off? or knock off $5", "price.stands"),
     ("how much, the real one not the knock off", "price.one"),
     ("can i throw in the washer", "price.one"), ("can i throw in my washing machine", "price.one")],
)  # fmt: skip
def test_what_is_thrown_in_the_washer_is_no_haggling(text, told):
    assert names(read("price", text=text), *KETTLE)[0] == told


@pytest.mark.parametrize(
    ("values", "name"),
    [({"return_until": "May 1", "return_open": "yes"}, "return.open"),
     ({"return_until": "May 1", "return_open": "no"}, "return.closed"),
     ({}, "order.return_team"), ({"kept_handles": "kettle", "return_open": "yes"}, "return.never")],
)  # fmt: skip
def test_whether_it_can_be_sent_back_is_told_by_the_rules(values, name):
    reading = read("return_policy", intent="return_refund", text="can i send my kettle back?")
    assert names(reading, order("delivered", holds="yes", **values), *KETTLE) == [name]


def test_no_person_is_said_to_set_up_a_return_that_comes_too_late():
    reading = read("return_start", intent="return_refund", text="i'd like to send it back")
    late = order("delivered", return_until="May 1", return_open="no")
    assert names(reading, late, *KETTLE) == ["return.closed"]


def test_what_is_not_here_yet_cannot_be_sent_back_yet():
    reading = read("return_start", intent="return_refund", text="return my order", named=False)
    assert names(reading, order("shipped")) == ["return.not_yet", "return.person"]


def test_an_order_of_which_nothing_can_be_sent_back_is_not_said_to_be_returnable():
    reading = read("return_start", intent="return_refund", text="return my order", named=False)
    kept = {"handles": "kettle", "kept_handles": "kettle", "kept": "Kettle"}
    bought = order("delivered", return_until="May 1", return_open="yes", **kept)
    assert "return.open" not in names(reading, bought)


def test_a_cancelled_order_is_not_sent_back():
    reading = read("return_start", intent="return_refund", text="return my order", named=False)
    assert "order.return_team" not in names(reading, order("cancelled", cancelled_on="May 1"))


def test_a_question_on_a_product_is_not_one_on_the_order_that_holds_it():
    reading = read("price", text="how much is the kettle?")
    assert names(reading, order("delivered", holds="yes"), *KETTLE) == ["price.one"]


def test_a_change_of_an_order_goes_to_a_person():
    reading = read("change_item", intent="order_change", text="make my kettle blue instead")
    assert names(reading, order("unfulfilled", holds="yes"), *KETTLE) == ["order.change_person"]


def test_a_product_the_shop_does_not_have_is_not_answered_by_another():
    found = replace(product(amount="49.00"), kind="found", score=0.9)
    reading = read("price", stranger="petrel kettle", named=False, products=())
    assert names(reading, found, passage(0.7)) == ["search.no_such", "search.found_one"]


@pytest.mark.parametrize(
    ("says", "name"),
    [("yes", "attribute.yes_text"), ("no", "attribute.no_text"), ("", "attribute.passage")],
)
def test_a_question_that_can_be_answered_so_gets_a_yes_or_no(says, name):
    told = sentence(0.8, "Works on induction.", says=says)
    assert names(read("attribute"), told, *KETTLE) == [name]


def test_a_page_that_does_not_tell_is_not_quoted():
    assert names(read("attribute"), sentence(0.1), *KETTLE) == ["attribute.unknown"]


def test_who_only_asks_for_the_price_hears_nothing_else():
    reading = read("price", text="how much is the larkspur kettle?")
    assert names(reading, sentence(0.9), *KETTLE) == ["price.one"]


def test_who_asks_for_the_price_and_more_hears_both():
    reading = read("price", "attribute", text="price of the larkspur, and how much does it hold?")
    assert names(reading, sentence(0.9), *KETTLE) == ["price.one", "attribute.labelled"]


def test_a_labelled_value_is_told_as_such():
    (act,) = acts.decide(read("attribute"), [sentence(0.8), *KETTLE])
    assert (act.name, act.slots["attribute.value"]) == ("attribute.labelled", "0.9 L")


def test_the_surer_of_page_and_article_answers():
    reading = read("warranty", text="how long is the warranty of the larkspur?")
    told = sentence(0.5, "Guaranteed for two years.")
    rule = "The warranty is two years."
    assert names(reading, told, passage(0.7, rule), *KETTLE) == ["policy.passage"]
    assert names(reading, told, passage(0.4, rule), *KETTLE) == ["attribute.passage"]


def test_the_order_at_another_shop_is_none_of_ours():
    reading = replace(WHERE, text="where's my amazon order?")
    assert names(reading) == ["decline.other_shop"]


def test_the_first_outcome_of_the_rank_names_the_turn():
    declined = acts.decide(read("return_policy", intent="policy", named=False), [])
    answered = acts.decide(read("price"), KETTLE)
    assert acts.outcome([*declined, *answered]) == Outcome.ANSWERED


ZIP = "Repair prices: new zipper: $18.00."


@pytest.mark.parametrize(
    ("text", "score", "told"),
    [("what does a new zipper cost", 0.7, "policy.passage"), ("what does a new zipper cost", 0.5, "price.one"),
     ("how much is it", 0.9, "price.one")],
)  # fmt: skip
def test_the_price_of_a_service_is_told_by_the_article_that_has_it(text, score, told):
    asked = read("price", text=text, named=False)
    assert names(asked, *KETTLE, passage(score, ZIP))[0] == told


@pytest.mark.parametrize(("named", "told"), [(False, "policy.passage"), (True, "price.one")])
def test_a_word_of_the_product_in_view_may_be_that_of_a_service(named, told):
    asked = read("price", text="can you kettle-clean it, price", named=named)
    assert names(asked, *KETTLE, passage(0.7, "Kettle cleaning: $9.00."))[0] == told


@pytest.mark.parametrize(
    ("rule", "told"), [("Blue film: $26.00.", "price.one"), ("Zips: $26.00.", "policy.passage")]
)
def test_a_price_that_shares_but_the_version_asked_for_is_of_something_else(rule, told):
    asked = read("price", text="how much in blue, zips?", named=False, options={"Color": ("Blue",)})
    plain = replace(asked, text="how much in blue")
    shares = asked if "Zips" in rule else plain
    assert names(shares, *KETTLE, passage(0.9, rule))[0] == told


def test_a_quotation_behind_something_else_is_led_in_as_something_more():
    asked = read(
        "damaged",
        intent="return_refund",
        text="it came broken",
        named=False,
        products=(),
        fault="came",
    )
    assert names(asked, passage(0.9)) == ["damaged.empathy_next_step", "policy.besides"]
    assert names(read("return_policy", intent="policy", named=False), passage(0.9)) == [
        "policy.passage"
    ]


@pytest.mark.parametrize(
    ("confidence", "told"), [(0.3, "policy.passage"), (0.9, "identity.sign_in")]
)
def test_a_text_that_surely_answers_outdoes_a_reading_that_is_a_guess(confidence, told):
    asked = read("when_delivered", intent="order_status", text="last day for gifts by post",
                 named=False, products=(), confidence=confidence)  # fmt: skip
    missing = Fact("identity", "identity", "1", NOW, {"need": "sign_in"})
    assert names(asked, passage(0.9), missing)[0] == told


def test_who_was_charged_twice_hears_of_a_person_before_the_rules():
    asked = read("charged_twice", intent="payment", text="charged me twice", named=False)
    drops = passage(0.9, "Of two pending amounts one drops off.")
    assert names(asked, drops) == ["payment.charged_twice", "policy.besides"]
    assert names(asked, passage(0.9, "Pay by card.")) == ["payment.charged_twice"]


@pytest.mark.parametrize(
    ("text", "wish", "priced"),
    [("have you got it left?", {}, False), ("the kettle", {}, True), ("blue?", {"Color": ("Blue",)}, False),
     ("have you got it, and what does it cost?", {}, True), ("how much is blue", {"Color": ("Blue",)}, True)],
)  # fmt: skip
def test_a_price_is_told_beside_the_stock_where_it_may_be_wanted(text, wish, priced):
    told = names(read("availability", "price", text=text, options=wish), *KETTLE)
    assert any(name.startswith("price.") for name in told) is priced


@pytest.mark.parametrize(
    ("score", "marks", "told"),
    [(0.45, {}, "policy.unsure"), (0.55, {}, "policy.passage"), (0.45, {"on_topic": "yes"}, "policy.passage"),
     (0.45, {"by": "rule"}, "policy.passage"), (0.45, {"only": "yes"}, "policy.passage")],
)  # fmt: skip
def test_a_text_that_is_as_likely_beside_the_point_is_told_as_what_comes_nearest(
    score, marks, told
):
    asked = read("return_window", intent="return_refund", products=(), named=False)
    assert names(asked, passage(score, **marks)) == [told]


@pytest.mark.parametrize(
    ("score", "told"), [(0.45, "attribute.unsure"), (0.55, "attribute.passage")]
)
def test_a_line_of_a_page_is_told_for_no_more_than_it_is(score, told):
    asked = read("attribute", text="does it whistle")
    assert names(asked, *KETTLE, sentence(score, "A kettle for two.")) == [told]


@pytest.mark.parametrize(
    ("text", "after", "name"),
    [("even kettles?", "policy.passage", "policy.passage"),
     ("even kettles?", "price.one", "attribute.passage"),
     ("kettles with a filter?", "policy.passage", "attribute.passage")],
)  # fmt: skip
def test_who_but_names_a_thing_after_a_rule_asks_how_the_rule_fares_with_it(text, after, name):
    asked = read("attribute", text=text, named=False, loosely=True, follows=True, after=after,
                 articles=("returns",))  # fmt: skip
    rule = passage(0.7, "Not on kettles.", article="returns")
    page = sentence(0.9, "The filter of the kettle comes out.")
    assert acts.decide(asked, [*KETTLE, page, rule])[0].name == name

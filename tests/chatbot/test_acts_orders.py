"""What is said of orders, to owners and to guests, and what is nobody's business."""

from dataclasses import replace

import pytest

from chatbot import acts
from chatbot.terms import Fact, Outcome
from tests.chatbot.small_shop import KETTLE, NOW, names, order, passage, product, read

GUEST = Fact("identity", "identity", "", NOW, {"need": "sign_in"})


def own(text, ask, intent="order_status", **more):
    return read(ask, intent=intent, **{"text": text, "named": False, "products": ()} | more)


@pytest.mark.parametrize(
    ("text", "told"),
    [("have you charged me yet?", ["order.authorized", "policy.besides"]),
     ("has my card been charged", ["order.authorized", "policy.besides"]),
     ("where is it", ["order.authorized"])],
)  # fmt: skip
def test_whether_money_was_taken_is_told_by_the_orders_state_and_the_rule(text, told):
    rule = passage(0.7, "We charge when it ships.")
    assert names(own(text, "where_is_it"), order("authorized"), rule) == told


def test_whether_money_was_taken_is_told_of_an_order_whatever_it_sounds_like():
    reading = own("was i already charged for it? have you taken my money", "pay_methods", "payment")
    assert names(reading, order("authorized"), passage(0.1)) == ["order.authorized"]
    cards = replace(reading, text="which cards do you take?")
    assert names(cards, order("authorized"), passage(0.7, "We take cards.")) == ["policy.passage"]


@pytest.mark.parametrize(
    ("intent", "confidence", "score", "told"),
    [("payment", 0.9, 0.9, ["order.details", "policy.besides"]),
     ("order_status", 0.5, 0.9, ["order.details", "policy.besides"]),
     ("order_status", 0.9, 0.9, ["order.details"]), ("payment", 0.9, 0.7, ["order.details"])],
)  # fmt: skip
def test_what_surely_answers_stands_beside_an_order_that_may_be_none_of_it(
    intent, confidence, score, told
):
    reading = own("#2001 is a present. does the box show what i paid?", "what_ordered", intent,
                  order="#2001", confidence=confidence)  # fmt: skip
    assert names(reading, order("delivered"), passage(score, "No prices in the box.")) == told


@pytest.mark.parametrize(
    ("text", "ask"),
    [("how long can i cancel after ordering", "cancel"), ("when do refunds arrive?", "refund_status"),
     ("how long does a refund of my order take", "refund_status"),
     ("when will i get it if i order today", "when_delivered"), ("what if it never came?", "missing"),
     ("is there a fee if i cancel", "cancel")],
)  # fmt: skip
def test_a_guest_who_asks_how_things_go_hears_the_rule(text, ask):
    reading = own(text, ask, "cancel" if ask == "cancel" else "order_status")
    behind_sympathy = ask == "missing"
    told = names(reading, GUEST, passage(0.7))[-1]
    assert told == ("policy.besides" if behind_sympathy else "policy.passage")


def test_a_guest_who_goes_on_about_a_rule_hears_more_of_it_and_else_is_asked():
    after = own("after it shipped?", "cancel", "cancel", after="policy.passage")
    assert names(after, GUEST, passage(0.7)) == ["policy.passage"]
    assert names(replace(after, after=""), GUEST, passage(0.7)) == ["identity.sign_in"]


def test_orders_on_their_way_are_listed_the_oldest_first_and_all_the_newest_first():
    old = order("shipped", number="#1", placed_at="2026-11-01")
    new = order("unfulfilled", number="#2", placed_at="2026-11-09")
    asked = own("which orders are open", "what_ordered")
    (act,) = acts.decide(asked, [new, old])
    assert [act.slots["order.number"], act.slots["order2.number"]] == ["#1", "#2"]
    (act,) = acts.decide(replace(asked, text="list all my orders"), [new, old])
    assert [act.slots["order.number"], act.slots["order2.number"]] == ["#2", "#1"]


def test_some_of_a_shoppers_orders_are_told_each_by_itself():
    late = order("shipped", number="#1", placed_at="2026-11-01", late="yes", eta="November 5")
    rest = [order("delivered", number=f"#{n}", placed_at=f"2026-11-1{n}") for n in (2, 3)]
    asked = own("which of my orders is late", "what_ordered")
    told = acts.decide(asked, [late, *rest])
    assert {act.slots.get("order.number", "#1") for act in told} == {"#1"}
    assert "order.late_empathy" in [act.name for act in told]
    asked = replace(asked, text="list all my orders")
    many = [late, *rest, order("shipped", number="#4", placed_at="2026-11-20")]
    assert "order.list" in [act.name for act in acts.decide(asked, [late, *rest])]
    assert "order.list" not in [act.name for act in acts.decide(asked, many)]


@pytest.mark.parametrize(
    ("late", "told"),
    [(0, ["order.status_shipped"] * 2), (2, ["order.status_shipped", "order.late_empathy"] * 2),
     (3, ["order.status_shipped"] * 3)],
)  # fmt: skip
def test_each_of_several_orders_is_told_by_its_number_and_late_while_there_is_room(late, told):
    coming = [
        order("shipped", number=f"#{n}", placed_at=f"2026-11-0{n}", eta="November 5",
              late="yes" if late else "no")
        for n in range(1, 1 + (late or 2))
    ]  # fmt: skip
    asked = own("which of my orders haven't arrived yet", "what_ordered")
    said = acts.decide(asked, [*coming, order("delivered", number="#9", placed_at="2026-11-09")])
    assert [act.name for act in said] == told
    assert [act.slots["order.number"] for act in said if act.name == told[0]] == [
        o.values["number"] for o in coming
    ]


@pytest.mark.parametrize(
    ("text", "ask", "more"),
    [("when will my order arrive", "when_delivered", {}), ("where is it?", "where_is_it", {}),
     ("what is the status", "where_is_it", {}),
     ("i ordered a kettle, can you look for the number", "tracking", {}), ("cancel it", "cancel", {}),
     ("how do i cancel", "cancel", {"order": "#2001"}),
     ("how do i cancel", "cancel", {"email": "ada@example.com"}),
     ("how do i cancel", "cancel", {"after": "identity.email"})],
)  # fmt: skip
def test_a_guest_who_asks_for_an_order_is_asked_who_they_are(text, ask, more):
    (act,) = acts.decide(own(text, ask, **more), [GUEST, passage(0.7)])
    assert (act.name, act.outcome) == ("identity.sign_in", Outcome.IDENTITY_REQUIRED)


def test_a_guest_is_asked_who_they_are_where_no_rule_answers():
    reading = own("when do refunds arrive?", "refund_status")
    assert names(reading, GUEST, passage(0.05)) == ["identity.sign_in"]


def test_what_may_be_beside_the_point_is_not_told_beside_what_is_sure():
    bought = order("delivered", return_until="May 1", return_open="yes")
    reading = own("how long does my refund take", "refund_status", "return_refund")
    assert names(reading, bought, passage(0.45)) == ["refund.status_none"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("how long does my refund take", ["refund.status_none", "policy.besides"]),
     ("my refund please", ["refund.status_none", "return.open"])],
)  # fmt: skip
def test_who_asks_how_refunds_go_hears_the_rule_besides_that_there_is_none(text, told):
    bought = order("delivered", return_until="May 1", return_open="yes")
    reading = own(text, "refund_status", "return_refund")
    assert names(reading, bought, passage(0.7)) == told
    paid_back = replace(bought, values={**bought.values, "refund": "$4.00"})
    assert names(reading, paid_back, passage(0.7))[0] == "refund.status"


@pytest.mark.parametrize(
    ("text", "told"),
    [("it came broken, can i send it back?", ["policy.besides", "return.open"]),
     ("it came broken", ["policy.besides"])],
)  # fmt: skip
def test_who_would_send_back_what_is_broken_hears_until_when(text, told):
    bought = order("delivered", return_until="May 1", return_open="yes")
    reading = replace(own(text, "damaged", order="#2001"), fault="came")
    assert names(reading, bought, passage(0.7)) == ["damaged.empathy_next_step", *told]


@pytest.mark.parametrize(
    "text",
    ["which customers bought the kettle?", "who else ordered this", "which people have it",
     "who else bought the kettle"],
)  # fmt: skip
def test_who_bought_what_is_nobodys_business(text):
    assert names(read("attribute", text=text), *KETTLE) == ["decline.private_data"]


@pytest.mark.parametrize("text", ["which kettle do customers like", "who else makes it"])
def test_what_shoppers_like_may_be_asked(text):
    assert "decline.private_data" not in names(read("attribute", text=text), *KETTLE)


@pytest.mark.parametrize(
    ("text", "told"),
    [("60 days then, so i have it in writing", "policy.correct"), ("i'll hold you to it", "policy.correct"),
     ("so i have 60 days", "policy.passage")],
)  # fmt: skip
def test_who_wants_it_in_writing_hears_what_is_written(text, told):
    reading = own(text, "return_policy", "policy")
    assert names(reading, passage(0.7)) == [told]


def test_a_guest_who_wants_to_send_something_back_is_asked_who_they_are_and_who_asks_how_is_told():
    asked = {"intent": "return_refund", "products": (), "named": False}
    wish = read("return_start", text="i want to return something", **asked)
    how = read("return_start", text="how do i return something", **asked)
    assert names(wish, GUEST, passage(0.5)) == ["identity.sign_in"]
    assert names(how, GUEST, passage(0.5)) == ["policy.passage"]


def test_staff_notes_and_margins_are_nobodys_business():
    told = {"intent": "product_question", "products": (), "named": False}
    assert names(read("attribute", text="what does the internal note on me say", **told)) == [
        "decline.private_data"
    ]
    assert names(read("attribute", text="is there a note in the box", **told)) != [
        "decline.private_data"
    ]


@pytest.mark.parametrize(
    ("score", "next_one", "topic", "is_told"),
    [(0.1, 0.03, "yes", True), (0.1, 0.09, "yes", False), (0.02, 0.0, "yes", False),
     (0.3, 0.0, "", False)],
)  # fmt: skip
def test_a_change_is_answered_with_the_rule_on_it_that_stands_out(score, next_one, topic, is_told):
    rule = passage(score, "We swap items of a kind.", **({"on_topic": topic} if topic else {}))
    other = passage(next_one, "We can swap sizes.", on_topic="yes")
    asked = own("a red hat rather", "change_item", "order_change")
    told = names(asked, order("unfulfilled"), rule, other)
    assert told == ["order.change_person", *["policy.besides"] * is_told]


@pytest.mark.parametrize(
    ("state", "told"), [("unfulfilled", "order.change_person"), ("shipped", "handoff.action")]
)
def test_only_what_has_not_left_is_changed_before_it_is_packed(state, told):
    asked = own("can you leave it at number nine", "change_address", "order_change")
    assert names(asked, order(state)) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [("why not the whole amount", ["refund.status", "policy.besides"]), ("how much came back", ["refund.status"]),
     ("and when is it in my account", ["refund.status", "policy.besides"])],
)  # fmt: skip
def test_who_misses_a_refund_or_a_part_of_it_hears_the_rule_on_it(text, told):
    paid = order("delivered", refund="$40.00")
    asked = own(text, "refund_status", "return_refund", after="refund.status")
    assert names(asked, paid, passage(0.7)) == told


@pytest.mark.parametrize("ask", ["return_policy", "return_start"])
def test_what_stays_with_its_buyer_is_said_to_before_it_is_bought(ask):
    told = names(read(ask, intent="policy", text="can i return the kettle"), product(keeps="yes"))
    assert told == ["return.never"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("Not taken back: gift cards; final sale: the Larkspur Kettle.", ["return.never", "policy.besides"]),
     ("The label is good for 14 days.", ["return.never"]),
     ("The Larkspur Kettle has a recall.", ["return.never"])],
)  # fmt: skip
@pytest.mark.parametrize(
    "facts", [(order("delivered", holds="kettle", kept_handles="kettle"),), ()]
)
def test_what_stays_with_its_buyer_is_told_with_the_rule_that_names_it_and_no_other(
    text, told, facts
):
    asked = read("return_start", intent="return_refund", text="i want to return the kettle")
    assert names(asked, *facts, product(keeps="yes"), passage(0.9, text)) == told


def test_the_orders_of_the_time_asked_about_are_told_in_detail():
    some = [order("delivered", number=f"#{n}", then="yes") for n in (1, 2)]
    told = acts.decide(own("what did i order in may", "what_ordered"), some)
    assert [a.slots["order.number"] for a in told] == ["#1", "#2"]
    holding = replace(some[1], values={**some[1].values, "holds": "kettle"})
    told = acts.decide(own("which kettle did i order in may", "what_ordered"), [some[0], holding])
    assert [a.slots["order.number"] for a in told] == ["#2"]


def test_what_can_be_returned_is_not():
    told = names(
        read("return_policy", intent="policy", text="can i return it"), product(), passage(0.9)
    )
    assert "return.never" not in told


@pytest.mark.parametrize(
    ("ask", "told"), [("warranty", "policy.passage"), ("care", "policy.passage"), ("where_is_it", "order.status_delivered")]
)  # fmt: skip
def test_who_bought_a_thing_and_asks_for_its_warranty_is_not_told_how_the_order_stands(ask, told):
    asked = own("i bought a headlamp, what about that", ask, "policy")
    rule = passage(0.9, "Two years on all lamps.")
    assert names(asked, order("delivered", holds="headlamp"), rule)[0] == told


@pytest.mark.parametrize("state", ["order.authorized", "order.status_unfulfilled"])
def test_why_an_order_stands_so_is_not_known(state):
    asked = own("but why not", "where_is_it", before=(state,))
    assert names(asked, order("authorized")) == ["decline.no_data"]
    assert names(replace(asked, before=()), order("authorized")) == ["order.authorized"]


def test_what_has_gone_and_what_has_not_is_told_by_names_alone():
    part = order("partly", number="#1", gone="Kettle", rest="Teapot", placed_at="2026-11-01")
    new = order("unfulfilled", number="#2", placed_at="2026-11-09")
    there = order("delivered", number="#3", placed_at="2026-10-01")
    told = acts.decide(own("which of my open orders is coming", "what_ordered"), [part, new, there])
    assert [("order.number" in a.slots, a.slots.get("item2.name")) for a in told] == [
        (False, "Teapot"),
        (True, None),
    ]

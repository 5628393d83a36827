"""Every wording that the writer learnt for an act passes where its values are true, and is held
where they are another thing's."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chatbot import claims, writing
from chatbot.terms import Act, Fact, Outcome
from chatbot.training import corpus

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TITLES = ("Wharf Roll-Top Backpack", "Drift 2 Tent", "Drift Footprint")


def fact(kind, subject="", **values):
    named = {k.replace("_of_", ":"): v for k, v in values.items()}
    return Fact(kind, f"{kind}:{subject}", "1", NOW, named, subject)


BOOTS = fact("product", "Wharf Roll-Top Backpack", name="Wharf Roll-Top Backpack",
             option_of_Size="9, 10.5 and 11")  # fmt: skip
SALE = fact("variant", "Drift 2 Tent", name="Drift 2 Tent", option_of_Color="Sage", price="$279.00",
            was="$329.00", stock="in stock", left="4")  # fmt: skip
OLD = fact("order", "#1001", number="#1001", state="delivered", delivered_on="June 9, 2026",
           return_until="July 24, 2026", return_open="no")  # fmt: skip
PARTLY = fact("order", "#1002", number="#1002", state="partly", gone="Green Pot - Large",
              rest="Potting Mix - 25 qt", items="Green Pot - Large and Potting Mix - 25 qt")  # fmt: skip
PAID = fact("order", "#1003", number="#1003", state="delivered", refund="$64.13")
CODE = fact("promotion", code="TEA10", state="current", full_price_only="yes")
OF_KITCHENS = replace(CODE, values={**CODE.values, "departments": "Kitchen"})
SHOP = fact("shop", name="Harbour & Pine", email="help@harbour.example")

NO_SIZE = {"option.value": "12", "option.values": "9, 10.5 and 11", "product.name": BOOTS.subject}
ACTS = {
    "option.no_such": (BOOTS, NO_SIZE),
    "return.closed": (OLD, {"order.number": "#1001", "return.until": "July 24, 2026"}),
    "price.sale": (SALE, {"product.name": "Drift 2 Tent", "variant.price": "$279.00",
                          "variant.was_price": "$329.00"}),
    "refund.status": (PAID, {"order.number": "#1003", "refund.amount": "$64.13"}),
    "promotion.full_price": (OF_KITCHENS, {"promotion.code": "TEA10"}),
    "smalltalk.name": (SHOP, {"shop.name": "Harbour & Pine"}),
}  # fmt: skip


def held(name, source, slots):
    """The sentences of an act that are held, of those that cite nothing else, and how many pass."""
    act, passed = Act(name, Outcome.ANSWERED, slots, facts=(source,)), 0
    stopped = []
    for reply in (r for r in corpus.replies() if r.act == name and set(r.references) == set(slots)):
        for draft in claims.sentences([reply.text]):
            said = writing.render(draft, slots)
            found = claims.check(
                said, act.facts, asked="in 12?", titles=TITLES, act=act, taught=True
            )
            bad = any(c.verdict == "held" for c in found)
            stopped += [said] if bad else []
            passed += not bad
    return stopped, passed


@pytest.mark.parametrize("name", ACTS)
def test_no_true_wording_is_held(name):
    stopped, passed = held(name, *ACTS[name])
    assert (stopped, passed > 2) == ([], True)


@pytest.mark.parametrize(
    ("name", "reference", "value"),
    [
        ("return.closed", "return.until", "June 9, 2026"),
        ("price.sale", "variant.was_price", "$349.00"),
        ("refund.status", "refund.amount", "$46.13"),
        ("smalltalk.name", "shop.name", "Wharf Larder"),
        ("option.no_such", "option.values", "9, 10.5 and 14"),
    ],
)
def test_the_same_words_with_another_value_are_held(name, reference, value):
    source, slots = ACTS[name]
    stopped, _passed = held(name, source, slots | {reference: value})
    assert sum(value in sentence for sentence in stopped) > 10


def test_a_number_that_is_had_is_not_denied():
    has = fact("variant", BOOTS.subject, name=BOOTS.subject, option_of_Size="12", stock="in stock")
    assert len(held("option.no_such", has, NO_SIZE)[0]) > 10


def test_a_hyphen_in_a_name_makes_no_other_name():
    source = fact("product", "Wharf Roll-Top Backpack", name="Wharf Roll-Top Backpack")
    assert not any(c.verdict == "held" for c in claims.check("The Wharf Roll is one.", [source],
                   asked="the wharf?", titles=TITLES) if c.kind == "product")  # fmt: skip


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("We've sent the Green Pot - Large already.", "We've cancelled the Green Pot - Large."),
        ("Not shipped yet: Potting Mix - 25 qt.", "Not shipped yet: Green Pot - Large."),
    ],
)
def test_of_an_order_shipped_in_part_each_part_is_told_apart(true, false):
    for said, bad in ((true, False), (false, True)):
        found = claims.check(said, [PARTLY], titles=TITLES, taught=True)
        assert any(c.verdict == "held" for c in found) is bad


SHIPPED = fact("order", "#1004", number="#1004", state="shipped", items="Drift 2 Tent - Sage")
OPEN = fact("order", "#1005", number="#1005", state="unfulfilled", items="Drift Footprint - Sage")
DRY = fact("sentence", "Drift 2 Tent", name="Drift 2 Tent", text="It is not waterproof.")
WORN = fact("passage", text="Worn items can't be returned. Refunds take 5 business days.")
GLOVES = ("search.no_such", {"search.words": "merino gloves"})
LIES = [
    ((SHIPPED, OPEN), "We've sent order #1005."), ((SHIPPED, OPEN), "We've sent your Drift Footprint."),
    ((PARTLY,), "We've sent everything."), ((PARTLY,), "We've sent the Potting Mix - 25 qt."),
    ((PARTLY,), "The Green Pot - Large hasn't shipped yet, the Potting Mix - 25 qt has left."),
    ((SHIPPED,), "We've sent another tent."), ((SHIPPED,), "We've sent it back."),
    ((PAID,), "We've refunded everything."), ((PAID,), "We've refunded the shipping too."),
    ((DRY,), "It's waterproof, isn't it?"), ((WORN,), "No problem."), ((WORN,), "Refunds take a day or two."),
    ((CODE,), "It works on full-price and sale items."), ((CODE,), "TEA10 is for all items, reduced ones too."),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "lie"), LIES)
def test_a_lie_near_a_true_wording_is_held(facts, lie):
    asked = "Is it waterproof? Can I return worn items?"
    found = claims.check(lie, facts, asked=asked, titles=TITLES, taught=True)
    assert any(c.verdict == "held" for c in found)


@pytest.mark.parametrize(
    ("name", "slots", "lie"),
    [
        (*GLOVES, "No worries, we have merino gloves."),
        (*GLOVES, "We have merino gloves, no question."),
        ("option.no_such", NO_SIZE, "We do have it in 12, not only in 9."),
        ("option.no_such", NO_SIZE, "It isn't only made in 9, it's made in 12."),
    ],
)
def test_a_denial_elsewhere_frees_nothing_that_is_claimed(name, slots, lie):
    act = Act(name, Outcome.DECLINED, slots, facts=(BOOTS,))
    found = claims.check(lie, act.facts, asked="in 12?", titles=TITLES, act=act, taught=True)
    assert any(c.verdict == "held" for c in found)


@pytest.mark.parametrize(
    "sentence",
    ["Anything at full price works with TEA10.", "TEA10 is good for everything in the shop.",
     "TEA10 works storewide.", "You can use TEA10 for all items at full price."],
)  # fmt: skip
def test_a_code_is_for_anything_only_where_no_department_limits_it(sentence):
    def held(code):
        return [c.kind for c in claims.check(sentence, (code,)) if c.verdict == "held"]

    assert "field" in held(OF_KITCHENS) and "field" not in held(CODE)

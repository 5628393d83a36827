"""What a thing costs with a promo code."""

from dataclasses import replace
from decimal import Decimal

import pytest

from chatbot.facts.discounted import discounted
from chatbot.terms import Fact
from tests.chatbot.small_shop import KETTLE, NOW, names, read
from tests.chatbot.test_applied import RULES, in_two_sizes, shop
from tests.chatbot.test_facts import ask

TERMS = {"code": "FROST", "percent": 12, "departments": ["Kitchen"], "minimum": 60.00,
         "full_price_only": True}  # fmt: skip


def told(text, terms=TERMS, size="Small", quantity=2, was=None, department="Kitchen", code="FROST"):
    bell = replace(in_two_sizes("Brass Bell"), department=department)
    bell = replace(bell, variants=tuple(replace(v, compare_at=was) for v in bell.variants))
    known = shop(**RULES, promotions=[terms])
    world = known.__class__(**{**vars(known), "products": {"brass-bell": bell}})
    options = {"Size": (size,)} if size else {}
    asked = ask(text, products=("brass-bell",), options=options, quantity=quantity, code=code)
    return [f"{f.values['name']}: {f.values['value']}" for f in discounted(asked, world)]


def test_what_one_costs_with_the_code_is_reckoned_where_as_many_come_to_the_minimum():
    assert told("how much are two small ones with the frost code") == [
        "Brass Bell with FROST: $44.00 each, a saving of $6.00 on $50.00"
    ]
    assert told("price?", size="Big", quantity=1) == [
        "Brass Bell with FROST: $52.80, a saving of $7.20 on $60.00"
    ]


@pytest.mark.parametrize(
    "more",
    [{"text": "does it work"}, {"size": ""}, {"quantity": 1}, {"was": Decimal(70)},
     {"department": "Garden"}, {"code": ""}, {"terms": TERMS | {"ended": True}},
     {"terms": TERMS | {"valid_from": "2030-01-01T00:00:00+00:00"}},
     {"terms": {"code": "FROST"}}, {"terms": TERMS | {"percent": 12.555}}],
)  # fmt: skip
def test_nothing_is_reckoned_where_a_term_is_not_met_or_not_known(more):
    assert told(**({"text": "how much"} | more)) == []


def test_what_it_comes_to_stands_behind_the_yes_instead_of_the_terms():
    code = Fact("promotion", "rule:promotions.FROST", "1", NOW,
                {"code": "FROST", "state": "current", "departments": "Kitchen", "percent": "12%",
                 "ends_on": "May 1"})  # fmt: skip
    total = Fact("discounted", "rule:promotions.FROST", "1", NOW, {"name": "n", "value": "v"})
    asked = read("price", code="FROST")
    assert names(asked, code, *KETTLE, total) == ["promotion.applies", "attribute.labelled"]
    assert names(asked, code, *KETTLE) == ["promotion.applies", "promotion.terms"]

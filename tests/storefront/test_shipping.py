"""How an order can be sent, whatever its rules hold."""

from decimal import Decimal

import pytest

from storefront import shipping
from storefront.clock import now
from storefront.values import Rules

TO = shipping.Destination("US", "ME")


@pytest.mark.parametrize(("days", "slowest"), [(5, "Post"), ([2, 4], "Van"), (None, "Post")])
def test_what_goes_by_ground_goes_the_slowest_way_that_tells_its_days(days, slowest):
    ways = [
        {"name": "Van", "cost": 5, "business_days": days},
        {"name": "Post", "cost": 7, "business_days": [1, 3]},
    ]
    rules = Rules({"shipping": {"methods": ways, "ground_only_handles": ["stove"]}}, "", now())
    (sent,) = shipping.methods(rules, TO, Decimal(9), ["stove"])
    assert sent.name == slowest

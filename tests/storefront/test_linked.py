"""What pages say to machines is true, and stays data whatever the shop calls its things."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront import answers, models, prices
from storefront.clock import now
from storefront.templatetags.linked import _block
from storefront.templatetags.money import money

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
HOST = "http://testserver"


def told(client, page):
    (block,) = BLOCK.findall(client.get(page).content.decode())
    return {part["@type"]: part for part in json.loads(block)["@graph"]}


def test_offers_say_what_the_database_says(client, linden):
    product = told(client, "/products/larkspur-kettle/")["Product"]
    offers = {offer["sku"]: offer for offer in product["offers"]["offers"]}
    for variant in models.Variant.objects.filter(product__handle="larkspur-kettle"):
        offer = offers.pop(variant.sku)
        assert Decimal(offer["price"]) == variant.price
        assert offer["priceCurrency"] == "USD"
        assert offer["availability"].endswith("InStock" if variant.in_stock else "OutOfStock")
    assert offers == {}
    assert (product["offers"]["lowPrice"], product["offers"]["offerCount"]) == ("49.00", 2)
    assert product["brand"]["name"] == "Linden"
    assert product["url"] == f"{HOST}/products/larkspur-kettle/"


def test_one_version_is_one_offer_with_its_price_before(client, linden):
    product = told(client, "/products/brindle-teapot/")["Product"]
    assert product["sku"] == product["offers"]["sku"] == "BT-1"
    before = product["offers"]["priceSpecification"]
    assert (before["price"], before["priceType"][-18:]) == ("45.00", "StrikethroughPrice")


@pytest.mark.parametrize("unknown", ["aggregateRating", "review", "itemCondition", "gtin", "image"])
def test_nothing_is_said_that_nobody_knows(client, linden, unknown):
    assert f'"{unknown}"' not in client.get("/products/larkspur-kettle/").content.decode()


@pytest.mark.parametrize("image", ["http://[x", "https://ex\u2100mple.com/a.png", "//[x/a.png"])
def test_a_picture_whose_address_is_none_is_left_out(client, linden, image):
    models.Product.objects.update(image_url="/media/kettle.png")
    assert told(client, "/products/larkspur-kettle/")["Product"]["image"].startswith(HOST)
    models.Product.objects.update(image_url=image)
    assert "image" not in told(client, "/products/larkspur-kettle/")["Product"]


def test_without_a_currency_there_are_no_offers(client, linden):
    linden.rules = {}
    linden.save()
    assert "offers" not in told(client, "/products/brindle-teapot/")["Product"]


def test_the_way_to_a_product_goes_through_its_department(client, linden):
    way = told(client, "/products/brindle-teapot/")["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in way] == [
        (1, "Home"), (2, "Kitchen"), (3, "Brindle Teapot"),
    ]  # fmt: skip
    assert client.get(way[1]["item"].removeprefix(HOST)).status_code == 200


def test_an_article_tells_its_date_and_the_questions_answered_in_it(client, linden):
    answers.publish(answers.OwnAnswer("And **lids**?", "Lids *too*.", article="returns"), "1" * 32)
    page = told(client, "/help/returns/")
    assert page["Article"]["publisher"]["name"] == "Linden"
    (asked,) = page["FAQPage"]["mainEntity"]
    assert (asked["name"], asked["acceptedAnswer"]["text"]) == ("And **lids**?", "Lids too.")


def test_without_answers_no_page_of_questions_is_claimed(client, linden):
    page = told(client, "/help/returns/")
    assert "FAQPage" not in page
    assert page["Article"]["dateModified"] == "2026-10-01"


@given(st.text())
def test_no_text_ends_the_block_or_is_changed_by_it(text):
    written = _block({"@type": "Product", "name": text + "</script><!--<script>"})
    assert len(re.findall("<", written)) == 2
    (block,) = BLOCK.findall(written)
    assert json.loads(block)["@graph"][0]["name"] == text + "</script><!--<script>"


def priced(variant, *steps):
    """Prices by how many days ago they began; the last holds now."""
    variant.price_points.all().delete()
    today = now().replace(second=0, microsecond=0)
    for days, price, before in steps:
        variant.price_points.create(
            price=price, compare_at=before, since=today - timedelta(days=days)
        )
    variant.price, variant.compare_at = (
        Decimal(steps[-1][1]),
        steps[-1][2] and Decimal(steps[-1][2]),
    )
    variant.save()
    return variant


@pytest.fixture
def teapot(linden):
    return models.Variant.objects.get(sku="BT-1")


@pytest.mark.parametrize(
    ("steps", "lowest"),
    [
        ([(90, 45, None), (2, 36, 45)], 45),
        ([(90, 40, None), (60, 45, None), (2, 36, 45)], 45),  # 40 was over 30 days before
        ([(90, 45, None), (20, 30, 45), (10, 45, None), (2, 36, 45)], 30),
        ([(90, 20, None), (31, 45, None), (2, 36, 45)], 20),  # it held until 29 days before
        ([(90, 45, None), (10, 36, 40), (2, 36, 45)], 45),  # only the price before was rewritten
        ([(90, 45, None), (40, 40, 45), (5, 36, 45)], 40),  # reduced once more
        ([(2, 36, 45)], None),  # it came reduced
        ([(90, 45, None), (2, 36, None)], None),  # no reduction is announced
    ],
)
def test_the_lowest_price_of_the_30_days_before_a_reduction(teapot, steps, lowest):
    assert prices.prior(priced(teapot, *steps)) == lowest


def brute(steps):
    """The same, day by day."""
    if steps[-1][2] is None or steps[-1][2] <= steps[-1][1]:
        return None
    began = max((d for d, _p, _b in reversed_run(steps)), default=0)
    days = [began + d + 0.5 for d in range(30)]
    held = [[p for since, p, _b in steps if since >= day] for day in days]
    return min((prices_[-1] for prices_ in held if prices_), default=None)


def reversed_run(steps):
    """The last steps of one price."""
    for step in reversed(steps):
        if step[1] != steps[-1][1]:
            return
        yield step


DAYS = st.lists(st.integers(0, 90), min_size=1, max_size=6, unique=True).map(
    lambda days: sorted(days, reverse=True)
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DAYS, st.lists(st.sampled_from([20, 30, 36, 45]), min_size=6, max_size=6), st.booleans())
def test_the_lowest_price_is_what_a_day_by_day_look_finds(teapot, days, costs, reduced):
    steps = [(day, cost, None) for day, cost in zip(days, costs, strict=False)]
    steps[-1] = (*steps[-1][:2], 50 if reduced else None)
    assert prices.prior(priced(teapot, *steps)) == brute(steps)


def test_it_stands_beside_every_price_before(client, teapot):
    priced(teapot, (90, 41, None), (2, 36, 45))
    for page in ("/products/brindle-teapot/", "/departments/Kitchen/", "/"):
        assert "Lowest price of the 30 days before: $41.00" in client.get(page).content.decode()


def asked(client, teapot, versions):
    """How many queries the teapot's page needs with so many reduced versions."""
    teapot.product.variants.exclude(pk=teapot.pk).delete()
    for n in range(1, versions):
        more = teapot.product.variants.create(sku=f"BT-{n}x", position=n, values=[f"{n}"], price=9)
        priced(more, (90, 41, None), (2, 36, 45))
    client.get("/products/brindle-teapot/")  # what goes with it is worked out once a change
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/products/brindle-teapot/").content.decode()
    assert page.count("<td>$41.00</td>") >= versions - 1
    return len(queries)


def test_forty_versions_need_no_more_queries_than_two(client, teapot):
    priced(teapot, (90, 41, None), (2, 36, 45))
    assert asked(client, teapot, 40) == asked(client, teapot, 2) <= 20


def test_the_next_request_tells_amounts_in_the_currency_of_then(client, linden):
    assert "$36.00" in client.get("/products/brindle-teapot/").content.decode()
    linden.rules["shop"]["currency"] = "EUR"
    linden.save()
    assert money(Decimal(36)) == "€36.00"
    assert "€36.00" in client.get("/products/brindle-teapot/").content.decode()


def test_the_history_is_a_line_and_a_table_where_there_is_one(client, teapot):
    assert "Price history" not in client.get("/products/brindle-teapot/").content.decode()
    priced(teapot, (90, 45, None), (30, 30, None), (3, 36, None))
    page = client.get("/products/brindle-teapot/").content.decode()
    assert 'd="M0.0 0.0V0.0H400.0V120.0H580.0V72.0H600.0"' in page
    assert [s.price for s in prices.history(teapot.product)] == [45, 30, 36]
    assert page.index("$36.00</td>") < page.index("$30.00</td>") < page.index("$45.00</td>")


def test_a_history_of_versions_tells_the_lowest_of_those_on_sale(linden):
    red, blue = models.Variant.objects.filter(product__handle="larkspur-kettle")
    priced(red, (90, 50, None), (10, 48, None))
    priced(blue, (90, 40, None), (5, 49, None))
    assert [s.price for s in prices.history(red.product)] == [40, 48]


def test_the_table_of_versions_tells_it_for_each(client, linden):
    red, _blue = models.Variant.objects.filter(product__handle="larkspur-kettle")
    priced(red, (90, 60, None), (10, 49, 65))
    page = client.get("/products/larkspur-kettle/").content.decode()
    assert '<th scope="col">Lowest price of the 30 days before</th>' in page
    assert "<td>$60.00</td>" in page and "<td></td>" in page

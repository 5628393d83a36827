"""Choosing a version: what exists, what is there, and what the last pieces are."""

import pytest

from storefront import models, picking
from tests.storefront.buying import put

pytestmark = pytest.mark.django_db
KETTLE = "/products/larkspur-kettle/"


def page(client, address=KETTLE):
    return client.get(address).content.decode()


def choices(client, address=KETTLE):
    picker = client.get(address).context["picker"]
    return {c.value: (c.made, c.there, c.chosen) for o in picker.options for c in o.choices}


def test_the_first_version_that_can_be_had_is_chosen_and_what_is_gone_is_marked(client, linden):
    assert choices(client) == {"Red": (True, True, True), "Blue": (True, False, False)}
    assert "(sold out)" in page(client)


def test_an_address_can_choose_a_version_and_a_foreign_one_chooses_none(client, linden):
    assert choices(client, f"{KETTLE}?version=LK-BLU")["Blue"][2]
    assert choices(client, f"{KETTLE}?version=BT-1")["Red"][2]


def test_what_is_not_made_is_marked(client, linden):
    kettle = models.Product.objects.get(handle="larkspur-kettle")
    kettle.option_names = ["Color", "Size"]
    kettle.save()
    models.Variant.objects.filter(sku="LK-RED").update(values=["Red", "Big"])
    models.Variant.objects.filter(sku="LK-BLU").update(values=["Blue", "Small"])
    assert choices(client)["Blue"][0] is False
    assert (
        "no such version"
        in put(
            client, "/cart/add/larkspur-kettle/", option0="Red", option1="Small"
        ).content.decode()
    )


def test_versions_that_options_do_not_tell_apart_are_listed(client, linden):
    models.Variant.objects.filter(product__handle="larkspur-kettle").update(values=["Red"])
    assert '<option value="LK-BLU">' in page(client)
    put(client, "/cart/add/larkspur-kettle/", sku="LK-RED")
    assert models.CartLine.objects.get().variant.sku == "LK-RED"


def test_a_version_of_another_product_is_not_put_in(client, linden):
    assert "no such version" in put(client, sku="LK-RED").content.decode()


@pytest.mark.parametrize(
    ("stock", "without", "told"),
    [(0, False, "Sold out"), (1, False, "Only 1 left"), (3, False, "Only 3 left"), (4, False, "In stock"),
     (1, True, "In stock"), (0, True, "In stock"), (-2, True, "In stock")],
)  # fmt: skip
def test_few_are_only_said_to_be_few_when_they_are(stock, without, told):
    assert picking.stock_text(models.Variant(stock=stock, sells_without_stock=without)) == told


def test_the_script_knows_every_version_as_the_page_tells_it(client, linden):
    models.Variant.objects.filter(sku="LK-RED").update(compare_at=60)
    versions = client.get(KETTLE).context["picker"].versions
    assert versions[0] == {
        "values": ["Red"],
        "price": "$49.00",
        "before": "$60.00",
        "prior": "",
        "stock": "In stock",
        "there": True,
    }
    assert (versions[1]["before"], versions[1]["there"]) == ("", False)


def test_what_the_shop_withdrew_cannot_be_chosen_or_bought(client, linden):
    models.Product.objects.filter(handle="brindle-teapot").update(status="withdrawn")
    assert put(client).status_code == 404
    models.Variant.objects.filter(sku="LK-RED").update(withdrawn=True)
    assert (
        "no such version"
        in put(client, "/cart/add/larkspur-kettle/", option0="Red").content.decode()
    )

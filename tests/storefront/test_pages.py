"""The shop's pages, and who may see an order."""

from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.urls import Resolver404, resolve, reverse

from storefront import models


@pytest.mark.parametrize("address", ["/", "/help/", "/help/returns/", "/products/larkspur-kettle/",
                                     "/departments/Kitchen/", "/search/?q=ketle", "/account/sign-in/"])  # fmt: skip
def test_anybody_can_open(client, linden, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["Hats/Caps", "//evil.example", "a\nb", "100% <b>&", "..", ""])
def test_whatever_things_are_called_their_pages_open(client, linden, ada, name):
    models.Product.objects.update(department=name)
    models.Product.objects.filter(handle="larkspur-kettle").update(handle=name or "x")
    models.Order.objects.update(name=name or "#1")
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    pages = ["/", "/account/orders/", reverse("storefront:product", args=[name or "x"]),
             reverse("storefront:order", args=[name or "1"])]  # fmt: skip
    assert {client.get(page).status_code for page in pages} == {200}


@pytest.mark.parametrize("page", ["/departments/%00/", "/products/a%00/", "/help/%00b/",
                                  "/account/orders/%00/", "/checkout/placed/%00/", "/cart/add/%00/"])  # fmt: skip
def test_no_page_has_a_name_with_a_nul(client, linden, page):
    with pytest.raises(Resolver404):
        resolve(unquote(page))
    assert {client.get(page).status_code, client.post(page).status_code} == {404}


def test_an_order_with_a_nul_is_not_found_and_breaks_nothing(client, linden):
    assert client.get("/orders/find/?number=%00").status_code == 200
    given = {"number": "\0", "email": "ada@example.com"}
    assert client.post("/orders/find/", given).status_code == 422


def test_an_article_fetches_no_picture_from_elsewhere(client, linden):
    text = "![x](https://evil.example/x.png) [Carrier](https://carrier.example/) [x](ftp://evil.example)"
    models.ArticleVersion.objects.update(markdown=text)
    page = client.get("/help/returns/").content.decode()
    assert 'href="https://carrier.example/"' in page
    assert "evil.example" not in page


def test_an_empty_shop_says_so(client, db):
    assert "no products yet" in client.get("/").content.decode()


def test_a_draft_is_not_shown(client, linden):
    assert client.get("/products/secret-mug/").status_code == 404


def test_a_withdrawn_version_reduces_no_product(client, linden):
    kettle = models.Variant.objects.filter(product__handle="larkspur-kettle")
    kettle.filter(sku="LK-RED").update(compare_at=60)
    assert len(client.get("/").context["reduced"]) == 2
    kettle.filter(sku="LK-RED").update(withdrawn=True)
    page = client.get("/").context
    assert [row.handle for row in page["reduced"]] == ["brindle-teapot"]
    assert [row.handle for row in page["products"]] == ["larkspur-kettle"]


def test_the_search_forgives_a_slip(client, linden):
    assert "Larkspur Kettle" in client.get("/search/?q=larkspr+ketle").content.decode()


def test_the_owner_sees_her_order(client, ada):
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("storefront:order", args=["2001"]))
    assert "Larkspur Kettle - Red" in page.content.decode()


def test_an_order_keeps_the_currency_it_was_placed_in(client, ada):
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    order = models.Order.objects.get()
    models.Order.objects.update(
        currency="EUR", discount_code="TEA", discount_amount=3, refunded_amount=4, taxes=1
    )
    order.events.create(kind="refunded", key=uuid4(), at=order.placed_at, amount=2)
    for page in ("/account/orders/", "/account/orders/2001/", "/checkout/placed/2001/"):
        told = client.get(page).content.decode()
        assert "€54.00" in told and "$" not in told.split("<main", 1)[1].split("</main>")[0]


def test_a_stranger_finds_no_such_order(client, linden, django_user_model):
    mallory = django_user_model.objects.get(email="mallory@example.com")
    client.force_login(mallory, "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("storefront:order", args=["2001"])).status_code == 404


def test_guests_are_asked_to_sign_in_for_orders(client, linden):
    assert client.get("/account/orders/").status_code == 302


def test_pages_allow_nothing_inline_and_nothing_foreign(client, linden):
    policy = client.get("/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy

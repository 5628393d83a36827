"""The shop's pages, and who may see an order."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("address", ["/", "/help/", "/help/returns/", "/products/larkspur-kettle/",
                                     "/departments/Kitchen/", "/search/?q=ketle", "/account/sign-in/"])  # fmt: skip
def test_anybody_can_open(client, linden, address):
    assert client.get(address).status_code == 200


def test_an_empty_shop_says_so(client, db):
    assert "no products yet" in client.get("/").content.decode()


def test_a_draft_is_not_shown(client, linden):
    assert client.get("/products/secret-mug/").status_code == 404


def test_the_search_forgives_a_slip(client, linden):
    assert "Larkspur Kettle" in client.get("/search/?q=larkspr+ketle").content.decode()


def test_the_owner_sees_her_order(client, ada):
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("storefront:order", args=["2001"]))
    assert "Larkspur Kettle - Red" in page.content.decode()


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

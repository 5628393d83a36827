"""Carts: what is put in stays as it was put in, and what became of it is said."""

import datetime

import pytest
from django.utils import timezone

from storefront import carts, models
from tests.storefront.buying import BACKEND, KETTLE, TEAPOT, put, rule

pytestmark = pytest.mark.django_db


def text(client, address="/cart/"):
    return client.get(address).content.decode()


def line():
    return models.CartLine.objects.get()


def test_a_version_is_chosen_by_its_options_and_lands_in_the_cart(client, linden):
    page = put(client, KETTLE, option0="Red", quantity=2)
    assert "Larkspur Kettle is in your cart." in page.content.decode()
    assert (line().variant.sku, line().quantity, str(line().price)) == ("LK-RED", 2, "49.00")


@pytest.mark.parametrize(
    ("color", "told"), [("Blue", "has sold out"), ("Green", "no such version")]
)
def test_what_is_not_there_is_not_put_in(client, linden, color, told):
    page = put(client, KETTLE, option0=color)
    assert told in page.content.decode()
    assert not models.CartLine.objects.exists()


def test_no_more_than_there_are_and_that_is_said(client, linden):
    assert "more than 2 of Brindle Teapot" in put(client, quantity=9).content.decode()
    assert line().quantity == 2


def test_the_shops_own_limit_counts(client, linden):
    rule(limits={"per_variant": 1})
    put(client, quantity=2)
    assert line().quantity == 1


@pytest.mark.parametrize("given", ["", "-1", "0", "1e3", "²", "99999999999"])
def test_a_quantity_that_is_none_is_one_piece(client, linden, given):
    put(client, quantity=given)
    assert line().quantity == 1


def test_every_page_shows_how_many_pieces_are_in(client, linden):
    assert 'class="pieces"' not in text(client, "/help/")
    put(client, quantity=2)
    assert 'class="pieces">2<' in text(client, "/help/")


def test_an_empty_cart_says_so_and_makes_none(client, linden):
    assert "Your cart is empty." in text(client)
    assert not models.Cart.objects.exists()


def test_the_quantity_is_changed_as_far_as_there_are(client, linden):
    put(client)
    client.post(f"/cart/{line().pk}/", {"quantity": 2})
    assert line().quantity == 2
    page = client.post(f"/cart/{line().pk}/", {"quantity": 3}, follow=True)
    assert "Nothing was changed." in page.content.decode()
    assert line().quantity == 2


def test_what_is_taken_out_can_be_put_back_as_it_was(client, linden):
    put(client, quantity=2)
    page = client.post(f"/cart/{line().pk}/", {"remove": 1}, follow=True).content.decode()
    assert "Put it back" in page and "Your cart is empty." in page
    client.post(f"/cart/{line().pk}/", {"back": 1})
    assert (line().quantity, line().removed) == (2, False)


def test_nobody_changes_the_cart_of_somebody_else(client, linden, django_user_model):
    put(client, quantity=2)
    client.logout()
    put(client, KETTLE, option0="Red")
    theirs = models.CartLine.objects.first()
    for deed in ({"remove": 1}, {"quantity": 1}, {"back": 1}):
        client.post(f"/cart/{theirs.pk}/", deed)
    theirs.refresh_from_db()
    assert (theirs.quantity, theirs.removed) == (2, False)


def test_another_price_is_said_and_the_cart_keeps_what_it_was(client, linden):
    put(client)
    models.Variant.objects.filter(sku="BT-1").update(price=40)
    assert "The price was $36.00 when you put this in. It is $40.00 now." in text(client)
    assert str(line().price) == "36.00"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"stock": 0}, "sold out since"),
        ({"stock": 1}, "Only 1 left now"),
        ({"withdrawn": True}, "no longer for sale"),
    ],
)
def test_what_can_no_longer_be_had_is_said_and_never_changed(client, linden, changed, told):
    put(client, quantity=2)
    models.Variant.objects.filter(sku="BT-1").update(**changed)
    assert told in text(client) and "Go to checkout" not in text(client)
    assert line().quantity == 2


def test_while_all_can_be_had_nothing_is_said(client, linden):
    put(client, quantity=2)
    page = text(client)
    assert "Go to checkout" in page and 'class="wrong"' not in page and 'class="told"' not in page


def test_signing_in_loses_nothing(client, ada):
    client.force_login(ada, BACKEND)
    put(client)
    client.logout()
    put(client)
    put(client, KETTLE, option0="Red")
    client.force_login(ada, BACKEND)
    kept = {n.variant.sku: n.quantity for n in models.CartLine.objects.filter(cart__user=ada)}
    assert kept == {"BT-1": 2, "LK-RED": 1}
    assert models.Cart.objects.count() == 1


def test_who_signs_out_leaves_no_cart_behind_for_the_next(client, ada):
    client.force_login(ada, BACKEND)
    put(client)
    client.logout()
    assert "Your cart is empty." in text(client)


def test_the_cart_of_an_erased_shopper_goes(client, ada):
    client.force_login(ada, BACKEND)
    put(client)
    ada.delete()
    assert not models.Cart.objects.exists()


def test_carts_nobody_came_back_to_are_forgotten_others_kept(client, linden):
    old = timezone.now() - carts.KEPT - datetime.timedelta(days=1)
    gone, kept = models.Cart.objects.create(), models.Cart.objects.create()
    models.Cart.objects.filter(pk=gone.pk).update(updated_at=old)
    put(client, TEAPOT)
    assert set(models.Cart.objects.values_list("pk", flat=True)) > {kept.pk}
    assert not models.Cart.objects.filter(pk=gone.pk).exists()

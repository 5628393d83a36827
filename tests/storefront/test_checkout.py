"""Checkout: an order as the shop keeps them, once, for exactly what was shown."""

import re
import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F

from chatbot import conversation
from storefront import carts, checkout, models, pricing
from storefront.checkout import NotPlaced, Wanted, place
from storefront.clock import now
from storefront.values import Rules
from tests.conftest import accept, open_chat
from tests.storefront.buying import BACKEND, KETTLE, METHODS, WHO, agreed, look, order, put, rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(linden):
    rule(shipping={"methods": METHODS})


def placed():
    return models.Order.objects.filter(key__isnull=False)


def test_an_order_has_its_lines_totals_address_and_takes_from_the_stock(client, shop):
    put(client, KETTLE, option0="Red", quantity=2)
    answer = order(client)
    row = placed().get()
    assert answer["Location"] == f"/checkout/placed/{row.number}/"
    assert (row.name, row.email, row.financial_status) == ("#2002", "emil@example.com", "pending")
    assert (row.subtotal, row.shipping, row.total) == (Decimal(98), 0, Decimal(98))
    assert (row.shipping_method, row.shipping_address["province"]) == ("Standard", "ME")
    line = row.lines.get()
    assert (line.name, line.quantity, line.price) == ("Larkspur Kettle - Red", 2, Decimal(49))
    assert models.Variant.objects.get(sku="LK-RED").stock == 3
    assert not models.CartLine.objects.exists()


def test_nothing_is_charged_and_that_is_said_before_and_after(client, shop):
    put(client)
    assert "nothing is charged" in look(client).content.decode()
    page = client.get(order(client)["Location"]).content.decode()
    assert "nothing was charged" in page and "#2002" in page


def test_a_guest_opens_the_order_again_and_nobody_else(client, shop, django_user_model):
    put(client)
    order(client)
    assert "Ring twice" in client.get("/account/orders/2002/").content.decode()
    client.logout()
    assert client.get("/account/orders/2002/").status_code == 302
    client.force_login(django_user_model.objects.get(email="mallory@example.com"), BACKEND)
    assert client.get("/account/orders/2002/").status_code == 404
    assert client.get("/checkout/placed/2002/").status_code == 302


@pytest.mark.parametrize(("filled_in", "place"), [({}, "section"), ({"city": ""}, "div")])
def test_the_page_lands_on_the_total_or_on_what_is_wrong(client, shop, filled_in, place):
    put(client)
    page = look(client, **filled_in).content.decode()
    assert 'action="/checkout/#next"' in page
    assert re.findall(r'<(\w+)[^>]* id="next"', page) == [place]


def test_a_second_press_and_a_reload_place_one_order(client, shop):
    put(client)
    page = look(client)
    form = {**WHO, **agreed(page), "method": "US-48|Standard", "place": "1"}
    answers = [client.post("/checkout/", form)["Location"] for _n in range(3)]
    assert set(answers) == {"/checkout/placed/2002/"}
    assert placed().count() == 1
    assert models.Variant.objects.get(sku="BT-1").stock == 1


def test_the_assistant_answers_about_an_order_just_placed(client, shop, engine):
    put(client)
    order(client)
    turn = accept(open_chat(), "where is my order #2002? I am emil@example.com")
    list(conversation.answer(turn.pk, "test"))
    told = next(f["values"] for f in turn.reply.facts if f["kind"] == "order")
    assert (told["number"], told["state"], told["total"]) == ("#2002", "unpaid", "$42.95")


def test_what_fails_loses_nothing_that_was_typed(client, shop):
    put(client)
    page = look(client, email="nobody").content.decode()
    for value in ("nobody", "1 Tea Street", "04101", "Ring twice"):
        assert value in page
    assert "valid email" in page and not placed().exists()


@pytest.mark.parametrize("missing", ["email", "name", "address1", "city", "zip", "province"])
def test_what_is_missing_is_named(client, shop, missing):
    put(client)
    page = look(client, **{missing: ""})
    assert page.status_code == 422 and missing in page.context["form"].errors


def test_another_price_since_the_total_was_shown_places_nothing(client, shop):
    put(client)
    form = {**WHO, **agreed(look(client)), "method": "US-48|Standard", "place": "1"}
    models.Variant.objects.filter(sku="BT-1").update(price=40)
    page = client.post("/checkout/", form)
    assert page.status_code == 409 and "The total has changed" in page.content.decode()
    assert not placed().exists()
    assert client.post("/checkout/", form | agreed(page)).status_code == 302


def test_a_total_of_ones_own_places_nothing(client, shop):
    put(client)
    form = {
        **WHO,
        **agreed(look(client)),
        "method": "US-48|Standard",
        "place": "1",
        "total": "0.01",
    }
    assert client.post("/checkout/", form).status_code == 409
    assert not placed().exists()


@pytest.mark.parametrize(
    ("where", "names"),
    [({"province": "ME"}, ["Standard", "Overnight"]), ({"province": "AK"}, ["Standard"]),
     ({"address1": "P.O. Box 7"}, ["Standard"]), ({"country": "FR", "province": ""}, ["International"]),
     ({"how": "pickup"}, ["Pickup"])],
)  # fmt: skip
def test_only_what_goes_there_is_offered(client, shop, where, names):
    put(client)
    assert [m.name for m in look(client, **where).context["offer"].methods] == names


def test_what_is_picked_up_needs_no_address(client, shop):
    put(client)
    assert order(client, how="pickup", address1="", city="", zip="").status_code == 302
    assert placed().get().shipping_address == {}


def test_what_stays_at_home_is_not_sent_abroad(client, shop):
    rule(shop={"country": "US"}, international={"not_abroad_handles": ["brindle-teapot"]})
    put(client)
    abroad = look(client, country="FR", province="")
    assert "can&#x27;t send this abroad: Brindle Teapot" in abroad.content.decode()
    assert "abroad" not in look(client).content.decode()


def test_free_shipping_counts_after_the_discount(client, shop):
    put(client, KETTLE, option0="Red", quantity=1)
    put(client)
    assert look(client).context["offer"].totals.shipping == 0
    assert str(look(client, code="teatime").context["offer"].totals.shipping) == "0"
    rule(promotions=[{"code": "TEATIME", "percent": 15}])
    assert str(look(client, code="teatime").context["offer"].totals.shipping) == "6.95"


def test_a_promotion_takes_its_share_of_what_it_is_for(client, shop):
    put(client)
    assert order(client, code="TeaTime").status_code == 302
    row = placed().get()
    assert (row.discount_code, row.discount_amount, row.subtotal) == (
        "TEATIME",
        Decimal("3.60"),
        Decimal("32.40"),
    )
    assert row.total == Decimal("39.35")


@pytest.mark.parametrize(
    ("row", "told"),
    [({"code": "OTHER"}, "know the code"), ({"ended": True}, "has ended"),
     ({"valid_until": "2020-01-01T00:00:00+00:00"}, "has ended"),
     ({"valid_from": "2090-01-01T00:00:00+00:00"}, "be used yet"), ({"departments": ["Hats"]}, "other things"),
     ({"full_price_only": True}, "other things"), ({"minimum": 99}, "needs things for $99.00")],
)  # fmt: skip
def test_a_code_that_takes_nothing_off_says_why(client, shop, row, told):
    rule(promotions=[{"code": "TEATIME", "percent": 10} | row])
    put(client)
    page = look(client, code="TEATIME")
    assert told in page.content.decode()
    assert page.context["offer"].totals.discount == 0


@pytest.mark.parametrize(
    ("currency", "off"), [("JPY", "4"), ("USD", "4.46"), ("KWD", "4.46"), ("XYZ", "4.46")]
)
def test_a_discount_is_an_amount_that_its_currency_has(linden, currency, off):
    said = {"shop": {"currency": currency}, "promotions": [{"code": "TEA", "percent": 15}]}
    rules = Rules(said, "", now())
    piece = pricing.Piece("kettle", "", Decimal("29.70"), 1, False, False, True)
    taken = pricing.discount("tea", [piece], rules, now(), used=False)
    assert (taken, str(taken)) == (Decimal(off), off)


ONCE = {"code": "TEATIME", "percent": 10, "once_per_customer": True}


def test_a_code_for_once_counts_once_and_looking_tells_nobody_of_whose(client, shop):
    rule(promotions=[ONCE])
    put(client)
    assert order(client, code="TEATIME").status_code == 302
    client.logout()
    put(client)
    assert "can be used once" not in look(client, code="teatime").content.decode()
    assert "can be used once" in order(client, code="teatime").content.decode()
    assert placed().count() == 1


def test_who_is_signed_in_reads_at_once_that_a_code_is_used(client, shop, ada):
    rule(promotions=[ONCE])
    client.force_login(ada, BACKEND)
    put(client)
    order(client, code="TEATIME", email="ada@example.com")
    put(client)
    assert (
        "can be used once" in look(client, code="TEATIME", email="x@example.com").content.decode()
    )


@pytest.mark.parametrize("language", ["zh-hans", "es", "fr", "de", "ar"])
def test_it_is_ordered_in_every_language(client, shop, language):
    put(client)
    client.cookies["django_language"] = language
    assert order(client).status_code == 302
    assert placed().get().total == Decimal("42.95")


def test_what_another_tab_has_put_in_its_place_is_not_ordered(client, shop):
    put(client, KETTLE, option0="Red")
    seen = agreed(look(client)) | {"method": look(client).context["offer"].method.key}
    models.CartLine.objects.update(quantity=1, variant=models.Variant.objects.get(sku="BT-1"))
    models.Variant.objects.filter(sku="BT-1").update(price=49)
    answer = client.post("/checkout/", {**WHO, **seen, "place": "1"})
    assert answer.status_code == 409 and not placed().exists()


def test_one_order_holds_no_more_gift_cards_than_the_shop_allows(client, shop):
    rule(limits={"gift_cards_per_order": 1})
    models.Product.objects.filter(handle="brindle-teapot").update(gift_card=True)
    put(client, quantity=2)
    assert "at most 1 gift cards" in look(client).content.decode()


def test_nobody_is_shown_the_address_of_who_ordered_with_their_e_mail(client, shop, ada):
    put(client)
    order(client, email="ada@example.com", address1="9 Stranger Street")
    client.force_login(ada, BACKEND)
    put(client)
    assert "Stranger" not in client.get("/checkout/").content.decode()


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["#1042"], "#1043"),
        (["EN-2024-0077", "EN-2024-0009"], "EN-2024-0078"),
        (["W99/B"], "W100/B"),
        (["None"], "#1001"),
    ],
)
def test_the_number_goes_on_in_the_shops_own_format(client, shop, names, told):
    first = models.Order.objects.get()
    first.delete()
    for name in names:
        models.Order.objects.create(name=name, email="x@example.com", placed_at=first.placed_at)
    put(client)
    order(client)
    assert placed().get().name == told


def test_a_shop_without_any_rules_sells_too(client, shop):
    models.Shop.objects.all().delete()
    put(client)
    assert order(client).status_code == 302
    assert (placed().get().shipping_method, placed().get().total) == ("", Decimal(36))


def test_too_many_orders_from_one_address_are_refused(client, shop, settings):
    settings.ORDERS_PER_HOUR = 0
    put(client)
    assert order(client).status_code == 429
    assert not placed().exists()


class TestAtOnce:
    """Shoppers at the same moment; on PostgreSQL too, where DATABASE_URL names one."""

    pytestmark = pytest.mark.django_db(transaction=True)

    def together(self, *checkouts):
        told = []

        def shopper(cart, key):
            try:
                seen = checkout.offer(cart, Wanted("e@example.com")).seen
                wanted = Wanted("e@example.com", shown=Decimal(36), seen=seen)
                told.append(place(cart, key, None, wanted).name)
            except NotPlaced as no:
                told.append(str(no))
            connection.close()

        threads = [threading.Thread(target=shopper, args=checkout) for checkout in checkouts]
        [t.start() for t in threads]
        [t.join() for t in threads]
        return told

    def cart(self):
        variant = models.Variant.objects.get(sku="BT-1")
        cart = models.Cart.objects.create()
        cart.lines.create(variant=variant, quantity=1, price=variant.price)
        return cart

    def test_of_those_who_want_the_last_piece_exactly_one_gets_it(self, linden):
        models.Variant.objects.filter(sku="BT-1").update(stock=1)
        carts = [self.cart() for _n in range(4)]
        told = self.together(*((cart, cart.key) for cart in carts))
        assert sum(name.startswith("#") for name in told) == 1
        assert models.Variant.objects.get(sku="BT-1").stock == 0
        assert models.CartLine.objects.count() == 3

    def test_one_checkout_pressed_many_times_at_once_places_one_order(self, linden):
        cart = self.cart()
        told = self.together(*[(cart, cart.key)] * 6)
        assert set(told) == {"#2002"} and placed().count() == 1
        assert models.Variant.objects.get(sku="BT-1").stock == 1

    def test_where_there_is_enough_everybody_gets_a_number_of_the_own(self, linden):
        models.Variant.objects.filter(sku="BT-1").update(stock=9)
        carts = [self.cart() for _n in range(4)]
        told = self.together(*((cart, cart.key) for cart in carts))
        assert sorted(told) == ["#2002", "#2003", "#2004", "#2005"]

    def test_without_the_condition_the_last_piece_would_be_sold_again(self, linden, monkeypatch):
        def careless(pieces):
            for pk, number in pieces:
                models.Variant.objects.filter(pk=pk).update(stock=F("stock") + number)

        monkeypatch.setattr(checkout, "move_all", careless)
        monkeypatch.setattr(carts, "most_of", lambda variant, rules: 9)
        models.Variant.objects.filter(sku="BT-1").update(stock=1)
        told = self.together(*((cart, cart.key) for cart in [self.cart(), self.cart()]))
        assert all(name.startswith("#") for name in told)
        assert models.Variant.objects.get(sku="BT-1").stock == -1

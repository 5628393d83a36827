"""The pages that recommend, and what a shopper can do about them."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from chatbot import conversation, recommending, suggesting
from chatbot.models import Dismissal, Look, Taste
from chatbot.recommending import past, tastes
from chatbot.recommending.past import Whom
from storefront.models import Order, Product, User, Variant
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
KETTLE, POT = "/products/larkspur-kettle/", "/products/brindle-teapot/"


@pytest.fixture
def hers(client, ada):
    """Ada's browser."""
    client.force_login(ada)
    return client


def page(client, path="/for-you/"):
    return client.get(path).content.decode()


def post(client, name, **said):
    return client.post(f"/for-you/{name}/", said)


def sell(handle, **more):
    """Another product of Linden's."""
    given = {"title": handle.title(), "department": "Kitchen", "tags": [], "digest": "1"} | more
    row = Product.objects.create(handle=handle, **given)
    Variant.objects.create(product=row, sku=handle, position=0, price=10, stock=5)
    return row


def test_a_shopper_reads_what_goes_with_what_they_bought_and_why(hers):
    told = page(hers)
    assert "Brindle Teapot" in told
    assert "Because you bought Larkspur Kettle: both are in Kitchen." in told
    assert told.count('href="/products/larkspur-kettle/"') == 0  # they have it


def test_a_guest_is_shown_what_everybody_sees(linden, client):
    told = page(client)
    assert "Brindle Teapot" in told and "From Kitchen." in told and "Because you" not in told


def test_what_goes_with_a_product_stands_on_its_page(linden, client):
    told = page(client, KETTLE)
    assert "Goes with this" in told and "Also in Kitchen." in told


def test_a_page_with_nothing_beside_it_says_nothing_of_it(linden, client):
    Product.objects.filter(handle="brindle-teapot").update(status="draft")
    assert "Goes with this" not in page(client, KETTLE)


def test_a_look_of_a_shopper_is_kept_once_and_no_guests(hers, ada, client):
    for _n in range(3):
        hers.get(POT)
    Client().get(KETTLE)
    assert list(Look.objects.values_list("shopper", "handle")) == [(ada.pk, "brindle-teapot")]


def test_a_page_fetched_ahead_or_not_found_is_no_look(hers):
    hers.get(POT, headers={"Sec-Purpose": "prefetch"})
    hers.get("/products/nothing/")
    assert not Look.objects.exists()


def test_what_was_looked_at_is_a_reason(hers, ada):
    sell("whisk")
    Order.objects.all().delete()
    hers.get(POT)
    assert "Because you looked at Brindle Teapot: both are in Kitchen." in page(hers)


def test_what_was_asked_about_in_the_chat_is_a_reason(hers, ada, engine):
    Order.objects.all().delete()
    turn = accept(open_chat(shopper=ada), "how much is the larkspur kettle?", ada)
    list(conversation.answer(turn.pk, "test"))
    assert "Because you asked about Larkspur Kettle" in page(hers)


def test_a_dismissed_product_goes_and_comes_back(hers, ada):
    answer = post(hers, "dismiss", handle="brindle-teapot", next="/for-you/")
    assert answer.url == "/for-you/#picks"
    told = page(hers)
    assert "You won’t be shown Brindle Teapot any more." in told and "Undo" in told
    assert "Because you bought" not in told and "any more" not in page(hers)
    post(hers, "restore", handle="brindle-teapot")
    assert "Because you bought Larkspur Kettle" in page(hers)


def test_what_a_guest_dismisses_stays_in_their_browser(linden, client):
    post(client, "dismiss", handle="brindle-teapot", next=KETTLE)
    assert "Also in Kitchen." not in page(client, KETTLE)
    assert not Dismissal.objects.exists() and "Also in Kitchen." in page(Client(), KETTLE)
    post(client, "restore", handle="brindle-teapot")
    assert "Also in Kitchen." in page(client, KETTLE)


@pytest.mark.parametrize("handle", ["nothing", "", "a\x00b", "x" * 5000])
def test_what_there_is_not_cannot_be_dismissed(hers, handle):
    assert post(hers, "dismiss", handle=handle).status_code == 302
    assert post(hers, "restore", handle=handle).status_code == 302
    assert not Dismissal.objects.exists()


def test_no_form_leads_to_another_site(hers):
    for there in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        answer = post(hers, "dismiss", handle="brindle-teapot", next=there)
        assert answer.url == "/for-you/#picks"


def test_switched_off_nothing_is_kept_or_concluded(hers, ada):
    hers.get(POT)
    Look.objects.all().delete()
    post(hers, "switch", personal="off")
    hers.get(POT)
    told = page(hers)
    assert not Look.objects.exists() and "Because you" not in told
    assert "switched off" in told
    post(hers, "switch", personal="on")
    assert "Because you bought Larkspur Kettle" in page(hers)


def histories(ada, mallory):
    """Ada's history, then Mallory's: orders, looks, dismissals and words."""
    Look.objects.create(shopper=ada, handle="brindle-teapot")
    Dismissal.objects.create(shopper=mallory, handle="brindle-teapot")
    return ada, mallory


def shown(whom, **more):
    return [(p.product.handle, p.reason.text) for p in recommending.shown(whom, 12, **more)]


@pytest.mark.parametrize("where", ["", "larkspur-kettle"])
def test_switched_off_swapped_histories_change_nothing(ada, where):
    mallory = User.objects.get(email="mallory@example.com")
    for n in range(4):
        sell(f"thing-{n}")
    histories(ada, mallory)
    own = [shown(Whom(who.pk), page=where) for who in (ada, mallory)]
    assert own[0] != own[1]  # with it on, they are others
    for who in (ada, mallory):
        tastes.switch(who.pk, False)
    before = [shown(Whom(who.pk), page=where) for who in (ada, mallory)]
    Order.objects.update(user=mallory)
    Look.objects.update(shopper=mallory)
    Dismissal.objects.update(shopper=ada)
    after = [shown(Whom(who.pk), page=where) for who in (ada, mallory)]
    assert before == after and before[0] == before[1] == shown(Whom(None), page=where)


def test_switched_off_the_chat_concludes_nothing_either(ada):
    assert suggesting.likes(ada.pk)({}, None)
    tastes.switch(ada.pk, False)
    assert suggesting.likes(ada.pk)({}, None) == [] and suggesting.likes(None) is None


def acts_of(ada, text="what would you recommend me next?"):
    turn = accept(open_chat(shopper=ada), text, ada)
    list(conversation.answer(turn.pk, "test"))
    return [act["name"] for act in turn.reply.acts]


def test_on_the_road_the_chat_recommends_by_orders_unless_that_is_switched_off(ada, engine):
    assert "recommend.from_history" in acts_of(ada)
    tastes.switch(ada.pk, False)
    assert "recommend.from_history" not in acts_of(ada)


def test_the_chat_does_not_recommend_what_was_dismissed(ada):
    tastes.dismiss(ada.pk, "brindle-teapot")
    assert suggesting.likes(ada.pk)({}, None) == []


def test_the_chat_keeps_to_a_limit(ada):
    assert suggesting.likes(ada.pk)({}, 36.0) and suggesting.likes(ada.pk)({}, 35.0) == []


def test_wiped_everything_before_counts_no_more(hers, ada):
    hers.get(POT)
    tastes.dismiss(ada.pk, "brindle-teapot")
    post(hers, "wipe")
    assert not Look.objects.exists() and not Dismissal.objects.exists()
    assert past.known(Whom(ada.pk)).bought == () and "Because you" not in page(hers)
    assert Order.objects.count() == 1  # the orders stay


def test_switch_and_wipe_are_for_who_is_signed_in(linden, client):
    assert "/account/sign-in/" in post(client, "switch").url
    assert "/account/sign-in/" in post(client, "wipe").url and not Taste.objects.exists()


def test_what_was_sent_back_is_no_reason_and_is_not_shown(hers, ada):
    sell("whisk")
    Order.objects.update(tags=["returned"])
    told = page(hers)
    assert "Because you bought" not in told and 'href="/products/larkspur-kettle/"' not in told


def test_a_cancelled_order_is_no_reason(hers):
    Order.objects.update(cancelled_at=timezone.now())
    assert "Because you bought" not in page(hers)


def test_what_has_just_sold_out_is_not_shown(hers):
    assert "Brindle Teapot" in page(hers)
    Variant.objects.filter(sku="BT-1").update(stock=0)
    assert "Brindle Teapot" not in page(hers)


def test_what_is_paid_for_is_marked_and_not_called_alike_for_it(linden, client):
    Product.objects.update(tags=["Sponsored"], department="")
    sell("whisk", tags=["sponsored"], department="")
    told = page(client, KETTLE)
    assert "Also marked" not in told
    Product.objects.update(department="Kitchen", updated_at=timezone.now())
    told = page(client, KETTLE)
    assert told.count('class="sponsored"') == 2


def test_titles_and_words_are_shown_as_text(hers, ada):
    evil = "<img src=x onerror=alert(1)>"
    sell("evil", title=evil, tags=[evil])
    Product.objects.filter(handle="larkspur-kettle").update(title=evil, tags=[evil])
    for told in (page(hers), page(hers, POT), page(hers, KETTLE)):
        assert evil not in told and escape(evil) in told

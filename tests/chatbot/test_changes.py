"""What has changed since it was told is found: what differs today, how many were told, since when."""

import pytest
from django.db import connection
from django.urls import reverse

from chatbot import conversation
from chatbot.models import ToldClaim
from chatbot.recall import changes
from storefront import queries
from storefront.importing import import_folder
from storefront.models import Article, Product
from tests.chatbot.recalling import POLICY, RULE, reprice, told
from tests.conftest import PRODUCTS, RETURNS, SHOP, accept, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def found(days=changes.DAYS):
    return [(c.told, c.now, c.shoppers) for c in changes.changes(days)]


def test_a_price_that_the_road_has_told_is_found_once_it_is_another(ada, engine):
    turn = accept(open_chat(shopper=ada), "how much is the larkspur kettle?", ada)
    list(conversation.answer(turn.pk, "test"))
    assert found() == []
    reprice(59)
    reprice(59, "LK-BLU")
    assert found() == [("$49.00", "$59.00", 1)]


def test_one_shopper_told_twice_is_one_and_the_times_are_the_first_and_the_last(linden):
    chat = open_chat()
    first, _second, last = told(chat, 5), told(chat, 3), told(days=1)
    reprice(59)
    (change,) = changes.changes()
    assert (change.shoppers, change.since, change.until) == (2, first.told_at, last.told_at)
    assert change.title == "Larkspur Kettle"


def test_what_was_told_before_the_window_is_not_among_them(linden):
    told(days=91)
    reprice(59)
    assert found() == [] and found(365) == [("$49.00", "$59.00", 1)]


def test_each_value_is_a_group_and_the_one_told_last_comes_first(linden):
    told(days=2)
    told(days=1, value="$45.00")
    reprice(59)
    assert found() == [("$45.00", "$59.00", 1), ("$49.00", "$59.00", 1)]


def test_a_product_that_is_no_longer_sold_has_not_changed_its_price(linden):
    told()
    Product.objects.filter(handle="larkspur-kettle").update(status="withdrawn")
    assert found() == []


def test_a_policy_that_reads_otherwise_is_found(linden, shop_folder):
    told(**POLICY, value=RULE)
    (shop_folder / "help/returns.md").write_text(RETURNS.replace("**30 days**", "14 days"))
    import_folder(shop_folder, quiet=True)
    ((was, now, shoppers),) = found()
    assert (was, shoppers) == (RULE, 1) and now.startswith("You have 14 days")


def test_a_text_that_only_moved_on_its_page_has_not_changed(linden, shop_folder):
    text = queries.passages()[0].text
    told(**POLICY, value=text)
    (shop_folder / "help/returns.md").write_text(
        RETURNS.replace("You have", "Read on.\n\nYou have")
    )
    import_folder(shop_folder, quiet=True)
    assert queries.passages()[1].text == text and found() == []


def test_a_policy_that_is_gone_is_no_longer_said(linden):
    told(**POLICY, value=RULE)
    Article.objects.update(withdrawn=True)
    assert found() == [(RULE, "", 1)]


@pytest.mark.parametrize(
    ("field", "was", "old", "new", "now"),
    [("percent", "10%", "percent = 10", "percent = 5", "5%"),
     ("ends_on", "January 1, 2030", "2030-01-01", "2029-06-30", "June 30, 2029"),
     ("minimum", "$20.00", "percent = 10", "percent = 10\nminimum = 25", "$25.00")],
)  # fmt: skip
def test_a_promotion_with_other_terms_is_found(linden, shop_folder, field, was, old, new, now):
    rule = "rule:promotions.TEATIME"
    told(source=rule, page=rule, field=field, value=was)
    (shop_folder / "shop.toml").write_text(SHOP.replace(old, new))
    import_folder(shop_folder, quiet=True)
    assert found() == [(was, now, 1)]


def test_terms_that_stay_are_no_change(linden):
    rule = "rule:promotions.TEATIME"
    for field, value in (("percent", "10%"), ("ends_on", "January 1, 2030")):
        told(source=rule, page=rule, field=field, value=value)
    assert found() == []


def test_an_import_that_changes_one_product_leaves_the_others_alone(linden, shop_folder):
    told()
    teapot = {"source": "variant:BT-1", "page": "product:brindle-teapot", "value": "$36.00"}
    told(**teapot)
    (shop_folder / "products.csv").write_text(PRODUCTS.replace("36.00", "39.00"))
    import_folder(shop_folder, quiet=True)
    assert found() == [("$36.00", "$39.00", 1)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite for its way")
def test_no_question_reads_the_register_through(linden, django_assert_max_num_queries):
    told()
    reprice(59)
    rows = changes.tellings("variant:LK-RED", "price", "$49.00")
    assert "claims_of_a_fact" in rows.explain()
    some = ToldClaim.objects.filter(page__in=["product:a", "product:b"])
    assert "claims_of_a_page" in changes._grouped(some).explain()
    with django_assert_max_num_queries(20):
        changes.changes()


def look(client, user, **asked):
    client.force_login(user, BACKEND)
    return client.get(reverse("admin:chatbot_toldclaim_changes"), asked).content.decode()


def test_the_page_tells_what_was_told_and_what_holds_now(client, linden, grace):
    told(days=40)
    assert "Nothing that shoppers were told" in look(client, grace)
    reprice(59)
    page = look(client, grace)
    for part in ("$49.00", "$59.00", "1 shopper,", "Larkspur Kettle"):
        assert part in page
    assert "Nothing that shoppers were told" in look(client, grace, days="30")


def test_a_hostile_text_is_shown_as_text(client, linden, grace):
    told(**POLICY, value="<script>alert(1)</script>", title="<b>x")
    Article.objects.update(withdrawn=True)
    page = look(client, grace)
    assert "<script>alert" not in page and "<b>x" not in page

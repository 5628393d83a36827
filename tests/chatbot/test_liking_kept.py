"""What is kept to recommend by: told, erased, forgotten in time, and nobody else's."""

import json
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from chatbot import recommending, suggesting
from chatbot.models import CardVector, Dismissal, Look, Taste
from chatbot.recommending import tastes
from storefront.models import Order, OrderLine, Product, User
from tests.chatbot.test_for_you import POT, hers, page

__all__ = ["hers"]
pytestmark = pytest.mark.django_db


def test_own_data_tells_what_is_kept_and_erasing_takes_it(hers, ada):
    hers.get(POT)
    tastes.dismiss(ada.pk, "brindle-teapot")
    tastes.switch(ada.pk, False)
    told = json.loads(hers.get("/chat/data/json/").content)["for_you"]
    assert told["used"] is False
    assert [look["handle"] for look in told["looked_at"]] == ["brindle-teapot"]
    assert [look["handle"] for look in told["dismissed"]] == ["brindle-teapot"]
    assert "What you looked at" in page(hers, "/chat/data/")
    hers.post("/chat/data/erase/")
    assert not Look.objects.exists() and not Dismissal.objects.exists()
    assert not tastes.personal(ada.pk)  # an objection outlives it


def test_nobody_else_is_told_or_erased(ada, client):
    Look.objects.create(shopper=ada, handle="brindle-teapot")
    client.force_login(User.objects.get(email="mallory@example.com"))
    assert json.loads(client.get("/chat/data/json/").content)["for_you"]["looked_at"] == []
    client.post("/chat/data/erase/")
    assert Look.objects.count() == 1


def test_looks_are_forgotten_in_time(ada, settings, capsys):
    Look.objects.create(shopper=ada, handle="old", at=timezone.now() - timedelta(days=91))
    Look.objects.create(shopper=ada, handle="new", at=timezone.now() - timedelta(days=89))
    call_command("purge", "--dry-run")
    assert Look.objects.count() == 2
    call_command("purge")
    assert [look.handle for look in Look.objects.all()] == ["new"]
    assert "1 looks at products" in capsys.readouterr().out


def test_an_account_that_goes_takes_it_along(ada):
    Look.objects.create(shopper=ada, handle="x")
    tastes.switch(ada.pk, False)
    Order.objects.all().delete()
    ada.delete()
    assert not Look.objects.exists() and not Taste.objects.exists()


def test_the_vectors_of_products_are_kept_for_pages(linden):
    suggesting.keep_up()
    assert set(CardVector.objects.values_list("handle", flat=True)) == {
        "larkspur-kettle", "brindle-teapot",
    }  # fmt: skip
    Product.objects.filter(handle="brindle-teapot").update(
        status="draft", updated_at=timezone.now()
    )
    suggesting.keep_up()
    assert [row.handle for row in CardVector.objects.all()] == ["larkspur-kettle"]


def test_what_shoppers_bought_is_told_without_whose_it_was(ada):
    (basket,) = recommending.queries.baskets()
    assert basket.handles == ("larkspur-kettle",) and basket.who == 0
    OrderLine.objects.update(variant=None)
    assert recommending.queries.baskets() == []


@pytest.mark.django_db(transaction=True)
def test_the_same_dismissed_by_many_at_once_is_one(ada):
    wrong = []

    def dismiss():
        try:
            tastes.dismiss(ada.pk, "brindle-teapot")
        except DatabaseError as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=dismiss) for _n in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert wrong == [] and Dismissal.objects.count() == 1

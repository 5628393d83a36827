"""Who got a broken or a wrong thing hears what the shop needs to see and does then."""

from dataclasses import replace

import pytest

from chatbot.facts import mending
from tests.chatbot.small_shop import pages
from tests.chatbot.test_facts import ask
from tests.chatbot.test_rules_found import shop

SORRY = "A dented box: we know it hurts."
SEND = "Write within 14 days with a photo. We replace it or give your money back."
GIFTS = "We print a picture on the card; refunds of gifts go to a gift card."


def told(*asks, topic="damaged", text="it came smashed"):
    world = replace(shop(), passages=pages(topic, (SORRY, GIFTS, SEND)))
    asked = ask(text, *asks, fault="came")
    return [world.passages[i].text for i in mending.rows(asked, world)]


@pytest.mark.parametrize("ask_of", ["damaged", "wrong_item"])
def test_what_to_do_about_it_is_told(ask_of):
    assert told(ask_of) == [SEND]


def rows(*articles, text="it came smashed"):
    world = replace(shop(), passages=tuple(p for one in articles for p in pages(*one)))
    asked = ask(text, "damaged", fault="came")
    return [world.passages[i].text for i in mending.rows(asked, world)]


def test_what_came_broken_is_told_of_by_the_article_on_what_is_delivered():
    airline = ("damage-in-flight", ["Send us a photo of it and we repair it."])
    parcel = ("damaged", ["Of what is delivered broken take a photograph; we replace it."])
    assert rows(airline, parcel) == parcel[1]
    assert rows(airline) == airline[1]
    assert rows(("warranty", parcel[1])) == parcel[1]
    assert rows(("warranty", airline[1])) == []


def test_what_is_done_then_is_told_where_it_stands_in_a_passage_of_its_own():
    tell, then = "Tell us within 9 days of delivery.", "A new one leaves at once; keep the shards."
    keep = "Keep the box."
    assert rows(("damaged", [tell, f"{then} Or a refund.", keep])) == [tell, f"{then} Or a refund."]
    assert rows(("damaged", [tell, keep])) == []


def test_how_long_there_is_to_tell_of_it_the_same_passage_says():
    assert rows(("damaged", [SEND]), text="it came smashed, how many days to report it") == [SEND]
    assert rows(("damaged", [SEND]), text="it came smashed, how many days till a new one") == []


def test_of_other_trouble_or_in_other_articles_nothing_is():
    assert told("missing") == told("return_policy", "damaged") == []
    assert told("damaged", topic="gift-cards") == []
    assert told("damaged", text="it came smashed, who pays the postage back") == []

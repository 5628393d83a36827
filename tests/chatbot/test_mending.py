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
    return [world.passages[i].text for i in mending.rows(ask(text, *asks), world)]


@pytest.mark.parametrize("ask_of", ["damaged", "wrong_item"])
def test_what_to_do_about_it_is_told(ask_of):
    assert told(ask_of) == [SEND]


def test_of_other_trouble_or_in_other_articles_nothing_is():
    assert told("missing") == told("return_policy", "damaged") == []
    assert told("damaged", topic="gift-cards") == []
    assert told("damaged", text="it came smashed, who pays the postage back") == []

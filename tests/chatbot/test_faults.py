"""What arrived broken is told from what broke in use, and from what is not broken at all."""

from dataclasses import replace

import pytest

from chatbot.facts import mending
from chatbot.reading import asks, faults
from chatbot.reading.wants import untroubled
from chatbot.terms import CAME, SUPPOSED, USED, Judged, Lexicon, ProductWords
from tests.chatbot.small_shop import names, pages, passage, product, read, sentence
from tests.chatbot.test_facts import ask
from tests.chatbot.test_rules_found import shop

DAMAGED = ("damaged",)
CLAIM = "Send us a photo and the order number."
KETTLE = ProductWords("kettle", "Larkspur Kettle", "Kitchen", {}, "A kettle.")
SHOP = Lexicon((KETTLE,), frozenset(), "", ("en",))


@pytest.mark.parametrize(
    ("text", "how"),
    [("the kettle came with a chipped lid", CAME), ("handle snapped off in the post", CAME),
     ("the lid has leaked since last winter", USED), ("bought it in June and the seam gave out", USED),
     ("my three year old kettle drips", USED), ("the lid snapped this morning", ""),
     ("arrived two months ago with a crack", CAME), ("what if the kettle turns up cracked?", SUPPOSED),
     ("how soon must I report an item that came cracked?", SUPPOSED),
     ("if I'd known it leaks, I'd not have bought it, it came broken", CAME)],
)  # fmt: skip
def test_how_a_thing_got_broken_is_read_from_what_is_told(text, how):
    assert faults.how(text, DAMAGED) == how
    assert faults.how(text, ("return_policy",)) == ""


@pytest.mark.parametrize(
    ("text", "first"),
    [("no fault in it, it's just not for me", "return_start"), ("not damaged, my son hates it", "return_start"),
     ("tore it out of its bag and it makes me look pale", "return_start"),
     ("not only cracked, it isn't for me either", "damaged"), ("I don't like that it is dusty", "damaged"),
     ("the lid is torn and not for me", "damaged")],
)  # fmt: skip
def test_what_is_not_broken_and_not_liked_is_sent_back(text, first):
    assert asks.settled(text, DAMAGED, None, False)[0] == first


def test_who_would_like_it_otherwise_got_no_wrong_thing():
    assert untroubled("I don't like the red, I'd rather have blue", ("wrong_item",)) == (
        "exchange",
    )
    assert untroubled("you sent red, I ordered blue", ("wrong_item",)) == ("wrong_item",)


@pytest.mark.parametrize(
    ("text", "told", "weighed"),
    [("my wheels squeak, bought in April", ("warranty", "damaged"), ("damaged", "warranty")),
     ("in April it broke, is that covered", ("warranty", "damaged"), ("warranty", "damaged")),
     ("if it breaks one day, who pays", DAMAGED, ("warranty",)),
     ("if it arrives broken, who pays", DAMAGED, DAMAGED),
     ("the lamp flickers on two bulbs", ("price", "damaged"), DAMAGED),
     ("the lamp flickers, how much is another", ("price", "damaged"), ("price", "damaged"))],
)  # fmt: skip
def test_trouble_comes_before_what_no_word_asks_for(text, told, weighed):
    assert faults.weighed(text, told) == weighed


@pytest.mark.parametrize(
    ("more", "first"),
    [({"fault": CAME, "thing": "kettle"}, "complaint.with_next"), ({"fault": USED}, "complaint.with_next"),
     ({"fault": CAME, "products": ("kettle",)}, "complaint.with_next"), ({}, "complaint.with_next"),
     ({"fault": CAME}, "damaged.empathy_next_step"), ({"fault": SUPPOSED}, "policy.passage")],
)  # fmt: skip
def test_which_thing_is_broken_is_asked_only_where_nobody_knows(more, first):
    told = {
        "products": (),
        "named": False,
        "intent": "return_refund",
        "text": "it is broken",
    } | more
    assert names(read("damaged", **told), passage(0.9, on_topic="yes"))[0] == first


def test_the_word_for_a_thing_is_one_of_the_shop():
    assert faults.thing("one of the kettles came cracked", SHOP) == "kettle"
    assert faults.thing("it came cracked", SHOP) == ""


def hits(*texts, topic="garden", sure=0.5, **more):
    world = replace(shop(), passages=(*pages(topic, texts), *pages("damaged", [CLAIM])))
    found = [(Judged(sure, sure), 0), (Judged(0.3, 0.3), 1)]
    told = mending.rather(found, ask("it broke", "damaged", **more), world)
    return [world.passages[i].text for _found, i in told]


def test_of_what_broke_in_use_articles_on_faults_tell_unless_another_surely_does():
    assert hits("Beds are dug in May.", fault=USED) == [CLAIM]
    assert hits("Beds are dug in May.", fault=USED, sure=0.9) == ["Beds are dug in May.", CLAIM]


def test_what_may_have_come_broken_is_answered_surely_or_by_what_the_shop_does():
    assert hits("Beds are dug in May.") == [CLAIM, "Beds are dug in May."]
    assert hits("Turn the wheel.", sure=0.9) == ["Turn the wheel.", CLAIM]


def test_of_what_is_missing_in_a_box_that_came_another_text_may_surely_tell():
    asked = ask("the box came and no screws", "damaged", "missing", fault=CAME)
    assert mending.rows(asked, replace(shop(), passages=pages("damaged", [CLAIM]))) == []
    plain = replace(asked, asks=DAMAGED)
    assert mending.rows(plain, replace(shop(), passages=pages("damaged", [CLAIM]))) == [0]


def test_of_what_came_broken_no_page_tells_what_is_done():
    page = (product(), sentence(0.9, "Small dents happen."))
    asked = read("damaged", intent="return_refund", text="it came with a dent", fault=CAME)
    assert names(asked, *page) == ["complaint.with_next"]
    near = passage(0.15, "Send a photo.", on_topic="yes")
    assert names(asked, *page, near) == ["complaint.with_next", "policy.besides"]
    assert "attribute.besides" in names(replace(asked, fault=""), *page)

"""When a message goes on about what was spoken of, and when it turns to something new."""

from dataclasses import replace

import pytest

from chatbot import memory, reading
from chatbot.facts import help as articles
from chatbot.facts import topics
from chatbot.models import Reply
from chatbot.reading import going_on, heard, leaning
from chatbot.reading.encoder import Heads
from chatbot.reading.put_plainly import OF_CLAIMS, OF_WAITING, put_plainly
from chatbot.terms import TO_CLAIM, UNPAID, Judged, Lexicon, Memory, Reading
from tests.chatbot.small_shop import KETTLE, names, passage, product, read
from tests.chatbot.test_acts_products import found, look, shown
from tests.chatbot.test_facts import ask, nowhere
from tests.chatbot.test_going_on import LAMP, OFFERED, SHOP, after, page
from tests.chatbot.test_rules_found import after_returns, shop

ORDER = {"act": "order.details", "order": "#2001", "text": "my order", "query": "my order"}


@pytest.mark.parametrize(
    ("text", "leans"),
    [("What does it cost and how long does it take, roughly?", True), ("Who pays the duty?", True),
     ("does it have a lid", True), ("where do your teapots come from", False)],
)  # fmt: skip
def test_a_question_with_few_words_of_its_own_leans_on_the_one_before(text, leans):
    assert leaning.leans(text) == leans


def hears(text, behind, alone, monkeypatch, before=("availability",)):
    """What is heard of a message by heads that are `alone` as sure as that."""
    monkeypatch.setattr(Heads, "predict", lambda *_said: ({}, alone))
    return heard.anew(text, Memory(asks=before), ({}, behind))[1]


@pytest.mark.parametrize(
    ("before", "text", "alone", "new"),
    [("availability", "bluetooth?", {"attribute": 0.8}, True),
     ("availability", "bluetooth?", {"attribute": 0.6}, False),
     ("availability", "and the tall one", {"price": 0.9}, False),
     ("availability", "how long", {"ship_time": 0.9}, False),
     ("ship_cost", "opening hours", {"hours_contact": 0.9}, True),
     ("ship_cost", "waterproof", {"attribute": 0.9}, False)],
)  # fmt: skip
def test_what_only_the_message_before_suggests_gives_way_to_what_is_surely_asked(
    before, text, alone, new, monkeypatch
):
    behind = {before: 0.9}
    assert hears(text, behind, alone, monkeypatch, (before,)) == (alone if new else behind)


def test_what_was_not_asked_before_is_heard_as_it_is(monkeypatch):
    told = hears("bluetooth?", {"availability": 0.9}, {"attribute": 0.9}, monkeypatch, ("price",))
    assert told == {"availability": 0.9}


@pytest.mark.parametrize(
    ("text", "ask", "code"),
    [("and how do i quit", "off_topic", ""), ("what time do you close", "hours_contact", ""),
     ("till when", "ship_time", "TEATIME"),
     ("how do i use it", "off_topic", "TEATIME"), ("until when", "sale", "TEATIME")],
)  # fmt: skip
def test_a_code_does_not_stand_behind_a_question_of_its_own(text, ask, code):
    told = Memory(act="promotion.terms", code="TEATIME")
    stands = leaning.standing_code(
        text, told, "promotion", ask, follows=True, wishes=0, named=False
    )
    assert stands == code


@pytest.mark.parametrize(
    "text",
    ["how much was the postage on it", "what did delivery cost me", "what did the shipping come to",
     "shipping was how much again", "how much did you charge me for delivery"],
)  # fmt: skip
def test_what_the_delivery_was_is_asked_of_the_order_spoken_of(text):
    told = after(text, **ORDER)
    assert (told.intents[0], told.asks[0], told.follows) == ("order_status", "ship_cost", True)
    assert going_on.goes_on(text, Memory()) is None


@pytest.mark.parametrize(
    "text",
    [
        "how much is delivery to Spain",
        "what was in the delivery",
        "what did the delivery driver say",
    ],
)
def test_what_delivery_costs_today_or_brought_is_not(text):
    assert going_on.goes_on(text, Memory(act="order.details", order="#2001")) is None


@pytest.mark.parametrize("text", ["till when do i have for the lamp", "what's the last day"])
def test_until_when_is_asked_of_the_return_just_prepared(text):
    assert after(text, LAMP, **OFFERED).asks[0] == "return_policy"


def test_another_version_of_what_is_only_looked_at_is_no_exchange():
    told = {"act": "stock.out_alternatives", "text": "in chalk?", "query": "in chalk?"}
    assert after("the moss instead", LAMP, **told).asks[:2] == ("availability", "price")
    assert after("i got the moss instead", LAMP, **told).confidence < 1.0
    assert (
        after("i want the moss instead", LAMP, **told | {"order": "#2001"}).asks[0]
        != "availability"
    )


UNPAID_TOLD = Memory(act="order.unpaid", order="#2001")
WARRANTY = Memory(act="attribute.passage", asks=("warranty",))


@pytest.mark.parametrize(
    ("text", "told", "put"),
    [("how long do you hold it for me", UNPAID_TOLD, OF_WAITING),
     ("until when do we have to pay", UNPAID_TOLD, OF_WAITING),
     ("how long does delivery take", UNPAID_TOLD, None),
     ("by when must i pay", replace(UNPAID_TOLD, act="order.details", query="my transfer?"), OF_WAITING),
     ("how long do i have", replace(UNPAID_TOLD, act="order.details", query="my order?"), None),
     ("and what do you need from me", WARRANTY, OF_CLAIMS), ("how do i claim", WARRANTY, OF_CLAIMS),
     ("do i have to send photos", replace(WARRANTY, act="policy.passage"), OF_CLAIMS),
     ("what do you want to know", WARRANTY, None), ("what do i need to wash it", WARRANTY, None),
     ("what do you need from me", replace(WARRANTY, asks=("price",)), None)],
)  # fmt: skip
def test_what_is_asked_of_an_unpaid_order_or_a_fault_is_put_as_articles_tell_it(text, told, put):
    assert put_plainly(text, told, SHOP) == put


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [(UNPAID, "Unpaid orders lapse after 7 days.", "policy.passage"),
     (UNPAID, "PayPal: 3 business days.", "decline.no_data"),
     (TO_CLAIM, "Send the order number and two photos.", "policy.passage"),
     (TO_CLAIM, "Lamps: warranty 2 years.", "decline.no_data")],
)  # fmt: skip
def test_of_these_only_a_text_that_speaks_of_the_very_thing_is_told(asked, text, told):
    assert names(read(asked, named=False, products=()), passage(0.3, text))[0] == told
    assert names(read(asked, named=False, products=()), passage(0.05, text)) == ["decline.no_data"]


CODES = replace(shop(), lexicon=Lexicon((), frozenset({"WRAPPING"}), "", ("en",)))


@pytest.mark.parametrize(
    ("text", "asks", "more", "left_out"),
    [("is it wrapped", "attribute", {}, True), ("any sale on it", "attribute", {}, False),
     ("what does it cost", "price", {}, False), ("is it wrapped", "attribute", {"code": "TEA10"}, False),
     ("is it wrapped", "attribute", {"articles": ("gifts",)}, False)],
)  # fmt: skip
def test_no_text_on_codes_answers_a_question_about_a_thing(text, asks, more, left_out):
    asked = ask(text, asks, intents=("product_question",), **more)
    place = next(i for i, p in enumerate(CODES.passages) if "Wrapping" in p.text)
    assert topics.on_codes(asked, CODES) == (frozenset({place}) if left_out else frozenset())


def judged_forms(asked):
    """The questions that the passages are judged by."""
    seen = []

    def judge(question, texts, _near):
        seen.append(question)
        return [Judged(0.1, 1.0) for _ in texts]

    articles.passages(asked, shop(), nowhere, judge)
    return seen


def test_who_says_nothing_new_is_read_behind_what_was_spoken_of():
    engraved = {"follows": True, "query": "can you engrave it costs?", "after": "attribute.passage"}
    assert set(judged_forms(ask("costs?", "price", **engraved))) == {"can you engrave it costs?"}
    assert "wrapping?" in judged_forms(ask("wrapping?", "price", **engraved))


def test_the_article_just_told_of_is_left_where_another_is_on_what_is_asked():
    turns = after_returns("how much for the wrapping", asks=("gift_card",))
    stays = after_returns("how much for the wrapping", asks=("off_topic",))
    assert articles._turns_away(turns, shop())
    assert not articles._turns_away(stays, shop())
    assert not articles._turns_away(replace(turns, text="who pays"), shop())
    assert not articles._turns_away(replace(turns, text="do i pay for wrapping it"), shop())


def test_two_things_of_which_the_same_is_asked_are_a_group():
    def told(handle, before, **more):
        base = {
            "text": "?",
            "intents": ("product_question",),
            "asks": ("price",),
            "confidence": 1.0,
        }
        now = Reading(**base | {"products": (handle,), "named": True} | more)
        return memory.after(now, Reply(text="", facts=[], acts=[]), before)

    first = told("kettle", Memory())
    assert told("teapot", first, follows=True).group == ("kettle", "teapot")
    assert told("teapot", first).group == ()


def test_what_is_found_twice_is_kept_once():
    fact = {"kind": "found", "subject": "Fern Mug", "values": {"handle": "mug"}}
    now = Reading("?", ("product_search",), ("search",), 1.0)
    reply = Reply(text="The Fern Mug.", facts=[fact, fact | {"kind": "extreme"}], acts=[])
    assert memory.after(now, reply, Memory()).products == ("mug",)


BED, SEED = page("Big Hush Dog Bed"), page("Robin Bird Seed", Bag=("5 lb", "20 lb"))


def test_a_word_of_size_picks_a_version_of_what_is_in_view_and_names_nothing():
    pets = Lexicon((BED, SEED, LAMP), frozenset(), "", ("en",))
    told = reading.read("the big bag how much", "", Memory(products=(SEED.handle,)), pets)
    assert told.products == (SEED.handle,)
    assert told.options == {"Bag": ("20 lb",)}
    named = reading.read("the big hush how much", "", Memory(products=(SEED.handle,)), pets)
    assert named.products == (BED.handle,)


@pytest.mark.parametrize(
    ("ask", "more", "told"),
    [("restock", {"after": "stock.out_all"}, "restock.unknown"), ("attribute", {"again": "is it loud"}, ""),
     ("attribute", {}, "policy.passage")],
)  # fmt: skip
def test_no_article_tells_when_a_thing_is_back_nor_what_pages_were_asked_before(ask, more, told):
    gone = (product(stock="sold out"), replace(KETTLE[2]))
    said = names(read(ask, text="when are more expected", named=True, **more),
                 *gone, passage(0.79, "Orders of 12 or more are expected by mail.", beyond="yes"))  # fmt: skip
    assert ("policy.passage" in said) == (told == "policy.passage")
    assert not told or told in said


@pytest.mark.parametrize(
    ("more", "told"),
    [({"articles": ("gifts",)}, "policy.passage"), ({}, "price.one"),
     ({"articles": ("gifts",), "named": True}, "price.one")],
)  # fmt: skip
def test_the_cost_of_what_an_article_just_told_of_is_in_it(more, told):
    base = {"text": "what does it cost", "named": False, "follows": True, "after": "policy.passage"}
    engraving = passage(0.7, "Engraving: $8.00.", article="gifts")
    assert names(read("price", **base | more), *KETTLE[:2], engraving)[0] == told


def test_what_goes_by_the_very_words_is_shown_before_its_like():
    small, travel = found("Pocket Tripod", score=0.95), found("Travel Tripod", score=0.9)
    asked = look("do you have a travel tripod", products=("travel tripod",), loosely=True)
    assert shown(asked, small, travel)[0] == "Travel Tripod"
    assert shown(replace(asked, loosely=False), small, travel)[0] == "Pocket Tripod"
    gone = replace(travel, values={**travel.values, "stock": "sold out"})
    assert shown(asked, small, gone)[0] == "Pocket Tripod"

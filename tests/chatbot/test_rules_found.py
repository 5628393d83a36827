"""Which passages of the articles are found: for what goes on about a rule, for each of several
questions, for the hour until which an order leaves the same day."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from chatbot import acts
from chatbot.facts import explaining, leaning
from chatbot.facts import help as articles
from chatbot.facts.similarity import shared
from chatbot.facts.world import World
from chatbot.reading import asks
from chatbot.terms import Judged, Lexicon
from storefront import queries
from tests.chatbot.small_shop import names, passage, product, read, sentence
from tests.chatbot.test_facts import ask, nearest, nowhere

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PAGES = {
    "returns": ("You have 30 days.", "Opened tea stays with you."),
    "tea": ("Opened tea keeps for a month.",),
    "delivery": (
        "It takes 3 days.",
        "To Hawaii and the islands: $14.95, free from $150.00.",
        "At home: $6.95, free from $75.00.",
        "To soldiers in 21 days: $6.95, free from $75.00.",
        "What is ordered by 2 pm leaves the same day.",
    ),
    "gifts": ("Wrapping costs $4.00.",),
}


def shop(**rules):
    told = tuple(
        queries.Passage(slug, number, slug.title(), "", slug, text, "1", None, NOW, "")
        for slug, texts in PAGES.items()
        for number, text in enumerate(texts)
    )
    none = np.zeros((0, 4), np.float32)
    known = queries.Rules(rules, "1", NOW)
    lexicon = Lexicon((), frozenset(), "", ("en",))
    return World("1", {}, known, none, (), none, told, nowhere(told), lexicon)


def found(asked, answers=nearest, **rules):
    return articles.passages(asked, shop(**rules), nowhere, answers)


def after_returns(text, **more):
    leans = {"follows": True, "after": "policy.passage", "articles": ("returns",)}
    return ask(text, intents=("policy",), query=f"how long to return? {text}", **leans | more)


def test_what_is_new_is_looked_for_in_the_article_just_told_of():
    assert found(after_returns("opened tea?"))[0].values["text"] == "Opened tea stays with you."


def test_all_forms_are_read_however_sure_the_bare_words_are():
    seen = []

    def judge(question, texts, _near):
        seen.append(question)
        return [Judged(0.9, 1.0) for _ in texts]

    found(after_returns("opened tea?"), judge)
    assert seen == [
        "opened tea?", "how long to return? opened tea?", "Returns: opened tea?"
    ]  # fmt: skip


def test_what_only_another_article_tells_is_found_there():
    assert found(after_returns("and wrapping?"))[0].values["article"] == "gifts"


@pytest.mark.parametrize("more", [{"follows": False}, {"after": "price.one"}, {"articles": ()},
                                  {"offered": True}])  # fmt: skip
def test_only_what_leans_on_a_rule_goes_on_about_it(more):
    assert leaning.on_a_rule(after_returns("and when opened?"))
    assert not leaning.on_a_rule(after_returns("and when opened?", **more))


def fares(tables, shares, forms=("alone", "behind")):
    """Which of two texts, "a" and "b", fares best, by a judge who is as sure as `tables` say."""

    def judge(form, _texts, _near):
        return [Judged(s, 0.0) for s in tables[form]]

    return [place for _found, place in
            leaning.judged(forms, {0: 0.5, 1: 0.5}, ["a", "b"], judge, shares)]  # fmt: skip


def test_the_bare_words_count_as_much_as_the_words_behind_the_question_before():
    assert fares({"alone": [0.9, 0.1], "behind": [0.2, 0.6]}, {})[0] == 0
    assert fares({"alone": [0.5, 0.1], "behind": [0.1, 0.7]}, {})[0] == 1


def test_of_two_as_sure_the_one_of_the_article_just_told_of_is_meant():
    even = {"alone": [0.5, 0.4], "behind": [0.4, 0.4]}
    assert fares(even, {})[0] == 0
    assert fares(even, {1: 0.0})[0] == 1


def test_within_that_article_a_new_word_decides():
    even = {"alone": [0.6, 0.3], "behind": [0.5, 0.3]}
    assert fares(even, {0: 0.0, 1: 0.0})[0] == 0
    assert fares(even, {0: 0.0, 1: 1.0})[0] == 1


def of_the_first_two(question, texts, _near):
    """A judge who finds days of a question on days, and the wrapping of one that says so."""
    sure = {"days": "30 days", "wrapping": "Wrapping"}
    wanted = [told for word, told in sure.items() if word in question]
    return [Judged(0.9 if any(w in t for w in wanted[:1]) else 0.05, 0.0) for t in texts]


def parts(text):
    asked = ask(text, intents=("policy",))
    return [f.values["text"] for f in found(asked, of_the_first_two) if f.values.get("part")]


@pytest.mark.parametrize(
    "text", ["how many days have i got, and what does wrapping cost?",
             "Two things. One, how many days? Two, what does wrapping cost?",
             "1) how many days 2) is wrapping dear?"],
)  # fmt: skip
def test_each_of_several_questions_has_its_own_passage(text):
    assert parts(text) == ["You have 30 days.", "Wrapping costs $4.00."]


@pytest.mark.parametrize("text", ["how many days have i got", "how many days, and what days?",
                                  "the days are gone, is wrapping dear?"])  # fmt: skip
def test_where_one_passage_answers_all_that_is_asked_it_stands_alone(text):
    assert parts(text) == []


def test_what_answers_each_question_is_told_and_nothing_besides():
    each = [passage(0.9, f"Rule {n}.", part="yes") for n in (1, 2, 3)]
    asked = read("return_policy", intent="policy", named=False, products=(), text="all please")
    (told,) = acts.decide(asked, [*each, passage(0.8, "Another rule.")])
    assert told.slots["passage.text"] == "Rule 1."
    assert told.slots["passage2.text"] == "Rule 2. Rule 3."


def test_a_yes_to_the_first_question_is_not_said_to_both():
    yes = {"says": "yes", "part": "yes"}
    asked = read("return_policy", intent="policy", named=False, products=(), text="both please")
    assert names(asked, passage(0.9, "You may.", **yes), passage(0.9, "Then.", part="yes")) == [
        "policy.passage"
    ]
    assert names(asked, passage(0.9, "You may.", says="yes")) == ["policy.yes"]


@pytest.mark.parametrize("hour", ["14:00", "02:00", "nonsense", None])
def test_the_passage_that_tells_the_hour_answers_until_when_to_order(hour):
    asked = ask("what's the cutoff for same-day sending", "ship_time", intents=("shipping",))
    best = found(asked, shipping={"cutoff": hour})[0]
    assert ("2 pm" in best.values["text"] and best.score > explaining.THE_RULE) is (hour == "14:00")


@pytest.mark.parametrize(
    ("hour", "text", "told"),
    [("13:00", "by 1 pm", True), ("13:00", "by 13:00", True), ("13:00", "by 1 p.m.", True),
     ("13:30", "by 1:30pm", True), ("13:00", "by 11 pm", False), ("13:30", "by 1 pm", False),
     ("09:00", "by 9 am", True), ("09:00", "by 9 pm", False)],
)  # fmt: skip
def test_an_hour_is_known_by_either_clock(hour, text, told):
    assert explaining._tells_hour(hour, text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [("is delivery free", True), ("how much is shipping", True), ("do i pay to get it", True),
     ("free delivery on orders?", True), ("we live on Orkney, what is delivery", False),
     ("and the 12 euro between them?", False), ("is 12 euro enough to get it free", True),
     ("delivery to the islands", False), ("what is express delivery", False),
     ("how much is a full service", False), ("hawaii delivery price", False)],
)  # fmt: skip
def test_what_delivery_costs_is_told_by_the_first_way_unless_a_place_or_a_way_is_named(text, told):
    ways = {"methods": [{"cost": 6.95, "free_from": 75.00}, {"cost": 14.95, "free_from": 150.00}]}
    asked = ask(text, "ship_cost", intents=("shipping",))
    assert found(asked, shipping=ways)[0].values["text"].startswith("At home") == told


@pytest.mark.parametrize(
    "text",
    ["whats your returns policy", "return policy?", "your rules on returns", "returns?",
     "how do returns work", "what's the deal with returns at you", "tell me about your returns"],
)  # fmt: skip
def test_who_asks_for_a_matter_as_such_hears_how_its_article_begins(text):
    told = found(ask(text, "return_policy", intents=("policy",)))[:2]
    assert [f.values["text"] for f in told] == list(PAGES["returns"])
    assert {f.score for f in told} == {1.0}


@pytest.mark.parametrize(
    "text",
    ["returns policy for opened tea", "is there a policy on cars", "are returns free", "how's it work",
     "do you have returns"],
)  # fmt: skip
def test_who_asks_something_narrower_hears_what_answers_it(text):
    assert found(ask(text, "return_policy", intents=("policy",)))[0].score < 1.0


def test_a_matter_of_two_articles_or_of_a_product_in_view_is_not_told_as_a_whole():
    bare = ask("returns?", "return_policy", intents=("policy",))
    for other in ({"products": ("mug",)}, {"text": "tea returns?"}, {"follows": True}):
        assert found(replace(bare, **other))[0].score < 1.0


def test_an_article_that_is_called_by_its_title_is_on_topic():
    def marked(text):
        told = found(ask(text, "pay_methods", intents=("payment",)))
        return {f.source for f in told if f.values.get("on_topic")}

    assert marked("do you do gifts here") == {"article:gifts#0"}
    assert marked("do you do that here") == set()


def test_the_article_on_what_is_asked_is_judged_though_others_share_more_words():
    asked = ask("days for opened tea", "gift_card", intents=("policy",))
    judged = articles.passages(asked, shop(), nowhere, nearest, most=1)
    assert "Wrapping costs $4.00." in [f.values["text"] for f in judged]
    other = ask("days for opened tea", "pay_methods", intents=("policy",))
    assert len(articles.passages(other, shop(), nowhere, nearest, most=1)) == 1


def test_how_long_is_no_word_that_tells_of_the_answer():
    texts = ["Lamps: how long 3 years.", "Kept 10 days."]
    assert shared("how long is it kept", texts).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("text", "until_when"),
    [("what's the cut-off?", True), ("what's the latest i can order for tomorrow", True),
     ("by when do i have to order", True), ("when did i order that", False),
     ("what time did i order", False), ("what's the latest on my order", False)],
)  # fmt: skip
def test_until_when_to_order_asks_for_no_order(text, until_when):
    assert (asks.plainly(text) == ("shipping", "ship_time")) is until_when


@pytest.mark.parametrize(
    ("text", "ask_read"),
    [("my order arrived broken, what now", "damaged"), ("it came and doesn't work", "damaged"),
     ("the tracking link is broken", "where_is_it"), ("what if it arrives broken", "where_is_it")],
)  # fmt: skip
def test_what_has_come_broken_is_not_asked_after(text, ask_read):
    assert asks.settled(text, ("where_is_it",), None, False)[0] == ask_read


def test_what_has_come_broken_is_damaged_and_not_missing():
    broken, gone = "my parcel arrived broken", "my parcel has not arrived"
    assert asks.settled(broken, ("missing",), None, False)[0] == "damaged"
    assert asks.settled(gone, ("missing",), None, False)[0] == "missing"


@pytest.mark.parametrize(
    ("asked", "told"), [("damaged", "policy.besides"), ("attribute", "attribute.passage")]
)
def test_what_arrived_damaged_is_asked_of_the_rules_not_of_the_page(asked, told):
    page = sentence(0.95, "Opened bags can't be returned.")
    said = read(asked, intent="return_refund", named=False, loosely=True, text="the bag was torn")
    assert names(said, product(), page, passage(0.6, "Tell us within 7 days."))[-1] == told


@pytest.mark.parametrize(
    ("text", "ask_read"),
    [("tracking says delivered but theres nothing on my porch", "missing"),
     ("its marked as delivered and i haven't got it", "missing"),
     ("is it delivered, or not yet", "where_is_it"), ("it says delivered friday", "where_is_it")],
)  # fmt: skip
def test_what_has_come_by_the_carriers_word_only_is_missing(text, ask_read):
    assert asks.settled(text, ("where_is_it",), None, False)[0] == ask_read


def goes_on_unsaid(text, **more):
    before = {"before": ("policy.passage",), "earlier": ("returns",)}
    said = {"behind": f"how long to return? {text}"}
    return ask(text, intents=("policy",), query=text, **before | said | more)


def judging(alone, behind):
    """A judge who finds tea to answer the words `alone`, and the returns what is `behind`."""

    def judge(question, texts, _near):
        words, sure = ("stays", behind) if "return" in question.casefold() else ("keeps", alone)
        return [Judged(sure if words in text else 0.0, 1.0) for text in texts]

    return judge


def test_what_makes_sense_by_itself_may_still_go_on_about_the_rule_just_told():
    best = found(goes_on_unsaid("will you take opened tea"), judging(0.3, 0.9))[0]
    assert best.values["article"] == "returns"


def test_what_surely_is_about_something_new_is_not_held_back():
    best = found(goes_on_unsaid("how long does opened tea keep"), judging(0.9, 0.1))[0]
    assert (best.values["article"], best.score) == ("tea", 0.9)


@pytest.mark.parametrize("more", [{"before": ("price.one",)}, {"earlier": ()}, {"named": True},
                                  {"offered": True}])  # fmt: skip
def test_only_right_after_a_rule_a_message_may_go_on_about_it_unsaid(more):
    assert leaning.may_lean(goes_on_unsaid("will you take it open"))
    assert not leaning.may_lean(goes_on_unsaid("will you take it open", **more))

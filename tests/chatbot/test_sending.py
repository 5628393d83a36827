"""Who asks about sending things to a place hears what goes for that place."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.facts import gazetteer, regions, sending
from chatbot.facts.gist import gist
from chatbot.facts.similarity import FIRST
from chatbot.facts.whereto import places_named
from chatbot.terms import Judged
from storefront import queries
from tests.chatbot.small_shop import NOW, pages
from tests.chatbot.test_facts import ask, on_sale
from tests.chatbot.test_rules_found import shop

ROWS = (
    "Standard: for Republic of Ireland, cost €5.50, working days 2–3.",
    "Northern Ireland: cost €8.50, working days 3–4.",
    "Great Britain: for England, Scotland, Wales, cost €14.00.",
    "European Union: for all EU countries, cost €16.50, working days 4–8.",
    "Customs: none for Northern Ireland or the EU.",
    "We don't send to other countries, the USA among them.",
    "Nothing leaves at the weekend.",
)


def world(rows=ROWS, home="IE"):
    return replace(
        shop(),
        passages=pages("shipping", rows),
        rules=queries.Rules({"shop": {"country": home}}, "1", NOW),
    )


def nearest(_question, texts, near):
    return [Judged(n, n) for _text, n in zip(texts, near, strict=True)]


def told(text, *asks, rows=ROWS, home="IE"):
    """What is told of the place that a message names."""
    here = world(rows, home)
    places, asked = places_named(text, home), ask(text, *asks, intents=("shipping",))
    near = dict.fromkeys(range(len(rows)), 0.5)
    found = sending.likeliest(places, [text], near, asked, here, nearest)
    return [rows[i] for _judged, i in found]


@pytest.mark.parametrize(
    ("text", "home", "country", "part"),
    [("whats delivery to belfast", "IE", "GB", "GB-NIR"), ("two of those to Lyon please", "IE", "FR", ""),
     ("who pays postage, me?? (aberdeen)", "GB", "GB", "GB-SCT"), ("and oregon?", "US", "US", "US-OR"),
     ("im in donegal, shipping?", "IE", "IE", "IE-DL"), ("post to Zurich", "GB", "CH", "CH-ZH"),
     ("do you ship to the uk", "IE", "GB", ""), ("shipping to Nova Scotia", "US", "CA", "CA-NS"),
     ("delivery to ballymena - cost?", "IE", "GB", "GB-NIR"),
     ("how long to perth", "AU", "AU", "AU-WA"), ("send it to georgia", "US", "US", "US-GA")],
)  # fmt: skip
def test_a_place_is_known_by_its_country_and_its_part_of_it(text, home, country, part):
    (place,) = places_named(text, home)
    assert place.country == country
    assert part in (place.parts or {""})


@pytest.mark.parametrize(
    "text", ["send it to my mum", "is it in stock", "ship it in march", "deliver to work", "in total?",
             "ballymena delivery", "post it to the store", "what does shipping cost", "to black or blue"],
)  # fmt: skip
def test_what_is_no_place_is_taken_for_none(text):
    assert places_named(text, "US") == []


def test_where_a_larger_city_abroad_has_the_name_of_one_at_home_none_is_meant():
    assert gazetteer.located("Boston", "GB") is None
    assert gazetteer.located("Boston", "US").parts == {"US-MA"}


@pytest.mark.parametrize(
    ("text", "row"),
    [("how much to belfast", 1), ("postage to Glasgow", 2), ("cost to send to Lyon", 3),
     ("whats shipping to toronto", 5), ("delivery to new york, price?", 5)],
)  # fmt: skip
def test_the_row_of_the_smallest_region_around_a_place_is_told(text, row):
    assert told(text, "ship_cost") == [ROWS[row]]


def test_who_asks_for_free_delivery_hears_the_text_that_tells_of_it():
    free = (*ROWS, "Delivery to Great Britain and the EU is never free.")
    assert told("is postage free to lyon", "ship_cost", rows=free) == [free[-1]]


def test_of_two_texts_on_what_is_free_the_one_with_the_sum_is_told():
    free = ("Canada: $18.50, free from $200.00.", "Nothing is free outside the US and Canada.")
    assert told("free from, to canada?", "ship_cost", rows=free) == [free[0]]


def test_who_asks_for_customs_hears_those_of_the_place():
    assert told("do you deliver to lyon, and what are the duties", "ship_where") == [ROWS[4]]


def test_where_things_are_collected_nothing_is_sent():
    collected = (*ROWS, "Click & Collect, Cork shop: free.")
    assert told("delivery to cork, cost?", "ship_cost", rows=collected) == [ROWS[0]]


def test_of_a_place_at_home_what_goes_for_all_of_it_is_told_or_the_text_on_that_part():
    south = (*ROWS, "To Kerry and Cork it takes a day more.")
    assert told("how much to cork", "ship_cost") == [ROWS[0]]
    assert told("how long to cork", "ship_time", rows=south) == [south[-1]]
    assert told("do i need a box to send it to cork", "return_start") == []


def test_what_only_tells_of_other_places_is_not_told():
    here, hits = world(), [(Judged(0.9, 0.9), i) for i in range(len(ROWS))]
    lyon = gazetteer.located("Lyon", "IE")
    left = [i for _judged, i in sending.not_of_others([lyon], hits, here)]
    assert left == [3, 4, 6]


@pytest.mark.parametrize(("line", "first"), [("We don't send it abroad.", 0), ("Holds 2 l.", 1)])
def test_a_page_that_tells_how_its_product_is_sent_comes_before_what_goes_for_a_place(line, first):
    page = (("oak-jug", queries.Sentence("", line)),)
    here = replace(world(), products={"oak-jug": on_sale("Oak Jug")}, sentences=page)
    asked = ask("Oak Jug to Lyon?", "ship_where", products=("oak-jug",), named=True)
    near, lyon = dict.fromkeys(range(len(ROWS)), 0.5), gazetteer.located("Lyon", "IE")
    assert len(sending.likeliest([lyon], ["to Lyon?"], near, asked, here, nearest)) == first


def test_only_a_question_on_sending_things_is_asked_of_a_place():
    asked = {"text": "does it work in Lyon", "intents": ("product_question",)}
    assert sending.asked_of(ask(asked["text"], "attribute"), "IE") == []
    assert sending.asked_of(ask("do you post to Lyon", "ship_where"), "IE")[0].country == "FR"


def test_a_question_that_goes_on_is_asked_of_the_place_before():
    more = {"follows": True, "query": "do you ship to Lyon? how long"}
    assert sending.asked_of(ask("how long", "ship_time", **more), "IE")[0].country == "FR"
    assert sending.asked_of(ask("how long", "ship_time"), "IE") == []


@pytest.mark.parametrize(
    ("text", "named"),
    [("Contiguous 48 states: $6.95", {"US-mainland"}), ("Prices are in US dollars.", set()),
     ("From outside the United States: you pay", {"world"}), ("EU 41 = UK 7", set()),
     ("Great Britain (England, Scotland, Wales): £4", {"GB-ENG", "GB-SCT", "GB-WLS"})],
)  # fmt: skip
def test_a_text_names_regions_as_shops_write_them(text, named):
    assert regions.regions(text, "IE") == named


def test_an_item_of_a_list_that_tells_of_the_place_is_the_gist():
    costs = (
        "What a return costs: Great Britain: you pay £3.50 for our label, which we take off the"
        " refund; Northern Ireland and abroad: you pay your own postage there; At the counter: you"
        " pay nothing at all."
    )
    place = gazetteer.located("Aberdeen", "GB")
    sure = lambda _q, texts, _near: [Judged(0.9, 0.9)] * len(texts)  # noqa: E731
    vectors = lambda texts: np.ones((len(texts), 1), np.float32)  # noqa: E731
    own = lambda parts: regions.of_place(place, "GB", parts)  # noqa: E731
    assert "£3.50" in gist(["who pays"], costs, "Returns", vectors, vectors, sure, own)


@given(st.text(max_size=80), st.sampled_from(["GB", "US", "IE", ""]))
def test_any_text_is_searched_for_places_without_an_error(text, home):
    places = places_named(f"ship to {text}", home)
    assert all(len(place.country) == 2 for place in places)


@pytest.mark.parametrize(
    ("text", "row", "says"),
    [("do you ship to Lyon", ROWS[3], "yes"), ("can you send it to New York", ROWS[5], "no"),
     ("ship to belfast?", ROWS[1], "yes"), ("how much to Lyon", ROWS[3], ""),
     ("shipping to Lyon, how much and how many days", ROWS[3], ""),
     ("do you ship to Lyon", "EU countries, but no bikes: €12.00.", ""),
     ("do you deliver to Lyon", "We don't ship outside Ireland.", "no"),
     ("do you post to Lyon", "We ship to 9 countries: the EU and Norway. We don't ship anywhere else.",
      "yes"),
     ("do you post to Brazil", "We ship to the EU and Norway. We don't ship anywhere else.", "no")],
)  # fmt: skip
def test_whether_things_are_sent_to_a_place_is_said_where_a_text_plainly_says_so(text, row, says):
    (place,), asked = places_named(text, "IE"), ask(text, "ship_where")
    assert sending.whether(place, asked, world(), row) == says
    assert not sending.whether(place, replace(asked, products=("oak-jug",)), world(), row)


def test_of_a_place_the_text_on_duties_is_told_to_who_asks_for_those():
    assert told("who pays the duty to belfast", "ship_cost") == [ROWS[4]]
    assert told("who pays postage to belfast", "ship_cost") == [ROWS[1]]


def test_duties_are_not_told_by_a_row_that_does_not_speak_of_them():
    assert told("who pays customs to New York", "ship_cost") == []


@pytest.mark.parametrize(("products", "least"), [((), FIRST), (("oak-jug",), 0.5)])
def test_of_a_thing_in_view_other_texts_may_tell_besides(products, least):
    place, near = gazetteer.located("Lyon", "IE"), dict.fromkeys(range(len(ROWS)), 0.5)
    asked = ask("how much to Lyon", "ship_cost", products=products)
    found = sending.likeliest([place], ["how much"], near, asked, world(), nearest)
    assert [judged.sure for judged, _i in found] == [least]
    it = replace(asked, text="how much to send it to Lyon", products=())
    assert sending.likeliest([place], ["how much"], near, it, world(), nearest)[0][0].sure == 0.5


@pytest.mark.parametrize(
    ("told_of", "title", "first"),
    [("Stays in Ireland: jugs and anything electric.", "Oak Jug", True),
     ("France and Spain: cost per jug €9.00.", "Oak Jug", True),
     ("Great Britain: cost per jug €9.00.", "Oak Jug", False),
     ("Stays in Ireland: anything electric.", "Oak Jug", False),
     ("Stays in Ireland: jugs.", "X2", False)],
)  # fmt: skip
def test_a_text_that_names_what_is_in_view_comes_first(told_of, title, first):
    stays = (*ROWS, told_of)
    here = replace(world(stays), products={"oak-jug": on_sale(title)})
    asked = ask("can it go to Lyon", "ship_where", products=("oak-jug",))
    near, lyon = dict.fromkeys(range(len(stays)), 0.5), gazetteer.located("Lyon", "IE")
    found = sending.likeliest([lyon], ["can it go"], near, asked, here, nearest)
    assert ([stays[i] for _judged, i in found] == [told_of]) is first


@pytest.mark.parametrize(("asked", "many"), [("ship_cost", 5), ("ship_time", 7)])
def test_what_sending_costs_is_told_by_texts_on_money(asked, many):
    near = dict.fromkeys(range(len(ROWS)), 0.5)
    left = sending.priced(near, ask("and delivery?", asked, intents=("shipping",)), world())
    assert len(left) == many


def test_where_no_text_tells_of_money_all_are_left():
    asked = ask("and delivery?", "ship_cost", intents=("shipping",))
    assert sending.priced({0: 0.5}, asked, world(("Nothing leaves at the weekend.",))) == {0: 0.5}


@pytest.mark.parametrize(
    ("text", "asked", "told_of"),
    [("what does post to Lyon cost, and are there customs", ("ship_cost",), [3, 4]),
     ("how much to Lyon, how many days", ("ship_cost",), [3]),
     ("how much are customs to Lyon", ("ship_cost",), [4]),
     ("cost of post to Glasgow and to Belfast", ("ship_cost",), [2, 1])],
)  # fmt: skip
def test_each_place_and_each_thing_asked_is_told_of_once(text, asked, told_of):
    assert told(text, *asked) == [ROWS[n] for n in told_of]


ABROAD = ("Lamps: 4 days, €9.00.", "We can't send these: bulbs and oil.", "Delivery is never free.")


def test_a_text_that_names_no_region_goes_for_that_of_its_title():
    titled = tuple(replace(p, title="Delivery to Ireland") for p in pages("ireland", ABROAD))
    here, cork = replace(world(ROWS, "GB"), passages=titled), gazetteer.located("Cork", "GB")
    asked = ask("postage to cork for a lamp, can it all come to me", "ship_cost")
    found = sending.likeliest([cork], ["?"], dict.fromkeys(range(3), 0.5), asked, here, nearest)
    assert [i for _judged, i in found] == [0, 1]
    lyon = gazetteer.located("Lyon", "GB")
    assert sending.likeliest([lyon], ["?"], {0: 0.5}, asked, here, nearest) == []


@pytest.mark.parametrize(("town", "told_of"), [("Cardiff", [1]), ("Cork", [0])])
def test_what_cannot_go_to_the_place_of_a_heading_is_not_told_of_another(town, told_of):
    rows = ("€9.00, 5 days. We can't send jugs there.", "Great Britain: 2 days, €4.00.")
    abroad, at_home = pages("shipping", rows)
    passages = (replace(abroad, heading="Ireland"), replace(at_home, heading="Post"))
    here = replace(world(rows, "GB"), passages=passages, products={"jug": on_sale("Oak Jug")})
    asked = ask("postage for a jug", "ship_cost", products=("jug",))
    near, there = dict.fromkeys(range(2), 0.5), gazetteer.located(town, "GB")
    found = sending.likeliest([there], ["?"], near, asked, here, nearest)
    assert [i for _judged, i in found] == told_of


def test_what_is_ordered_by_now_is_asked_of_as_it_arrives():
    asked = ask("is it under the tree in Cork if i order tonight", "availability")
    assert [place.country for place in sending.asked_of(asked, "IE")] == ["IE"]
    assert sending.asked_of(ask("is there a tree in Cork", "availability"), "IE") == []


@pytest.mark.parametrize(
    ("text", "asks", "all_of_it"),
    [("postage to Lyon and how long", ("ship_cost", "ship_time"), True),
     ("postage to Lyon and how long", ("ship_cost", "return_policy"), False),
     ("postage to Lyon and are there customs", ("ship_cost",), False)],
)  # fmt: skip
def test_a_text_holds_all_that_is_asked_or_not(text, asks, all_of_it):
    assert sending.holds_all_asked(ROWS[3], ask(text, *asks)) is all_of_it

"""How a message goes on from what was told: terms of what was prepared, totals, the other order."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from chatbot import acts, memory, reading
from chatbot.facts import deciding, offers
from chatbot.models import Reply
from chatbot.reading import asks, going_on, options, products, quantities
from chatbot.reading.encoder import Heads
from chatbot.terms import Lexicon, Memory, ProductWords
from tests.chatbot.small_shop import KETTLE, names, order, passage, product, read, sentence


def page(title, text="", price=20, **options):
    return ProductWords(title.lower().replace(" ", "-"), title, "Home", options, text, price)


LAMP = page("Dune Table Lamp", "A lamp with a linen shade.", 90, Color=("Chalk", "Moss"))
CLAMP = page("Tern Clamp Lamp", "A lamp with a clamp.", 60)
RADIO = page("Pebble Wireless Radio", "A wireless radio.")
TREATS = page("Barn Treats", "Biscuits for dogs.", Pack=("6 cans", "24 cans"))
PLANT = page("Sentry Plant", "Green in dark corners.")
SHOP = Lexicon((LAMP, CLAMP, RADIO, TREATS, PLANT), frozenset(), "#2001", ("en",))


def after(said, *products, shop=SHOP, group=(), **more):
    handles = tuple(p.handle for p in products)
    known = Memory(products=handles, group=tuple(p.handle for p in group), **more)
    return reading.read(said, "", known, shop)


OFFERED = {
    "act": "action.return_offer",
    "text": "send the lamp back",
    "query": "send the lamp back",
}


@pytest.mark.parametrize("text", ["what'll it cost me", "and how much is that going to be"])
def test_what_it_costs_is_asked_of_the_return_just_prepared(text):
    read_as = after(text, LAMP, **OFFERED)
    assert (read_as.intents[0], read_as.asks[0]) == ("return_refund", "return_policy")
    assert read_as.after == "action.return_offer"


@pytest.mark.parametrize("text", ["how much is the radio", "moss?"])
def test_the_price_of_another_thing_or_a_wish_is_not(text):
    assert after(text, LAMP, **OFFERED).intents[0] == "product_question"


def test_where_nothing_was_prepared_nobody_asks_for_its_terms():
    assert going_on.of_offer("what'll it cost me", ("price",), Memory()) is None


def test_who_asks_nothing_of_what_was_prepared_is_told_no_terms():
    offered = Memory(act="action.return_offer")
    assert going_on.of_offer("right, return the lamp", ("return_policy",), offered) is None
    assert going_on.of_offer("when is that", ("return_policy",), offered) is not None


def test_a_deadline_is_asked_of_the_cancellation_just_prepared_in_a_message_of_its_own():
    cancelled = {
        "act": "action.cancel_offer",
        "text": "cancel my order",
        "query": "cancel my order",
    }
    text = "actually first tell me, by when do I have to decide about cancelling?"
    assert after(text, **cancelled).after == "action.cancel_offer"
    assert after(text).after == ""


TOPIC = {"on_topic": "yes"}


@pytest.mark.parametrize(
    ("text", "told"),
    [("how long have i got for that", ["policy.passage"]), ("by when then?", ["policy.passage"]),
     ("what's the cut-off", ["policy.passage"]), ("how many days is that", ["policy.passage"]),
     ("please cancel it", ["order.cancel_open"])],
)  # fmt: skip
def test_who_asks_for_the_terms_of_what_was_prepared_is_not_offered_it_again(text, told):
    asked = read("cancel", intent="cancel", text=text, named=False, after="action.cancel_offer")
    assert names(asked, order("unfulfilled"), passage(0.7, **TOPIC)) == told
    by_person = replace(asked, after="order.cancel_open")
    assert names(by_person, order("unfulfilled"), passage(0.7, **TOPIC)) == told
    swap = replace(asked, after="exchange.which", text="is that free?", asks=("exchange",))
    assert names(swap, order("delivered"), passage(0.7, **TOPIC)) == ["policy.passage"]


def test_terms_are_told_by_an_article_on_the_thing_or_not_at_all():
    asked = read("cancel", intent="cancel", text="how long?", named=False,
                 after="action.cancel_offer")  # fmt: skip
    assert names(asked, order("unfulfilled"), passage(0.7)) == ["order.cancel_open"]


@pytest.mark.parametrize(
    ("term", "text", "holds"),
    [
        (1, "within 1 hour of ordering", True),
        (8, "for 8 hours", True),
        (1, "for 18 days", False),
        (8, "wait 48 hours", False),
        (1, "within 21 hours", False),
        (1, "1 hourly check", False),
    ],
)
def test_a_term_of_one_hour_is_found_in_the_singular(term, text, holds):
    assert deciding.holds(term, "{} hours", text) == holds


@pytest.mark.parametrize(
    ("text", "told"),
    [("how long before you people start looking for it?", ["policy.passage"]),
     ("so what are you going to do about it", ["policy.passage"]), ("where is it?", ["order.status_shipped"])],
)  # fmt: skip
def test_who_asks_what_the_shop_does_about_a_parcel_hears_its_rule(text, told):
    asked = read("tracking", intent="order_status", text=text, named=False, products=())
    assert names(asked, order("shipped"), passage(0.7)) == told
    assert names(asked, order("shipped"), passage(0.0))[0] == "order.status_shipped"


def test_what_delivery_of_an_order_was_stands_beside_what_it_came_to():
    asked = read("ship_cost", intent="order_status", text="what was the shipping on my order",
                 named=False, products=())  # fmt: skip
    paid = order("shipped", shipping="$9.00", method="Express")
    (act,) = acts.decide(asked, [paid])
    assert act.name == "order.details" and act.cards[0].text.endswith(
        "$54.00 with $9.00 for Express"
    )
    unsure = replace(asked, asks=("ship_cost", "not_kept"))
    assert names(unsure, paid) == ["order.details"]
    assert asks.plainly("what did i pay for the delivery") == ("order_status", "ship_cost")
    assert asks.plainly("what did i pay for the delivery bag")[1] != "ship_cost"


@pytest.mark.parametrize(
    ("text", "told", "asked"),
    [
        ("what did the postage come to", "order.details", True),
        ("how much was delivery on it", "order.status_cancelled", True),
        ("what was the shipping", "handoff.action", True),
        ("what is the shipping to Wales", "order.details", False),
        ("how much was delivery again", "policy.passage", False),
    ],
)
def test_what_the_delivery_of_an_order_was_is_asked_of_that_order(text, told, asked):
    spoken_of = Memory(act=told, told=(told,), order="#2001")
    assert (going_on.goes_on(text, spoken_of) == ("order_status", "ship_cost")) == asked
    assert going_on.goes_on(text, replace(spoken_of, order="")) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [("how much did you give me back for the jacket", True), ("how much have i got back", True),
     ("you refunded the mug, how much was it again?", True),
     ("how much do i get back if i return it", False), ("how much did the jacket cost", False)],
)  # fmt: skip
def test_how_much_was_paid_back_is_asked_in_plain_words(text, asked):
    assert (asks.plainly(text) == ("return_refund", "refund_status")) == asked


def test_who_goes_on_about_a_rule_just_told_hears_more_of_it_not_how_the_order_stands():
    asked = read(
        "ship_cost", intent="order_change", text="and if i bring it in instead?", named=False
    )
    bought = order("delivered")
    assert names(replace(asked, after="policy.passage"), bought, passage(0.7)) == ["policy.passage"]
    assert names(asked, bought, passage(0.7)) == ["order.details"]
    holding = order("delivered", holds="kettle")
    assert names(replace(asked, after="policy.passage"), holding, passage(0.7)) == [
        "policy.passage"
    ]
    assert names(asked, holding, passage(0.7)) == ["order.details"]


@pytest.mark.parametrize(
    ("text", "many"),
    [("i'll need four pouches", 4), ("i want 3 lamps", 3), ("i need 12 cans", 1), ("i need 24 inches", 1),
     ("i need 2 days", 1), ("we take 50 lbs", 1)],
)  # fmt: skip
def test_how_many_are_needed_is_no_measure_and_no_version(text, many):
    assert quantities.quantity(text, versions="6 cans, 24 cans") == many


@pytest.mark.parametrize(
    ("text", "many"),
    [("how much would be 5 dotted if i use the code", 5), ("two small and how much", 2),
     ("2 small dogs", 1), ("size 5 dotted?", 1), ("is 8 small?", 1), ("5 cm or 6", 1)],
)  # fmt: skip
def test_as_many_are_meant_as_are_counted_by_a_value_they_come_in(text, many):
    assert quantities.quantity(text, versions="A5, Dotted, 8, Small, 12 cm") == many


def test_the_total_is_of_as_many_as_were_spoken_of_while_the_thing_stays_the_same():
    assert after("what would that come to?", PLANT, quantity=3).quantity == 3
    assert after("what would that come to?", PLANT).quantity == 1
    assert after("do you have it?", PLANT, quantity=3).quantity == 1
    assert after("what would the radio come to?", PLANT, quantity=3).quantity == 1


def test_what_several_cost_is_a_question_on_goods_however_it_sounds():
    read_as = after("I'll need four plants. What will I pay in total?", PLANT)
    assert (read_as.intents[0], read_as.asks[0]) == ("product_question", "price")


def test_how_many_are_spoken_of_is_kept_until_another_thing_is():
    asked = {"intents": ("product_question",), "asks": ("price",), "text": "?", "confidence": 1.0}
    kept = Memory(products=("kettle",), quantity=3)

    def later(*handles, **more):
        now = reading.Reading(**asked, products=handles, named=True, **more)
        return memory.after(now, Reply(text="", facts=[], acts=[]), kept).quantity

    assert (later("kettle"), later("kettle", quantity=2), later("teapot")) == (3, 2, 1)


def test_a_word_that_only_ends_another_does_not_name_what_has_that_one():
    assert set(after("does the lamp have a dimmer").products) == {LAMP.handle, CLAMP.handle}
    assert after("does the clamp lamp have a dimmer", LAMP).products == (CLAMP.handle,)


@pytest.mark.parametrize(
    ("text", "handle"),
    [("wired or wireless?", LAMP.handle), ("wireless radio?", RADIO.handle)],
)
def test_one_or_the_other_is_asked_of_the_thing_in_view(text, handle):
    assert after(text, LAMP).products[0] == handle


@pytest.mark.parametrize(
    ("text", "handle"),
    [("the cheaper colour?", LAMP.handle), ("and the bigger size", LAMP.handle), ("the cheaper one", CLAMP.handle)],
)  # fmt: skip
def test_the_cheaper_color_is_no_other_product(text, handle):
    assert after(text, LAMP, group=(LAMP, CLAMP)).products[0] == handle


@pytest.mark.parametrize(
    ("text", "options", "handle"),
    [("the bigger pack", {"Color": ("Chalk", "Moss")}, "fell-45-pack"), ("the bigger size", {}, "fell-28-pack"),
     ("the bigger pack", {"Pack": ("6 cans", "24 cans")}, "fell-28-pack")],
)  # fmt: skip
def test_the_bigger_pack_is_one_of_two_unless_one_comes_in_packs(text, options, handle):
    both = page("Fell 28 Pack", "A pack.", **options), page("Fell 45 Pack", "A pack.")
    shop = replace(SHOP, products=both)
    assert after(text, *both, shop=shop).products[0] == handle


@pytest.mark.parametrize(
    ("text", "intent"),
    [("my sister moved to a gloomy basement, which plant survives in there", "product_search"),
     ("which bank survives in there", "out_of_scope")],
)  # fmt: skip
def test_which_of_a_sort_will_do_is_a_search(text, intent, monkeypatch):
    foreign = {"out_of_scope": 0.9}, {"recommend": 0.9}
    monkeypatch.setattr(Heads, "predict", lambda *_said: foreign)
    plants = tuple(
        page(f"{n} Plant", "A plant.") for n in ("Sentry", "Coin", "Zebra", "Umbra", "Figaro")
    )
    assert after(text, shop=replace(SHOP, products=plants)).intents[0] == intent


def test_where_choices_are_told_nothing_else_is_looked_for():
    asked = read(
        "search", intent="product_search", text="what colors do you have then", named=False
    )
    other = replace(product(name="Fern Mug", handle="mug"), kind="found")
    assert names(asked, *KETTLE, other) == ["option.some"]
    something = replace(asked, text="something else then")
    assert "option.list" not in names(something, *KETTLE, other)


def test_a_page_that_surely_tells_is_not_passed_over_for_the_rule_told_before():
    asked = read(
        "attribute", text="how heavy a load does it take", named=False, after="policy.passage"
    )
    assert names(asked, product(), sentence(0.9, "Load: 90 kg."), passage(0.5)) == [
        "attribute.labelled"
    ]
    assert names(asked, product(), sentence(0.1), passage(0.5)) == ["policy.passage"]


@pytest.mark.parametrize(
    ("text", "values"),
    [("not chalk", ("Moss", "Sand")), ("not the chalk, the sand", ("Sand",)), ("chalk", ("Chalk",)),
     ("why not chalk?", ("Chalk",)), ("is it not in chalk", ("Chalk",)), ("not sure", ()),
     ("is there not a chalk one", ("Chalk",)), ("any color except the moss", ("Chalk", "Sand")),
     ("anything but moss or sand", ("Chalk",)), ("sand instead of moss", ("Sand",)),
     ("in a color other than sand", ("Chalk", "Moss"))],
)  # fmt: skip
def test_what_is_turned_down_leaves_the_others_wished_for(text, values):
    assert options.wished(text, {"Color": ("Chalk", "Moss", "Sand")}).get("Color", ()) == values


def test_what_is_the_only_one_turned_down_leaves_nothing_to_wish_for():
    assert options.wished("not chalk", {"Color": ("Chalk",)}) == {}


@pytest.mark.parametrize(
    ("after", "told"),
    [("search.found", ["search.found_one"]), ("order.details", ["policy.passage"])],
)
def test_what_narrows_a_search_down_asks_for_no_rule(after, told):
    asked = read("search", intent="product_search", text="wireless would be better", after=after,
                 products=(), named=False)  # fmt: skip
    mug = replace(product(name="Fern Mug", handle="mug"), kind="found")
    assert names(asked, mug, passage(0.9, "Wireless ones go by road.", beyond="yes")) == told


@pytest.mark.parametrize(
    ("after", "told"), [("price.one", "policy.passage"), ("stock.in", "price.one")]
)
def test_a_price_told_before_and_asked_with_other_words_is_something_else(after, told):
    asked = read("price", text="you said 49, is that with taxes", named=False, after=after)
    assert names(asked, *KETTLE, passage(0.7, "Taxes are added at checkout."))[0] == told


@pytest.mark.parametrize(
    "text", ["and the radio?", "ok what about the radio", "back to the radio then"]
)
def test_who_turns_to_the_only_thing_of_a_sort_means_that(text):
    assert after(text, LAMP).products == (RADIO.handle,)


def test_who_turns_to_one_of_several_of_a_sort_or_pays_by_one_does_not():
    card = page("Leaf Gift Card", "A card for many occasions. Pay by card.")
    shop = replace(SHOP, products=(*SHOP.products, card))
    assert products.only_one("and the lamp?", shop) == ()
    assert products.only_one("can i pay with the card", shop) == ()


def test_the_thing_itself_is_meant_not_what_goes_with_it():
    def line(name):
        return SimpleNamespace(name=name, handle=name.lower())

    own = SimpleNamespace(lines=[line("Wren Ukulele - Coral"), line("Nightjar Ukulele Strings")])
    asked = read("exchange", text="swap the ukulele", named=False, products=())
    assert offers.meant(own, asked) == (0,)
    assert offers.meant(own, replace(asked, text="swap the strings")) == (1,)
    assert offers.meant(own, replace(asked, text="swap something")) == ()


@pytest.mark.parametrize("text", ["and delivery for that is", "postage on the hutch?"])
def test_what_delivery_of_a_thing_comes_to_is_asked_in_few_words(text):
    assert asks.plainly(text) == ("shipping", "ship_cost")
    assert asks.plainly(f"{text} late, why") != ("shipping", "ship_cost")


@pytest.mark.parametrize(
    "text", ["delivery on the 24th?", "delivery for the weekend", "delivery on the day"]
)
def test_when_something_is_to_come_is_no_question_on_its_cost(text):
    assert asks.plainly(text) != ("shipping", "ship_cost")


@pytest.mark.parametrize(
    ("text", "asked"),
    [("was my payment ok for the cat carrier", True), ("did you get my transfer?", True),
     ("has my payment gone through", True), ("is my payment safe with you", False),
     ("what happens if my payment fails", False)],
)  # fmt: skip
def test_whether_a_payment_came_is_asked_of_the_order(text, asked):
    assert (asks.plainly(text) == ("order_status", "where_is_it")) == asked

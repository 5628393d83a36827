"""A short message leans on the question before it, or on what it sets apart."""

import pytest

from chatbot import reading
from chatbot.facts.similarity import judged
from chatbot.reading import asks, products
from chatbot.terms import Judged, Lexicon, Memory, ProductWords
from tests.chatbot.small_shop import names, read
from tests.chatbot.test_acts_products import found
from tests.chatbot.test_memory import after


def page(title, **options):
    handle = title.lower().replace(" ", "-")
    return ProductWords(handle, title, "Outdoor", options, f"{title} tent gift card beacon")


TWO, THREE = page("Drift 2 Tent"), page("Drift 3 Tent")
CARD = page("Gift Card", Amount=("$25", "$50"))
SHOP = Lexicon((TWO, THREE, CARD), frozenset(), "#1001", ("en",))
WEIGHED = Memory(
    products=(TWO.handle,), asks=("attribute",), act="attribute.labelled",
    text="how heavy is the drift 2", query="how heavy is the drift 2",
)  # fmt: skip


@pytest.mark.parametrize(
    "text", ["and the drift 3?", "what about the Drift 3 tent", "drift 3 one?"]
)
def test_who_only_names_another_product_asks_the_same_of_it(text):
    told = reading.read(text, "", WEIGHED, SHOP)
    assert (told.products, told.asks) == ((THREE.handle,), ("attribute",))
    assert told.again == told.query == "how heavy is the"


@pytest.mark.parametrize(
    "text",
    ["is the drift 3 in stock", "how much is the drift 3", "and the drift 2", "drift 3 price"],
)
def test_who_asks_something_asks_nothing_again(text):
    assert reading.read(text, "", WEIGHED, SHOP).again == ""


def test_a_question_after_one_that_no_text_answered_is_not_asked_again():
    bought = Memory(products=(TWO.handle,), asks=("price",), act="price.one", query="how much")
    assert reading.read("and the drift 3?", "", bought, SHOP).again == ""


def test_the_difference_is_that_of_the_products_in_view():
    both = Memory(products=(TWO.handle, THREE.handle), act="price.several")
    surely, perhaps = (reading.read("difference?", "", m, SHOP) for m in (both, Memory()))
    assert (surely.asks[0], surely.confidence) == ("compare", 1.0)
    assert perhaps.confidence < 1.0


def test_what_one_may_spend_is_no_option():
    cards = Memory(products=(CARD.handle,), act="search.found_one")
    assert reading.read("around 50 dollars", "", cards, SHOP).options == {}
    assert reading.read("the $50 one", "", cards, SHOP).options == {"Amount": ("$50",)}


def test_what_is_set_apart_is_not_shown():
    press, grinder = found("French Press"), found("Hand Grinder")
    told = read("search", text="not the press, he has one", products=(), named=False)
    assert names(told, press) == ["search.none"]
    assert names(told, press, grinder) == ["search.found_one"]
    wanted = read("search", text="is there no cheaper press", products=(), named=False)
    assert names(wanted, press) == ["search.found_one"]


def test_a_count_is_told_by_a_text_that_counts():
    def answers(_question, texts, _near, **_more):
        return [Judged(0.9, 0.9) for _text in texts]

    texts = ["It is certified.", "600 threads an inch."]
    near = dict.fromkeys(range(2), 0.5)
    assert [i for _j, i in judged(["thread count?"], near, texts, answers)] == [1]
    assert len(judged(["is it certified?"], near, texts, answers)) == 2


def test_the_one_order_that_was_told_of_is_the_one_spoken_of():
    def orders(*numbers):
        return [{"kind": "order", "subject": n, "values": {"number": n}} for n in numbers]

    told = {"name": "order.list", "facts": orders("#1002")}
    assert after("#1002.", *orders("#1001", "#1002"), acts=[told]).order == "#1002"


def normal(text, **options):
    mixers = (page("Dale Pro Mixer", **options), page("Dale Mixer"), page("Swift Mixer"))
    shop = Lexicon(mixers, frozenset(), "", ("en",))
    return products.siblings(text, mixers[0].handle, shop, lambda _word: 0.2)


def test_the_normal_one_is_called_by_less_of_the_same_name():
    assert normal("and the normal one") == normal("the basic model?") == ("dale-mixer",)
    assert normal("is the normal delivery free") == normal("the blue one") == ()
    assert normal("the regular one", Fit=("Regular", "Wide")) == ()


def of_a_line(text, **options):
    tents = (
        page("Drift 2 Tent", **options),
        page("Drift 4 Tent"),
        page("Drift 3 Tent"),
        page("Elm"),
    )
    shop = Lexicon(tents, frozenset(), "", ("en",))
    return products.siblings(text, tents[0].handle, shop, lambda _word: 0.2)


def test_the_bigger_one_is_the_next_that_is_called_alike():
    assert of_a_line("would the bigger one fit") == ("drift-3-tent",)
    assert of_a_line("would the smaller one fit") == of_a_line("is it big") == ()
    assert of_a_line("and in the bigger size?") == ()
    assert of_a_line("the larger one", Size=("Small", "Large")) == ()
    assert of_a_line("the larger one", Pegs=("100 cm", "120 cm")) == ()


@pytest.mark.parametrize("text", ["what is it in cream", "and whats that in the large"])
def test_what_a_thing_is_in_a_color_asks_for_its_price(text):
    assert asks.settled(text, ("attribute",), TWO, True) == ("price",)


@pytest.mark.parametrize(
    ("text", "wished"),
    [("what is it in litres", False), ("what is in it, cream?", True), ("is it in cream", True)],
)
def test_what_it_is_in_a_unit_asks_for_a_measure(text, wished):
    assert "price" not in asks.settled(text, ("attribute",), TWO, wished)

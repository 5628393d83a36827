"""What somebody has and names beside what they ask is not what they ask about."""

from dataclasses import replace

import pytest

from chatbot.facts import finding, owning
from chatbot.reading import owned
from chatbot.reading.spoken import spoken_of
from chatbot.terms import Lexicon, Memory
from tests.chatbot.test_facts import ask, nowhere, shop
from tests.chatbot.test_measures import fitting, page
from tests.chatbot.test_products_named import page as words_of
from tests.chatbot.test_products_named import rarity

SHOP = Lexicon(
    (words_of("Heron 2 Camera", "A camera that films under water."),
     words_of("Chest Strap", "A strap for the chest."),
     words_of("Gull Tripod", "A tripod of carbon.")),
    frozenset(), "", ("en",),
)  # fmt: skip
SEEKS, ASKS = ("product_search", "search"), ("product_question", "attribute")


def beside(text, heard, *focus):
    def of(part, behind):
        memory = Memory(products=focus if behind else ())
        return spoken_of(part, "", memory, SHOP, rarity, frozenset())

    found = owned.beside(text, of(text, True), SHOP, heard, of)
    return found.spoken.handles, found.owned


@pytest.mark.parametrize(
    "text",
    ["I've got the Heron 2, what would keep it steady on a bike", "need something for my Heron 2",
     "her camera is the Heron 2, any ideas", "he dives with the Heron 2. a present for him?",
     "mad on diving, got the Heron 2 and all is blurred. ideas please",
     "which bag would hold my sister's Heron 2"],
)  # fmt: skip
def test_what_somebody_has_is_not_what_they_look_for(text):
    assert beside(text, SEEKS) == ((), ("heron-2-camera",))


@pytest.mark.parametrize(
    "text",
    ["looking for the Heron 2", "do you have the Heron 2 in black", "got the Heron 2 in black?",
     "can I have the Heron 2 with a case", "a Heron 2 for my wife", "I'd get my son the Heron 2",
     "I have a question about the Heron 2", "I have my eye on the Heron 2, any good",
     "I have the Heron 2, do you have it in red", "I want another of my Heron 2",
     "my uncle wants the Heron 2", "get her Heron 2 things",
     "my Heron 2 came and I can't find the lid"],
)  # fmt: skip
def test_what_is_wanted_is_looked_for_however_much_others_have_is_told(text):
    assert beside(text, SEEKS) == (("heron-2-camera",), ())


@pytest.mark.parametrize(
    "text", ["I have the Heron 2, is it waterproof", "my Heron 2 is wet, can it be dried"]
)
def test_a_question_on_what_somebody_has_is_about_it(text):
    assert beside(text, ASKS) == (("heron-2-camera",), ())


def test_the_price_of_one_thing_for_another_is_that_of_the_first():
    price = ("product_question", "price")
    assert beside("chest strap for my Heron 2, how much", price)[0] == ("chest-strap",)
    assert "heron-2-camera" in beside("chest strap for my Heron 2, does it fit", ASKS)[0]
    assert beside("how much is my Heron 2 today", price)[0] == ("heron-2-camera",)


def test_what_a_service_to_a_thing_costs_is_not_what_the_thing_costs():
    price = ("product_question", "price")
    assert beside("what do you charge to clean my Heron 2", price)[0] == ()
    assert beside("how much to have our Heron 2 serviced", price)[0] == ()
    assert beside("how much to buy my Heron 2 again", price)[0] == ("heron-2-camera",)


def test_what_is_in_view_is_asked_whether_it_goes_with_what_somebody_has():
    assert beside("would that fit my Heron 2", ASKS, "gull-tripod")[0] == ("gull-tripod",)
    assert beside("does my Heron 2 float", ASKS, "gull-tripod")[0] == ("heron-2-camera",)


CAMERA, FILM, BIG = (
    page("Heron Camera", "Films."),
    page("Wren Film", "Film."),
    page("Emu Camera", ""),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a present", False), ("a lighter camera", True), ("mine broke, need a new one", True)],
)
def test_another_of_the_sort_somebody_has_is_shown_only_to_who_asks_for_it(text, shown):
    looking = replace(ask(text), owned=("heron-camera",))
    found = finding.search(looking, shop(CAMERA, FILM, BIG), nowhere, fitting)
    names = {f.values["name"] for f in found}
    assert "Heron Camera" not in names
    assert ("Emu Camera" in names) == shown


def test_the_like_of_a_thing_goes_by_its_tags_too():
    tagged = replace(page("Emu Mirrorless", ""), tags=("camera", "film case"))
    stock = {p.handle: p for p in (CAMERA, tagged, FILM)}
    assert owning.had(replace(ask("a gift"), owned=(CAMERA.handle,)), stock) == {
        CAMERA.handle, tagged.handle,
    }  # fmt: skip
    assert owning.had(ask("a gift"), stock) == frozenset()

"""Of several products that go by one word, those that come in what is wished for."""

import pytest

from chatbot.reading.spoken import Spoken
from chatbot.reading.wanted import coming_so, foreign_to_all, wanted
from chatbot.terms import Lexicon, Memory, ProductWords


def towel(handle, **options):
    return ProductWords(handle, f"{handle.title()} Towel", "", options, "")


TOWELS = (
    towel("tea", Color=("Slate", "Sand")), towel("beach", Size=("Large",), Color=("Slate", "Coral")),
    towel("plain"),
)  # fmt: skip
LEXICON = Lexicon(TOWELS, frozenset(), "#1001", ("en",), "")
ALL = Spoken(("tea", "beach", "plain"), loosely=True)


@pytest.mark.parametrize(
    ("text", "left"),
    [("towels in slate, large", ("beach",)), ("towels in slate", ("tea", "beach")),
     ("a coral towel", ("beach",)), ("any towels?", ALL.handles)],
)  # fmt: skip
def test_those_that_meet_the_most_of_what_is_wished_for_are_left(text, left):
    assert coming_so(text, ALL, LEXICON).handles == left


def test_the_word_that_another_goes_by_is_no_wish():
    pen = ProductWords("pen", "Reed Pen", "", {"Color": ("Ink Blue", "Coral")}, "")
    ink = ProductWords("ink", "Bottled Ink", "", {"Shade": ("Moss", "Soot")}, "")
    both, shop = Spoken(("pen", "ink"), loosely=True), Lexicon((pen, ink), frozenset(), "", (), "")
    assert coming_so("ink for my pen", both, shop) == both
    assert coming_so("a coral pen or ink", both, shop).handles == ("pen",)


def test_what_is_named_is_meant_whether_it_comes_so_or_not():
    named = Spoken(("tea", "beach"), named=True)
    assert coming_so("the tea and the beach towel in coral", named, LEXICON) == named


@pytest.mark.parametrize(
    ("text", "foreign"), [("towels in black", ("black",)), ("in coral", ()), ("any towels?", ())]
)
def test_a_color_is_foreign_where_none_of_them_comes_in_it(text, foreign):
    assert foreign_to_all(text, ALL, LEXICON) == foreign
    assert foreign_to_all(text, Spoken(("plain",), loosely=True), LEXICON) == ()


def test_a_womans_number_is_no_wish_for_it_of_what_is_counted_otherwise():
    sizes = {"Size": ("8", "9", "10")}
    mens = ProductWords("marsh", "Marsh Boots", "", sizes, "Marsh Boots 8 9 10")
    womens = ProductWords("fern", "Fern Boots", "", sizes, "Fern Boots for women")
    of = {
        p.handle: wanted("women's 9 pls", p, Spoken((p.handle,)), Memory()) for p in (mens, womens)
    }
    assert of["marsh"].options == {} and of["fern"].options == {"Size": ("9",)}
    assert wanted("a 9 pls", mens, Spoken(("marsh",)), Memory()).options == {"Size": ("9",)}

"""Which products a message names, with slips, and which the shop does not have."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading import products
from chatbot.reading.words import slip
from chatbot.terms import Lexicon, ProductWords

COMMON = frozenset(
    "boot men women lantern lamp rain shell kettle the member need warm for with heavy today"
    " do you is it sturdy please water".split()
)
USUAL = frozenset(("member", "people", "heavy", "sturdy", "today"))


def page(title, text=""):
    handle = title.lower().replace(" ", "-").replace("'", "")
    return ProductWords(handle, title, "Outdoor", {}, f"{title} {text}")


SHOP = Lexicon(
    (page("Ember Lantern", "A lantern with a warm light. Free for every member of the club."),
     page("Kestrel Rain Shell", "A rain shell. Keeps the rain out."),
     page("Larkspur Kettle", "A kettle that boils water."),
     page("Ridgeback Boots", "Sturdy boots for men."),
     page("Ridgeback Women's Boots", "Sturdy boots for women.")),
    frozenset(), "", ("en",),
)  # fmt: skip


def rarity(word):
    return 0.3 if word in COMMON else 0.95


def named(text):
    return [m.handle for m in products.named(text, SHOP, rarity)]


def stranger(text):
    matches = products.named(text, SHOP, rarity)
    return products.stranger(text, matches, SHOP, rarity, USUAL)


@pytest.mark.parametrize("text", ["larkspr kettle", "the larksupr?", "Larkspurr", "lakspur price"])
def test_a_slip_still_names_a_product(text):
    assert named(text) == ["larkspur-kettle"]


def test_a_common_word_of_the_shops_pages_is_no_slip_of_a_name():
    assert named("am i a member?") == []
    assert named("ember?") == ["ember-lantern"]


def test_a_name_is_found_where_it_is_written_in_two_words():
    assert named("the lark spur kettle") == ["larkspur-kettle"]


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("ridgeback boots for men", ["ridgeback-boots"]),
        ("the women's ridgeback boots", ["ridgeback-womens-boots"]),
        ("ridgeback boots, men's or women's?", ["ridgeback-womens-boots", "ridgeback-boots"]),
    ],
)
def test_mens_and_womens_things_are_told_apart(text, handles):
    assert named(text) == handles


def test_what_a_message_turns_down_is_not_what_it_names():
    assert named("not the ember, the larkspur") == ["larkspur-kettle"]
    assert named("the kestrel instead of the larkspur") == ["kestrel-rain-shell"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("do you have the petrel shell?", "petrel shell"), ("is the zephyrine rain shell heavy", "zephyrine rain shell"),
     ("Osprey kettle please", "osprey kettle")],
)  # fmt: skip
def test_a_product_the_shop_does_not_have_comes_back_as_typed(text, name):
    assert stranger(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "the kestrel rain shell",  # on sale
        "the kestral shell",  # with a slip
        "a stury kettle",  # a slip of what everybody says
        "an indigo kettle",  # a color
        "do you sell zephyrines?",  # nothing says what sort of thing it is
        "hello, zephyrine here. is the kettle heavy?",  # nor across a pause
        "",
    ],
)
def test_what_the_shop_has_or_everybody_says_is_no_stranger(text):
    assert stranger(text) == ""


LETTERS = st.text(string.ascii_lowercase, min_size=5, max_size=14)


@given(word=LETTERS, letter=st.sampled_from(string.ascii_lowercase), data=st.data())
def test_one_changed_letter_is_always_a_slip_in_words_of_five_letters_and_more(word, letter, data):
    place = data.draw(st.integers(0, len(word) - 1))
    assert slip(word[:place] + letter + word[place + 1 :], word)


@given(word=LETTERS, data=st.data())
def test_one_letter_lost_doubled_or_swapped_is_a_slip_too(word, data):
    place = data.draw(st.integers(0, len(word) - 2))
    before, here, following, rest = word[:place], word[place], word[place + 1], word[place + 2 :]
    for typed in (here + rest, here * 2 + following + rest, following + here + rest):
        assert slip(before + typed, word)


@given(word=st.text(string.ascii_lowercase, max_size=4), other=LETTERS)
def test_short_words_are_meant_as_they_stand(word, other):
    assert not slip(other, word)
    assert slip(word, other) <= (len(other) - len(word) <= 1)


@given(word=st.text(string.ascii_lowercase, min_size=5, max_size=8), data=st.data())
def test_two_wrong_letters_are_another_word_below_nine(word, data):
    one, two = sorted(data.draw(st.sets(st.integers(0, len(word) - 1), min_size=2, max_size=2)))
    typed = word[:one] + "0" + word[one + 1 : two] + "0" + word[two + 1 :]
    assert not slip(typed, word)


@given(text=st.text(max_size=200))
def test_no_text_breaks_the_naming_of_products(text):
    named(text)
    assert stranger(text).strip() == stranger(text)

"""Which products a message names, with slips, and which the shop does not have."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading import products, strangers
from chatbot.reading.words import slip
from chatbot.terms import Lexicon, ProductWords

COMMON = frozenset(
    "boot men women lantern lamp rain shell kettle the member need warm for with heavy today"
    " do you is it sturdy please water b".split()
)
USUAL = frozenset(("member", "people", "heavy", "sturdy", "today"))


def page(title, text="", **values):
    handle = title.lower().replace(" ", "-").replace("'", "").replace(",", "")
    return ProductWords(handle, title, "Outdoor", values, f"{title} {text}")


SHOP = Lexicon(
    (page("Ember Lantern", "A lantern with a warm light. Free for every member of the club."),
     page("Kestrel Rain Shell", "A rain shell. Keeps the rain out."),
     page("Larkspur Kettle", "A kettle that boils water."),
     page("Ridgeback Boots", "Sturdy boots for men."),
     page("Ridgeback Women's Boots", "Sturdy boots for women.")),
    frozenset(), "", ("en",),
)  # fmt: skip
STUDY = Lexicon(
    (page("Washed Linen Apron", "A washed apron sewn from linen."),
     page("Tea Towel", "A towel of cotton or linen, for tea cups."),
     page("Fountain Ink", "An ink for fountain pens.", Color=("Damson", "Black")),
     page("Drawing Ink", "An ink for drawing with pens.", Color=("Sepia", "Black")),
     page("Felt Desk Mat", "A mat of felt for a desk."),
     page("Notebook B", "A notebook with lines."),
     page("Hemmed Napkins, Set of 4", "Each of the napkins is hemmed; a set.")),
    frozenset(), "", ("en",),
)  # fmt: skip


def rarity(word):
    return 0.3 if word in COMMON else 0.95


def named(text, shop=SHOP):
    return [m.handle for m in products.named(text, shop, rarity)]


def stranger(text, shop=SHOP):
    matches = products.named(text, shop, rarity)
    return strangers.stranger(text, matches, shop, rarity, USUAL)


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
    ("text", "handles"),
    [("a tea towel in linen", ["tea-towel"]), ("anything in linen?", ["washed-linen-apron"]),
     ("napkins in linen", ["hemmed-napkins-set-of-4"])],
)  # fmt: skip
def test_what_sort_of_thing_is_said_counts_before_what_it_is_made_of(text, handles):
    assert named(text, STUDY) == handles


@pytest.mark.parametrize(
    ("text", "handles"),
    [("ink in damson", {"fountain-ink"}), ("ink in sepia", {"drawing-ink"}),
     ("ink in black", {"fountain-ink", "drawing-ink"}), ("ink in crimson", {"fountain-ink", "drawing-ink"}),
     ("felt mat and ink in damson", {"felt-desk-mat", "fountain-ink"})],
)  # fmt: skip
def test_of_those_that_go_by_the_same_word_the_ones_that_come_in_what_is_said_are_meant(
    text, handles
):
    assert set(named(text, STUDY)) == handles


@pytest.mark.parametrize(
    ("text", "sort"),
    [("do you have towels for a kettle", "towel"), ("looking for felt mats", "mat"),
     ("do you have anything for tea", ""), ("is the towel soft", "")],
)  # fmt: skip
def test_what_sort_of_thing_is_sought_stands_before_what_it_is_for(text, sort):
    assert strangers.sought_sort(text, STUDY) == sort


@pytest.mark.parametrize(
    ("text", "seeks"),
    [("do you sell kettles", True), ("I'm looking for sturdy boots for a man", True),
     ("kettle stuff?", True), ("nice stuff!", False), ("the kettle stuff you sent is late", False),
     ("do you sell zephyrines", False), ("is the kettle heavy", False), ("do you have", False)],
)  # fmt: skip
def test_what_is_sought_goes_by_a_word_of_the_shops_names(text, seeks):
    assert strangers.seeks_a_sort(text, SHOP) is seeks


@pytest.mark.parametrize(
    ("text", "handles"),
    [("is the deskmat thick?", ["felt-desk-mat"]), ("a desktop", []), ("a matdesk", [])],
)
def test_a_name_is_found_where_two_of_its_words_are_written_as_one(text, handles):
    assert named(text, STUDY) == handles


@pytest.mark.parametrize(
    ("text", "handles"), [("plan b?", []), ("vitamin b", []), ("notebook b", ["notebook-b"])]
)
def test_a_single_letter_names_nothing(text, handles):
    assert named(text, STUDY) == handles


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
        "about zephyrines?",  # nothing says what sort of thing it is, nor that it is sought
        "hello, zephyrine here. is the kettle heavy?",  # nor across a pause
        "hiya what kettle do you have",  # nor in one name with what asks
        "",
    ],
)
def test_what_the_shop_has_or_everybody_says_is_no_stranger(text):
    assert stranger(text) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [("do you sell zephyrines?", "zephyrines"), ("do you sell ski goggles", "ski goggles"),
     ("got any snowshoes?", "snowshoes"), ("I'm looking for a hammock for two", "hammock"),
     ("hi, do u guys have any hot sauce, or a lamp?", "hot sauce")],
)  # fmt: skip
def test_what_is_sought_and_stands_on_no_page_is_a_stranger(text, name):
    assert stranger(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "do you sell kettles?",  # on sale
        "do you have any ketles",  # with a slip
        "got any shells",  # as part of a name
        "do you sell larks",  # which begins a word of the shop's
        "do you sell any backs",  # which ends one
        "do you have anything squishy?",  # whatever there is
        "do you have a really very big shiny zephyrine",  # too long for a name
        "do you have tea",  # too short for one
        "ski goggles",  # not sought
    ],
)
def test_what_is_sought_and_may_well_be_there_is_none(text):
    assert stranger(text) == ""


@pytest.mark.parametrize("where", ["page", "help article"])
def test_what_is_sought_is_no_stranger_once_a_page_or_a_help_article_has_the_word(where):
    told = "Fits over goggles."
    pages = (*SHOP.products, page("Snow Helmet", told if where == "page" else ""))
    shop = replace(SHOP, products=pages, help=told if where == "help article" else "")
    assert stranger("do you sell ski goggles", shop) == ""
    assert stranger("do you sell ski goggles", replace(shop, products=SHOP.products, help=""))


def test_a_word_of_the_help_articles_names_no_strange_product():
    assert stranger("can you engrave kettles?") == "engrave kettles"
    assert stranger("can you engrave kettles?", replace(SHOP, help="Engraving is free.")) == ""


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


NIBS = Lexicon(
    (page("Nib Tuning", "We smooth the nib of any pen."),
     *(page(f"{name} Pen", "A pen with a steel nib.") for name in ("Otter", "Wren", "Pip", "Lark"))),
    frozenset(), "", ("en",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"), [("is there a stub nib", ()), ("what does nib tuning cost", ("nib-tuning",)),
                       ("do you do tuning", ("nib-tuning",)), ("the wren's nib", ("wren-pen",))],
)  # fmt: skip
def test_a_word_that_many_pages_use_is_the_name_of_none(text, name):
    assert tuple(m.handle for m in products.named(text, NIBS, rarity)) == name

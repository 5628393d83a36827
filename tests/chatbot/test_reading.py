"""What a message asks, by the letters and by the shop's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading import asks, details, options, products
from chatbot.reading.language import language
from chatbot.terms import Lexicon, ProductWords


def words(title, text="", **values):
    return ProductWords(
        title.lower().replace(" ", "-"), title, "Kitchen", values, f"{title} {text}"
    )


SHOP = Lexicon(
    (words("Larkspur Kettle"), words("Brindle Teapot"), words("Drift 2 Tent"), words("Drift 3 Tent")),
    frozenset({"TEATIME"}), "#2001", ("en",),
)  # fmt: skip


def rarity(word):
    return 0.2 if word in ("kettle", "teapot", "tent") else 0.9


def named(text):
    return [m.handle for m in products.named(text, SHOP, rarity)]


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("is the larkspur in?", ["larkspur-kettle"]),
        ("Larkspr Kettle price", ["larkspur-kettle"]),
        ("the drift 3", ["drift-3-tent"]),
        ("drift 2 or drift 3?", ["drift-2-tent", "drift-3-tent"]),
        ("do you have a nice pot?", []),
    ],
)
def test_it_finds_the_products_a_message_names(text, handles):
    assert named(text) == handles


def test_a_sibling_is_found_by_what_differs():
    assert products.siblings("and the 3 person one?", "drift-2-tent", SHOP, rarity) == (
        "drift-3-tent",
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [("where is order 2001", "#2001"), ("order #2001?", "#2001"), ("the Drift 200 tent", ""),
     ("it weighs 2150 g", ""), ("is it $2001", ""), ("in 2027 maybe", "")],
)  # fmt: skip
def test_it_reads_order_numbers_as_the_shop_writes_them(text, found):
    assert details.order(text, "#1001") == found


def test_it_reads_no_order_number_in_a_shop_without_orders():
    assert details.order("order 2001", "") == ""


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("tents under $80", 80),
        ("up to 1,200 dollars", 1200),
        ("a gift, 60 max", 60),
        ("size 40", None),
    ],
)
def test_it_reads_what_may_be_spent(text, limit):
    assert details.price_limit(text) == limit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("does teatime work", "TEATIME"),
        ("code SAVE20?", "SAVE20"),
        ("HELP ME NOW", ""),
        ("my code", ""),
    ],
)
def test_it_reads_promo_codes(text, code):
    assert details.code(text, SHOP.codes) == code


COLORS = {"Color": ("Slate", "Signal Orange", "Red Check"), "Size": ("S", "M", "XL")}


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("medium slate", {"Color": ("Slate",), "Size": ("M",)}),
        ("the orange one", {"Color": ("Signal Orange",)}),
        ("S and XL?", {"Size": ("S", "XL")}),
        ("anything", {}),
    ],
)
def test_it_reads_option_values_as_the_shop_writes_them(text, wish):
    assert options.wished(text, COLORS) == wish


def test_a_color_the_product_does_not_have_is_foreign():
    assert options.foreign("in pink?", COLORS) == ("pink",)
    assert options.foreign("in slate?", COLORS) == ()


def test_who_only_names_a_product_wants_its_price_and_stock():
    kettle = words("Larkspur Kettle", Color=("Red",))
    assert asks.settled("larkspur kettle red??", ("attribute",), kettle) == (
        "availability",
        "price",
    )
    assert asks.settled("is the larkspur heavy?", ("attribute",), kettle) == ("attribute",)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Wo ist meine Bestellung bitte?", "de"), ("你们的退货期限是多少天？", "zh"), ("hi", "en"),
     ("do u have the larkspur", "en")],
)  # fmt: skip
def test_it_tells_languages_apart(text, code):
    assert language(text, ("en",)) == code


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading_of_letters(text):
    details.order(text, "#1001")
    details.email(text)
    details.code(text, SHOP.codes)
    details.price_limit(text)
    options.wished(text, COLORS)
    named(text)
    language(text, ("en",))

"""Who gives a figure of his own hears the row of the size guide that holds it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from chatbot import acts
from chatbot.facts import help as articles
from chatbot.facts import sizing
from chatbot.terms import Lexicon
from storefront import queries
from storefront.passages import cut
from tests.chatbot.test_facts import NOW, ask, shop

ANYBODY = """## Unisex clothing

| Size | Chest (in.) | Chest (cm) | Waist (in.) |
| --- | --- | --- | --- |
| S | 35–37 | 89–94 | 29–31 |
| M | 38–40 | 97–102 | 32–34 |
| L | 41–43 | 104–109 | 35–37 |
"""
WOMEN = """## Women's clothing

| Size | US size | Bust (in.) |
| --- | --- | --- |
| S | 4–6 | 34–35 |
| M | 8–10 | 36–38 |
| L | 12–14 | 39–41 |
"""
BABIES = """## Sleepwear

| Size | Weight | Height |
| --- | --- | --- |
| NB | up to 8 lb | up to 21 in |
| 0-3M | 8–12 lb | 21–24 in |
| 3-6M | 12–16 lb | 24–26 in |
"""
FEET = """## Running shoes

| EU | UK | Foot in cm |
| --- | --- | --- |
| 41 | 7.5 | 26.0 |
| 42 | 8 | 26.7 |
| 43 | 9 | 27.5 |
"""
EQUAL = "## Footwear\n\nUS men's 9 = EU 42, 10 = EU 43, 11 = EU 44.5."
LESS = "## Footwear\n\nAll boots are in men's sizes; women take two sizes less than their number."
LETTERS = ("S", "M", "L")


def thing(title, *values, lines=(), tags=()):
    every = [queries.Variant(v, (v,), Decimal(50), None, 5, True) for v in values]
    told = tuple(queries.Sentence(*line) for line in lines)
    handle = title.casefold().replace(" ", "-")
    return queries.Product(
        handle, title, "Clothes", "Linden", tags, ("Size",), tuple(every), told, False, False, "1",
        NOW, "",
    )  # fmt: skip


def guide(*sections, title="Size guide"):
    pieces = [piece for section in sections for piece in cut(section)]
    return tuple(
        queries.Passage("sizes", n, title, p.heading, "sizing", p.text, "1", None, NOW, "", p.rows)
        for n, p in enumerate(pieces)
    )


def world_of(sections, stock=(), **more):
    lines = tuple((p.handle, line) for p in stock for line in p.sentences)
    words = Lexicon((), frozenset(), "", ("en",))
    return replace(shop(*stock), passages=guide(*sections, **more), sentences=lines, lexicon=words)


def told(text, *sections, of=None, ask_for="size_help", **more):
    stock = (of,) if of else ()
    reading = ask(text, ask_for, products=tuple(p.handle for p in stock))
    return list(sizing.told(reading, world_of(sections, stock, **more)).values())


COAT, RAINCOAT = thing("Alder Coat", *LETTERS), thing("Longshore Women's Raincoat", *LETTERS)
BOOTS = thing("Ridgeback Boots", "9", "10", "11")
SHOES = thing("Corrib Running Shoe", "EU 41", "EU 42", "EU 43")
PAJAMAS = thing("Nightlight Pajamas", "NB", "0-3M", "3-6M", tags=("baby",))


@pytest.mark.parametrize(
    ("text", "row"),
    [("my chest is 104 cm, which size", "L:"), ("i'm 39 round the chest", "M:"),
     ("chest 100 waist 34", "M:"), ("i'm a 36 inch waist", "L:"), ("37\" chest", "S:"),
     ("i need 2, for a chest of 98 cm", "M:"), ("my budget is 50, chest 36 in.", "S:")],
)  # fmt: skip
def test_the_row_whose_range_holds_the_figure_is_told(text, row):
    (only,) = told(text, ANYBODY, of=COAT)
    assert row in only and only.count(": chest") == 1


@pytest.mark.parametrize(
    "text", ["my chest is 140 cm", "US 9", "size? my head is 57 cm", "i'm 6 foot 2 and 80 kg",
             "i'm 36", "chest 104 cm, waist 30", "my chest", "chest 36-38"],
)  # fmt: skip
def test_nothing_is_told_out_of_range_or_where_it_may_be_of_several_measures(text):
    assert told(text, ANYBODY, of=COAT) == []


def test_between_two_rows_both_are_told():
    both = told("chest 103 cm", ANYBODY, of=COAT)
    assert both[0].count(": chest (in.)") == 2 and "M:" in both[0] and "L:" in both[0]
    assert told("12 lb", BABIES, of=PAJAMAS) == [
        "0-3M: weight 8–12 lb, height 21–24 in; 3-6M: weight 12–16 lb, height 24–26 in."
    ]


def test_two_figures_have_to_fall_into_one_row():
    assert told("she's 13 lbs and 25 inches", BABIES, of=PAJAMAS)[0].startswith("3-6M")
    assert told("she's 13 lbs and 20 inches", BABIES, of=PAJAMAS) == []
    assert told("5 kg, what size", BABIES, of=PAJAMAS)[0].startswith("0-3M")  # in other units


@pytest.mark.parametrize(
    ("text", "row"),
    [("i'm UK 9", "EU 43"), ("i'm a 7.5 normally", "EU 41"), ("EU 42", "EU 42"), ("26 cm foot", "EU 41"),
     ("what is a 9 UK in yours", "EU 43"), ("i wear 7½", "EU 41")],
)  # fmt: skip
def test_a_number_is_looked_for_in_the_system_it_is_of_or_the_only_one_it_can_be_of(text, row):
    assert told(text, FEET, of=SHOES)[0].startswith(row)


@pytest.mark.parametrize("text", ["US 9", "tell us 9 facts", "he is 9 years old", "2 pairs please",
                                  "i'm a 41", "i paid 42", "size 9:30 open?"])  # fmt: skip
def test_other_systems_other_figures_and_the_numbers_a_shoe_is_counted_in_are_left(text):
    assert told(text, FEET, of=SHOES) == []


def test_a_table_is_told_of_what_it_is_made_for():
    both = (ANYBODY, WOMEN)
    assert told("i'm US 14", *both, of=RAINCOAT)[0].startswith("L: US size 12–14")
    assert told("bust 40 inches", *both, of=RAINCOAT)[0].startswith("L: US size 12–14")
    assert told("i'm US 14", *both, of=COAT) == told("i'm US 9", WOMEN, of=BOOTS) == []
    assert told("chest 38 in", ANYBODY, of=thing("Rover Dog Coat", *LETTERS)) == []
    assert told("chest 38 in", ANYBODY, of=thing("Alder Boots", *LETTERS)) == []
    assert told("chest 38 in", ANYBODY, of=thing("Linen Apron", "One size")) == []


def test_without_a_product_the_table_is_told_that_says_it_in_the_same_words():
    both = (ANYBODY, WOMEN, FEET)
    assert ": chest (in.) 38–40" in told("my chest is 38 inches", *both)[0]
    assert told("womens US size 12 is which letter", *both)[0].startswith("L: US size 12–14")
    assert told("i'm 38", *both) == []


def test_what_is_no_size_guide_is_left_and_so_is_who_asks_for_no_size():
    prices = "| Parcel | Weight |\n| --- | --- |\n| Small | 0–5 kg |\n| Large | 5–9 kg |"
    assert told("4 kg, which size", prices) != []
    passages = tuple(
        replace(p, article="post", topic="shipping", title="Post", heading="")
        for p in guide(prices)
    )
    world = replace(world_of(()), passages=passages)
    assert sizing.told(ask("4 kg, which size", "size_help"), world) == {}
    assert told("my chest is 104 cm", ANYBODY, of=COAT, ask_for="attribute") == []
    assert told("my chest is 104 cm, which size", ANYBODY, of=COAT, ask_for="attribute")
    looks = ask("woman, US size 8, what do you suggest", "recommend", "size_help")
    assert sizing.told(looks, world_of((WOMEN,))) == {}


def test_a_page_that_tells_each_size_itself_goes_before_the_guide():
    line = ("Chest", "Chest: S 80–90 cm, M 91–104 cm, L 105–110 cm.")
    assert told("chest 104 cm", ANYBODY, of=thing("Alder Coat", *LETTERS, lines=[line])) == []
    other = ("Weight", "Weight: S 640 g, M 660 g, L 700 g.")
    assert told("chest 104 cm", ANYBODY, of=thing("Alder Coat", *LETTERS, lines=[other]))


def test_what_a_sentence_says_is_equal_is_a_table_too():
    men = thing("Marsh Boots", "9", "10", "11")
    assert told("i'm EU 43", EQUAL, of=men) == [EQUAL.splitlines()[-1]]
    assert told("i'm EU 50", EQUAL, of=men) == told("i'm a 10", EQUAL, of=men) == []


def test_a_womans_number_is_turned_as_the_shop_says_where_others_are_meant():
    assert told("women 8.5 is what in those", LESS, of=BOOTS) == [LESS.splitlines()[-1]]
    assert told("women 8.5 is what in those", LESS, of=thing("Women's Boots", "7", "8", "9")) == []
    assert told("women 8.5 is what in those", LESS, of=COAT) == []
    assert told("i'm normally 8.5", LESS, of=BOOTS) == []


def fit_of(text, product, *sections):
    world = world_of(sections, (product,))
    found = sizing.with_fit([], ask(text, "size_help", products=(product.handle,)), world)
    return [f.values["text"] for f in found]


def test_how_a_product_fits_is_told_beside_the_row_and_to_who_gives_its_own_numbers():
    fit = ("Fit", "Fit: runs half a size small.")
    line = ("", "It comes up small: take one size bigger.")
    coat, boots = (thing(p.title, *v, lines=[("", "Warm."), told]) for p, v, told in
                   ((COAT, LETTERS, line), (BOOTS, ("9", "10"), fit)))  # fmt: skip
    assert fit_of("chest 104 cm", coat, ANYBODY) == [line[1]]
    assert fit_of("i'm normally 9.5 so?", boots, ANYBODY) == [fit[1]]
    assert fit_of("how is it", coat, ANYBODY) == fit_of("i'm normally 14", boots, ANYBODY) == []


def test_the_row_is_said_before_how_the_thing_fits():
    line = ("Fit", "Fit: roomy.")
    coat = thing(COAT.title, *LETTERS, lines=[line])
    asked = ask("my chest is 104 cm", "size_help", products=(coat.handle,))
    world = world_of((ANYBODY,), (coat,))
    said = acts.decide(
        asked, [*sizing.with_fit([], asked, world), *articles.on_sizes(asked, world)]
    )
    assert [a.slots["passage.text"][0] for a in said][:2] == ["L", "F"]
    assert [a.name for a in said] == ["policy.passage", "attribute.besides"]

"""A wish with a figure, a unit and a bound finds only what meets it by its own data."""

from dataclasses import replace

import pytest

from chatbot import acts, records
from chatbot.facts import bounds, extremes, finding
from chatbot.reading import bounds as reading
from chatbot.reading import measures
from chatbot.reading.limits import price_limit
from chatbot.terms import Judged
from tests.chatbot.small_shop import product, read, variant
from tests.chatbot.test_facts import ask, nowhere, shop
from tests.chatbot.test_measures import fitting, page


@pytest.mark.parametrize(
    ("text", "measure", "least", "most"),
    [("packs bigger than 40 litres pls", "capacity", 40000, 0),
     ("a lantern with at least 400 lumens", "brightness", 400, 0),
     ("a rug no wider than 80 cm", "width", 0, 80), ("something under 500 g", "weight", 0, 500),
     ("bottle that holds half a litre", "capacity", 500, 0),
     ("cable 5 m or longer", "length", 500, 0), ("a lamp with a cord over 2 m", "cord", 200, 0),
     ("weighs less than 5 pounds", "weight", 0, 2268), ("a chair that holds 120 kg", "load", 120000, 0),
     ("a game that plays in under 30 min", "duration", 0, 0.5),
     ("a pack between 30 and 40 L", "capacity", 30000, 40000),
     ("a mug of at least 12 oz", "capacity", 354.84, 0),
     ("a kettle of more than 1,5 litres", "capacity", 1500, 0), ("scales above 1,500 g", "weight", 1500, 0),
     ("a watch waterproof to at least 50 m", "depth", 5000, 0)],
)  # fmt: skip
def test_a_bound_is_read_by_its_figure_its_unit_and_its_words(text, measure, least, most):
    found = reading.bound(text)
    assert found.measures[0] == measure and found.must
    assert found.least == pytest.approx(least, rel=0.01)
    assert not most or found.most == pytest.approx(most, rel=0.01)


@pytest.mark.parametrize(
    "text",
    ["something under 500", "anything below $40", "less than 20 in the box", "under 5 pounds",
     "a coat for a dog over 20 kg", "a bike for someone over 100 kg", "toys for kids under 120 cm",
     "a protein bar with more than 20 g protein", "a snack with less than 5 g of sugar",
     "do you deliver in under 3 days", "a gift for a 5 year old", "games for 2-4 players", "tents"],
)  # fmt: skip
def test_what_names_no_measure_sets_no_bound(text):
    assert reading.bound(text) is None


def test_a_measure_is_no_price_and_a_price_beside_one_still_counts():
    assert price_limit("something under 500 g") is None
    assert price_limit("something under 500") == 500
    assert price_limit("something for 6 players under 40 dollars") == 40


def test_who_asks_it_of_one_thing_looks_for_none():
    assert reading.looks("cable 5 m or longer")
    assert not reading.looks("does it come in longer than 2 m")
    assert not reading.looks("can the shelf hold more than 20 kg")


def meeting(text, *stock):
    kept = bounds.kept(stock, reading.bound(text))
    return [(k.product.title, k.value) for k in kept.values() if k.meets]


def test_where_no_data_speak_of_a_measure_it_drops_nothing():
    silent = page("Fine Rope")
    assert list(bounds.kept([silent], reading.bound("rope over 20 m"))) == [0]
    assert not bounds.kept([silent, page("Rope", "Length: 10 m.")], reading.bound("rope over 20 m"))
    assert list(
        bounds.kept([silent, page("Rope", "Length: 30 m.")], reading.bound("rope over 20 m"))
    ) == [1]


PACK, BIG = (
    page("Curlew Pack", "Capacity: 28 L; 52 × 29 × 22 cm."),
    page("Heron Pack", "Capacity: 65 L."),
)
CORD = page("Skein Cable", options=("1 m", "10 ft"))


def test_units_of_one_measure_are_converted():
    assert meeting("cable longer than 2 m", CORD) == [("Skein Cable", "10 ft")]
    assert meeting("a pack over 40000 ml", PACK, BIG) == [("Heron Pack", "")]
    assert meeting(
        "a tin under 1 lb", page("Tin", "Weight: 450 g."), page("Keg", "Weight: 2 kg.")
    ) == [("Tin", "")]


def test_what_says_nothing_of_the_measure_does_not_meet_the_bound():
    assert meeting("a pack over 40 litres", page("Dune Pack", "Sand-colored.")) == []
    chair = page("Reed Chair", "Seat height: 45 cm.")
    assert meeting("a chair lower than 50 cm", chair) == []  # a seat's height is not the chair's


def test_a_line_on_the_versions_keeps_those_that_meet_the_bound():
    fig = page(
        "Fig", "Height on arrival: 35 cm (12 cm), 130 cm (27 cm).", options=("12 cm", "27 cm")
    )
    assert meeting("plants taller than 1 m", fig) == [("Fig", "27 cm")]
    shell = page("Squall Shell", "Weight: 395 g in size M.", options=("S", "M"))
    assert meeting("a shell under 400 g", shell) == [("Squall Shell", "")]  # M stands for all


@pytest.mark.parametrize(
    ("line", "eight", "two"),
    [("Players: 2–8.", True, True), ("Players: 2 only.", False, True), ("Sleeps 3.", False, True),
     ("Seats: up to 10.", True, True), ("Players: 3–5.", False, False), ("Serves: 8 cm.", False, False)],
)  # fmt: skip
def test_a_thing_is_for_as_many_people_as_its_page_says(line, eight, two):
    stock = page("Thing", line)
    assert bool(meeting("games for 8 people", stock)) is eight
    assert bool(meeting("something for two", stock)) is two


def test_what_fits_a_thing_of_a_size_is_kept_in_the_version_that_does():
    pot = page(
        "Wharf Pot",
        "Fits a nursery pot of: 12 cm (14 cm), 17 cm (19 cm).",
        options=("14 cm", "19 cm"),
    )
    basket = page("Basket", "For pots up to 21 cm.")
    assert meeting("a pot for a 17 cm nursery pot", pot, basket) == [
        ("Wharf Pot", "19 cm"),
        ("Basket", ""),
    ]
    assert meeting("a pot for a 30 cm nursery pot", pot, basket) == []


def found(text, *stock, answers=fitting):
    asked = ask(text, bound=reading.bound(text))
    some = finding.search(asked, shop(*stock), nowhere, answers)
    return [(f.values["name"], f.values["price_min"], f.values.get("about"))
            for f in some if f.kind == "found"]  # fmt: skip


def test_only_what_meets_a_bound_is_shown_with_the_line_that_says_so():
    assert found("packs bigger than 40 litres", PACK, BIG) == [
        ("Heron Pack", "$50.00", "Capacity: 65 L.")
    ]
    assert found("packs bigger than 90 litres", PACK, BIG) == []


def test_a_version_that_meets_a_bound_is_shown_for_its_own_price():
    short, long = CORD.variants
    dear = replace(CORD, variants=(short, replace(long, price=80)))
    assert found("cable over 2 m", dear)[0][:2] == ("Skein Cable", "$80.00")


def test_for_how_many_a_thing_is_bars_only_what_says_otherwise():
    table, tea = page("Parry Table", "Seats: up to 4."), page("Lime Tea", "For evenings.")
    assert found("a table for 8 people", table) == []
    assert [name for name, *_ in found("tea for 8 people", tea)] == ["Lime Tea"]


def test_what_is_for_so_many_and_does_not_fit_leaves_the_rest_as_it_is():
    def answers(_question, texts, _near, **_more):
        return [Judged(0.9, 0.9) if "Stove" in t else Judged(0.0, 0.0) for t in texts]

    stock = page("Ember Stove", "Burns gas."), page("Cook Set", "For 4 people: serves 4.")
    assert [name for name, *_ in found("a stove for four", *stock, answers=answers)] == [
        "Ember Stove"
    ]


def test_what_is_far_less_surely_meant_than_what_fails_a_bound_is_not_shown():
    def answers(_question, texts, _near, **_more):
        return [Judged(0.9 if "Kettle" in t and len(texts) > 1 else 0.1, 0.9) for t in texts]

    stock = page("Hob Kettle", "Capacity: 2 L."), page("Descaler", "Bottle: 500 ml.")
    assert found("kettle under 1 litre", *stock, answers=answers) == []


def names(bound, *facts):
    looking = {"intent": "product_search", "products": (), "named": False, "bound": bound}
    return [a.name for a in acts.decide(read("search", **looking), facts)]


def test_the_one_thing_that_meets_a_bound_is_told_in_the_values_that_do():
    one = replace(product(value="Red"), kind="found")
    version = replace(variant("Red", "in stock"), kind="found_version")
    assert names(reading.bound("over 2 m"), one, version) == ["price.one"]
    gone = replace(product(value="Red", stock="sold out"), kind="found")
    assert names(reading.bound("over 2 m"), gone, version) == ["price.one", "stock.out"]
    assert names(reading.bound("over 2 m"), replace(product(), kind="found")) == [
        "search.found_one"
    ]
    assert names(reading.bound("over 2 m")) == ["search.none"]


def most_of(text, measure, which, *stock):
    asked = ask(text, measure=measure, extreme=which)
    return [f.values["name"] for f in extremes.extremes(asked, shop(*stock)) if f.kind == "extreme"]


def tagged(title, department, *tags, line):
    return replace(page(title, line), department=department, tags=tags)


def test_what_is_tagged_as_the_sort_is_of_it_in_the_same_department_alone():
    roll = tagged("Wharf Backpack", "Packs", "backpack", line="Capacity: 22 L.")
    heron = tagged("Heron Pack", "Packs", "backpack", line="Capacity: 65 L.")
    lights = tagged("Lights", "Lamps", "backpack", line="Capacity: 90 L.")
    assert most_of("biggest backpack", "size", "most", roll, heron, lights)[0] == "Heron Pack"


def test_a_department_of_one_sort_is_of_it_and_one_of_several_is_not():
    snake = tagged("Snake Plant", "House Plants", line="Height: 65 cm.")
    fig = tagged("Fig", "House Plants", line="Height: 140 cm.")
    assert most_of("your tallest plant", "height", "most", snake, fig)[0] == "Fig"
    tent = tagged("Wisp Tent", "Tents & Tarps", line="Weight: 740 g.")
    pegs = tagged("Pegs", "Tents & Tarps", line="Weight: 9 g.")
    assert most_of("lightest tent", "weight", "least", tent, pegs)[0] == "Wisp Tent"


def test_what_may_be_of_the_sort_and_outdoes_the_rest_leaves_nothing_the_most():
    quick = tagged("Ferry Game", "Strategy Games", line="Playing time: 20 minutes.")
    slow = tagged("Barrow Game", "Strategy Games", line="Playing time: 2 hours.")
    bugs = tagged("Bug Hotel", "Kids & Family Games", line="Playing time: 10 minutes.")
    assert most_of("quickest game", "duration", "least", quick, slow, bugs) == []
    assert most_of("longest game", "duration", "most", quick, slow, bugs)[0] == "Barrow Game"
    spare = replace(bugs, tags=("spare part",))
    assert most_of("quickest game", "duration", "least", quick, slow, spare)[0] == "Ferry Game"


def test_what_is_for_just_so_many_comes_before_what_is_for_more():
    six, two = page("Lodge Tent", "Sleeps 6."), page("Drift Tent", "Sleeps 2.")
    assert [name for name, *_ in found("a tent for two", six, two)] == ["Drift Tent", "Lodge Tent"]


def test_a_game_is_as_long_as_it_is_played():
    short, long = (
        page("Quick Game", "Playing time: 20 minutes."),
        page("Deep Game", "Playing time: 3 hours."),
    )
    assert measures.extreme("longest game") == ("duration", "most")
    assert measures.extreme("longest cable") == ("length", "most")
    assert most_of("longest game", "duration", "most", short, long)[0] == "Deep Game"


def test_who_names_no_sort_gets_the_most_of_what_fits_but_no_accessory():
    tent, tarp = page("Wisp Tent", "Weight: 740 g."), page("Tarp", "Weight: 900 g.")
    sheet = replace(page("Sheet", "Weight: 90 g."), tags=("tent accessory",))
    asked = ask("lightest shelter", measure="weight", extreme="least")
    world = shop(tent, tarp, sheet)

    def search(only=None):
        return finding.search(extremes.set_aside(asked), world, nowhere, sure, only)

    assert extremes.among(search(), search, asked, world)[0].values["name"] == "Wisp Tent"


def sure(_question, texts, _near, **_more):
    return [Judged(0.9, 0.9) for _text in texts]


def test_a_bound_is_kept_on_record_without_floats():
    kept = records.of_reading(ask("?", bound=reading.bound("something under 500 g")))
    assert (kept["bound"]["least"], kept["bound"]["most"]) == ("0.000", "497.500")
    assert records.of_reading(ask("?"))["bound"] is None

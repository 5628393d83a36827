"""Which of a sort is the lightest or the longest, and what pages deny of a need."""

from dataclasses import replace

import pytest

from chatbot import acts
from chatbot.facts import extremes, finding, products
from chatbot.facts.denied import denial
from chatbot.facts.measures import of_option, stated
from chatbot.reading import measures
from chatbot.terms import Judged
from storefront import queries
from tests.chatbot.small_shop import KETTLE, passage, product, read, variant
from tests.chatbot.test_facts import ask, nowhere, on_sale, shop


def page(title, *texts, options=()):
    """A product whose page says so, in variants of one option each."""
    said = tuple(queries.Sentence("", text) for text in texts)
    plain = on_sale(title)
    (one,) = plain.variants
    variants = tuple(replace(one, sku=v, values=(v,)) for v in options) or plain.variants
    names = ("Length",) if options else ()
    return replace(plain, sentences=said, variants=variants, option_names=names)


@pytest.mark.parametrize(
    ("text", "measure", "amounts"),
    [("Length: 86 cm; weight: 1.35 kg.", "weight", [1350]),
     ("Tested to carry 15 kg (33 lb).", "load", [15000]),
     ("Length: 86 cm; weight: 1.35 kg.", "length", [86]),
     ("Battery: 38 hours; charges over USB-C in 2 hours.", "duration", [38]),
     ("Battery: 7 hours, 28 hours with the case.", "duration", [7, 28]),
     ("Medium: 36 × 28 cm, for dogs up to 55 lb.", "size", [36, 28]),
     ("Protein: Chicken 25%, Salmon 28%.", "protein", [25, 28]),
     ("Weight: 1,380 g (3 lb 1 oz) in size M.", "weight", [1380]),
     ("Weight: 365 g in 24 oz.", "weight", [365]),
     ("Weight: 1 lb 7 oz (652 g).", "weight", [652]), ("Weight (each): 90 g.", "weight", [90]),
     ("Weight: shell 520 g, fleece 540 g, together 1,060 g (2 lb 5 oz).", "weight", [1060]),
     ("Waterproof: to 15 m.", "depth", [1500]), ("Cable: 75 cm, UK plug.", "cord", [75]),
     ("Runs: up to 8 hours.", "duration", [8]), ("Brewing: 75 °C.", "temperature", [-75]),
     ("Warranty: 2 years.", "duration", []), ("Cable: 3 m, straight.", "length", [])],
)  # fmt: skip
def test_a_figure_is_of_the_measure_whose_name_stands_before_it(text, measure, amounts):
    assert [round(f.amount) for f in stated(text, measure)] == amounts


def test_an_option_is_a_measure_by_its_name_and_unit():
    assert of_option("Length", "10 m", "length").amount == 1000
    assert of_option("Color", "10 m", "length") is None
    assert of_option("Length", "long", "length") is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("what's your lightest tent", ("weight", "least")), ("biggest towel?", ("size", "most")),
     ("which lamp is the brightest", ("brightness", "most")),
     ("which lasts longest on one charge", ("duration", "most")),
     ("the one with the most protein", ("protein", "most")), ("a light tent", ("", "")),
     ("how tall is your biggest palm", ("height", "most")), ("quickest game", ("duration", "least"))],
)  # fmt: skip
def test_a_superlative_tells_the_measure_and_which_end_of_it(text, wanted):
    assert measures.extreme(text) == wanted


@pytest.mark.parametrize(
    ("text", "measure"),
    [("dims", "size"), ("battery?", "duration"), ("how heavy is it", "weight"), ("qt?", "capacity"),
     ("how much weight can it take", "load"), ("will it hold me", "load"),
     ("happy with 9 kilos of camera?", "load"), ("do you take 20 pounds off", ""),
     ("how long is the lead", "cord"), ("how deep can i take it", "depth"),
     ("will it fit under my cupboard", "height"), ("anything that fits under $50", ""),
     ("what temp for these leaves", "temperature"), ("how long do the lights glow", "duration"),
     ("my dog weighs 80 lb, which harness?", ""), ("how long does delivery take", "")],
)  # fmt: skip
def test_a_measure_is_asked_for_by_its_name_a_unit_or_half_a_word(text, measure):
    assert measures.measure(text) == measure


WISP = page("Wisp Tent", "For one.", "Weight: 990 g.")
DRIFT = page("Drift Tent", "For two.", "Weight: 2.1 kg.")
CABLE = page("Skein Cable", options=("3 m", "10 m"))
STOOL = page("Camp Stool", "Weight: 700 g.")


def ranked(text, measure, which, *stock):
    asked = ask(text, measure=measure, extreme=which)
    found = [f for f in extremes.extremes(asked, shop(*stock)) if f.kind == "extreme"]
    return [(f.values["name"], f.values.get("told") or f.values.get("value")) for f in found]


def test_the_lightest_of_a_sort_comes_first_with_the_line_that_says_so():
    told = ranked("lightest tent", "weight", "least", DRIFT, STOOL, WISP)
    assert told == [("Wisp Tent", "Weight: 990 g."), ("Drift Tent", "Weight: 2.1 kg.")]
    assert ranked("heaviest tent", "weight", "most", WISP, DRIFT)[0][0] == "Drift Tent"


def test_what_stands_in_a_department_called_so_is_of_the_sort_too():
    windbreaker = replace(page("Skerry Windbreaker", "Weight: 165 g."), department="Jackets")
    waxed = replace(page("Fenwick Jacket", "Weight: 1,380 g (3 lb 1 oz)."), department="Jackets")
    told = ranked("lightest jacket", "weight", "least", waxed, windbreaker)
    assert [name for name, _line in told] == ["Skerry Windbreaker", "Fenwick Jacket"]
    aside = replace(windbreaker, department="Jackets & Layers")
    assert ranked("lightest jacket", "weight", "least", waxed, aside)[0][0] == "Fenwick Jacket"


def test_what_most_pages_give_is_compared():
    heron = page("Heron Pack", "Capacity: 65 L.")
    gull = page("Gull Pack", "Capacity: 2 L; 25 × 14 × 7 cm.")
    curlew = page("Curlew Pack", "Capacity: 45 L; 58 × 32 × 24 cm.")
    assert ranked("biggest pack", "size", "most", curlew, gull, heron)[0][0] == "Heron Pack"


def test_one_figure_among_several_things_makes_nothing_the_lightest():
    bare = page("Dune Tent", "Sand-colored.")
    assert ranked("lightest tent", "weight", "least", WISP, bare) == []
    assert ranked("lightest tent", "weight", "least", WISP)[0][0] == "Wisp Tent"


def test_among_those_in_view_the_lightest_is_found_where_no_sort_is_named():
    asked = ask("which is lightest", measure="weight", extreme="least",
                products=("drift-tent", "wisp-tent"))  # fmt: skip
    first, *_ = extremes.extremes(asked, shop(DRIFT, STOOL, WISP))
    assert first.values["name"] == "Wisp Tent"


def test_the_longest_is_the_value_of_an_option_where_that_is_the_measure():
    assert ranked("longest cable", "length", "most", CABLE, WISP) == [("Skein Cable", "10 m")]


def test_where_no_page_gives_the_figure_nothing_is_the_most_extreme():
    assert ranked("brightest tent", "brightness", "most", WISP, DRIFT) == []


def extreme(**values):
    return replace(product(**values), kind="extreme")


def names(*facts):
    reading = read("search", intent="product_search", products=(), named=False)
    return [a.name for a in acts.decide(reading, facts)]


def test_the_most_extreme_is_suggested_by_its_line_or_told_with_the_price_of_its_value():
    assert names(extreme(told="Weight: 740 g.")) == ["recommend.with_reason"]
    gone = extreme(told="Weight: 740 g.", stock="sold out")
    assert names(gone) == ["attribute.passage"]
    by_value = extreme(by="Color", value="Red")
    assert names(by_value, variant("Red", "in stock")) == ["price.one"]


@pytest.mark.parametrize(
    ("wish", "text"),
    [("gloves that are waterproof", "Not waterproof."), ("a mat for the wet grass", "Not rainproof."),
     ("shampoo for my cat", "Not for cats."), ("a pan for induction", "Not for induction hobs."),
     ("headphones with noise cancelling", "Noise cancelling: none, passive only."),
     ("bulbs that are safe for dogs", "Toxic to cats and dogs."),
     ("a soap without perfume", "Perfume: rose and lily.")],
)  # fmt: skip
def test_a_page_that_denies_a_need_is_known_by_the_line_that_does(wish, text):
    assert denial(wish, ["A fine thing.", text]) == text


@pytest.mark.parametrize(
    ("wish", "text"),
    [("a plant that is safe for cats", "Not toxic to cats and dogs."),
     ("bird seed without corn", "No corn, no milo."), ("a hose with a nozzle", "Nozzle: not included."),
     ("soap that is perfume free", "Perfume-free."), ("gloves for roses", "Not waterproof.")],
)  # fmt: skip
def test_what_a_page_denies_of_something_else_denies_no_need(wish, text):
    assert denial(wish, ["A fine thing.", text]) == ""


def test_what_a_page_says_of_one_thing_and_denies_of_another_is_left_to_choose():
    assert (
        denial("a waterproof ink", ["Soot is waterproof; the other inks are not waterproof."]) == ""
    )
    assert denial("food without chicken", ["Chicken 25%."], ["Chicken", "Salmon"]) == ""


GLOVES = page("Bramble Gloves", "Thorny.", "For roses.", "Not waterproof.")
OTHER_GLOVES = page("Puddle Gloves", "Dry hands.")


def looked_up(text, *stock):
    some = finding.search(ask(text), shop(*stock), nowhere, fitting)
    return [(f.kind, f.values["name"], f.values.get("told")) for f in some]


def fitting(_question, _texts, near, **_more):
    """A judge to which all fits, what is nearer more surely."""
    return [Judged(n, 1.0) for n in near]


def test_who_needs_what_a_page_denies_is_shown_others_of_the_sort_or_told_that_it_does_not_do():
    wish = "waterproof gloves"
    assert looked_up(wish, GLOVES, OTHER_GLOVES) == [("found", "Puddle Gloves", None)]
    assert looked_up(wish, GLOVES, WISP) == [("denied", "Bramble Gloves", "Not waterproof.")]
    assert looked_up("gloves for roses", GLOVES)[0][0] == "found"


def test_what_is_turned_down_gives_way_to_whatever_else_fits():
    boots = page("Ridge Boots", "Full-grain leather."), page("Marsh Boots", "Recycled mesh.")
    assert looked_up("boots, not leather", *boots) == [("found", "Marsh Boots", None)]
    assert looked_up("boots, not leather", boots[0])[0][0] == "denied"


def test_one_that_is_set_apart_takes_none_along_whose_page_speaks_of_it():
    grinder = page("Pebble Grinder", "Coarse enough for the press.")
    assert looked_up("not the press, coffee", grinder)[0][:2] == ("found", "Pebble Grinder")
    assert looked_up("no press, coffee", grinder)[0][0] == "denied"
    assert looked_up("no 3 pen", page("Marlowe No. 3 Pen", "Steel."))[0][0] == "found"


def test_of_what_fits_as_well_that_comes_first_whose_page_has_the_word():
    filled, shell = (
        page("Heath Coat", "Filled with duck down."),
        page("Moor Coat", "A light shell."),
    )
    best = finding.search(ask("coats with duck"), shop(shell, filled), nowhere, all_alike)[0]
    assert best.values["name"] == "Heath Coat"
    best = finding.search(ask("coats with a shell"), shop(shell, filled), nowhere, all_alike)[0]
    assert best.values["name"] == "Moor Coat"


def all_alike(_question, _texts, near, **_more):
    return [Judged(0.9, 0.9) for _n in near]


def test_what_does_not_do_is_told_by_its_own_page():
    nearest_one = replace(product(told="Not waterproof."), kind="denied")
    assert names(nearest_one) == ["attribute.passage"]
    assert names() == ["search.none"]


def test_what_fits_in_a_value_that_is_wanted_is_told_with_its_price_and_stock():
    wish = {"intent": "product_search", "named": False, "options": {"Color": ("Red",)}}
    told = [product(), replace(product(), kind="found"), *KETTLE[1:]]
    asked = read("search", wishes=True, **wish)
    assert [a.name for a in acts.decide(asked, told)] == ["price.one", "stock.in"]
    assert [a.name for a in acts.decide(read("search", **wish), told)] == ["search.found_one"]


def test_no_article_answers_who_looks_for_products_in_words_of_products_alone():
    found = replace(product(sort="Kettle"), kind="found")
    looking = {"intent": "product_search", "named": False, "products": ()}
    sure = passage(0.95, "The kettle ships to the UK only.")
    asked = read("search", text="larkspur kettle", **looking)
    assert [a.name for a in acts.decide(asked, [found, sure])] == ["search.found_one"]
    asked = read("search", text="kettle ships where", **looking)
    assert [a.name for a in acts.decide(asked, [found, sure])] == ["policy.passage"]


def test_what_surely_is_looked_for_outdoes_a_text_that_is_less_sure():
    found = replace(product(sort="Kettle"), kind="found")
    asked = read("search", text="a kettle beside the wardrobe?", intent="product_search",
                 named=False, products=())  # fmt: skip
    wardrobes = passage(0.85, "We take an old wardrobe along for $45.00.")
    assert [a.name for a in acts.decide(asked, [found, wardrobes])] == ["search.found_one"]
    unsure = replace(found, score=0.5)
    assert [a.name for a in acts.decide(asked, [unsure, wardrobes])] == ["policy.passage"]


SURE = Judged(0.7, 0.7)


def test_the_line_of_the_measure_asked_for_outdoes_what_only_seems_to_answer():
    texts = ["Warranty: 2 years.", "Battery: 7 hours, 28 hours with the case."]
    assert products.measured({0: SURE}, texts, "duration") == {1: products.MEASURED}
    assert products.measured({0: SURE}, texts, "brightness") == {0: SURE}
    beyond = Judged(0.95, 0.95)
    assert products.measured({0: beyond}, texts, "duration") == {0: beyond, 1: products.MEASURED}


def test_what_is_told_as_the_most_extreme_is_cited_like_what_is_found():
    (told,) = acts.decide(
        read("search", intent="product_search", products=(), named=False),
        [extreme(told="Weight: 740 g.")],
    )
    assert [fact.kind for fact in told.facts] == ["found"]


def unfitting(_question, _texts, near, **_more):
    """A judge to which nothing fits."""
    return [Judged(0.0, 0.0) for _n in near]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("anything under $50 for a stocking?", True), ("a present below 50 please", True),
     ("a waterproof tent under $50", False), ("something for the bath under 50", False)],
)  # fmt: skip
def test_within_a_price_all_goes_to_who_leaves_open_what_it_is_to_be(text, shown):
    asked = ask(text, price_limit=50.0)
    assert bool(finding.search(asked, shop(on_sale("Tin Mug")), nowhere, unfitting)) is shown

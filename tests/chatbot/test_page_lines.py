"""Which lines of a page are told, which denies what is asked, and which of two is picked by them."""

from dataclasses import replace

import pytest

from chatbot import acts
from chatbot.facts import extremes, finding, products
from chatbot.facts.denied import denies, is_no
from chatbot.reading import measures
from chatbot.terms import Judged
from tests.chatbot.small_shop import KETTLE, names, product, read, sentence, variant
from tests.chatbot.test_acts_products import BOTH, TEAPOT, found, of_teapot
from tests.chatbot.test_facts import ask, nowhere, shop
from tests.chatbot.test_measures import DRIFT, WISP, page


@pytest.mark.parametrize(
    ("question", "line"),
    [("has it got a microphone?", "No aux socket and no microphone."),
     ("is it waterproof", "Outer: water-repellent, not waterproof."),
     ("will they keep me dry in the rain?", "Not waterproof."), ("a tuner?", "A tuner isn't included."),
     ("is it safe for my cat", "Toxic to cats and dogs."), ("does it rust", "Blade: never rusts."),
     ("does it show maps", "It counts steps and shows no maps.")],
)  # fmt: skip
def test_a_line_denies_what_is_asked_in_all_its_words(question, line):
    assert denies(question, ["A fine thing.", line]) == [line]


@pytest.mark.parametrize(
    ("question", "page"),
    [("will they fit my steel guitar?", ["Not for classical guitars."]),
     ("is it safe for cats", ["Not toxic to cats and dogs."]),
     ("is the lid dishwasher-safe", ["Lid: dishwasher-safe.", "Body: not dishwasher-safe."]),
     ("is it free of corn", ["No corn, no milo."])],
)  # fmt: skip
def test_what_is_denied_of_something_else_or_affirmed_besides_denies_nothing(question, page):
    assert denies(question, page) == []


@pytest.mark.parametrize(
    ("question", "line", "options", "no"),
    [("is it waterproof?", "Not waterproof.", (), True), ("bluetooth?", "No Bluetooth.", (), True),
     ("the shampoo, can I use it on cats", "Not for cats.", (), True),
     ("what battery does it take?", "No battery.", (), False),
     ("do I need to buy a cable?", "Cable not included.", (), False),
     ("is a cable with it?", "Cable not included.", (), False),
     ("isn't it waterproof?", "Not waterproof.", (), False),
     ("does it hold rice?", "Tuna is rice-free.", ("Tuna", "Chicken"), False)],
)  # fmt: skip
def test_a_no_is_said_only_where_the_line_answers_the_whole_question(question, line, options, no):
    assert is_no(question, line, options) == no


def paged(one):
    """A shop that has read the page of its one product."""
    said = tuple((one.handle, sentence) for sentence in one.sentences)
    return replace(shop(one), sentences=said, sentence_vectors=nowhere(said))


def lines(text, pictured, sure=0.1, **more):
    """What is told of a page, to a judge that finds every line as unlikely."""

    def answers(_question, texts, _near, **_more):
        return [Judged(sure, sure) for _text in texts]

    asked = ask(text, products=(pictured.handle,), **more)
    told = products.about(asked.products, asked, paged(pictured), nowhere, answers)
    return [(f.values["text"], f.values.get("says")) for f in told if f.kind == "sentence"]


def test_the_line_that_denies_what_is_asked_comes_first_and_says_no():
    told = lines("is it waterproof?", page("Bag", "For the bus.", "Two straps.", "Not waterproof."))
    assert told[0] == ("Not waterproof.", "no")


CABLE = page("Cable", "3 m: for desks.", "10 m: for stages.", "Woven.", options=("3 m", "10 m"))


def test_lines_on_another_version_than_the_one_wished_for_are_left_out():
    told = lines("what is it for", CABLE, options={"Length": ("10 m",)})
    assert [text for text, _says in told] == ["10 m: for stages.", "Woven."]


def test_a_line_on_several_versions_is_on_each_of_them():
    mat = page("Mat", "3 m: 70 cm wide. 10 m: 100 cm.", "Woven.", options=("3 m", "10 m"))
    told = lines("how wide is it", mat, options={"Length": ("10 m",)})
    assert "3 m: 70 cm wide. 10 m: 100 cm." in [text for text, _says in told]


def test_what_is_told_of_one_version_is_told_of_all_that_may_be_meant():
    told = lines("10 m stages", CABLE)
    assert {text for text, _says in told[:2]} == {"3 m: for desks.", "10 m: for stages."}


def test_the_line_under_the_very_name_that_is_asked_for_comes_first():
    food = page("Plant Food", "For lawns.", "Feeds lawns.", "N-P-K: 4-6-3.")
    assert lines("npk for lawns?", food)[0][0] == "N-P-K: 4-6-3."
    candle = page("Candle", "Burn it until the wax has melted.", "Burn time: 40 hours.")
    assert lines("burn time of it?", candle)[0][0] == "Burn time: 40 hours."


NIBS = sentence(0.95, "Left-handed writers: the red one smudges least.")


def test_a_page_that_surely_answers_leaves_no_room_for_what_else_there_is():
    asked = read("option", text="which color for a left-handed writer", named=False)
    assert names(asked, *KETTLE, NIBS) == ["attribute.labelled"]
    for text in ("what colors are in stock, left-handed writer here", "is there left-handed color"):
        assert names(read("option", text=text, named=False), *KETTLE, NIBS)[0] == "option.some"


@pytest.mark.parametrize(("sure", "told"), [(0.95, "It boils."), (0.4, "It boils. It sings.")])
def test_beside_a_sentence_that_surely_answers_nothing_less_sure_is_told(sure, told):
    (one,) = acts.decide(
        read("attribute", text="does it?"),
        [*KETTLE, sentence(sure, "It boils."), sentence(0.3, "It sings.")],
    )
    assert one.slots["passage.text"] == told


@pytest.mark.parametrize(
    ("asks", "score", "told"),
    [(("attribute",), 0.95, False), (("price", "attribute"), 0.95, True),
     (("attribute", "price"), 0.95, True), (("availability",), 0.7, True)],
)  # fmt: skip
def test_a_page_that_surely_answers_leaves_room_for_a_price_or_stock_that_is_asked_for(
    asks, score, told
):
    asked = read(*asks, text="n what was the larkspur in red b4 the nibs")
    acts_told = names(asked, *KETTLE, sentence(score, "Left-handed writers: the red nibs."))
    assert any(name.startswith(("price.", "stock.")) for name in acts_told) is told


def test_of_two_the_one_is_picked_whose_page_does_not_deny_what_is_needed():
    said = sentence(0.9, "No lid.", denies="yes"), of_teapot(sentence(0.7), text="Lid: glass.")
    asked = read("compare", text="which has a lid", **BOTH)
    pick, other = acts.decide(asked, [*KETTLE, *TEAPOT, *said])
    assert (pick.name, pick.slots["passage.text"]) == ("recommend.with_reason", "Lid: glass.")
    assert other.slots["product.name"] == "Larkspur Kettle"
    gone = replace(TEAPOT[0], values={**TEAPOT[0].values, "stock": "sold out"})
    assert names(asked, *KETTLE, gone, *said) == ["attribute.passage", "attribute.passage"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("which is heavier", ("weight", "more")), ("this or that, which lasts longer", ("duration", "more")),
     ("is it heavier or lighter", ("", "")), ("is it heavier than that", ("", ""))],
)  # fmt: skip
def test_one_of_those_in_view_is_to_be_picked_by_a_measure(text, wanted):
    assert measures.beside(text) == wanted


@pytest.mark.parametrize(
    ("weights", "told"),
    [(("Weight: 2 kg.", "Weight: 1 kg."), ["Drift Tent", "Wisp Tent"]),
     (("Weight: 2 kg and 4 kg.", "Weight: 3 kg."), []), (("Weight: 1 kg.", "Weight: 1 kg."), []),
     (("Weight: 1 kg.", "Green."), [])],
)  # fmt: skip
def test_it_is_picked_only_where_every_figure_of_its_page_outdoes_the_other(weights, told):
    pages = (page(p.title, text) for p, text in zip((DRIFT, WISP), weights, strict=True))
    asked = ask("which tent is heavier", measure="weight", extreme="more",
                products=("drift-tent", "wisp-tent"))  # fmt: skip
    ranked = extremes.extremes(asked, shop(*pages))
    assert [f.values["name"] for f in ranked if f.kind == "extreme"] == told


def sizes(*stock):
    return [
        variant(size, stock, **{"option:Size": size})
        for size, stock in zip(("S", "M", "L"), stock, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "stock", "told"),
    [("the biggest?", ("in stock",) * 3, ("stock.in", "L", None)),
     ("the biggest?", ("in stock", "in stock", "sold out"), ("stock.out_alternatives", "L", "M")),
     ("smallest you do?", ("in stock",) * 3, ("stock.in", "S", None))],
)  # fmt: skip
def test_the_biggest_is_told_by_its_size_and_where_it_is_gone_with_the_next(text, stock, told):
    asked = read("option", text=text, named=False)
    one, *_ = acts.decide(asked, [product(**{"option:Size": "S, M and L"}), *sizes(*stock)])
    assert (one.name, one.slots["variant.options"], one.slots.get("variant2.options")) == told


def test_a_product_is_suggested_by_the_line_that_comes_nearest_to_the_wish():
    pad = page("Hush Pad", "It bounces.", "Loudness: 65 dB in flats.", "Flats: not included.")

    def fits(_question, _texts, near, **_more):
        return [Judged(n, 1.0) for n in near]

    (told,) = finding.search(ask("pad for flats"), paged(pad), nowhere, fits)
    assert told.values["about"] == "Loudness: 65 dB in flats."


def test_the_biggest_in_one_color_is_told_with_the_color():
    there = variant("Blue", "in stock", options="L / Blue", **{"option:Size": "L"})
    gone = variant("Red", "sold out", options="L / Red", **{"option:Size": "L"})
    small = variant("Red", "in stock", options="M / Red", **{"option:Size": "M"})
    asked = read("option", text="the biggest in red?", named=False, options={"Color": ("Red",)})
    (one,) = acts.decide(asked, [product(**{"option:Size": "M and L"}), there, gone, small])
    assert (one.slots["variant.options"], one.slots["variant2.options"]) == ("L / Red", "M / Red")


def test_one_that_is_wished_for_is_told_without_a_list_of_all_there_are():
    asked = read("option", text="in the second, M", wishes=True, options={"Color": ("Red",)})
    assert names(asked, *KETTLE) == ["stock.in"]


def test_what_goes_with_a_thing_is_looked_for_and_the_thing_is_not_described():
    poles = found("Strider Poles", "80.00", sort="Poles")
    asked = read(
        "recommend", text="which poles would work with the kettle?", intent="product_search"
    )
    assert names(asked, *KETTLE, poles) == ["search.found_one"]
    plain = read("recommend", text="which kettle would you take?", intent="product_search")
    assert names(plain, *KETTLE, poles)[0].startswith("price.")


def test_what_has_no_word_for_a_choice_is_told_none_of_them():
    asked = read("attribute", "option", text="is it gore-tex")
    assert names(asked, *KETTLE) == ["attribute.unknown"]


def test_a_line_that_denies_what_is_asked_but_hardly_answers_is_left_behind():
    bag = page("Bag", "For the bus.", "Not waterproof.")
    assert ("Not waterproof.", "no") in lines("is it waterproof?", bag, sure=0.03)
    assert ("Not waterproof.", None) in lines("is it waterproof?", bag, sure=0.01)


def test_beside_a_line_that_denies_what_is_asked_nothing_else_is_told():
    said = sentence(0.5, "No lid.", denies="yes", says="no"), sentence(0.49, "It sings.")
    (one,) = acts.decide(read("attribute", text="a lid?"), [*KETTLE, *said])
    assert one.slots["passage.text"] == "No lid."


def test_what_the_page_in_view_says_is_not_told_behind_what_is_told_of_others():
    asked = read("search", text="which is safe for her", intent="product_search", named=False)
    told = names(asked, *KETTLE, found("Fern Pot"), sentence(0.9, "Toxic to cats."))
    assert told == ["search.found_one"]


def test_a_question_for_a_measure_is_no_answer_without_a_number():
    stool = page("Stool", "Frame: beech.", "Holds: 110 kg.")
    assert lines("how deep is it", stool, 0.5, measure="depth") == [("Holds: 110 kg.", None)]
    assert len(lines("what is it made like", stool, 0.5)) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [("is it oeko-tex certified", ["Standard: EN 71.", "Lead-free."]),
     ("has the glaze been tested", ["Standard: EN 71.", "Lead-free."]),
     ("have you tested the glaze", ["Glaze: shiny.", "Standard: EN 71.", "Lead-free."])],
)  # fmt: skip
def test_what_a_thing_is_made_of_is_no_certificate(text, told):
    mug = page("Mug", "Glaze: shiny.", "Standard: EN 71.", "Lead-free.")
    assert sorted(t for t, _says in lines(text, mug, 0.5)) == sorted(told)


def test_a_line_that_denies_a_proof_is_told():
    mug = page("Mug", "Glaze: shiny.", "Not vegan certified.")
    assert lines("is it vegan certified", mug)[0] == ("Not vegan certified.", "no")


GIGS = {"option:Capacity": "64 GB and 128 GB"}


@pytest.mark.parametrize(
    ("text", "told"),
    [("how many gigs can i get it in", "option.list"), ("which gb does it come in", "option.list"),
     ("how many watts can i get", "attribute.passage"), ("how many gigs is one film", "attribute.passage")],
)  # fmt: skip
def test_the_choices_are_told_to_who_asks_for_them_by_their_unit(text, told):
    card = product(**GIGS), variant("64 GB", "in stock", **{"option:Capacity": "64 GB"})
    assert names(read("attribute", text=text), *card, sentence(0.5, "Quick. So it is."))[0] == told


def test_what_the_page_tells_of_the_very_word_is_told_rather_than_the_choices():
    asked = read("option", text="which version of bluetooth does it have")
    assert names(asked, *KETTLE, sentence(0.7, "Bluetooth 5.0. Optical."))[0] == "attribute.passage"
    assert names(asked, *KETTLE, sentence(0.5, "Bluetooth 5.0. Optical."))[0] == "option.some"
    assert names(asked, *KETTLE, sentence(0.7, "Two inputs. Optical."))[0] == "option.some"


@pytest.mark.parametrize(
    ("wish", "told"),
    [({"Color": ("Blue",)}, "720 g (Blue)"), ({}, "700 g (Red), 720 g (Blue)"),
     ({"Color": ("Red", "Blue")}, "700 g (Red), 720 g (Blue)"), ({"Size": ("L",)}, "700 g (Red), 720 g (Blue)")],
)  # fmt: skip
def test_a_line_that_tells_of_each_version_tells_of_the_one_that_is_spoken_of(wish, told):
    asked, line = (
        read("attribute", text="what does it weigh", options=wish),
        "Weight: 700 g (Red), 720 g (Blue)",
    )
    (one,) = acts.decide(asked, [*KETTLE, sentence(0.9, line)])
    assert one.slots["attribute.value"] == told


def test_a_line_that_tells_of_one_version_alone_is_told_whole():
    asked = read("attribute", text="what does it weigh", options={"Color": ("Blue",)})
    for value in ("700 g, lid 20 g (Blue)", "Red (700 g, with lid), others more"):
        (one,) = acts.decide(asked, [*KETTLE, sentence(0.9, f"Weight: {value}")])
        assert one.slots["attribute.value"] == value


def test_what_a_line_tells_of_a_version_is_told_whole():
    asked = read("attribute", text="what does it weigh", options={"Color": ("Blue",)})
    line = sentence(0.9, "Sizes: Red (20 cm), 700 g; Blue (30 cm), 720 g")
    (one,) = acts.decide(asked, [*KETTLE, line])
    assert one.slots["attribute.value"] == "Blue (30 cm), 720 g"

"""Things set side by side: which two are meant, and what is told of both."""

import pytest

from chatbot import acts
from chatbot.facts import contrasts
from chatbot.reading.either import either
from chatbot.terms import Fact, Lexicon, ProductWords
from tests.chatbot.small_shop import KETTLE, NOW, names, read, sentence
from tests.chatbot.test_acts_products import BOTH, TEAPOT, of_teapot
from tests.chatbot.test_facts import ask, nowhere, shop
from tests.chatbot.test_measures import page


def named(title, text="", **options):
    handle = title.lower().replace(" ", "-")
    return ProductWords(handle, title, "Kitchen", options, f"{title}. {text}")


MIXER, PRO = named("Dalesman Stand Mixer"), named("Dalesman Pro Stand Mixer")
BEATER = named("Dalesman Flat Beater", Size=("4.8 litre", "6.9 litre"))
MOKA = named("Dunbar Moka Pot", Size=("3-cup", "6-cup"))
STEEL = named("Dunbar Steel Moka Pot")
HAND, BURR = named("Calton Hand Grinder"), named("Salisbury Burr Grinder", Colour=("Black",))
KIBBLE = named("Porridge Dog Food", "Kibble: 1 cm.", Flavor=("Chicken & Oats", "Salmon"))
LEXICON = Lexicon((MIXER, PRO, BEATER, MOKA, STEEL, HAND, BURR, KIBBLE), frozenset(), "", ())


@pytest.mark.parametrize(
    ("text", "handles"),
    [("Dalesman or the pro? I bake a lot", (MIXER, PRO)), ("6 cup moka or the steel one", (MOKA, STEEL)),
     ("hand grinder against the electric one. why", (HAND, BURR)), ("the two grinders?", (HAND, BURR)),
     ("difference between the burr grinder and the hand grinder", (BURR, HAND)),
     ("chicken kibble vs the salmon kibble", (KIBBLE,)), ("moka v steel moka, which is lighter", (MOKA, STEEL))],
)  # fmt: skip
def test_two_things_set_side_by_side_are_meant_by_what_each_side_calls_them(text, handles):
    assert set(either(text, (), LEXICON)) == {p.handle for p in handles}


@pytest.mark.parametrize(
    "text",
    ["can I pick it up or have it delivered", "for coffee or for a grinder", "the beater or the mixer",
     "the burr grinder or the black one", "return or exchange?", "a pot, or is it too small"],
)  # fmt: skip
def test_what_is_no_two_things_of_one_sort_sets_none_side_by_side(text):
    assert either(text, (), LEXICON) == ()


def test_two_of_a_department_are_set_side_by_side_where_they_are_plainly_compared():
    assert set(either("which is dearer the beater or the burr grinder", (), LEXICON)) == {
        BEATER.handle, BURR.handle}  # fmt: skip


def test_this_is_the_thing_in_view_beside_the_other():
    assert either("this or the pro?", (MIXER.handle,), LEXICON) == (MIXER.handle, PRO.handle)
    assert either("this or the pro?", (), LEXICON) == ()


FLOOR, STUDIO = (
    named("Fennel Floor Easel"),
    named("Fennel Floor Easel Pro", Finish=("Plain", "Oak")),
)
TABLE, SORREL = named("Sorrel Table Easel"), named("Sorrel Box Easel")
RYE, OAT = named("Ceilidh 5 Men's"), named("Ceilidh 6 Men's")
WOMENS = named("Ceilidh 6 Women's")
EASELS = Lexicon((FLOOR, STUDIO, TABLE, SORREL, RYE, OAT, WOMENS), frozenset(), "", ())


@pytest.mark.parametrize(
    ("text", "handles"),
    [("floor easel, the standard version vs the pro", (FLOOR, STUDIO)),
     ("plain Fennel or the pro?", (FLOOR, STUDIO)),
     ("is the pro worth the extra over the standard Fennel", (FLOOR, STUDIO)),
     ("diff btw the ceilidh 5 and the 6 for men", (RYE, OAT)),
     ("Fennel floor easel pro vs the other Fennel", (FLOOR, STUDIO)),
     ("which of the two table easels", ())],
)  # fmt: skip
def test_what_one_side_leaves_unsaid_is_what_it_shares_with_the_other(text, handles):
    assert set(either(text, (), EASELS)) == {p.handle for p in handles}


@pytest.mark.parametrize("long", ["worth " * 650, "be better " * 390])
def test_words_that_are_said_over_and_over_are_read_to_their_end(long):
    assert either(long, (), EASELS) == ()


def test_where_one_side_goes_by_the_name_of_two_all_three_are_meant():
    three = {TABLE.handle, SORREL.handle, STUDIO.handle}
    assert set(either("sorrel easel vs the fennel pro", (), EASELS)) == three
    assert either("over the sorrel easel or under it", (), EASELS) == ()


def test_things_of_unlike_sorts_are_set_side_by_side_where_both_are_called_by_their_names():
    fern, palm = named("Kestrel Fern"), named("Harlequin Palm")
    plants = Lexicon((fern, palm), frozenset(), "", ())
    assert set(either("kestrel or harlequin for a dark hall?", (), plants)) == {
        fern.handle, palm.handle}  # fmt: skip
    assert either("the fern or the palm?", (), plants) == ()
    assert either("is it kestrel or harlequin", (palm.handle,), plants) == ()


def test_who_says_that_there_are_two_kinds_of_a_sort_speaks_of_both():
    pots = Lexicon((MOKA, HAND, BURR), frozenset(), "", ())
    assert set(either("how heavy are your grinders? I see two kinds", (), pots)) == {
        HAND.handle, BURR.handle}  # fmt: skip
    assert either("how heavy are your grinders?", (), pots) == ()
    assert either("do the pots come in two kinds", (), pots) == ()


GOSLING = page("Gosling Front Seat", "Sits in front.", "Child: 9 to 15 kg.", "Weight: 3.1 kg.",
               "Standard: EN 14344.")  # fmt: skip
JOEY = page("Joey Rear Seat", "Hangs behind.", "Seat weight: 4.8 kg.", "Standard: EN 14344.",
            "Child: 9 to 22 kg.", "Recline: 20 degrees.")  # fmt: skip


def rows(text, *pages):
    """The facts on what these pages say of the same."""
    handles = [p.handle for p in pages]
    return contrasts.contrasts(handles, ask(text, "compare"), shop(*pages), nowhere)


def test_lines_stand_side_by_side_under_the_names_that_all_pages_have():
    found = [f for f in rows("joey or gosling", GOSLING, JOEY) if "only" not in f.values]
    told = [(f.values["label"], f.values["text"]) for f in found]
    assert ("weight", "Weight: 3.1 kg.") in told and ("weight", "Seat weight: 4.8 kg.") in told
    assert "recline" not in dict(told)


def test_lines_differ_where_not_all_pages_say_the_same():
    differ = {f.values["label"] for f in rows("joey or gosling", GOSLING, JOEY)
              if "differs" in f.values}  # fmt: skip
    assert differ == {"child", "weight"}


def test_a_line_limits_a_figure_that_is_named_in_its_unit():
    def limits(text):
        return {f.values["label"] for f in rows(text, GOSLING, JOEY) if "limits" in f.values}

    assert limits("joey or gosling for a lad of 16 kg") == {"child"}
    assert limits("joey or gosling for a lad of 90 cm") == set()


def test_what_only_one_page_has_stands_apart_from_what_all_have():
    own = {f.values["label"] for f in rows("joey or gosling", GOSLING, JOEY) if "only" in f.values}
    assert own == {"recline"}


def test_lines_that_set_a_thing_beside_others_are_told_of_it_as_what_it_is():
    mild = page("Ash Cleaver", "It cuts.", "A little lighter, and the tip is blunter.")
    other = page("Elm Cleaver", "It chops.", "Wash it in less than 3 minutes.")
    heads = [f.values["text"] for f in rows("ash or elm", mild, other) if not f.values["label"]]
    assert heads == ["It cuts.", "A little lighter, and the tip is blunter.", "It chops."]


def test_of_one_thing_the_lines_on_its_versions_are_compared():
    cooker = page("Slow Cooker", "Put it on.", "3.5 l: serves 4.", "6.5 l: serves 8.",
                  options=("3.5 l", "6.5 l"))  # fmt: skip
    told = [f.values["text"] for f in rows("the small one vs the big one", cooker)]
    assert told == ["3.5 l: serves 4.", "6.5 l: serves 8."]
    assert rows("how much is it", cooker) == []


def contrast(label, text, **values):
    base = {"text": text, "handle": "kettle", "name": "Larkspur Kettle", "label": label}
    return Fact("contrast", "product:kettle#0", "1", NOW, base | values)


SIDES = (
    contrast("", "Boils fast."), contrast("hob", "Hob: gas.", differs="yes"),
    contrast("lid", "Lid: steel."), contrast("weight", "Weight: 740 g.", differs="yes"),
    of_teapot(contrast("", "Pours well.")), of_teapot(contrast("hob", "Hob: all.", differs="yes")),
    of_teapot(contrast("lid", "Lid: steel.")),
    of_teapot(contrast("weight", "Weight: 1.1 kg.", differs="yes")),
)  # fmt: skip


def told(text, *said, asks=("compare",)):
    """What is told of a kettle beside a teapot."""
    reading = read(*asks, text=text, **BOTH)
    return acts.decide(reading, [*KETTLE, *TEAPOT, *said, *SIDES])


def test_who_asks_what_tells_two_apart_hears_what_they_are_where_they_differ_and_the_prices():
    side, prices = told("what do I get for the extra?")
    assert side.slots["passage.text"] == "Boils fast. Hob: gas. Weight: 740 g."
    assert side.slots["passage2.text"] == "Pours well. Hob: all. Weight: 1.1 kg."
    assert prices.name == "price.several"


def test_what_is_asked_of_two_is_told_of_both_by_the_line_of_one_name_and_nothing_else():
    (side,) = told("which works on induction", sentence(0.9, "Hob: gas."))
    assert side.slots["passage2.text"] == "Hob: all."


def test_two_properties_asked_at_once_are_both_told():
    said = sentence(0.9, "Hob: gas."), of_teapot(sentence(0.7), text="Weight: 1.1 kg.")
    (side,) = told("which does gas and which is lighter", *said)
    assert set(side.slots["passage.text"].split(". ")) == {"Hob: gas", "Weight: 740 g."}


def test_what_both_say_alike_tells_nothing_apart_however_the_word_is_spelt():
    said = sentence(0.9, "Lid: steel."), of_teapot(sentence(0.9), text="Lid: steel.")
    side, _prices = told("whats diffrent between them", *said)
    assert "Lid: steel." not in side.slots["passage.text"]
    (side,) = told("do both have a steel lid", *said)
    assert side.slots["passage.text"] == side.slots["passage2.text"] == "Lid: steel."


def test_who_but_sets_two_names_side_by_side_asks_what_tells_them_apart():
    said = sentence(0.3, "Lid: steel."), of_teapot(sentence(0.2), text="Lid: steel.")
    side, prices = told("Larkspur kettle vs Brindle teapot", *said)
    assert side.slots["passage.text"] == "Boils fast. Hob: gas. Weight: 740 g."
    assert prices.name == "price.several"
    assert told("Larkspur kettle vs Brindle teapot, lid?", *said)[0].slots["passage.text"] != (
        side.slots["passage.text"])  # fmt: skip


def test_what_stands_on_one_page_alone_follows_what_tells_the_two_apart():
    alone = contrast("spout", "Spout: long.", only="yes")
    side, _prices = told("what do I get for the extra?", alone)
    assert side.slots["passage.text"].endswith("Weight: 740 g. Spout: long.")
    (side,) = told("which works on induction", sentence(0.9, "Hob: gas."), alone)
    assert "Spout" not in side.slots["passage.text"]


def test_the_price_of_each_is_told_by_the_prices_alone():
    both = ("price", "compare")
    assert [a.name for a in told("what do both cost", asks=both)] == ["price.several"]
    more = told("what does each weigh and cost", sentence(0.9, "Weight: 740 g."), asks=both)
    assert [a.name for a in more] != ["price.several"]


def test_a_difference_in_money_is_told_by_the_prices_alone():
    assert [a.name for a in told("the difference in price?")] == ["price.several"]
    assert [a.name for a in told("which is dearer?")] == ["price.several"]


def test_the_versions_of_one_thing_are_told_where_no_line_answers_alone():
    lines = contrast("red", "Red: holds 1 l."), contrast("blue", "Blue: holds 2 l.")
    known = [*KETTLE, *lines, sentence(0.2, "Red: holds 1 l.")]
    (side,) = acts.decide(read("attribute", text="what does each hold"), known)
    assert side.slots["passage.text"] == "Red: holds 1 l. Blue: holds 2 l."
    assert names(read("attribute", text="does it rust"), *known)[0] == "attribute.unknown"


def test_what_one_page_says_to_the_question_is_told_where_the_other_page_says_nothing():
    side, _prices = told("which is safer", sentence(0.4, "Cool to the touch."))
    assert side.slots["passage.text"].startswith("Cool to the touch. Boils fast.")
    assert side.slots["passage2.text"].startswith("Pours well.")


def test_how_far_two_go_is_told_by_their_pages_and_not_by_the_colors_they_come_in():
    reading = read("attribute", text="how tall do they go?", **BOTH)
    said = sentence(0.8, "Height: 21 cm."), of_teapot(sentence(0.6), text="Height: 14 cm.")
    texts = {act.slots["passage.text"] for act in acts.decide(reading, [*KETTLE, *TEAPOT, *said])}
    assert texts == {"Height: 21 cm.", "Height: 14 cm."}
    unsaid = sentence(0.1, "Boils fast."), of_teapot(sentence(0.1), text="Pours well.")
    assert "option.list" in names(reading, *KETTLE, *TEAPOT, *unsaid)

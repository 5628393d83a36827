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


GOSLING = page("Gosling Front Seat", "Sits in front.", "Child: 9 to 15 kg.", "Weight: 3.1 kg.",
               "Standard: EN 14344.")  # fmt: skip
JOEY = page("Joey Rear Seat", "Hangs behind.", "Seat weight: 4.8 kg.", "Standard: EN 14344.",
            "Child: 9 to 22 kg.", "Recline: 20 degrees.")  # fmt: skip


def rows(text, *pages):
    """The facts on what these pages say of the same."""
    handles = [p.handle for p in pages]
    return contrasts.contrasts(handles, ask(text, "compare"), shop(*pages), nowhere)


def test_lines_stand_side_by_side_under_the_names_that_all_pages_have():
    told = [(f.values["label"], f.values["text"]) for f in rows("joey or gosling", GOSLING, JOEY)]
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

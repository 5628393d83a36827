"""Models are known by their codes, which count nothing."""

import pytest

from chatbot import reading
from chatbot.reading import model_codes
from chatbot.terms import Lexicon, Memory, ProductWords

TITLES = ("Tarn X20 Camera", "Tarn X7 Pro Camera", "Tarn NB-7 Battery", "Tarn 10-18 mm Lens",
          *(f"A5 {sort} Book" for sort in ("Note", "Sketch", "Log", "Day", "Music")))  # fmt: skip
SHOP = Lexicon(
    tuple(ProductWords(t.replace(" ", "-").lower(), t, "Photo", {}, t, 500) for t in TITLES),
    frozenset(), "#1001", ("en",),
)  # fmt: skip


def read(text):
    return reading.read(text, "", Memory(), SHOP)


@pytest.mark.parametrize(
    ("text", "handles"),
    [("weight of x20??", {"tarn-x20-camera"}), ("what does the nb7 cost", {"tarn-nb-7-battery"}),
     ("is the nb 7 in stock", {"tarn-nb-7-battery"}), ("how heavy is the X-7", {"tarn-x7-pro-camera"}),
     ("x20 or x7, which is lighter", {"tarn-x20-camera", "tarn-x7-pro-camera"}),
     ("does the 10-18 fit", {"tarn-10-18-mm-lens"})],
)  # fmt: skip
def test_a_model_is_named_by_its_code_however_it_is_written(text, handles):
    assert set(read(text).products) == handles


@pytest.mark.parametrize(
    "text", ["do you ship in 10-18 days?", "mug x 20 please", "is x9 any good", "an a5 for me"]
)
def test_days_other_codes_and_what_many_are_called_by_name_no_model(text):
    assert not model_codes.named(text, SHOP)


@pytest.mark.parametrize(
    ("text", "many"),
    [("x20 please, total?", 1), ("2 of the x20, total?", 2), ("nb7 x3, total?", 3)],
)
def test_a_code_counts_nothing(text, many):
    assert read(text).quantity == many


ELM = ("Elm Turntable", "Elm Replacement Stylus", "Elm Spare Belt", "Oak Refill Pad")


@pytest.mark.parametrize(
    ("text", "handles"),
    [("tell me about the elm", {"elm-turntable"}), ("a replacement for the elm?", {"elm-replacement-stylus"}),
     ("the elm spare belt", {"elm-spare-belt"}), ("have you the oak one", {"oak-refill-pad"})],
)  # fmt: skip
def test_a_thing_goes_by_its_name_before_what_is_made_for_it(text, handles):
    goods = (ProductWords(t.replace(" ", "-").lower(), t, "Sound", {}, t, 80) for t in ELM)
    shop = Lexicon(tuple(goods), frozenset(), "#1001", ("en",))
    assert set(reading.read(text, "", Memory(), shop).products) == handles

"""What is told of several products at once."""

import pytest

from chatbot import acts
from tests.chatbot.small_shop import product, read, sentence

TEAPOT = product(name="Elm Teapot", handle="elm")


def of_the_teapot(score, text):
    return sentence(score, text, name="Elm Teapot", handle="elm")


@pytest.mark.parametrize(
    ("text", "best", "score", "line", "many"),
    [("condensation?", 0.9, 0.3, "Wipe it dry.", 1), ("condensation?", 0.9, 0.6, "Wipe it dry.", 2),
     ("condensation?", 0.9, 0.9, "It may sweat.", 1), ("condensation?", 0.5, 0.15, "Wipe it dry.", 2),
     ("which of them sweats?", 0.9, 0.3, "Wipe it dry.", 2)],
)  # fmt: skip
def test_of_another_product_only_what_is_nearly_as_sure_and_new_is_told(
    text, best, score, line, many
):
    both = [product(), TEAPOT, sentence(best, "It may sweat."), of_the_teapot(score, line)]
    reading = read("attribute", text=text, products=("kettle", "elm"))
    told = [
        a.slots["passage.text"] for a in acts.decide(reading, both) if "passage.text" in a.slots
    ]
    assert len(told) == many and told[0] == "It may sweat."


@pytest.mark.parametrize(
    ("score", "name", "told"),
    [(0.4, "attribute.passage", "It is no kettle for induction. Weight: 740 g."),
     (0.2, "attribute.no_text", "It is no kettle for induction.")],
)  # fmt: skip
def test_of_several_questions_what_answers_each_is_told_and_no_yes_or_no_with_it(score, name, told):
    no = sentence(0.9, "It is no kettle for induction.", says="no", part="yes")
    weight = sentence(score, "Weight: 740 g.", part="yes")
    asked = read("attribute", text="for induction, and how heavy is it?")
    (act,) = acts.decide(asked, [product(), no, weight, sentence(0.5, "It whistles.")])
    assert (act.name, act.slots["passage.text"]) == (name, told)

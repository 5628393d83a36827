"""What it costs to have a thing mended is not what the thing costs."""

import pytest

from chatbot import acts
from chatbot.reading import mending as repairs
from chatbot.terms import TO_MEND, Memory, ProductWords
from tests.chatbot.small_shop import names, passage, read
from tests.chatbot.test_faults import KETTLE

MENDING = ProductWords("bench", "Time at the bench", "Repairs", {}, "We mend it.")


@pytest.mark.parametrize(
    ("text", "memory", "product", "put"),
    [("what would it cost to fix the lid of my kettle", Memory(), KETTLE, True),
     ("how much is the kettle repair kit", Memory(), KETTLE, False),
     ("how much is it to fix a kettle", Memory(), None, False),
     ("how much is it to fix a kettle", Memory(), MENDING, False),
     ("and whats that gonna cost", Memory(act="policy.besides", asks=("damaged", "warranty")), None, True),
     ("how much is a new one", Memory(act="policy.besides", asks=("damaged", "warranty")), None, False),
     ("and whats that gonna cost", Memory(act="policy.besides", asks=("damaged",)), None, False)],
)  # fmt: skip
def test_what_a_repair_costs_is_not_what_the_thing_does(text, memory, product, put):
    assert bool(repairs.costs(text, memory, product)) is put


def test_a_text_with_a_price_of_repairs_tells_what_one_costs():
    asked = read(TO_MEND, intent="policy", text="what would it cost to fix the lid")
    price = passage(0.5, "Every repair is $12, posted back.")
    free = passage(0.2, "In the first year we mend it for free.")
    other = passage(0.9, "Return labels: $8.")
    (told,) = acts.decide(asked, (other, price, free))
    assert [f.values["text"] for f in told.facts] == [price.values["text"], free.values["text"]]
    assert names(asked, other) == ["decline.no_data"]

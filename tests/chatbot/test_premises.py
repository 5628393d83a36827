"""What is taken for granted: extras, fees, codes and properties that the shop does or does not have."""

from dataclasses import replace

import pytest

from chatbot import facts, reading
from chatbot.facts import Viewer
from chatbot.reading.extras import extra
from chatbot.terms import Judged, Reading
from storefront.importing import import_folder
from tests.chatbot.small_shop import KETTLE, names, passage, read, sentence
from tests.chatbot.test_measures import page
from tests.chatbot.test_page_lines import lines

NOBODY = Viewer(None, "o" * 64)
LID = "In the box: kettle and lid."


@pytest.mark.parametrize(
    ("text", "given"),
    [("which color are the free tea cups that come with it?", "tea cups"),
     ("my bonus spoon is missing", "spoon"),
     ("do I get a complimentary tea towel with the kettle", "tea towel")],
)  # fmt: skip
def test_it_reads_what_is_taken_to_come_free(text, given):
    assert extra(text) == given


@pytest.mark.parametrize(
    "text",
    ["is shipping free", "do I get free shipping", "the free gift wrapping", "is it sugar free",
     "free of lead?", "for free please", "the free local delivery"],
)  # fmt: skip
def test_what_a_shop_does_and_what_is_free_of_something_is_no_extra(text):
    assert extra(text) == ""


def test_who_takes_an_extra_for_granted_hears_what_is_in_the_box():
    asked = read("option", text="what color are the cups", extra="tea cups")
    assert names(asked, *KETTLE, sentence(0.3, LID)) == ["attribute.passage"]
    assert names(asked, *KETTLE, sentence(0.9, "Capacity: 0.9 L.")) == ["attribute.unknown"]
    assert names(replace(asked, extra=""), *KETTLE, sentence(0.3, LID))[0] == "option.some"


@pytest.mark.parametrize(
    ("text", "told"), [("Orders over $90.00 get tea cups.", "policy.passage"), ("Tea is hot.", "attribute.unknown")]
)  # fmt: skip
def test_an_extra_that_an_article_tells_of_is_told_as_written(text, told):
    asked = read("option", extra="cups")
    assert names(asked, *KETTLE, passage(0.7, text)) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [("how do i charge the battery", "Wind-up"), ("is the whistle loud", "Wind-up"),
     ("how do i clean it", "A tick.")],
)  # fmt: skip
def test_a_page_that_says_there_is_none_corrects_who_takes_it_for_granted(text, told):
    metronome = page("Metronome", "A tick.", "Wind-up, no battery; a whistle is not included.")
    assert lines(text, metronome)[0][0].startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [("what is the larkspur kettle?", "attribute.passage"), ("tell me about it", "attribute.passage"),
     ("what is the carbon footprint of the larkspur kettle", "attribute.unknown")],
)  # fmt: skip
def test_who_asks_for_something_in_particular_is_not_told_what_it_is(text, told):
    kettle = replace(KETTLE[0], values={**KETTLE[0].values, "about": "A kettle for two."})
    assert names(read("attribute", text=text), kettle) == [told]


@pytest.mark.parametrize(
    ("text", "told"), [("how heavy is the red one", ["attribute.unknown"]), ("the red one?", ["stock.in"])]
)  # fmt: skip
def test_what_no_page_tells_is_not_answered_with_the_stock(text, told):
    asked = read("attribute", text=text, wishes=True, options={"Color": ("Red",)})
    assert names(asked, *KETTLE) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [("can 3 cups stand on the ramp at once", "decline.no_data"), ("how many cups fit", "decline.no_data"),
     ("which cups fit", "search.found_one")],
)  # fmt: skip
def test_who_counts_what_no_page_tells_of_is_not_shown_products(text, told):
    found = replace(KETTLE[0], kind="found", score=0.4)
    asked = read("attribute", text=text, named=False, products=())
    assert names(asked, found) == [told]


@pytest.mark.parametrize(
    ("text", "told"),
    [("will 4 teapots fit in the kettle", "attribute.unknown"), ("is the teapot for tea", "attribute.passage")],
)  # fmt: skip
def test_how_many_of_one_thing_fit_into_another_is_not_known(text, told):
    other = {"handle": "teapot", "name": "Brindle Teapot"}
    page = sentence(0.9), sentence(0.5, "Capacity: 2 L.", **other)
    asked = read("attribute", text=text, products=("kettle", "teapot"))
    assert (
        names(asked, *KETTLE, replace(KETTLE[0], values=KETTLE[0].values | other), *page)[0] == told
    )


@pytest.mark.parametrize(("text", "told"), [("is engraving included", "policy.passage"), ("is engraving possible", "attribute.labelled")])  # fmt: skip
def test_the_price_of_what_is_taken_to_be_included_is_told(text, told):
    page = sentence(0.97, "Engraving: up to 18 letters.")
    article = passage(0.9, "Engraving costs $8.00.", beyond="yes")
    assert names(read("attribute", text=text), *KETTLE, page, article) == [told]


def nearest(_question, _texts, near, **_more):
    return [Judged(n, 1.0) for n in near]


def find(text, *asks, **more):
    base = {"intents": ("exchange",), "confidence": 0.9, "query": text}
    asked = Reading(**base | {"text": text, "asks": asks} | more)
    return facts.find(asked, NOBODY, reading.encode(), nearest)


@pytest.fixture
def fees(db, shop_folder):
    """A shop whose exchanges are free, and that tells of a code its rules do not have."""
    rules = shop_folder / "shop.toml"
    rules.write_text(f"{rules.read_text()}\n[exchanges]\ncost = 0.0\nwindow_days = 21\n")
    (shop_folder / "help" / "exchanges.md").write_text(
        "---\ntitle: Exchanges\ntopic: exchanges\n---\nIf the prices of an exchange differ, you pay.\n\n"
        "The first exchange is free.\n\nThe code TEACUP takes $5.00 off cups.\n"
    )
    import_folder(shop_folder, quiet=True)


@pytest.mark.parametrize(
    ("text", "first"),
    [("exchanges cost 15, waive it", "The first exchange is free."),
     ("the prices of an exchange differ, any fee", "If the prices of an exchange differ, you pay.")],
)  # fmt: skip
def test_the_rule_that_tells_the_fee_comes_first_where_one_is_presumed(fees, text, first):
    told = [f for f in find(text, "exchange") if f.kind == "passage"]
    assert told[0].values["text"] == first


@pytest.mark.parametrize(("code", "state"), [("TEACUP", "written"), ("MOON20", "unknown")])
def test_a_code_that_only_an_article_tells_of_is_none_that_is_unknown(fees, code, state):
    found = find(f"does {code} work", "code_wanted", code=code)
    assert next(f.values["state"] for f in found if f.kind == "promotion") == state


def test_a_code_that_only_an_article_tells_of_is_told_as_written(fees):
    asked = Reading("does TEACUP work?", ("promotion",), ("code_wanted",), 0.9, code="TEACUP")
    known = facts.find(replace(asked, query=asked.text), NOBODY, reading.encode(), nearest)
    assert names(asked, *known) == ["policy.passage"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("One code per order, entered at checkout.", ["policy.no"]),
     ("Codes can't be combined.", ["policy.no"]), ("Codes may be combined freely.", ["policy.passage"])],
)  # fmt: skip
def test_whether_codes_go_together_is_told_by_the_rule_on_that(text, told):
    other = passage(0.9, "TEATIME: 10% off kettles; it can't be added later.")
    asked = read("two_codes", intent="promotion", text="can i combine the codes", named=False)
    facts_told = (
        [passage(0.95, text)] if told == ["policy.passage"] else [other, passage(0.1, text)]
    )
    assert names(asked, *facts_told) == told

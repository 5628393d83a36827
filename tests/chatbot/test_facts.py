"""What is found to bear on a question: products, what several cost, and what only articles say."""

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest

from chatbot import facts, reading
from chatbot.facts import Viewer, finding
from chatbot.facts.text import sort_of, with_weekdays
from chatbot.facts.world import World
from chatbot.terms import Fact, Judged, Reading
from storefront import models, queries
from storefront.importing import import_folder

NOW = datetime(2026, 11, 20, tzinfo=UTC)
NOBODY = Viewer(None, "o" * 64)


def on_sale(title, *tags):
    variant = queries.Variant(title, (), Decimal(50), None, 5, True)
    handle = title.lower().replace(" ", "-").replace("'", "")
    return queries.Product(
        handle, title, "Outdoor", "Linden", tags, (), (variant,), (), False, False, "1", NOW, ""
    )


def nowhere(texts):
    """An encoder to which all texts mean the same, so that words alone decide."""
    return np.zeros((len(texts), 4), np.float32)


def nearest(_question, _texts, near, **_more):
    """A judge that finds the nearer the surer."""
    return [Judged(n, 1.0) for n in near]


def shop(*stock):
    rules = queries.Rules({}, "1", NOW)
    none = np.zeros((0, 4), np.float32)
    by_handle = {p.handle: p for p in stock}
    return World("1", by_handle, rules, nowhere(stock), (), none, (), none, None)


def ask(text, *asks, **more):
    base = {"intents": ("product_search",), "confidence": 0.9, "query": text}
    return Reading(**base | {"text": text, "asks": asks or ("search",)} | more)


def found(asked, *stock, answers=nearest):
    return [f.values["name"] for f in finding.search(asked, shop(*stock), nowhere, answers)]


KIDS, SQUALL = on_sale("Puddle Kids' Rain Jacket"), on_sale("Squall Rain Jacket")
TENT, FOOTPRINT = on_sale("Wisp Tent"), on_sale("Wisp Tent Footprint")
STOVE = on_sale("Fern Stove", "cooking")


@pytest.mark.parametrize(
    ("text", "name"),
    [("a rain jacket", SQUALL.title), ("a rain jacket for men", SQUALL.title),
     ("a rain jacket for kids", KIDS.title), ("a rain jacket for my daughter", KIDS.title),
     ("a rain jacket, she is 4 years", KIDS.title)],
)  # fmt: skip
def test_things_for_children_are_left_for_who_speaks_of_children(text, name):
    assert found(ask(text), KIDS, SQUALL)[0] == name


@pytest.mark.parametrize(
    ("text", "name"), [("a tent", TENT.title), ("a footprint for the tent", FOOTPRINT.title)]
)
def test_what_is_the_sort_of_thing_asked_for_comes_before_what_only_has_the_word(text, name):
    assert found(ask(text), FOOTPRINT, TENT)[0] == name


@pytest.mark.parametrize(
    ("title", "sort"),
    [("Puddle Kids' Rain Jacket", "Jacket"), ("Drift 2 Tent (Green)", "Tent"),
     ("Plates – Set of 4", "Plates"), ("Curlew 28", "Curlew"), ("12", "")],
)  # fmt: skip
def test_what_a_product_is_stands_last_in_its_name(title, sort):
    assert sort_of(title) == sort


@pytest.mark.parametrize(
    ("text", "names"), [("and a stove", [STOVE.title]), ("for two", [TENT.title])]
)
def test_a_message_that_says_what_sort_of_thing_is_sought_is_not_read_with_the_one_before(
    text, names
):
    def called(question, texts, _near, **_more):
        return [Judged(1, float(t.split(".")[0].split()[-1].casefold() in question)) for t in texts]

    asked = ask(text, query=f"a tent {text}", follows=True)
    assert found(asked, TENT, STOVE, answers=called) == names


def described(text, *called):
    some = [Fact("found", "", "1", NOW, {"name": n, "handle": n}, score=s) for n, s in called]
    return finding.described(some, ask(text, "attribute"))


def test_the_one_product_a_question_surely_describes_is_meant_without_its_name():
    coffee, mill = ("Harbour Coffee", 0.97), ("Burr Mill", 0.99)
    assert described("are there nuts in the coffee", coffee, mill) == ("Harbour Coffee",)
    assert described("are there nuts in it", coffee, mill) == ()
    assert described("are there nuts in the coffee", ("Harbour Coffee", 0.45), mill) == ()


def test_what_alone_fits_is_described_by_less():
    twine = ("Garden Twine", 0.65)
    assert described("which colors has the tying twine", twine) == ("Garden Twine",)
    assert described("which colors has the tying twine", twine, ("Burr Mill", 0.4)) == ()
    assert described("which colors has it", twine) == ()


def test_where_several_products_go_by_the_word_none_is_described():
    coffee = ("Harbour Coffee", 0.97)
    assert described("nuts in the coffee?", coffee, ("Moor Coffee", 0.6)) == ()
    assert described("nuts in the coffee?", coffee, ("Moor Coffee", 0.05)) == ("Harbour Coffee",)


def find(asked):
    def kettles(_question, texts, _near, **_more):
        return [Judged(0.5, 1.0 if "Kettle" in t else 0.0) for t in texts]

    return facts.find(asked, NOBODY, reading.encode(), kettles)


@pytest.mark.parametrize(("wanted", "told"), [("attribute", True), ("care", True), ("search", False)])  # fmt: skip
def test_what_is_known_of_a_described_product_is_found_where_a_page_is_asked(linden, wanted, told):
    known = find(ask("how much does the kettle hold", wanted))
    assert [f.values["name"] for f in known if f.kind == "found"] == ["Larkspur Kettle"]
    assert any(f.kind == "product" for f in known) is told


@pytest.mark.parametrize(
    ("many", "total"), [(1, None), (2, "$98.00"), (3, "$147.00"), (30, "$1,470.00")]
)
def test_what_several_of_a_thing_cost_is_reckoned_where_several_are_spoken_of(linden, many, total):
    asked = ask("?", "price", products=("larkspur-kettle",), named=True, quantity=many)
    variants = [f for f in find(asked) if f.kind == "variant"]
    assert {v.values.get("total") for v in variants} == {total}
    assert {v.values["price"] for v in variants} == {"$49.00"}


@pytest.mark.parametrize(
    ("text", "beyond"),
    [("what does the label cost", True), ("is there a delivery", True), ("a kettle for two", False),
     ("what is the capacity?", False)],
)  # fmt: skip
def test_a_passage_that_has_a_word_of_the_message_which_no_page_has_goes_beyond_them(
    db, shop_folder, text, beyond
):
    (shop_folder / "help" / "returns.md").write_text(
        "---\ntitle: Returns\ntopic: returns\n---\nThe label for a kettle's delivery costs $4.00.\n"
    )
    import_folder(shop_folder, quiet=True)
    (passage,) = [f for f in find(ask(text)) if f.kind == "passage"]
    assert ("beyond" in passage.values) is beyond


@pytest.mark.parametrize(
    ("offer", "first"),
    [("nurse", "Nurses get 5% off."), ("student", "Students: 7% on Mondays."),
     ("member", "A discount is for members.")],
)  # fmt: skip
def test_what_is_written_of_the_discount_spoken_of_comes_first(db, shop_folder, offer, first):
    (shop_folder / "help" / "codes.md").write_text(
        "---\ntitle: Codes\ntopic: codes\n---\nNurses get 5% off.\n\nStudents: 7% on Mondays.\n\n"
        "A discount is for members.\n\nNurses like tea.\n"
    )
    import_folder(shop_folder, quiet=True)
    told = [f for f in find(ask("?", "code_wanted", offer=offer)) if f.kind == "discount"]
    assert len(told) == (3 if offer == "student" else 2)
    assert told[0].values["text"] == first
    assert not [f for f in find(ask("?", "code_wanted")) if f.kind == "discount"]


@pytest.mark.parametrize(
    ("text", "asks", "read"),
    [("how much is the larkspur kettle", ("price",), False), ("is the kettle in stock", ("availability",), False),
     ("price and does it whistle", ("price",), True), ("how much does it hold", ("attribute",), True)],
)  # fmt: skip
def test_no_text_is_read_where_only_figures_are_asked_of_a_product_that_is_named(
    linden, text, asks, read
):
    seen = []

    def judge(_question, texts, near, **_more):
        seen.extend(texts)
        return nearest(_question, texts, near)

    asked = ask(
        text, *asks, intents=("product_question",), products=("larkspur-kettle",), named=True
    )
    known = facts.find(asked, NOBODY, reading.encode(), judge)
    assert bool(seen) is read
    assert any(f.kind == "variant" for f in known)


@pytest.mark.parametrize("text", ["Is it steel?", "can it go in the oven"])
def test_the_encoder_reads_a_question_once_for_pages_and_articles(linden, text):
    facts.lexicon(reading.encode())  # the shop's own texts are read
    read = []

    def encode(texts):
        read.append(set(texts))
        return reading.encode()(texts)

    asked = ask(text, "attribute", query=f"a kettle {text}", products=("larkspur-kettle",))
    facts.find(asked, NOBODY, encode, nearest)
    once, *again = read
    assert len(once) > 1
    assert again
    assert all(texts <= once for texts in again)


def by_label(question, texts, _near, **_more):
    """A judge that finds a line by the name of what it tells."""
    return [Judged(0.5 if t.split(":")[0].lower() in question else 0.0, 0.0) for t in texts]


@pytest.mark.parametrize(
    ("text", "measure", "answering"),
    [("which material and what capacity?", "", ["Capacity", "Material"]),
     ("which material + what capacity?", "", ["Capacity", "Material"]),
     ("the material + the capacity", "", []), ("which material", "", []),
     ("which material and what capacity?", "volume", ["Capacity", "Material"])],
)  # fmt: skip
def test_of_several_questions_the_line_that_is_surest_of_each_is_marked(
    linden, text, measure, answering
):
    asked = ask(text, "attribute", products=("larkspur-kettle",), measure=measure)
    known = facts.find(asked, NOBODY, reading.encode(), by_label)
    marked = [f.values["text"].split(":")[0] for f in known if "part" in f.values]
    assert sorted(marked) == answering


@pytest.mark.parametrize(
    ("text", "spelled"),
    [("open tomorrow?", "open tomorrow Saturday?"), ("when tmrw", "when tmrw Saturday"),
     ("open today", "open today Friday"), ("u open mon", "u open Monday"),
     ("sun hat", "sun hat"), ("the day after", "the day after")],
)  # fmt: skip
def test_days_are_called_by_their_names(text, spelled):
    assert with_weekdays(text, date(2026, 11, 20)) == spelled


@pytest.mark.parametrize("named", ["Larkspur Kettle", "Award-winning Organic Kettle"])
def test_what_a_feed_says_that_an_ai_wrote_is_the_ground_of_nothing(linden, named):
    row = models.Product.objects.get(handle="larkspur-kettle")
    row.title, row.ai_title = named, "Award-winning Organic Kettle"
    row.ai_description = "It cures colds."
    row.save()
    known = repr(facts.of_product("larkspur-kettle", reading.encode()))
    assert "steel, works on induction" in known
    assert "cures" not in known and "rganic" not in known

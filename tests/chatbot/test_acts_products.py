"""What is said of products: which are shown, side by side, how many, the page or an article."""

from dataclasses import replace

import pytest

from chatbot import acts
from tests.chatbot.small_shop import KETTLE, names, passage, product, read, sentence, variant


def of_teapot(fact, **values):
    """The same of another product."""
    own = {"handle": "teapot", "name": "Brindle Teapot"}
    return replace(fact, values={**fact.values, **own, **values})


TEAPOT = (of_teapot(product()), of_teapot(variant("Red", "in stock", "36.00")))
BOTH = {"products": ("kettle", "teapot")}


def found(name, amount="49.00", score=0.95, **values):
    base = {"name": name, "handle": name.lower(), "amount": amount, "price_min": f"${amount}",
            "sort": name.split()[-1]}  # fmt: skip
    return replace(product(**base | values), kind="found", score=score)


def shown(reading, *facts):
    """The names of the products that are told of, in order."""
    told = acts.decide(reading, facts)
    return [v for act in told for k, v in act.slots.items() if k.startswith("product")
            and k.endswith(".name")]  # fmt: skip


def look(text, *asks, **more):
    base = {"intent": "product_search", "named": False, "products": ()}
    return read(*(asks or ("search",)), **base | {"text": text, "query": text} | more)


@pytest.mark.parametrize(
    ("text", "told"),
    [("what else is there?", ["Teapot"]), ("any alternatives", ["Teapot"]),
     ("show me other ones", ["Teapot"]), ("i have the big red kettle already", ["Teapot"]),
     ("kettles and teapots please", ["Kettle", "Teapot"])],
)  # fmt: skip
def test_who_wants_something_else_is_not_shown_the_same_again(text, told):
    reading = look(text, products=("kettle",))
    assert shown(reading, *KETTLE, found("Kettle"), found("Teapot")) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [("what is your cheapest tent", ["Wisp Tent", "Drift Tent"]),
     ("the cheapest thing you have", ["Tent Footprint", "Wisp Tent", "Drift Tent"]),
     ("tents please", ["Drift Tent", "Wisp Tent", "Tent Footprint"])],
)  # fmt: skip
def test_the_cheapest_is_looked_for_among_the_sort_of_thing_asked_for(text, told):
    tents = found("Drift Tent", "300.00"), found("Wisp Tent", "200.00")
    assert shown(look(text), *tents, found("Tent Footprint", "30.00")) == told


def test_the_cheapest_of_what_was_looked_for_before_is_of_that_sort():
    reading = look("the cheapest?", query="any tents? the cheapest?", follows=True)
    tent, footprint = found("Wisp Tent", "200.00"), found("Tent Footprint", "30.00")
    assert shown(reading, tent, footprint) == ["Wisp Tent"]


@pytest.mark.parametrize(
    ("text", "told"),
    [("which tents are on sale?", ["Wisp Tent"]), ("what is on sale", ["Wisp Tent", "Fern Stove"])],
)
def test_what_is_reduced_is_told_of_the_sort_of_thing_asked_for(text, told):
    cheap = [replace(found(name), kind="reduced") for name in ("Wisp Tent", "Fern Stove")]
    assert shown(look(text, "sale"), *cheap) == told


@pytest.mark.parametrize(
    ("name", "score", "told"),
    [("Swim Goggles", 0.4, ["search.no_such", "search.found_one"]),
     ("Snow Mask", 0.99, ["search.no_such", "search.found_one"]), ("Snow Mask", 0.5, ["search.no_such"])],
)  # fmt: skip
def test_instead_of_what_there_is_not_only_what_is_much_like_it_is_shown(name, score, told):
    reading = look("do you sell ski goggles", stranger="ski goggles")
    assert names(reading, found(name, score=score)) == told


@pytest.mark.parametrize(
    ("scores", "told"),
    [((0.5, 0.3), "policy.passage"), ((0.5, 0.0), "search.no_such"), ((0.2, 0.1), "search.no_such")],
)  # fmt: skip
def test_a_service_that_an_article_tells_of_is_not_denied_as_a_thing(scores, told):
    reading = look("do you do renting", stranger="renting")
    rows = [
        passage(score, f"A week costs ${n}.00.", article="lend") for n, score in enumerate(scores)
    ]
    assert names(reading, found("Swim Goggles", score=0.3), *rows)[0] == told


def test_beside_another_model_only_those_of_its_name_are_shown():
    reading = look("is the vellum 80 speaker in stock", stranger="vellum 80 speaker")
    told = shown(reading, found("Finch Speaker"), found("Vellum 60 Headphones"))
    assert told == ["Vellum 60 Headphones"]


WEIGHS = (
    sentence(0.6, "Capacity: 0.9 L."), sentence(0.2, "Weight: 740 g."),
    of_teapot(sentence(0.5, "Holds plenty of tea.")),
    of_teapot(sentence(0.3), text="Capacity with lid: 1.2 L."),
    of_teapot(sentence(0.2), text="Weight: 1.1 kg."),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [("which holds more?", ["Capacity: 0.9 L.", "Capacity with lid: 1.2 L."]),
     ("which is lighter?", ["Weight: 740 g.", "Weight: 1.1 kg."]),
     ("what do they weigh", ["Weight: 740 g.", "Weight: 1.1 kg."])],
)  # fmt: skip
def test_things_are_compared_by_the_same_property(text, told):
    side, *_ = acts.decide(read("compare", text=text, **BOTH), [*KETTLE, *TEAPOT, *WEIGHS])
    assert side.name == "compare.two_text"
    assert [side.slots["passage.text"], side.slots["passage2.text"]] == told


def test_things_are_compared_by_what_answers_best_where_no_property_is_named():
    said = sentence(0.7, "Boils in a minute."), of_teapot(sentence(0.5), text="Cannot boil.")
    (side,) = acts.decide(read("compare", text="?", **BOTH), [*KETTLE, *TEAPOT, *said, *WEIGHS])
    assert [side.slots["passage.text"], side.slots["passage2.text"]] == [
        "Boils in a minute.",
        "Cannot boil.",
    ]


def test_the_same_property_of_all_in_view_is_told_once_it_surely_answers_for_one():
    reading = read("attribute", text="how much do they hold?", **BOTH)
    told = acts.decide(reading, [*KETTLE, *TEAPOT, *WEIGHS])
    assert [act.slots["passage.text"] for act in told] == [
        "Capacity: 0.9 L.",
        "Capacity with lid: 1.2 L.",
    ]
    unsure = sentence(0.02), of_teapot(sentence(0.01))
    assert names(reading, *KETTLE, *TEAPOT, *unsure) == ["attribute.unknown"]


@pytest.mark.parametrize(
    ("asks", "text", "told"),
    [(("option",), "does the kettle come in other colors?", "option.some"),
     (("option",), "kettle color?", "option.some"), (("option",), "the color, any choice?", "option.some"),
     (("exchange",), "can i swap the color later", "policy.passage")],
)  # fmt: skip
def test_what_there_is_to_choose_from_is_told_before_any_article(asks, text, told):
    reading = read(*asks, intent="product_question", text=text)
    assert names(reading, passage(0.95, "Colors can be swapped."), *KETTLE)[0] == told


@pytest.mark.parametrize(
    ("red", "blue", "told"),
    [("in stock", "in stock", {"option.list": None}), ("in stock", "low stock", {"option.list": None}),
     ("in stock", "sold out", {"option.some": "Blue"}),
     ("sold out", "sold out", {"option.list": None, "stock.out_all": None})],
)  # fmt: skip
def test_what_is_sold_out_among_the_choices_is_told_with_them(red, blue, told):
    reading = read("option", intent="product_question", text="which colors are there")
    facts = product(), variant("Red", red), variant("Blue", blue)
    listed = acts.decide(reading, facts)
    assert {act.name: act.slots.get("variant.options") for act in listed} == told


@pytest.mark.parametrize(
    ("wish", "told"), [({}, []), ({"Size": ("M",)}, ["M / Blue"]), ({"Size": ("S",)}, [])]
)
def test_what_is_sold_out_in_the_size_wished_for_is_told_as_that(wish, told):
    both = [(size, color) for size in "SM" for color in ("Red", "Blue")]
    stock = {("M", "Blue"): "sold out"}
    sized = [
        variant(color, stock.get((size, color), "in stock"), options=f"{size} / {color}",
                **{"option:Size": size})
        for size, color in both
    ]  # fmt: skip
    reading = read("option", intent="product_question", text="which colors are there", options=wish)
    (listed,) = acts.decide(reading, (product(**{"option:Size": "S and M"}), *sized))
    assert listed.slots["option.values"] == "Red and Blue"
    assert [listed.slots[x] for x in ("variant.options",) if x in listed.slots] == told


def test_who_asks_for_stock_besides_the_choices_hears_of_it_once():
    reading = read(
        "option", "availability", intent="product_question", text="which colors are there"
    )
    assert names(reading, *KETTLE) == ["option.list", "stock.some"]


@pytest.mark.parametrize(
    ("confidence", "products", "told"),
    [(0.6, ("kettle",), "attribute.labelled"), (0.6, (), "decline.out_of_scope"),
     (0.95, ("kettle",), "decline.out_of_scope")],
)  # fmt: skip
def test_what_sounds_foreign_but_not_surely_is_about_the_thing_in_view(confidence, products, told):
    reading = read("off_topic", intent="out_of_scope", confidence=confidence, named=False,
                   products=products, text="how many cups would that be")  # fmt: skip
    assert names(reading, sentence(0.9), *(KETTLE if products else ())) == [told]


@pytest.mark.parametrize(
    ("ask", "page", "article", "told"),
    [("attribute", 0.5, 0.6, "attribute.passage"), ("care", 0.5, 0.6, "attribute.passage"),
     ("attribute", 0.1, 0.7, "policy.passage"), ("return_policy", 0.65, 0.55, "policy.passage"),
     ("return_policy", 0.9, 0.4, "attribute.passage")],
)  # fmt: skip
def test_a_page_is_believed_before_an_article_on_what_pages_tell_and_after_it_on_what_they_do_not(
    ask, page, article, told
):
    intent = "return_refund" if ask == "return_policy" else "product_question"
    reading = read(ask, intent=intent, text="what of the kettle")
    said = sentence(page, "Guaranteed for long."), passage(article, "Send it to us.")
    assert names(reading, *said, *KETTLE) == [told]


@pytest.mark.parametrize(
    ("values", "score", "told"),
    [({"beyond": "yes"}, 0.7, "policy.passage"), ({}, 0.7, "search.found_one"),
     ({"beyond": "yes"}, 0.4, "search.found_one"), ({}, 0.95, "policy.passage")],
)  # fmt: skip
def test_a_passage_on_what_no_page_speaks_of_answers_what_sounds_like_a_search(values, score, told):
    reading = look("do you have gift wrapping")
    wraps = passage(score, "We wrap gifts for $4.00.", **values)
    assert names(reading, wraps, found("Kettle")) == [told]


def test_a_sure_page_answers_what_sounds_like_a_question_on_rules():
    reading = read("ship_where", intent="shipping", text="does the kettle work in chile")
    assert names(reading, sentence(0.9, "Runs anywhere."), *KETTLE) == ["attribute.passage"]
    assert names(reading, sentence(0.05, "Runs anywhere."), *KETTLE) != ["attribute.passage"]


@pytest.mark.parametrize(
    ("page", "article", "told"),
    [("Works anywhere.", "We send it all over.", "attribute.passage"),
     ("Runs anywhere.", "We send it all over.", "policy.passage"),
     ("Works anywhere.", "Works wherever we ship, Chile too.", "policy.passage")],
)  # fmt: skip
def test_of_page_and_article_as_sure_the_one_that_has_the_words_of_the_message_is_believed(
    page, article, told
):
    reading = read("ship_where", intent="shipping", text="does the kettle work in chile")
    assert names(reading, sentence(0.9, page), passage(0.92, article), *KETTLE) == [told]


@pytest.mark.parametrize(
    ("article", "told"),
    [("The warranty is two years.", "policy.passage"), ("You have 30 days.", "attribute.passage")],
)
def test_an_article_without_a_word_of_the_message_does_not_outdo_the_page(article, told):
    reading = read("warranty", text="how long is the warranty of the larkspur?")
    page = sentence(0.5, "Guaranteed for long.")
    assert names(reading, page, passage(0.72, article), *KETTLE) == [told]


def test_a_short_question_that_points_at_no_product_is_asked_back():
    asked = {"products": (), "named": False, "text": "how much is it?"}
    assert names(read("price", **asked)) == ["clarify.which_product"]
    assert names(read("price", **asked), *KETTLE[:2]) == ["price.one"]


def test_who_asks_about_a_product_in_general_hears_what_its_page_begins_with():
    about = product(about="It pours like a swan.")
    assert names(read("attribute", text="tell me about the larkspur"), about) == [
        "attribute.passage"
    ]
    assert names(read("attribute", text="is it magnetic?"), about) == ["attribute.unknown"]


def test_what_fits_far_worse_is_not_shown_beside_what_fits():
    stove, mug = found("Fern Stove", score=0.9), found("Tin Mug", score=0.5)
    assert shown(look("a stove please"), stove, mug) == ["Fern Stove"]
    assert shown(look("a stove please"), stove, replace(mug, score=0.8)) == [
        "Fern Stove",
        "Tin Mug",
    ]


def test_what_is_sold_out_is_shown_first_only_where_it_fits_far_better():
    gone, there = found("Kneeler", stock="sold out"), found("Gloves", score=0.9)
    assert shown(look("to kneel on"), gone, there) == ["Gloves"]
    assert shown(look("to kneel on"), gone, replace(there, score=0.8)) == ["Kneeler", "Gloves"]


@pytest.mark.parametrize(
    ("other", "told"), [("hanging", "policy.unsure"), ("care", "search.found_one")]
)
def test_an_article_of_which_several_passages_may_answer_is_as_sure_as_they_are(other, told):
    asks = read("attribute", text="how far over the worktop do they hang", named=False, products=())
    first, second = (
        passage(0.45, text, article=article)
        for text, article in (("32 cm above it.", "hanging"), ("Or 40 cm.", other))
    )
    assert names(asks, first, second, found("Cord", score=0.5))[0] == told


def test_what_is_sold_out_is_said_to_be_where_it_alone_goes_by_the_word_asked_for():
    gone, there = found("Bread Knife", stock="sold out"), found("Paring Knife", score=0.93)
    told = acts.decide(look("a knife for bread"), [gone, there])
    assert [a.name for a in told] == ["stock.out_all", "search.found_one"]
    assert shown(look("a knife for bread"), gone, there) == ["Bread Knife", "Paring Knife"]
    assert shown(look("a good knife"), gone, there) == ["Paring Knife"]


def test_beside_a_size_that_is_gone_the_nearest_ones_are_named():
    sizes = [
        variant(n, "sold out" if n == "12" else "in stock") for n in ("8", "9", "11", "12", "13")
    ]
    (act,) = acts.decide(read("availability", options={"Color": ("12",)}), [product(), *sizes])
    assert act.slots["variant2.options"] == "11, 13 and 9"


def test_a_warranty_is_told_as_it_stands_on_every_page():
    known = (*KETTLE, sentence(0.02, "Warranty: 2 years."))
    assert names(read("warranty", text="what guarantee has it"), *known)[0] == "attribute.passage"


def test_a_guarantee_that_is_asked_for_is_no_pressing():
    asked = read("warranty", intent="policy", text="how long is the guarantee on it", products=())
    assert names(asked, passage(0.9)) == ["policy.passage"]


@pytest.mark.parametrize(
    ("ask", "text", "told"),
    [("attribute", "pink?", "option.no_such"), ("availability", "have you got a pink one of these for my mum", "option.no_such"),
     ("attribute", "her cheeks go pink from steam, is the handle far from it", "attribute.passage")],
)  # fmt: skip
def test_a_color_of_a_story_is_not_wished_for(ask, text, told):
    asked = read(ask, text=text, foreign_options=("pink",))
    assert names(asked, *KETTLE, sentence(0.8, "A long handle keeps steam away."))[0] == told

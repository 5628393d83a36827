"""References become values."""

import pytest

from chatbot.writing import EngineError, cites, quoted, render


def test_a_reference_becomes_its_value():
    assert render("It costs {variant.price}.", {"variant.price": "$189.00"}) == "It costs $189.00."


def test_a_value_that_begins_the_text_begins_with_a_capital():
    assert render("{option.value} is sold out.", {"option.value": "slate"}) == "Slate is sold out."


def test_a_value_that_is_written_small_on_purpose_stays_so():
    assert render("{spec.label}: 6.2.", {"spec.label": "pH"}) == "pH: 6.2."


def test_a_value_inside_the_text_keeps_its_case():
    assert render("In {option.value}.", {"option.value": "slate"}) == "In slate."


@pytest.mark.parametrize("mark", [".", "!", "?", "…"])
def test_a_passage_with_its_own_end_mark_gets_no_second_one(mark):
    shown = render("{passage.text}.", {"passage.text": f"Wash cold{mark}"})
    assert shown == f"Wash cold{mark}"


def test_a_passage_in_quotation_marks_ends_once_too():
    shown = render('It says "{passage.text}".', {"passage.text": "Wash cold."})
    assert shown == 'It says "Wash cold."'


def test_a_value_without_an_end_mark_keeps_the_one_of_the_draft():
    assert render("Say {word}.", {"word": "cold"}) == "Say cold."


def test_an_unknown_reference_is_an_error_that_names_it_and_what_there_is():
    with pytest.raises(EngineError, match=r"\{variant\.price\}.*product\.name"):
        render("It costs {variant.price}.", {"product.name": "Tent"})


def test_an_act_without_values_says_so():
    with pytest.raises(EngineError, match="it holds none"):
        render("It costs {variant.price}.", {})


def test_a_value_that_looks_like_a_reference_is_not_replaced_again():
    assert render("Get {a}.", {"a": "{b}", "b": "no"}) == "Get {b}."


@pytest.mark.parametrize("draft", ["{", "a } b", "<b>Hi</b>", "{{a}}", "<think>", "\ufffd"])
def test_marks_that_cite_nothing_are_refused(draft):
    with pytest.raises(EngineError, match="cite nothing"):
        render(draft, {"a": "x"})


def test_three_dots_and_line_breaks_of_other_engines_are_kept_and_folded():
    assert render("Well...\n\nIt is\n{a}", {"a": "red"}) == "Well... It is red"


@pytest.mark.parametrize(
    ("drafts", "value"),
    [
        (["It costs {a}."], "$49.00"),
        (["It costs $49.00."], "$49.00"),
        (["the larkspur  KETTLE"], "Larkspur Kettle"),
        (['It says "Wash cold.', 'Dry flat."'], "Wash cold. Dry flat."),
        (["It says “it’s cold”"], "It's cold."),
    ],
)
def test_a_value_is_cited_by_reference_or_word_for_word(drafts, value):
    assert cites(drafts, "a", value)


@pytest.mark.parametrize(
    ("drafts", "value"),
    [
        (["It costs {b}."], "$49.00"),
        (["It costs $49.001."], "$49.00"),
        (["There are 12 left."], "2"),
        (["It costs $4.50."], "$4"),
        ([], "x"),
    ],
)
def test_a_value_that_is_only_part_of_another_is_not_cited(drafts, value):
    assert not cites(drafts, "a", value)


def test_a_passage_before_another_sentence_gets_the_end_mark_it_lacks():
    slots = {"passage.text": "Weight: 740 g", "passage2.text": "Wash cold."}
    assert (
        render("{passage.text} Also: {passage2.text}", slots) == "Weight: 740 g. Also: Wash cold."
    )
    assert render("From its page: {passage.text}", slots) == "From its page: Weight: 740 g"


def test_passages_are_quoted_once_where_they_are_checked():
    assert (
        quoted('Here: {passage.text} "{passage2.text}" {a}')
        == 'Here: "{passage.text}" "{passage2.text}" {a}'
    )


@pytest.mark.parametrize(
    ("draft", "name", "said"),
    [("Prices for the {product.name} start here.", "The Long Walk", "Prices for The Long Walk start here."),
     ("The {product.name} is here.", "The Long Walk", "The Long Walk is here."),
     ("Prices for the {product.name} start here.", "Theodolite", "Prices for the Theodolite start here."),
     ("In the {product.name}.", "Larkspur Kettle", "In the Larkspur Kettle.")],
)  # fmt: skip
def test_a_name_with_an_article_of_its_own_gets_no_second_one(draft, name, said):
    assert render(draft, {"product.name": name}) == said

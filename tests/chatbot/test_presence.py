"""What a thing holds, and who made it, is told by lines that can tell it and by no others."""

import pytest

from chatbot.facts.presence import of_articles, telling
from chatbot.terms import Judged
from tests.chatbot.small_shop import passage

SO_SO, SURE = Judged(0.6, 0.6), Judged(0.9, 0.9)


def told(question, *lines, sure=SO_SO, refused=()):
    found = telling(question, dict.fromkeys(range(len(lines)), sure), lines, refused)
    return [lines[i] for i in found]


@pytest.mark.parametrize(
    ("question", "line", "tells"),
    [("is there any lead in the enamel?", "The pale enamel inside shows what is catching.", False),
     ("is there any lead in the enamel?", "Glaze: lead-free.", True),
     ("any latex in the gloves", "Material: nylon and foam.", True),
     ("any latex in the gloves", "Gloves for wet days.", False),
     ("does it contain nuts", "May hold traces of nut.", True),
     ("does it contain nuts", "Sweetened with honey.", True),
     ("does it contain nuts", "Keeps for 9 months.", False),
     ("how long does it keep", "Keeps for 9 months.", True)],
)  # fmt: skip
def test_a_substance_is_told_by_its_name_or_by_what_a_thing_is_made_of(question, line, tells):
    assert told(question, line) == [line] * tells


def test_a_line_that_surely_answers_or_denies_does_so_in_words_of_its_own():
    asked, line = "is there any sugar in it", "Pure honey, nothing else."
    assert told(asked, line, sure=SURE) == told(asked, line, refused=(line,)) == [line]
    assert told(asked, line) == []


@pytest.mark.parametrize(
    ("line", "tells"),
    [("Motor: mid-drive, 65 Nm.", False), ("Motor: Shimano EP8.", True),
     ("Forged in Sheffield.", True), ("Steel and ash.", False)],
)  # fmt: skip
def test_a_maker_is_told_by_a_name_or_a_word_of_making(line, tells):
    assert told("who makes the motor?", line) == [line] * tells


@pytest.mark.parametrize(
    ("question", "text", "tells"),
    [("is there any plastic in the bath", "Birdbaths: warranty 2 years.", False),
     ("is there any plastic in the bath", "We use no plastic.", True),
     ("who makes the pruner", "Sharpening in the store: $9.", False),
     ("who makes the pruner", "All our tools are made in Sheffield.", True),
     ("how long is the warranty", "Birdbaths: warranty 2 years.", True)],
)  # fmt: skip
def test_an_article_tells_of_them_only_by_their_words(question, text, tells):
    assert bool(of_articles(question, [passage(0.9, text)])) is tells

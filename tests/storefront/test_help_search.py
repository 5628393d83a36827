"""Searching the help centre: the passage that fits, with the words that fit marked."""

import pytest

from storefront import answers, models
from storefront.search import spelling
from storefront.search.passages import passages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_words_of_another_test():
    spelling.forget()


def marked(query):
    return {text for p in passages(query)[1] for text, fits in p.parts if fits}


def test_the_passage_that_fits_is_shown_with_its_words_marked(client, linden):
    page = client.get("/help/?about=how+long+do+I+have+to+send+it+back%3F").content.decode()
    assert "to <mark>send</mark> something <mark>back</mark>." in page


@pytest.mark.parametrize(("query", "word"), [("labels", "label"), ("delivry", "delivery")])
def test_plurals_and_slips_find_the_word(linden, query, word):
    assert word in marked(query)


def test_what_no_article_says_brings_to_the_assistant(client, linden):
    page = client.get("/help/?about=zeppelins").content.decode()
    assert "No help article speaks of that" in page
    assert "data-chat-open" in page


def test_markup_in_articles_and_in_questions_stays_text(client, linden):
    article = models.Article.objects.get(slug="returns")
    text = "Send it to `<script>pwned()</script>` with the label."
    article.versions.create(number=9, title="<b>Returns</b>", markdown=text, digest="x")
    page = client.get("/help/", {"about": "label <img src=x>"}).content.decode()
    assert "&lt;<mark>" not in page and "<script>pwned" not in page and "<img" not in page
    assert "&lt;script&gt;pwned()" in page and "&lt;b&gt;Returns" in page


def test_an_answer_of_the_shop_is_found_as_soon_as_it_stands_and_no_longer(linden):
    key = "0" * 32
    answers.publish(answers.OwnAnswer("Do you engrave?", "We engrave kettles for free."), key)
    assert "engrave" in marked("engraving")
    answers.withdraw(key)
    assert marked("engraving") == set()


def test_an_old_version_is_not_found(linden):
    models.Article.objects.get(slug="returns").versions.create(
        number=2, title="Returns", markdown="Keep it.", digest="y"
    )
    assert marked("label") == set()

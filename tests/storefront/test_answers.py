"""The shop's own answers stand in the help articles, and no import takes them away."""

import uuid

import pytest

from storefront import commands, models, queries
from storefront.commands import NotPublishable, OwnAnswer
from storefront.importing import import_folder

pytestmark = pytest.mark.django_db
DOG = OwnAnswer("May I bring my dog?", "Dogs are welcome in the shop.")
ADDED = OwnAnswer("Who pays?", "We pay for the label of a faulty kettle.", article="returns")


@pytest.fixture(autouse=True)
def shop(linden):
    return linden


def publish(answer, key=None):
    return commands.publish(answer, key or uuid.uuid4()).article


def texts(slug):
    return [p.text for p in queries.passages() if p.article == slug]


def load(folder):
    return +import_folder(folder, quiet=True)[0]


def change_returns(folder):
    path = folder / "help" / "returns.md"
    path.write_text(path.read_text().replace("30 days", "45 days"))


def test_a_new_answer_is_an_article_that_can_be_read_and_quoted(client):
    slug = publish(DOG)
    assert slug == "may-i-bring-my-dog" and texts(slug) == [DOG.text]
    shown = client.get(f"/help/{slug}/").content.decode()
    assert DOG.question in shown and DOG.text in shown


def test_an_answer_added_to_an_article_stands_under_its_question():
    before = texts("returns")
    assert publish(ADDED) == "returns"
    assert texts("returns") == [*before, ADDED.text]
    assert queries.passages()[-1].heading == "Who pays?"


def test_an_import_leaves_the_shops_own_articles_alone(shop_folder):
    slug = publish(DOG)
    assert load(shop_folder) == {} and texts(slug) == [DOG.text]


def test_an_import_withdraws_an_imported_article_that_is_gone(shop_folder):
    (shop_folder / "help" / "returns.md").unlink()
    publish(DOG)
    assert load(shop_folder) == {"articles withdrawn": 1}
    assert texts("returns") == []


def test_an_added_answer_survives_a_new_text_of_its_article(shop_folder):
    publish(ADDED)
    change_returns(shop_folder)
    assert load(shop_folder) == {"articles changed": 1}
    assert "45 days" in texts("returns")[0] and texts("returns")[-1] == ADDED.text


def test_an_added_answer_outlives_its_article_which_may_come_back(shop_folder):
    publish(ADDED)
    path = shop_folder / "help" / "returns.md"
    written = path.read_text()
    path.unlink()
    load(shop_folder)
    assert texts("returns") == [ADDED.text]
    assert load(shop_folder) == {}
    path.write_text(written)
    load(shop_folder)
    assert len(texts("returns")) > 1 and texts("returns")[-1] == ADDED.text


def test_withdrawing_takes_the_article_away_or_only_what_was_added():
    key, other = uuid.uuid4(), uuid.uuid4()
    before = texts("returns")
    slug, _slug = publish(DOG, key), publish(ADDED, other)
    for withdrawn in (key, other, other):
        commands.withdraw(withdrawn)
    assert (texts(slug), texts("returns")) == ([], before)


def test_a_withdrawn_answer_can_be_written_anew():
    key = uuid.uuid4()
    slug = publish(DOG, key)
    commands.withdraw(key)
    assert publish(OwnAnswer(DOG.question, "No dogs, sorry.")) == slug
    assert texts(slug) == ["No dogs, sorry."]


def test_the_same_key_publishes_once():
    key = uuid.uuid4()
    assert publish(DOG, key) == publish(DOG, key)
    assert models.Answer.objects.count() == 1


@pytest.mark.parametrize("deed", ["publish", "withdraw"])
def test_caches_hear_of_it(deed):
    key, before = uuid.uuid4(), queries.catalogue_version()
    publish(DOG, key)
    if deed == "withdraw":
        before = queries.catalogue_version()
        models.Article.objects.filter(slug="may-i-bring-my-dog").update(withdrawn=True)
    assert queries.catalogue_version() != before


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (OwnAnswer("", "Yes, we do."), "question"),
        (OwnAnswer("x" * 201, "Yes, we do."), "question"),
        (OwnAnswer("Do you?", " \n"), "sentence"),
        (OwnAnswer("Do you?", "# \n"), "sentence"),
        (OwnAnswer("Do you?", "Yes. " * 2000), "shorten it"),
        (OwnAnswer("Do you?", "Yes, we do.", article="gone"), "gone"),
        (OwnAnswer("Returns", "Yes, we do."), "add to it"),
        (OwnAnswer("Do you?", "Yes, we do.", address="Returns"), "add to it"),
    ],
)
def test_what_nobody_could_read_or_find_is_refused(answer, told):
    with pytest.raises(NotPublishable, match=told):
        publish(answer)
    assert not models.Answer.objects.exists() and models.Article.objects.count() == 1


def test_an_answer_without_an_end_mark_can_be_quoted_all_the_same():
    assert texts(publish(OwnAnswer("Do you?", "Yes, we do"))) == ["Yes, we do."]


def test_markup_in_an_answer_runs_nowhere(client):
    slug = publish(OwnAnswer("Do you?", "Yes, <script>alert(1)</script> we do."))
    assert "<script>alert" not in client.get(f"/help/{slug}/").content.decode()

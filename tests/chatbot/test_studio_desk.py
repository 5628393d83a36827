"""The studio's desk: versions of a text, approval by a second person, what may be shown and when."""

import pytest

from chatbot import facts, reading, studio
from chatbot.models import ProductText
from chatbot.studio import checking, publishing, versions
from chatbot.studio.versions import Outdated, TextRefused
from storefront import models
from tests.chatbot.test_studio import draft, said

pytestmark = pytest.mark.django_db
KETTLE = "larkspur-kettle"
NORWAY = "Made by hand in Norway."


@pytest.fixture
def people(db):
    """Wanda writes, Abe approves, and so may Sue, who may do everything."""
    make = models.User.objects.create_user
    return (make("wanda@example.com", "x", is_staff=True), make("abe@example.com", "x"),
            models.User.objects.create_superuser("sue@example.com", "x"))  # fmt: skip


@pytest.fixture
def text(linden):
    """An engine's draft of three bullet points."""
    return studio.keep(draft("\n".join(f"- {words}" for words in said(linden))))


def write(text, user, *lines):
    return versions.write(
        text, user, [("BULLET", line) for line in lines], versions.newest(text).number
    )


def shown():
    return {kind: [words for _label, words in one.lines]
            for kind, one in studio.live_of(KETTLE).items()}  # fmt: skip


def change_product(sentence, other):
    """The shop says something else of its kettle."""
    rows = models.ProductSentence.objects.filter(text=sentence)
    assert rows.update(text=other)
    models.Product.objects.filter(handle=KETTLE).update(digest=other[:60])


def test_nothing_is_shown_that_nobody_has_approved(text):
    assert text.whole and shown() == {}


def test_what_is_approved_is_shown_with_where_it_comes_from(text, people):
    publishing.approve(versions.newest(text), people[1])
    found = studio.live_of(KETTLE)["bullets"]
    assert found.lines == tuple(text.kept) and found.engine == "endpoint scripted"
    assert not found.edited and found.version == 0


def test_who_wrote_in_it_may_not_approve_it_nor_who_did_before(text, people, linden):
    wanda, abe, sue = people
    one, two, three = said(linden)[:3]
    write(text, sue, one, two, three)
    last = write(text, wanda, three, two, one)
    for author in (wanda, sue):
        with pytest.raises(TextRefused, match="a second person has to approve it"):
            publishing.approve(last, author)
    publishing.approve(last, abe)
    assert shown() == {"bullets": [three, two, one]} and studio.live_of(KETTLE)["bullets"].edited


def test_who_asked_for_a_draft_may_not_approve_it(linden, people):
    text = studio.keep(draft("\n".join(said(linden))), requested_by=people[2])
    with pytest.raises(TextRefused, match="asked for this text"):
        publishing.approve(versions.newest(text), people[2])


def test_without_that_rule_an_author_would_publish_alone(text, people, linden, monkeypatch):
    monkeypatch.setattr(versions, "authors", lambda _version: set())
    publishing.approve(write(text, people[0], *said(linden)[::-1]), people[0])
    assert shown()


@pytest.mark.parametrize("lie", [
    "Only 2 left, hurry!", "Customers love it.", "Award-winning design.", "Now 30% off.",
    "Holds 90 litres.", "Holds ninety litres.", "Was $80.00, now $60.00.", "Free shipping.",
    "The best kettle there is.", "Eco-friendly.", "x" * 111, "{product.name}", "<b>Kettle</b>",
    "Kettle 🏆", "Warranty: a dozen years", "Never breaks, works on in\u200bduction",
    "Material: copper", "Not for induction.", "Prettier than the Brindle Teapot.", "Delivered by Friday.", "Lasts a lifetime.", "Fireproof.",
    "Doctor recommended.", "Fits everyone.", "Safe for little hands.", "Blooms from May to August.",
])  # fmt: skip
def test_a_lie_typed_by_staff_is_not_published_whatever_ground_is_given(text, people, linden, lie):
    version = write(text, people[0], *said(linden)[:3], lie)
    assert version.lines[-1]["fault"] and not version.ready
    with pytest.raises(TextRefused):
        publishing.approve(version, people[1], ground="I know it.")
    assert shown() == {}


def test_a_word_no_fact_has_can_be_vouched_for_with_a_ground(text, people, linden):
    version = write(text, people[0], *said(linden)[:3], NORWAY)
    with pytest.raises(TextRefused, match="Say what you know it from"):
        publishing.approve(version, people[1], ground=" ")
    row = publishing.approve(version, people[1], ground="The maker's letter of 3 May")
    assert row.ground == "The maker's letter of 3 May" and row.vouched
    assert NORWAY in shown()["bullets"]


def test_two_who_save_in_the_same_moment_do_not_overwrite_each_other(
    text, people, linden, monkeypatch
):
    before, words = versions.newest(text), [("BULLET", one) for one in said(linden)[:3][::-1]]
    versions.write(text, people[0], words, 0)
    monkeypatch.setattr(versions, "newest", lambda _text: before)  # as the other still sees it
    with pytest.raises(Outdated):
        versions.write(text, people[2], words[1:], 0)
    assert text.versions.count() == 2


def test_two_who_edit_at_once_do_not_overwrite_each_other(text, people, linden):
    one, two, three = said(linden)[:3]
    write(text, people[0], two, one, three)
    with pytest.raises(Outdated):
        versions.write(text, people[2], [("BULLET", three)], 0)
    assert versions.newest(text).number == 1


def test_what_was_edited_since_it_was_read_is_not_approved(text, people, linden):
    read = versions.newest(text)
    write(text, people[0], *said(linden)[:3][::-1])
    with pytest.raises(TextRefused, match="changed since"):
        publishing.approve(read, people[1])


def test_an_earlier_version_comes_back_as_a_new_one(text, people, linden):
    write(text, people[0], *said(linden)[:3][::-1])
    back = versions.restore(text, people[2], 0, 1)
    assert (back.number, back.restored, back.edited) == (2, 0, False)
    assert back.words == text.kept and [v.number for v in versions.history(text)] == [2, 1, 0]
    assert versions.authors(back) == {people[0].pk, people[2].pk}


def test_the_same_words_are_no_new_version_and_none_at_all_no_text(text, people):
    words = versions.newest(text).words
    assert versions.write(text, people[0], words, 0).number == 0
    with pytest.raises(TextRefused, match="Nothing is left"):
        versions.write(text, people[0], [("BULLET", "  ")], 0)


def test_what_is_read_of_one_product_is_what_the_shop_tells_of_it(linden):
    def plain(known):
        return [(f.kind, f.version, dict(f.values), f.subject) for f in known]

    encode = reading.encode()
    for handle in (*facts.handles(encode, department=None, tag=None), "nobody"):
        assert plain(facts.read_of(handle)) == plain(facts.of_product(handle, encode))
    assert {*facts.names()} == {*facts.titles(encode)}


def test_a_check_of_a_product_that_is_gone_keeps_the_words(linden):
    found = checking.check("nobody", "bullets", [("BULLET", "x")])
    assert found.lines[0].fault == checking.GONE and not found.ready


def test_a_draft_from_before_has_a_version_too(linden):
    row = ProductText.objects.create(handle=KETTLE, kind="ad", seed=0, whole=False)
    assert versions.newest(row).number == 0

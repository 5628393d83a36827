"""Texts in other languages on their road: translated, compared, confirmed, approved, shown, ended."""

import pytest
from django.urls import reverse

from chatbot import facts, reading, studio, writing
from chatbot.models import Confirmation, ProductText, Publication
from chatbot.studio import judging, publishing, standing, translating, versions
from chatbot.studio.versions import TextRefused
from storefront import models
from tests.chatbot.test_studio import draft
from tests.chatbot.test_studio_desk import KETTLE, people

__all__ = ["people"]
pytestmark = pytest.mark.django_db
GERMAN = {
    "Capacity: 0.9 L.": "Fassungsvermögen: 0,9 Liter.",
    "Material: stainless steel.": "Material: Edelstahl.",
    "Works on induction hobs.": "Funktioniert auf Induktionsherden.",
}
I_READ_BOTH = "I grew up with both and compared every line."


class Translator:
    """An engine that knows some lines by heart and keeps how it was asked."""

    name, weights = "endpoint scripted", ""

    def __init__(self, known):
        self.known, self.briefs = known, []

    def write(self, brief, *, seed, stop):
        self.briefs.append(brief)
        yield self.known.get(brief.values["line"], "Ich weiß es nicht.")


@pytest.fixture
def english(linden):
    """Three bullet points that hold."""
    product = models.Product.objects.get(handle=KETTLE)
    product.sentences.all().delete()
    for n, said in enumerate(GERMAN):
        product.sentences.create(text=said, position=n)
    return studio.keep(draft("\n".join(f"- {one}" for one in GERMAN)))


def translated(english, known=GERMAN, by=None):
    return translating.translate(versions.newest(english), "de", Translator(known), by=by)


@pytest.fixture
def german(english):
    """The same in German, as an engine has it."""
    return translated(english)


def publish(text, people):
    translating.confirm(versions.newest(text), people[0], I_READ_BOTH)
    return publishing.approve(versions.newest(text), people[1])


def shown(*languages):
    return {kind: [words for _label, words in one.lines]
            for kind, one in studio.live_of(KETTLE, languages).items()}  # fmt: skip


def page(client, language):
    return client.get(
        f"/products/{KETTLE}/", headers={"Accept-Language": language}
    ).content.decode()


def test_an_engine_is_asked_line_by_line_and_told_the_rules(english):
    engine = Translator(GERMAN)
    text = translating.translate(versions.newest(english), "de", engine)
    assert text.whole and [said for _label, said in text.kept] == [*GERMAN.values()]
    assert text.language == "de" and text.source == versions.newest(english)
    (prompt, *_rest) = (writing.asked_of(engine.name, brief) for brief in engine.briefs)
    assert "German, in at most 110 characters" in prompt.user and "Capacity: 0.9 L." in prompt.user
    assert "Larkspur Kettle" in prompt.user and len(engine.briefs) == 3


def test_a_line_that_differs_is_asked_for_again_and_kept_with_what_differs(english):
    engine = Translator({**GERMAN, "Capacity: 0.9 L.": "Fassungsvermögen: 9 Liter."})
    text = translating.translate(versions.newest(english), "de", engine)
    assert len(engine.briefs) == 4 and not text.whole
    assert text.lines[0]["fault"] == (
        "figures are missing or otherwise: 0.9 l; figures that the English has not: 9 l"
    )
    assert versions.newest(text).words == [("BULLET", line["text"]) for line in text.lines]


def test_nothing_is_shown_before_one_has_confirmed_and_another_approved(german, people):
    wanda, abe, _sue = people
    with pytest.raises(TextRefused, match="Nobody who reads both languages"):
        publishing.approve(versions.newest(german), abe)
    translating.confirm(versions.newest(german), abe, I_READ_BOTH)
    with pytest.raises(TextRefused, match="a second person"):
        publishing.approve(versions.newest(german), abe)
    assert shown("de") == {}
    publishing.approve(versions.newest(german), wanda)
    assert shown("de") == {"bullets": [*GERMAN.values()]} and shown("en") == {}
    told = Confirmation.objects.get()
    assert (told.by, told.said) == (abe, I_READ_BOTH) and told.at


def test_nobody_confirms_without_a_word_nor_approves_what_is_made_of_their_own(english, people):
    wanda, _abe, sue = people
    lines = [("BULLET", said) for said in [*GERMAN][::-1]]
    versions.write(english, sue, lines, 0)
    german = translated(english)
    with pytest.raises(TextRefused, match="in your own words"):
        translating.confirm(versions.newest(german), wanda, " ")
    translating.confirm(versions.newest(german), wanda, I_READ_BOTH)
    with pytest.raises(TextRefused, match="a second person"):
        publishing.approve(versions.newest(german), sue)


def test_a_translation_and_its_english_are_judged_by_one_reading_of_the_shop(german, monkeypatch):
    read, reads = facts.read_of, []
    monkeypatch.setattr(facts, "read_of", lambda handle: reads.append(handle) or read(handle))
    assert judging.judge(german, versions.newest(german).words).ready and reads == [KETTLE]


@pytest.mark.parametrize("lie", [
    "Fassungsvermögen: 9 Liter.", "Fassungsvermögen: 0,9 Liter, nicht für Kinder.",
    "Besser als der Brindle Teapot mit 0,9 Liter.", "Bestes Fassungsvermögen: 0,9 Liter.",
])  # fmt: skip
def test_a_lie_is_held_whatever_anybody_confirms(german, people, lie):
    words = [("BULLET", lie), *versions.newest(german).words[1:]]
    version = versions.write(german, people[0], words, 0)
    with pytest.raises(TextRefused, match="Not every line holds"):
        translating.confirm(version, people[1], I_READ_BOTH)
    Confirmation.objects.create(version=version, by=people[1], said=I_READ_BOTH)
    with pytest.raises(TextRefused, match="“"):
        publishing.approve(version, people[2], ground="I know it.")


def test_without_the_comparison_it_would_be_shown(german, people, monkeypatch):
    monkeypatch.setattr("chatbot.studio.alike.differences", lambda *_about: [])
    words = [("BULLET", "Neun Liter."), *versions.newest(german).words[1:]]
    publish(versions.write(german, people[0], words, 0).text, people)
    assert "Neun Liter." in shown("de")["bullets"]


def test_a_new_version_has_to_be_confirmed_anew(german, people):
    translating.confirm(versions.newest(german), people[0], I_READ_BOTH)
    words = [("BULLET", "Inhalt: 0,9 l."), *versions.newest(german).words[1:]]
    version = versions.write(german, people[0], words, 0)
    assert not translating.confirmed(version)


def test_a_person_translates_at_the_desk_and_an_empty_line_keeps_its_place(english, people):
    text = translating.begin(versions.newest(english), "de", people[0])
    words = [
        ("BULLET", "Fassungsvermögen: 0,9 Liter."),
        ("BULLET", ""),
        ("BULLET", "Für Induktion."),
    ]
    version = versions.write(text, people[0], words, 0)
    assert [line["fault"] for line in version.lines] == ["", "not translated yet", ""]
    assert not version.ready and version.edited


def test_what_the_english_needs_vouching_for_its_translation_needs_too(english, people):
    lines = [("BULLET", "Made by hand in Norway."), *versions.newest(english).words[1:]]
    versions.write(english, people[0], lines, 0)
    german = translated(english, {**GERMAN, "Made by hand in Norway.": "Handarbeit aus Norwegen."})
    translating.confirm(versions.newest(german), people[0], I_READ_BOTH)
    with pytest.raises(TextRefused, match="No fact says this: Made by hand in Norway"):
        publishing.approve(versions.newest(german), people[1])
    publishing.approve(versions.newest(german), people[1], ground="I was there.")
    assert "Handarbeit aus Norwegen." in shown("de")["bullets"]


def test_one_of_a_kind_is_shown_in_each_language(english, german, people):
    publishing.approve(versions.newest(english), people[1])
    publish(german, people)
    publish(translated(english, {**GERMAN, "Capacity: 0.9 L.": "Inhalt: 0,9 l."}), people)
    assert Publication.objects.filter(ended_at=None).count() == 2
    assert shown("de")["bullets"][0] == "Inhalt: 0,9 l." and shown("en")["bullets"] == [*GERMAN]


def test_the_page_shows_the_visitor_s_language_else_english_with_its_mark(
    client, english, german, people
):
    publishing.approve(versions.newest(english), people[1])
    publish(german, people)
    assert '<ul lang="de" dir="ltr"><li>Fassungsvermögen: 0,9 Liter.' in page(client, "de")
    assert '<ul lang="en" dir="ltr"><li>Capacity: 0.9 L.' in page(client, "ar")
    assert '"inLanguage": "de"' in page(client, "de") and '"inLanguage": "en"' in page(client, "en")


def test_a_text_to_be_confirmed_waits_for_that_and_then_for_who_had_no_hand_in_it(german, people):
    def states():
        return standing.states_of(standing.standing(ProductText.objects.all()).get(pk=german.pk))

    def waits_for(user):
        return german in standing.waiting_for(ProductText.objects.all(), user.pk)

    assert states() == ["unconfirmed"] and not waits_for(people[1])
    translating.confirm(versions.newest(german), people[0], I_READ_BOTH)
    assert states() == ["waiting"] and waits_for(people[1]) and not waits_for(people[0])
    words = [("BULLET", "Inhalt: 0,9 l."), *versions.newest(german).words[1:]]
    version = versions.write(german, people[2], words, 0)
    translating.confirm(version, people[1], I_READ_BOTH)
    for user in people:  # whoever is sent there may approve, and nobody else
        assert waits_for(user) == publishing.may_approve(version, user)
    assert waits_for(people[0])


def test_the_bundled_copywriter_says_that_it_writes_english_only(english):
    with pytest.raises(studio.StudioError, match="writes English only; for German choose"):
        translating.translate(versions.newest(english), "de", writing.copywriter())


def test_it_is_had_once_of_the_english_that_stands(english):
    engine, encode = Translator(GERMAN), reading.encode()
    wish = studio.Wish("bullets", language="de")
    made = studio.have(KETTLE, wish, encode, engine)
    assert made.source.text == english and studio.have(KETTLE, wish, encode, engine) is None
    assert studio.have(KETTLE, wish, encode, engine, again=True)


def test_an_english_text_that_does_not_hold_is_not_translated(english, people):
    versions.write(english, people[0], [("BULLET", "Holds 90 litres.")], 0)
    with pytest.raises(studio.NoEnglish, match="does not hold in English"):
        studio.have(KETTLE, studio.Wish("bullets", language="de"), reading.encode(), Translator({}))


def test_the_desk_stands_each_line_beside_its_english(client, english, people):
    client.force_login(people[2])
    deed = reverse("admin:chatbot_producttext_deed", args=[english.pk, "translate"])
    told = client.post(deed, {"language": "ar"}, follow=True).content.decode()
    text = ProductText.objects.get(language="ar")
    assert (
        '<p id="BULLET-1-english" class="cf-english" lang="en" dir="ltr">Capacity: 0.9 L.' in told
    )
    assert 'lang="ar" dir="rtl"' in told and "not translated yet" in told
    assert text.requested_by == people[2]


def test_who_translates_at_the_desk_goes_on_with_what_there_is_of_this_version(german, people):
    english = german.source.text
    assert translating.begin(german.source, "de", people[0]) == german
    words = [("BULLET", said) for said in [*GERMAN][::-1]]
    newer = versions.write(english, people[0], words, 0)
    assert translating.begin(newer, "de", people[0]) != german


@pytest.mark.parametrize("language", ["tlh", "", "en"])
def test_a_language_without_lists_is_not_offered(client, english, people, language):
    client.force_login(people[2])
    deed = reverse("admin:chatbot_producttext_deed", args=[english.pk, "translate"])
    assert (
        "No text can be checked in this language"
        in client.post(deed, {"language": language}).content.decode()
    )


def test_what_was_confirmed_stands_at_the_desk_with_its_name(client, german, people):
    client.force_login(people[2])
    deed = reverse("admin:chatbot_producttext_deed", args=[german.pk, "confirm"])
    told = client.post(deed, {"seen": "0", "said": ""}).content.decode()
    assert "Say in your own words" in told
    told = client.post(deed, {"seen": "0", "said": I_READ_BOTH}, follow=True).content.decode()
    assert "Confirmed by sue@example.com" in told and I_READ_BOTH in told
    told = client.post(deed, {"seen": "0", "said": "Twice."}).content.decode()
    assert "confirmed already" in told and Confirmation.objects.count() == 1

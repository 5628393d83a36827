"""What ends texts in other languages: their product changes, or their English is withdrawn."""

from datetime import timedelta

import pytest
from django.urls import reverse

from chatbot import studio
from chatbot.models import Publication
from chatbot.studio import publishing, versions
from chatbot.studio.versions import TextRefused
from storefront import models
from storefront.clock import now
from tests.chatbot.test_studio import draft
from tests.chatbot.test_studio_desk import KETTLE, change_product, people
from tests.chatbot.test_translated import GERMAN, english, german, publish, shown

__all__ = ["english", "german", "people"]
pytestmark = pytest.mark.django_db


def test_it_ends_when_its_product_no_longer_bears_out_the_english(german, people):
    row = publish(german, people)
    change_product("Capacity: 0.9 L.", "Capacity: 1.4 L.")
    assert shown("de") == {} and publishing.look_again() == 1
    row.refresh_from_db()
    assert row.ended_why == "changed"


def test_it_stays_when_something_else_changes_and_goes_when_its_english_is_withdrawn(
    english, german, people
):
    source = publishing.approve(versions.newest(english), people[1])
    row = publish(german, people)
    models.Product.objects.filter(handle=KETTLE).update(digest="other")
    assert shown("de") and publishing.look_again() == 0
    publishing.withdraw(source, people[0])
    row.refresh_from_db()
    assert shown("de", "en") == {} and row.ended_why == "withdrawn"


def test_what_goes_with_its_english_comes_back_with_it(english, german, people, client):
    source, row = publishing.approve(versions.newest(english), people[1]), publish(german, people)
    client.force_login(people[2])
    deeds = [
        (reverse("admin:chatbot_producttext_deed", args=[english.pk, deed]), told)
        for deed, told in (("withdraw", "not shown any more"), ("again", "shown again"))
    ]
    for deed, told in deeds:
        page = client.post(deed, {"publication": source.pk}, follow=True).content.decode()
        assert f"{told}. So it is with 1 translation of it." in page
    assert shown("de") and shown("en")
    assert Publication.objects.exclude(pk=row.pk).get(language="de").approved_by == people[1]


def test_a_translation_that_nobody_answers_for_does_not_come_back_with_its_english(
    english, german, people
):
    source, row = publishing.approve(versions.newest(english), people[1]), publish(german, people)
    publishing.withdraw(source, people[2])
    Publication.objects.filter(pk=row.pk).update(approved_by=None)
    publishing.again(source, people[2])
    assert shown("en") and not shown("de")


def test_what_was_withdrawn_in_english_cannot_be_approved_in_another_language(
    english, german, people
):
    source, row = publishing.approve(versions.newest(english), people[1]), publish(german, people)
    publishing.withdraw(source, people[0])
    with pytest.raises(TextRefused, match="English has been withdrawn; show that again first"):
        publishing.approve(versions.newest(german), people[1])
    with pytest.raises(TextRefused, match="English has been withdrawn"):
        publishing.again(row, people[0])


def test_a_translation_goes_with_a_newer_version_of_its_english_that_is_withdrawn(
    english, german, people
):
    publishing.approve(versions.newest(english), people[1])
    publish(german, people)
    words = [("BULLET", said) for said in [*GERMAN][::-1]]
    newer = publishing.approve(versions.write(english, people[0], words, 0), people[1])
    assert shown("de") == {"bullets": [*GERMAN.values()]}
    publishing.withdraw(newer, people[0])
    assert shown("de", "en") == {}


def test_a_newer_english_leaves_a_translation_shown_and_its_desk_says_that_it_is_behind(
    english, german, people, client
):
    def desk(text):
        return client.get(reverse("admin:chatbot_producttext_change", args=[text.pk])).content

    publish(german, people)
    client.force_login(people[2])
    assert b"changed since" not in desk(german) and b"another text:" not in desk(german)
    words = [("BULLET", said) for said in [*GERMAN][::-1]]
    versions.write(english, people[0], words, 0)
    other = studio.keep(draft("\n".join(f"- {one}" for one in [*GERMAN][::-1])))
    publishing.approve(versions.newest(other), people[1])
    assert shown("de") == {"bullets": [*GERMAN.values()]}
    assert b"English has been changed since" in desk(german) and b"another text:" in desk(german)
    assert b'data-state="live">Live</span> <span class="cf-meta">of version 0' in desk(english)


def test_a_translation_stays_when_only_what_was_to_replace_its_english_is_withdrawn(
    english, german, people
):
    publishing.approve(versions.newest(english), people[1])
    publish(german, people)
    words = [("BULLET", said) for said in [*GERMAN][::-1]]
    to_come = now() + timedelta(days=1)
    newer = publishing.approve(versions.write(english, people[0], words, 0), people[1], to_come)
    publishing.withdraw(newer, people[0])
    assert shown("de") and shown("en")

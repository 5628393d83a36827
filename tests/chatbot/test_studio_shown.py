"""What of product texts may be shown and when: schedules, withdrawals, products that change."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from chatbot import studio
from chatbot.models import Publication
from chatbot.studio import publishing, versions
from chatbot.studio.versions import TextRefused
from storefront import models, queries
from tests.chatbot.test_studio import draft, said
from tests.chatbot.test_studio_desk import KETTLE, change_product, people, shown, text, write

__all__ = ["people", "text"]
pytestmark = pytest.mark.django_db


def test_an_approved_text_is_shown_from_its_time_on_and_the_old_one_until_then(
    text, people, linden, settings
):
    settings.SHOP_NOW = start = timezone.now()
    publishing.approve(versions.newest(text), people[1])
    before = shown()
    later = write(text, people[0], *said(linden)[:3][::-1])
    publishing.approve(later, people[1], start + timedelta(days=2))
    assert shown() == before
    settings.SHOP_NOW = start + timedelta(days=2)
    assert shown() == {"bullets": said(linden)[:3][::-1]}


def test_a_scheduled_one_that_is_withdrawn_leaves_the_old_one(text, people, linden, settings):
    settings.SHOP_NOW = start = timezone.now()
    publishing.approve(versions.newest(text), people[1])
    before = shown()
    later = write(text, people[0], *said(linden)[:3][::-1])
    publishing.withdraw(publishing.approve(later, people[1], start + timedelta(days=2)), people[1])
    settings.SHOP_NOW = start + timedelta(days=3)
    assert shown() == before


def test_a_scheduled_one_whose_product_changes_first_leaves_the_old_one(
    text, people, linden, settings
):
    settings.SHOP_NOW = start = timezone.now()
    bullets = [one for one in said(linden) if "Capacity" not in one]
    publishing.approve(write(text, people[0], *bullets), people[1])
    later = studio.keep(draft("\n".join(said(linden)[::-1])))
    publishing.approve(versions.newest(later), people[1], start + timedelta(days=2))
    change_product("Capacity: 0.9 L.", "Capacity: 1.4 L.")
    assert publishing.look_again() == 1
    settings.SHOP_NOW = start + timedelta(days=3)
    assert shown() == {"bullets": bullets}


def test_a_scheduled_one_that_does_not_hold_when_its_time_comes_is_not_shown(
    text, people, linden, settings
):
    settings.SHOP_NOW = start = timezone.now()
    publishing.approve(versions.newest(text), people[1], start + timedelta(days=2))
    change_product("Capacity: 0.9 L.", "Capacity: 1.4 L.")
    settings.SHOP_NOW = start + timedelta(days=3)
    assert shown() == {}


def test_what_is_withdrawn_is_gone_at_once_and_comes_back_by_one_press(text, people):
    row = publishing.approve(versions.newest(text), people[1])
    before = shown()
    publishing.withdraw(row, people[0])
    assert shown() == {}
    assert publishing.again(row, people[0])[0].approved_by == people[1] and shown() == before


def test_an_author_does_not_overrule_who_withdrew(text, people, linden):
    version = write(text, people[0], *said(linden)[::-1][:3])
    row = publishing.approve(version, people[1])
    publishing.withdraw(row, people[1])
    with pytest.raises(TextRefused, match="Somebody else has withdrawn it"):
        publishing.again(row, people[0])
    assert shown() == {}


def test_what_nobody_answers_for_any_more_needs_a_second_person_again(text, people, linden):
    version = write(text, people[0], *said(linden)[::-1][:3])
    row = publishing.approve(version, people[1])
    publishing.withdraw(row, people[0])
    people[1].delete()
    with pytest.raises(TextRefused):
        publishing.again(row, people[0])
    assert publishing.again(row, people[2])[0].approved_by == people[2]


def test_a_text_that_its_product_no_longer_bears_out_is_gone_at_once_and_ends(text, people, linden):
    row = publishing.approve(versions.newest(text), people[1])
    change_product("Capacity: 0.9 L.", "Capacity: 1.4 L.")
    assert shown() == {}
    assert publishing.look_again() == 1
    row.refresh_from_db()
    assert row.ended_why == "changed" and row.ended_by is None


def test_a_text_that_still_holds_stays_when_its_product_changes(text, people, linden):
    bullets = [one for one in said(linden) if "Capacity" not in one]
    publishing.approve(write(text, people[0], *bullets), people[1])
    change_product("Capacity: 0.9 L.", "Capacity: 1.4 L.")
    assert shown() == {"bullets": bullets}
    assert publishing.look_again() == 0 and shown() == {"bullets": bullets}


def test_what_a_product_that_is_gone_was_called_is_not_shown(text, people):
    publishing.approve(versions.newest(text), people[1])
    models.Product.objects.filter(handle=KETTLE).update(status="archived")
    assert shown() == {} and publishing.look_again() == 1


def test_without_the_look_at_its_state_a_changed_product_would_keep_its_text(
    text, people, monkeypatch
):
    publishing.approve(versions.newest(text), people[1])
    state = Publication.objects.get().state
    change_product("Capacity: 0.9 L.", "Capacity: 1.4 L.")
    monkeypatch.setattr("storefront.queries.states", lambda some: dict.fromkeys(some, state))
    assert shown()


def test_many_products_are_asked_for_at_once(text, people, django_assert_num_queries):
    publishing.approve(versions.newest(text), people[1])
    with django_assert_num_queries(2):
        assert {*studio.live([KETTLE, "brindle-teapot", "nobody"])} == {KETTLE}


def test_two_cannot_be_shown_of_a_kind(text, people):
    row = publishing.approve(versions.newest(text), people[1])
    row.pk = None
    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


def test_of_two_who_approve_in_the_same_moment_one_is_told_to_look_again(
    text, people, linden, monkeypatch
):
    """What the other has just written is not seen yet: the database refuses."""
    other = studio.keep(draft("\n".join(said(linden)[::-1])))
    publishing.approve(versions.newest(text), people[1])
    monkeypatch.setattr(publishing, "_of", lambda *_about: Publication.objects.none())
    with pytest.raises(TextRefused, match="just approved"):
        publishing.approve(versions.newest(other), people[2])
    assert Publication.objects.get().version.text == text


def test_one_approved_after_another_takes_its_place(text, people, linden):
    other = studio.keep(draft("\n".join(said(linden)[::-1])))
    for one in (text, other):
        publishing.approve(versions.newest(one), people[1])
    assert shown() == {"bullets": [words for _label, words in other.kept]}
    assert Publication.objects.get(version__text=text).ended_why == "replaced"


@pytest.mark.parametrize("moved", [
    lambda: models.Product.objects.filter(handle=KETTLE).update(digest="other"),
    lambda: models.Variant.objects.get(sku="LK-RED").save(),
    lambda: models.Shop.objects.update(digest="other"),
])  # fmt: skip
def test_the_state_of_a_product_moves_with_it_its_variants_and_the_rules(linden, moved):
    before = queries.states([KETTLE, "secret-mug"])
    assert {*before} == {KETTLE}  # the other is not on sale
    moved()
    assert queries.states([KETTLE]) != before


def test_what_is_on_the_shelves_is_what_is_on_sale(linden):
    goods = queries.products()
    assert sorted(queries.shelves()) == sorted(
        (p.handle, p.title, p.department, p.tags) for p in goods
    )


def test_the_chore_ends_what_no_longer_holds_once_the_shop_has_changed(
    text, people, linden, monkeypatch
):
    row = publishing.approve(versions.newest(text), people[1])
    publishing.step()
    monkeypatch.setattr(publishing, "look_again", lambda: pytest.fail("nothing has changed"))
    publishing.step()
    monkeypatch.undo()
    change_product("Capacity: 0.9 L.", "Capacity: 1.4 L.")
    models.Product.objects.get(handle=KETTLE).save()
    publishing.step()
    row.refresh_from_db()
    assert row.ended_why == "changed"

"""The list of a shopper's own chats, and going on with one: nobody else's, ever."""

import uuid

import pytest

from chatbot import past, privacy
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
HERE, THERE = "a" * 64, "b" * 64


def said(text="hi", owner=HERE, shopper=None):
    chat = open_chat(owner, shopper)
    accept(chat, text, shopper)
    return chat


def listed(owner=HERE, shopper=None, abroad=False):
    whose = past.Whose(owner, shopper and shopper.pk, abroad)
    ids = [told["id"] for told in past.chats(whose)]
    assert all(past.find(uuid.UUID(pk), whose) for pk in ids)
    return ids


def test_own_chats_are_listed_newest_first_with_their_first_words(linden):
    said("how  much\nis the kettle? " + "please " * 50)
    new = said("where is my parcel?")
    told = past.chats(past.Whose(HERE, None))
    assert [t["words"][:14] for t in told] == ["where is my pa", "how much is th"]
    assert len(told[1]["words"]) == 80 and told[0]["id"] == str(new.pk)


def test_a_chat_in_which_nothing_was_said_is_not_listed(linden):
    open_chat()
    assert listed() == []


def test_a_guest_sees_this_browsers_and_nobody_elses(linden, ada):
    mine, _other, hers = said(), said(owner=THERE), said(shopper=ada)
    assert listed() == [str(mine.pk)]
    assert past.find(hers.pk, past.Whose(HERE, None)) is None


def test_a_shopper_sees_her_own_of_every_browser(linden, ada):
    hers = said(owner=THERE, shopper=ada)
    assert listed(HERE, ada) == [str(hers.pk)]


def test_a_website_that_vouches_for_her_sees_only_what_was_said_on_it(linden, ada):
    at_the_shop, there = said(owner=HERE, shopper=ada), said(owner=THERE, shopper=ada)
    assert listed(THERE, ada, abroad=True) == [str(there.pk)]
    assert past.find(at_the_shop.pk, past.Whose(THERE, ada.pk, abroad=True)) is None


def test_another_shopper_in_the_same_browser_sees_none_of_hers(linden, ada, grace):
    said(shopper=ada)
    assert listed(HERE, grace) == []


def test_an_erased_one_vanishes(linden):
    chat = said()
    privacy.erase(chat)
    assert listed() == [] and past.find(chat.pk, past.Whose(HERE, None)) is None


def test_without_a_browser_there_is_none(linden):
    said(owner="")
    assert listed(owner="") == []

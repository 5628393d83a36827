"""Whatever a text holds, the site's templates show it as text and as nothing else."""

import unicodedata
from itertools import chain, cycle

import pytest

from tests.redteam.markup import strangers
from tests.redteam.payloads import FILE, TEXTS, fuzzed, payloads, sound, texts
from tests.redteam.surfaces import SURFACES


class Counted:
    """An iterator that knows how many it gave."""

    def __init__(self, items):
        self.items, self.given = iter(items), 0

    def __iter__(self):
        return self

    def __next__(self):
        self.given += 1
        return next(self.items)


def taken(text):
    """As the site takes a text, its letters composed, as they are where a fact is cut for staff."""
    return unicodedata.normalize("NFC", sound(text)[:200])


@pytest.mark.timeout(3600)
def test_fuzzed_texts_stay_texts_on_every_page(db):
    made = Counted(map(taken, chain(fuzzed(TEXTS), texts(1))))
    for surface in cycle(SURFACES):
        if made.given >= TEXTS:
            break
        assert strangers(surface, made) == [], (surface.template, made.given)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda s: s.fill.__name__ + " " + s.template)
def test_every_payload_stays_text_in_every_place(db, surface):
    short = [taken(text) for text in texts()]
    made = Counted(cycle(short))
    while made.given < len(short):
        assert strangers(surface, made) == []


@pytest.mark.parametrize("surface", SURFACES, ids=lambda s: s.fill.__name__ + " " + s.template)
def test_with_escaping_off_the_same_look_finds_what_is_unsafe(db, surface):
    made = cycle(["<img src=x onerror=alert(1)>"])
    assert ("img", "src", "x", "onerror", "alert(1)") in strangers(surface, made, autoescape=False)


def test_there_are_many_payloads_of_many_families():
    rows = payloads()
    assert (
        len({row["text"] for row in rows}) == len({row["id"] for row in rows}) == len(rows) >= 300
    )
    assert len({row["family"] for row in rows}) >= 20
    assert FILE.read_text().isascii()


def test_a_seed_makes_the_same_texts_again():
    assert list(fuzzed(50, 3)) == list(fuzzed(50, 3)) != list(fuzzed(50, 4))

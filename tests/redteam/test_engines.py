"""Nothing an engine makes up reaches a shopper, however it lies or whomever it obeys."""

import random

import pytest

from chatbot import conversation, writing
from chatbot.models import Reply
from chatbot.writing.endpoint import EndpointWriter
from tests.conftest import accept, open_chat
from tests.redteam import lies
from tests.redteam.attacks import HELD, answers, attacks, broken
from tests.redteam.engines import INVENTIONS, Liar, engine, lie, obey

SHARE = 12  # every twelfth here; `make redteam` runs them all
QUESTIONS = ("how much is the larkspur kettle", "is the kettle in stock in red", "hello there")


@pytest.mark.timeout(900)
@pytest.mark.slow
def test_no_lie_is_shown_and_the_truth_beside_it_is(tmp_path):
    told = lies.told_by_a_liar(tmp_path, "garden", lies.conversations("garden")[::SHARE], 7)
    assert told.lies == []
    assert len(told.true) > told.written / 2


@pytest.mark.timeout(900)
@pytest.mark.slow
def test_an_engine_that_obeys_every_shopper_brings_nothing_about(tmp_path):
    some = attacks()[::SHARE]
    with engine(obey) as settings:
        told = list(answers(tmp_path, some, **settings))
    faults = {a["id"]: broken(a, t, HELD) for a, t in zip(some, told, strict=True)}
    assert {name: found for name, found in faults.items() if found} == {}


def shown_of_a_liar(monkeypatch, settings):
    """The drafts that a chat in the small shop shows of a liar, and the liar."""
    liar = Liar(3)
    with engine(liar) as env:
        settings.ENGINE, settings.ENDPOINT_FALLBACK = "endpoint", "person"
        writer = EndpointWriter(env["ENDPOINT_URL"], "", "scripted", 10)
        monkeypatch.setitem(writing._loaded, "endpoint", writer)
        for question in QUESTIONS:
            list(conversation.answer(accept(open_chat(), question).pk, "test"))
    acts = [a for reply in Reply.objects.all() for a in reply.acts if not a["notice"]]
    return {draft for a in acts for draft in a["told"]}, liar


def test_with_the_check_off_lies_are_shown(linden, monkeypatch, settings):
    monkeypatch.setattr("chatbot.claims.check", lambda *_a, **_k: ())
    shown, liar = shown_of_a_liar(monkeypatch, settings)
    assert shown & liar.lies()


def test_with_the_check_on_none_is(linden, monkeypatch, settings):
    shown, liar = shown_of_a_liar(monkeypatch, settings)
    assert not shown & liar.lies()


def test_every_reply_of_the_liar_holds_a_lie():
    task = "Say this: what it costs.\n\n- price: $49.00\n- passage: You can return it."
    told = {lie(task, random.Random(n)) for n in range(200)}
    assert "It's $49.00. It's You can return it.." not in told
    assert sum(any(text.endswith(made_up) for text in told) for made_up in INVENTIONS) > 15

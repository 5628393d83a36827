"""An engine may fail, cite what is not there, or quote values: the turn ends honestly."""

import pytest

from chatbot import conversation
from chatbot.models import Reply, Review
from chatbot.writing import EngineError
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
QUESTION = "how much is the larkspur kettle?"


def answered(question=QUESTION):
    turn = accept(open_chat(), question)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


def failing(engine, *faults):
    """Let an engine raise these errors, one a draft, before it writes at last."""
    left, write = list(faults), engine.write

    def fail(brief, *, seed, stop):
        if left:
            engine.briefs.append(brief)
            raise left.pop(0)
        yield from write(brief, seed=seed, stop=stop)

    engine.write = fail


def test_a_fault_that_may_pass_gets_a_second_try(linden, engine):
    failing(engine, EngineError("busy", retry=True))
    reply = answered()
    assert (reply.outcome, len(engine.briefs)) == ("answered", 2)
    assert "$49.00" in reply.text


def test_a_fault_that_stays_ends_in_an_apology_after_two_tries(linden, engine):
    failing(engine, *[EngineError("busy", retry=True)] * 5)
    reply = answered()
    assert (reply.outcome, len(engine.briefs)) == ("unavailable", 2)
    assert Review.objects.get(reply=reply, reason="broke")


def test_a_fault_that_no_try_mends_is_not_tried_again(linden, engine):
    failing(engine, *[EngineError("wrong key")] * 5)
    reply = answered()
    assert (reply.outcome, len(engine.briefs)) == ("unavailable", 1)


def test_a_fault_after_all_was_told_spoils_nothing(linden, engine):
    def broken(brief, *, seed, stop):
        yield "The {product.name} is {variant.price}. Anything"
        yield " else? And so"
        raise EngineError("broke off")

    engine.write = broken
    reply = answered()
    assert reply.outcome == "answered"
    assert reply.text == "The Larkspur Kettle is $49.00. Anything else?"


def test_braces_that_cite_nothing_are_held_and_written_again(linden, engine):
    engine.texts.extend(["It is {moon.phase}.", "The {product.name} is {variant.price}."])
    reply = answered()
    assert reply.text == "The Larkspur Kettle is $49.00."
    assert [c["kind"] for c in reply.claims if not c["shown"]] == ["reference"]


@pytest.mark.parametrize(
    "text", ["It is {", "It is }{.", "<think> Hm.", "It is {{variant.price}}."]
)
def test_braces_and_markup_never_reach_the_shopper(linden, engine, text):
    engine.texts.extend([text, text])
    reply = answered()
    assert not set("{}<>") & set(reply.text)
    assert reply.outcome == "held_for_staff"


def test_a_value_that_is_quoted_counts_as_told(linden, engine):
    engine.texts.append("The larkspur   kettle costs $49.00.")
    reply = answered()
    assert (reply.outcome, len(engine.briefs)) == ("answered", 1)


def test_a_value_inside_another_number_does_not(linden, engine):
    engine.texts.extend(["The Larkspur Kettle costs what it costs.", "It is {variant.price}."])
    reply = answered()
    assert engine.briefs[1].must == ("variant.price",)
    assert "$49.00" in reply.text


def test_a_second_draft_does_not_repeat_what_was_told(linden, engine):
    engine.texts.extend(["Sure thing! It is $5.00.", "Sure thing! It is {variant.price}."])
    assert answered().text.count("Sure thing!") == 1


def test_the_engine_hears_what_the_shopper_asked(linden, engine):
    answered()
    assert engine.briefs[0].asked == QUESTION

"""A logged reply can be made again from its record, and compared."""

import pytest
from django.core.management import CommandError, call_command

from chatbot import conversation, privacy
from chatbot.models import Reply
from chatbot.writing import EngineError
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db


def answered(question="how much is the larkspur kettle?"):
    turn = accept(open_chat(), question)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


def replayed(reply, capsys, *more, code=0):
    """What the command prints about a reply, on both streams."""
    if code:
        with pytest.raises(SystemExit) as end:
            call_command("replay", reply.receipt, *more)
        assert end.value.code == code
    else:
        call_command("replay", reply.receipt, *more)
    printed = capsys.readouterr()
    return printed.out + printed.err


def test_an_untouched_reply_comes_out_the_same(linden, engine, capsys):
    assert "same as on record" in replayed(answered(), capsys)


@pytest.mark.parametrize(
    "texts", [["It is $5.00.", "It is {variant.price}."], ["It is $5.00.", "It is {moon.phase}."]]
)
def test_a_reply_with_held_sentences_comes_out_the_same(linden, engine, capsys, texts):
    engine.texts.extend(texts)
    assert "same as on record" in replayed(answered(), capsys)


def test_a_notice_comes_out_the_same(linden, engine, capsys):
    assert "same as on record" in replayed(answered("are you a human?"), capsys)


def test_an_apology_comes_out_the_same(linden, engine, capsys, monkeypatch):
    def broken(_brief, *, seed, stop):
        raise EngineError("no power")

    monkeypatch.setattr(engine, "write", broken)
    assert "same as on record" in replayed(answered(), capsys)


def test_another_text_on_record_is_shown_beside_todays(linden, engine, capsys):
    reply = answered()
    Reply.objects.filter(pk=reply.pk).update(text=reply.text.replace("49", "94"))
    said = replayed(reply, capsys, code=1)
    assert "$94.00" in said and "$49.00" in said


def test_another_verdict_on_record_is_named_with_its_sentence(linden, engine, capsys):
    reply = answered()
    reply.claims[-1]["verdict"] = "held"
    reply.save()
    said = replayed(reply, capsys, code=1)
    assert f"{reply.claims[-1]['sentence']!r}: on record" in said


def test_a_fact_changed_in_the_record_no_longer_supports_its_sentence(linden, engine, capsys):
    reply = answered()
    for record in reply.acts[0]["facts"]:
        record["values"] = {k: v.replace("49", "94") for k, v in record["values"].items()}
    reply.save()
    assert "held by nothing" in replayed(reply, capsys, code=1)


def test_again_throws_the_same_dice_and_shows_both(linden, engine, capsys, monkeypatch):
    seeds, write = [], engine.write

    def noted(brief, *, seed, stop):
        seeds.append(seed)
        return write(brief, seed=seed, stop=stop)

    monkeypatch.setattr(engine, "write", noted)
    reply = answered()
    engine.texts.append("Yours for {variant.price}, the {product.name}.")
    said = replayed(reply, capsys, "--again")
    assert seeds[0] == seeds[-1] == reply.turn_id * 31
    assert "It is $49.00." in said and "| Yours for $49.00, the Larkspur Kettle." in said


def test_again_marks_what_would_be_held_and_an_engine_that_fails(
    linden, engine, capsys, monkeypatch
):
    reply = answered()
    engine.texts.append("It is $5.00.")
    assert "| It is $5.00. [held]" in replayed(reply, capsys, "--again")

    def broken(_brief, *, seed, stop):
        raise EngineError("no power")

    monkeypatch.setattr(engine, "write", broken)
    assert "| [no power]" in replayed(reply, capsys, "--again")


def test_an_unknown_receipt_is_refused(db):
    with pytest.raises(CommandError, match="No reply has the receipt CF-NONE"):
        call_command("replay", "CF-NONE")


def test_an_erased_reply_is_refused(linden, engine):
    reply = answered()
    privacy.erase(reply.turn.conversation)
    with pytest.raises(CommandError, match="has been erased"):
        call_command("replay", reply.receipt)


def test_a_reply_still_being_told_is_refused(linden, engine):
    turn = accept(open_chat(), "how much is the larkspur kettle?")
    next(conversation.answer(turn.pk, "test"))
    with pytest.raises(CommandError, match="still being told"):
        call_command("replay", Reply.objects.get(turn=turn).receipt)

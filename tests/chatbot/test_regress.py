"""Golden cases are asked of an engine before it is switched on; what passed and now fails stops it."""

import json

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from chatbot import regress, writing
from chatbot.models import GoldenCase
from chatbot.regress import Told
from storefront import models
from tests.chatbot.test_golden_cases import ASKED, ask, decided, make

pytestmark = pytest.mark.django_db


def printed(capsys, *more, code=0):
    """What the command prints, on both streams."""
    if code:
        with pytest.raises(SystemExit) as end:
            call_command("regress", *more)
        assert end.value.code == code
    else:
        call_command("regress", *more)
    said = capsys.readouterr()
    return said.out + said.err


def told(text="It is $49.00.", outcome="answered", **more):
    base = {"engine": "bundled", "stated": (), "held": (), "faults": ()}
    return Told(outcome=outcome, text=text, **base | more)


def rows():
    """How many rows every table of the assistant's has."""
    found = apps.get_app_config("chatbot").get_models()
    return {model.__name__: model._base_manager.count() for model in found if model._meta.managed}


def test_the_present_engine_passes_what_it_was_made_of(case, capsys):
    said = printed(capsys)
    assert "1 cases: 1 pass now" in said and "It is $49.00." in said and ASKED in said


def test_it_records_nothing_and_tells_nobody(case, candidate, capsys):
    before = rows()
    printed(capsys, "--engine", "hub")
    assert rows() == before


def test_what_passed_and_now_fails_ends_with_1_and_its_reason(case, candidate, capsys):
    candidate.texts.extend(["Certainly."] * 4)
    said = printed(capsys, "--engine", "hub", code=1)
    assert "FAILS: ends held_for_staff, not answered; does not say" in said
    assert (
        "outcome: answered → held_for_staff" in said
        and "states no longer: Larkspur Kettle · $49.00" in said
    )
    assert f"1 passed before, 0 pass now, 1 read otherwise.\nFail now: {case.pk}." in said


def test_what_failed_before_does_not_stop_a_candidate(case, candidate, engine, capsys):
    for one in (candidate, engine):
        one.texts.extend(["Certainly."] * 4)
    assert "0 passed before, 0 pass now, 0 read otherwise" in printed(capsys, "--engine", "hub")


def test_a_false_sentence_is_held_and_named(case, candidate, capsys):
    candidate.texts.append("It is $5.00.")
    said = printed(capsys, "--engine", "hub")
    assert "held: It is $5.00." in said and "1 pass now" in said


def test_other_words_for_the_same_pass_and_are_marked(case, candidate, capsys):
    candidate.texts.append("Yours for {variant.price}.")
    said = printed(capsys, "--engine", "hub")
    assert "words: " in said and "Yours for $49.00." in said and "+}" in said
    assert "1 pass now, 1 read otherwise" in said


def test_an_engine_that_breaks_fails_and_says_why(case, candidate, capsys, monkeypatch):
    def broken(_brief, *, seed, stop):
        raise writing.EngineError("no power")

    monkeypatch.setattr(candidate, "write", broken)
    said = printed(capsys, "--engine", "hub", code=1)
    assert "ends unavailable" in said and "held: [no power]" in said


def test_a_changed_shop_is_found_without_a_candidate(case, capsys):
    models.Variant.objects.update(price=55)
    models.Product.objects.first().save()
    assert "does not say $49.00" in printed(capsys, code=1)


def test_a_case_that_is_switched_off_is_not_asked(case, capsys):
    GoldenCase.objects.update(active=False)
    with pytest.raises(CommandError, match="no active golden case"):
        call_command("regress")


def test_messages_before_the_last_lead_to_it(linden, engine, grace, capsys):
    case = make(decided(ask(), grace), grace, questions=[ASKED, "and the brindle teapot?"],
                outcome="", must_state=["$36.00"], must_not=["$49.00"])  # fmt: skip
    assert regress.run(case).passed


def test_the_dice_are_the_same_every_time(case, candidate, capsys, monkeypatch):
    seeds, write = [], candidate.write
    monkeypatch.setattr(
        candidate,
        "write",
        lambda brief, *, seed, stop: seeds.append(seed) or write(brief, seed=seed, stop=stop),
    )
    for _twice in range(2):
        printed(capsys, "--engine", "hub")
    assert len(seeds) == 2 and seeds[0] == seeds[1] == case.pk * 31


def test_an_earlier_run_is_the_before_of_a_changed_prompt(case, engine, capsys, tmp_path):
    file = tmp_path / "before.json"
    printed(capsys, "--json", str(file))
    engine.texts.extend(["Certainly."] * 4)
    said = printed(capsys, "--against", str(file), code=1)
    assert "outcome: answered → held_for_staff" in said
    assert json.loads(file.read_text())["after"][str(case.pk)]["outcome"] == "answered"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"after": {"1": {"engine": "x"}}}', '{"after": 3}']
)
def test_another_file_is_no_earlier_run(case, tmp_path, text):
    file = tmp_path / "other.json"
    file.write_text(text)
    with pytest.raises(CommandError, match="is not what --json FILE has written"):
        call_command("regress", "--against", str(file))


def test_a_folder_without_weights_is_refused(case, tmp_path):
    with pytest.raises(CommandError, match="weights are missing"):
        call_command("regress", "--engine", "bundled", "--model", str(tmp_path))


def test_a_real_model_from_a_folder_is_tried_beside_the_one_that_is_on(case, speaker, capsys):
    said = printed(capsys, "--engine", "hub", "--model", str(speaker), code=1)
    assert f"hub {speaker.name}" in said and "FAILS" in said and "bundled script" in said


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("It is $49.00.", "$49.00", True), ("It is $49.00.", "$49", False),
        ("It is $49.00.", "9.00", False), ("Within 30 days.", "30 days", True),
        ("Within\n30  Days!", "30 days", True), ("Within 130 days.", "30 days", False),
        ("1,250 sold", "250", False), ("10% off", "10%", True), ("Forbidden", "bid", False),
    ],
)  # fmt: skip
def test_a_value_is_said_word_for_word(text, value, said):
    assert regress.says(text, value) is said


def test_nothing_is_named_changed_where_nothing_is():
    assert list(regress.changes(told(), told())) == []


def test_only_what_passed_or_is_new_can_break():
    good, bad = told(), told(faults=("x",))
    before = {"1": good, "2": bad}
    assert regress.broken(before, {"1": bad, "2": bad, "3": bad}) == ["1", "3"]
    assert regress.broken(before, {"1": good, "2": good, "3": good}) == []

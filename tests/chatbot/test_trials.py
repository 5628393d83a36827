"""Switching an engine on is on record: after which trial, or that it was after none."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from chatbot import ledger, setups, trials, writing
from chatbot.models import LedgerEntry, Setup, Trial
from tests.chatbot.conftest import Candidate
from tests.chatbot.test_golden_cases import BACKEND, LIST, ask

pytestmark = pytest.mark.django_db
WHO = "grace@example.com"


@pytest.fixture
def candidate(monkeypatch):
    """The engine that `--engine hub` would load, and that ENGINE=hub has loaded."""
    found = Candidate()
    monkeypatch.setitem(writing.ENGINES, "hub", lambda _model: found)
    monkeypatch.setitem(writing._loaded, "hub", found)
    return found


def tried(model="vendor/model", engine="hub", who=WHO):
    call_command("regress", "--engine", engine, "--model", model, "--keep", who)
    return Trial.objects.latest("pk")


def switch_on(settings, engine="hub", model="vendor/model"):
    settings.ENGINE, settings.ENGINE_MODEL = engine, model
    ask()
    return Setup.objects.latest("pk").settings["trial"]


def test_a_kept_trial_tells_what_was_tried_what_came_of_it_and_who_kept_it(case, candidate, grace):
    trial = tried()
    assert (trial.setup["engine"], trial.setup["model"]) == ("hub", "vendor/model")
    assert (trial.engine, trial.cases, trial.before, trial.after) == ("hub candidate", 1, 1, 1)
    assert (trial.broken, trial.kept_by) == (0, grace)
    assert LedgerEntry.objects.filter(kind="trial", subject=str(trial.pk)).count() == 1
    assert ledger.verify().fault == ""


def test_what_is_switched_on_after_a_trial_names_it(case, candidate, settings):
    trial = tried()
    assert switch_on(settings) == trial.pk
    assert ledger.verify().fault == ""


def test_another_model_than_the_one_tried_is_switched_on_without_a_trial(case, candidate, settings):
    tried("vendor/other")
    assert switch_on(settings) == 0


def test_what_is_switched_on_untried_is_told_so_and_stays_so(case, candidate, settings):
    assert switch_on(settings) == 0
    tried()
    ask()
    settings.REVIEW_SAMPLE_PERCENT = 50
    assert switch_on(settings) == 0


def test_another_limit_leaves_the_trial_that_stands(case, candidate, settings):
    trial = tried()
    switch_on(settings)
    settings.REVIEW_SAMPLE_PERCENT = 50
    assert switch_on(settings) == trial.pk


def test_of_several_trials_the_newest_counts_and_a_failed_one_is_told(case, candidate, settings):
    tried()
    candidate.texts.extend(["Certainly."] * 4)
    with pytest.raises(SystemExit):
        tried()
    assert switch_on(settings) == Trial.objects.latest("pk").pk
    assert Trial.objects.latest("pk").broken == 1


def test_weights_tried_in_their_folder_are_known_in_their_place(db, tmp_path):
    (tmp_path / "trained").mkdir()
    (tmp_path / "trained" / "model.safetensors").write_bytes(b"new")
    setup = setups.candidate("bundled", str(tmp_path / "trained"))
    assert trials.what(setup) != trials.what(setups.present())
    (tmp_path / "weights").mkdir()
    (tmp_path / "trained").rename(tmp_path / "weights" / "writer")
    placed = setups._digest(tmp_path / "weights" / "writer")
    assert setup["weights"]["writer"] == placed


def test_what_a_setup_before_trials_ran_under_is_no_fault(linden, engine):
    Setup.objects.create(settings={"engine": "bundled"})
    assert ask().outcome == "answered" and Setup.objects.latest("pk").settings["trial"] == 0


def test_a_trial_is_kept_in_the_name_of_staff_only(case, candidate, ada):
    for who in ("nobody@example.com", ada.email):
        with pytest.raises(CommandError, match="No member of staff"):
            tried(who=who)
    assert not Trial.objects.exists()


def test_without_keep_nothing_is_kept(case, candidate):
    call_command("regress", "--engine", "hub", "--model", "vendor/model")
    assert not Trial.objects.exists()


def test_a_trial_that_was_changed_betrays_itself(case, candidate):
    tried()
    Trial.objects.update(broken=3)
    assert "Trial" in ledger.verify().fault


def test_staff_read_after_which_trial_the_engine_was_switched_on(
    case, candidate, settings, client, grace
):
    client.force_login(grace, BACKEND)
    assert "switched on without a trial" in client.get(reverse(LIST)).content.decode()
    trial = tried()
    switch_on(settings)
    shown = client.get(reverse(LIST)).content.decode()
    assert f"switched on after trial {trial.pk}, in which 1 of 1 cases passed" in shown

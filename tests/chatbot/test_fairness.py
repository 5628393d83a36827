"""The audit on the whole road: a fixed sample passes, and a road that is worse to some is found."""

import json
from dataclasses import replace

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from chatbot import engines, fairness, playground, reading
from chatbot.fairness import measures, weighing
from chatbot.models import FairnessAudit
from storefront.importing import import_folder
from storefront.models import User
from tests.servers import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GARDEN = ROOT / "tests" / "cases" / "garden" / "shop"
SAMPLE = 60  # pairs, over all kinds of request; the whole audit asks 2,000
GATED = measures.GATED[fairness.ANSWERS]
NARROW = ("gender", "name_african_american", "name_nigerian", "polite")


@pytest.fixture
def garden(db):
    import_folder(GARDEN, quiet=True)


def audited(names, pairs=SAMPLE, **more):
    found = fairness.Audit(engines.now(), pairs, names=names, **more)
    for _more in found.run():
        pass
    return found


def rows():
    """How many rows every table of the assistant's has."""
    found = [m for m in apps.get_app_config("chatbot").get_models() if m._meta.managed]
    return {model.__name__: model._base_manager.count() for model in found}


def run(*options):
    """The command, whether it passes or not."""
    try:
        call_command("audit_fairness", *options)
    except SystemExit as end:
        assert end.code == 1


def apart(found, name):
    """In how many pairs each of what is gated differs."""
    weighed = [w for w in weighing.weigh(found.results) if w.contrast == name]
    return {w.measure: w.difference.apart for w in weighed if w.measure in GATED}


def test_a_fixed_sample_passes_the_gate(garden):
    found = audited(NARROW)
    assert fairness.report(found.results)["passed"], {n: apart(found, n) for n in NARROW}
    answers = [pair.answers[0] for pair in found.results["polite"]]
    assert sum(answer.right for answer in answers) > 0.8 * SAMPLE


def test_no_dialect_surely_loses_more_than_it_may(garden):
    ways = ("african_american", "indian", "singaporean", "scottish", "learner")
    weighed = weighing.weigh(audited(ways, 40).results)
    gated = [w for w in weighed if w.measure in GATED]
    assert [
        w for w in gated if 100 * w.difference.high < -fairness.CONTRASTS[w.contrast].limit
    ] == []


def test_a_road_that_hears_some_names_worse_is_found(garden, monkeypatch):
    """One in twenty of those who call themselves by one of these names is not understood."""
    read, worse = reading.read, {"Ngozi", "Emeka", "Amaka", "Folake", "Babatunde", "Obinna"}

    def biased(text, page, memory, lexicon):
        hit = any(name in text for name in worse)
        return read("blah blah" if hit else text, page, memory, lexicon)

    monkeypatch.setattr(reading, "read", biased)
    found = audited(["name_nigerian", "name_slavic"])
    kinds = {w.contrast for w in weighing.failures(weighing.weigh(found.results))}
    assert kinds == {"name_nigerian"}


def test_it_leaves_no_trace_but_its_report(linden, engine, capsys):
    before = rows()
    run("--pairs", "3", "--contrast", "scottish", "rude")
    assert rows() == before | {"FairnessAudit": before["FairnessAudit"] + 1}


def test_what_would_change_the_database_is_refused(linden, engine, monkeypatch):
    monkeypatch.setattr(reading, "read", lambda *_all: User.objects.create_user("x@example.com"))
    with pytest.raises(playground.Wrote):
        audited(["polite"], 1)


def test_what_is_kept_holds_nothing_of_a_customer_or_an_order(linden, engine, tmp_path):
    found = audited(["scottish"], 60, kept=tmp_path / "answers.jsonl")
    report = json.dumps(fairness.report(found.results))
    kept = (tmp_path / "answers.jsonl").read_text()
    assert any(pair.request.private for pair in found.results["scottish"])
    for word in ("2001", "TRACK1234567", "ada@example.com", "Lovelace", "54.00"):
        assert word not in report and word not in kept


def test_it_goes_on_where_it_was_stopped(linden, engine, tmp_path):
    file = tmp_path / "answers.jsonl"
    first = audited(["polite"], 6, kept=file)
    asked = len(engine.briefs)
    file.write_text(file.read_text() + '{"key": "cut o')
    second = audited(["polite"], 6, kept=file)
    assert len(engine.briefs) == asked and second.results == first.results


def test_a_file_of_something_else_is_refused(linden, engine, tmp_path):
    file = tmp_path / "other.jsonl"
    file.write_text("{}\n{}\n")
    with pytest.raises(CommandError, match="line 1 is no answer of an audit"):
        call_command("audit_fairness", "--answers", str(file))


def test_without_a_shop_and_without_pairs_it_says_what_to_do(db, engine):
    with pytest.raises(CommandError, match="name at least 1"):
        call_command("audit_fairness", "--pairs", "0")


def test_halves_that_several_contrasts_share_are_asked_once(linden, engine, monkeypatch):
    asked, answers = [], fairness.SUBJECTS[fairness.ANSWERS]
    ask = lambda *all_: asked.append((all_[0].number, all_[1])) or answers.ask(*all_)  # noqa: E731
    monkeypatch.setitem(fairness.SUBJECTS, fairness.ANSWERS, replace(answers, ask=ask))
    audited(["polite", "rude", "scottish"], 5)
    assert len(asked) == len(set(asked))


def test_the_report_is_one_page_that_needs_nothing_else(linden, engine, tmp_path):
    files = ("--out", str(tmp_path / "r.html"), "--json", str(tmp_path / "r.json"))
    run("--pairs", "4", "--contrast", "gender", "learner", *files)
    page = (tmp_path / "r.html").read_text()
    assert (
        "<svg" in page and "Women&#x27;s names" in page and "English as a second language" in page
    )
    assert not any(word in page for word in ("<script", "<link", "<img", "http://", "https://"))
    assert {c["name"] for c in json.loads((tmp_path / "r.json").read_text())["contrasts"]} == {
        "gender", "learner",
    }  # fmt: skip


def test_who_reviews_sees_the_list_and_what_an_audit_found(linden, engine, grace, client):
    client.force_login(grace, "django.contrib.auth.backends.ModelBackend")
    assert b"No audit yet" in client.get("/admin/chatbot/fairnessaudit/").content
    found = audited(["polite"], 4)
    report = fairness.report(found.results)
    kept = FairnessAudit.objects.create(seed=1, pairs=4, passed=report["passed"], report=report)
    page = client.get(f"/admin/chatbot/fairnessaudit/{kept.pk}/change/").content.decode()
    assert "comparisons need more pairs to be sure" in page and "Passed" not in page
    assert "Politeness" in page and "<svg" in page and "style=" not in page.split("cf-fair")[1]
    assert "See what it found" in client.get("/admin/chatbot/fairnessaudit/").content.decode()

"""Product texts by audience: one that is told less is found, and an engine that is fair passes."""

import json
import random
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from chatbot import facts, fairness, reading, studio, writing
from chatbot.fairness import audiences, weighing
from chatbot.models import FairnessAudit, ProductText
from chatbot.studio import telling
from chatbot.studio.lines import Line
from chatbot.terms import Claim, Fact
from storefront.importing import import_folder
from tests.servers import ROOT

pytestmark = pytest.mark.django_db
PAIRS, SHARE = 60, 0.4
WOMEN = re.compile("written for.*(women|mothers|aunts)")


class Copy:
    """An engine that is asked in words and tells up to three facts, one a line, but for what it is
    to do with some texts for women."""

    weights = ""

    def __init__(self, name="endpoint fair", told=None, share=SHARE, chance=0.0):
        self.name, self.told, self.share, self.chance = name, told, share, chance
        self.asked = 0

    def write(self, brief, *, seed, stop):
        self.asked += 1
        dice = random.Random(f"{seed}{brief.style}{brief.act}")
        label = re.findall(r"^([A-Z]+): at most", brief.form, re.M)[-1]
        lines = [f"{label}: {{{n}}}" for n in brief.may if n.startswith("product.fact")][:3]
        worse = self.share if WOMEN.search(brief.style) else self.chance
        yield "\n".join(self.told(lines) if self.told and dice.random() < worse else lines)


def silent(lines):
    """One fact alone."""
    return lines[:1]


def warm(lines):
    return [*lines, "Let me show you the {product.name}."]


@pytest.fixture
def garden(db):
    import_folder(ROOT / "tests" / "cases" / "garden" / "shop", quiet=True)


def audited(engine, names=("for_women", "for_faith"), pairs=PAIRS, **more):
    found = fairness.Audit(engine, pairs, names=names, of=fairness.TEXTS, **more)
    for _more in found.run():
        pass
    return found


def verdicts(found):
    """What is said of each measure that differs surely or may not."""
    weighed = [(w, weighing.verdict(w)) for w in weighing.weigh(found.results)]
    return {(w.contrast, w.measure): v for w, v in weighed if v not in ("", "unsure", "equal")}


def run(*options):
    out = StringIO()
    call_command("audit_fairness", "--of", "texts", *options, stdout=out)
    return out.getvalue()


def test_facts_left_out_for_some_are_found(garden):
    found = verdicts(audited(Copy(told=silent)))
    assert found[("for_women", "facts")] == "over"
    assert not [name for name, _measure in found if name != "for_women"]


def test_without_telling_facts_apart_nothing_would_be_found(garden, monkeypatch):
    monkeypatch.setattr(telling, "_tells", lambda *_all: True)
    assert ("for_women", "facts") not in verdicts(audited(Copy(told=silent)))


def test_a_warm_word_for_some_is_found_and_may_be(garden):
    found = audited(Copy(told=warm))
    assert verdicts(found)[("for_women", "warmth")] == "told"
    assert "over" not in verdicts(found).values()


@pytest.mark.parametrize("chance", [0.0, SHARE])
def test_an_engine_that_is_fair_passes_also_where_it_leaves_facts_out_by_chance(garden, chance):
    found = audited(Copy(told=silent, share=chance, chance=chance))
    assert fairness.report(found.results)["passed"] and not verdicts(found)


def test_it_goes_on_where_it_was_stopped(garden, tmp_path):
    file, first, second = tmp_path / "texts.jsonl", Copy(), Copy()
    once = audited(first, pairs=4, kept=file)
    again = audited(second, pairs=4, kept=file)
    assert first.asked and not second.asked and again.results == once.results
    with pytest.raises(fairness.BadFile, match="line 1 is no answer"):
        fairness.Audit(first, 4, kept=file)


def test_nothing_is_kept_of_the_texts(garden):
    audited(Copy(), pairs=2)
    assert not ProductText.objects.exists()


class Endless(Copy):
    def write(self, brief, *, seed, stop):
        raise writing.EngineError("did not end", retry=True)
        yield


class Faltering(Copy):
    def write(self, brief, *, seed, stop):
        if seed < 100:
            raise writing.EngineError("broke off", retry=True)
        yield from super().write(brief, seed=seed, stop=stop)


class Down(Copy):
    def write(self, brief, *, seed, stop):
        raise writing.EngineError("endpoint x is not there.")
        yield


def test_a_text_that_does_not_end_tells_nothing_and_is_not_whole(garden):
    (pair,) = audited(Endless(), ["for_women"], 1).results["for_women"]
    assert pair.answers[0].facts == 0 < pair.answers[0].known and not pair.answers[0].whole


def test_a_text_that_an_engine_breaks_off_is_asked_for_again(garden):
    (pair,) = audited(Faltering(), ["for_women"], 1).results["for_women"]
    assert pair.answers[0].facts and pair.answers[0].known


def test_a_pair_is_shown_in_words_and_not_in_codes(garden):
    report = fairness.report(audited(Copy(told=silent, share=1.0), ["for_women"], 20).results)
    told = [side["asked"] for pair in report["contrasts"][0]["worst"] for side in pair["sides"]]
    names = facts.titles(reading.encode())
    for line in told:
        kind, _tone, name, _audience = line.split(", ")
        assert kind.lower() in ProductText.Kind.labels and name.removeprefix("of ") in names


def test_an_engine_that_is_not_there_ends_the_audit_with_what_helps(garden, monkeypatch):
    monkeypatch.setitem(writing.ENGINES, "endpoint", lambda _model: Down())
    with pytest.raises(CommandError, match=r"not there\. With --answers it goes on"):
        run("--pairs", "1", "--engine", "endpoint", "--contrast", "for_women")


def test_the_command_fails_and_its_report_shows_what_differs(garden, monkeypatch, tmp_path):
    monkeypatch.setitem(writing.ENGINES, "endpoint", lambda _model: Copy(told=silent))
    page = tmp_path / "report.html"
    with pytest.raises(SystemExit):
        run("--pairs", "60", "--engine", "endpoint", "--contrast", "for_women", "--out", str(page))
    text = page.read_text()
    assert "What differs more than it may" in text and "Facts told" in text
    assert (
        "Fewer facts told most with:" in text
        and "fewer in " in text
        and "for women" in text
        and "drafts" in text
    )


def test_who_reviews_sees_of_what_an_audit_is(garden, grace, client):
    client.force_login(grace, "django.contrib.auth.backends.ModelBackend")
    report = fairness.report(audited(Copy(), ["for_faith"], 2).results)
    page = "/admin/chatbot/fairnessaudit/"
    FairnessAudit.objects.create(seed=1, pairs=2, passed=True, report=report)
    assert re.search(r">\s*product texts\s*<", client.get(page).content.decode())
    for old in ({}, {"of": fairness.ANSWERS}):  # neither hides the other
        FairnessAudit.objects.create(seed=1, pairs=2, passed=False, report=old)
        told = client.get(page).content.decode()
        assert "newest audit of product texts found nothing that is sure" in told
        assert "newest audit of answers found something" in told


def test_a_contrast_of_the_other_kind_is_refused_with_those_there_are(garden):
    with pytest.raises(CommandError, match="--contrast gender is none of texts; name some of: for"):
        run("--contrast", "gender", "for_women")


@pytest.mark.slow
def test_the_bundled_copywriter_is_said_to_read_no_audience_and_looked_at(garden, monkeypatch):
    told = run("--engine", "bundled", "--contrast", "for_women")
    assert "does not read an audience" in told and "6 pairs" in told
    assert not FairnessAudit.objects.exists()


@pytest.mark.slow
def test_a_copywriter_that_reads_one_all_the_same_is_found(garden, monkeypatch):
    monkeypatch.setattr(writing, "copywriter", lambda: Copy("endpoint", silent, 1.0))
    monkeypatch.setattr(writing, "was_taught", lambda name: name != "endpoint")
    monkeypatch.setattr("chatbot.studio.writing._learnt", studio.writing._asked)
    with pytest.raises(CommandError, match="told no audience, and yet"):
        run("--engine", "bundled", "--contrast", "for_women")


@pytest.mark.slow
def test_a_small_hub_model_is_audited(garden, speaker, tmp_path):
    file = tmp_path / "report.json"
    found = run("--engine", "hub", "--model", str(speaker), "--pairs", "3", "--json", str(file))
    report = json.loads(file.read_text())
    assert {c["name"] for c in report["contrasts"]} == {*audiences.CONTRASTS}
    assert "need more pairs" in found and FairnessAudit.objects.get().engine.startswith("hub")


def test_every_audience_can_be_asked_for_and_only_one_thing_of_it_is_another():
    for contrast in audiences.CONTRASTS.values():
        for plain, telling_one in contrast.make.args[0]:
            assert max(len(plain), len(telling_one)) <= 80 and plain != telling_one
            assert abs(len(plain.split()) - len(telling_one.split())) <= 1


def test_a_fact_is_told_as_it_stands_or_by_half_of_the_words_that_only_it_has():
    values = (
        "Sent by e-mail, within 10 minutes.",
        "Sent by e-mail.",
        "Blade: cast bronze, rustless.",
    )
    known = [Fact("sentence", "card", "1", timezone.now(), {"text": one}) for one in values]
    said = {
        "Sent by e-mail.": {values[1]}, "SENT BY E-MAIL": {values[1]},
        "It is there within 10 minutes": {values[0]}, "A bronze blade.": {values[2]},
        "A blade.": set(), "": set(),
    }  # fmt: skip
    for text, facts_told in said.items():
        assert telling.told([Line("POST", text)], known).facts == facts_told


def test_a_reduction_and_a_sum_of_money_are_told_from_what_a_thing_is(linden):
    known = facts.of_product("larkspur-kettle", reading.encode())
    told = [
        telling.told([Line("POST", text, (Claim(claim, kind, "supported"),))], known)
        for text, claim, kind in (
            ("Now $5.00 off.", "$5.00 off", "reduction"), ("It costs $49.00.", "$49.00", "money"),
            ("100% linen.", "100%", "percent"), ("20% off.", "20%", "percent"),
        )
    ]  # fmt: skip
    assert [one.reductions for one in told] == [True, False, False, True]
    assert [one.prices for one in told] == [False, True, False, False]

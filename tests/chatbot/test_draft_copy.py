"""The command that drafts product texts, for one product or for many."""

import json

import pytest
from django.core.management import CommandError, call_command

from chatbot import engines, facts, reading, writing
from chatbot.models import ProductText

pytestmark = pytest.mark.django_db
KETTLE = "larkspur-kettle"


class Copywriter:
    """An engine that says what it is given, and one thing more."""

    name, weights, left = "endpoint scripted", "", 10**6

    def write(self, brief, *, seed, stop):
        self.left -= 1
        if self.left < 0:
            raise writing.EngineError("The server is gone.")
        told = [text for name, text in brief.values.items() if "fact" in name]
        yield "\n".join((*told, "Customers love it."))


@pytest.fixture
def writer(linden, monkeypatch):
    copywriter = Copywriter()
    monkeypatch.setattr(engines, "now", lambda: copywriter)
    return copywriter


def run(*arguments):
    call_command("draft_copy", *arguments)


def handles():
    return facts.handles(reading.encode(), department=None, tag=None)


def test_a_text_is_shown_with_what_was_left_out_and_why(writer, capsys):
    run(KETTLE, "--kind", "description")
    told = capsys.readouterr().out
    assert "TEXT: " in told and "left out, not borne out: Customers love it." in told
    assert "1 written, 1 of them whole." in told


def test_every_product_gets_every_kind_and_a_row_for_each(writer):
    run("--all", "--kind", "bullets", "--kind", "description")
    assert ProductText.objects.count() == 2 * len(handles())


def test_who_was_broken_off_goes_on_where_it_stopped(writer, capsys):
    writer.left = 1
    with pytest.raises(CommandError, match=r"The server is gone\. What was written before is kept"):
        run("--all", "--kind", "description")
    done, writer.left = ProductText.objects.count(), 10**6
    run("--all", "--kind", "description")
    assert 0 < done < ProductText.objects.count() == len(handles())
    assert f"{done} stood already" in capsys.readouterr().out


def test_it_is_written_again_where_that_is_wanted(writer):
    for _twice in range(2):
        run(KETTLE, "--kind", "description", "--again")
    assert ProductText.objects.count() == 2


def test_other_programs_read_a_line_of_json_for_each_text(writer, capsys):
    run(KETTLE, "--kind", "description", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["handle"] == KETTLE and told["lines"][-1]["fault"]


@pytest.mark.parametrize(("arguments", "why"), [
    (("no-such", "--kind", "ad"), "No product on sale has the handle no-such"),
    (("--kind", "ad"), "Name products, or else --all"),
    ((KETTLE, "--all", "--kind", "ad"), "Name products, or else --all"),
    (("--tag", "no-such", "--kind", "ad"), "No product on sale is of that department"),
    ((KETTLE, "--kind", "ad", "--audience", "x" * 81), "more than 80 characters"),
])  # fmt: skip
def test_what_cannot_be_done_is_said(writer, arguments, why):
    with pytest.raises(CommandError, match=why):
        run(*arguments)


def test_the_bundled_writer_hands_over_to_the_bundled_copywriter(linden):
    run(KETTLE, "--kind", "ad", "--engine", "bundled")
    text = ProductText.objects.get()
    assert text.whole and text.engine == writing.copywriter().name


def test_the_english_that_stands_is_translated_and_gone_on_with_where_it_stopped(writer, capsys):
    run(KETTLE, "--kind", "bullets")
    writer.left = 0
    with pytest.raises(CommandError, match="The server is gone"):
        run(KETTLE, "--kind", "bullets", "--language", "de")
    writer.left = 10**6
    for _twice in range(2):
        run(KETTLE, "--kind", "bullets", "--language", "de")
    german = ProductText.objects.exclude(language="en").get()
    assert german.source.text.language == "en" and not german.whole
    assert "0 written, 0 of them whole, 1 stood already." in capsys.readouterr().out


def test_what_has_no_english_that_holds_is_left_out_and_named(writer, capsys, monkeypatch):
    monkeypatch.setattr(Copywriter, "write", lambda *_about, **_more: iter(["Customers love it."]))
    run(KETTLE, "--kind", "bullets", "--language", "fr")
    told = capsys.readouterr()
    assert "does not hold in English" in told.err
    assert "0 written, 0 of them whole, 1 have no English that holds." in told.out


def test_the_bundled_copywriter_translates_nothing_and_says_so(linden):
    with pytest.raises(CommandError, match="writes English only; for Arabic choose"):
        run(KETTLE, "--kind", "ad", "--language", "ar", "--engine", "bundled")
    assert not ProductText.objects.exists()

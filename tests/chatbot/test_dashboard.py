"""The dashboard: for whom it is, what it shows of a period and a version, and what one takes away."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from chatbot import privacy, spreadsheets
from chatbot.admin import drawing
from chatbot.figures import cells, rollup
from chatbot.figures.report import Report
from chatbot.models import Day
from chatbot.writing import circuit
from tests.chatbot.histories import VERSIONS, begin, rate, review, say

pytestmark = pytest.mark.django_db
OLD, NEW, _FIXED = VERSIONS


@pytest.fixture
def looking(client, grace):
    client.force_login(grace, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def weeks():
    """One conversation with the old engine 20 days ago, and two with the new one."""
    rate(say(begin(timedelta(days=20)), engine=OLD, held=["money"]), True)
    rate(say(begin(), engine=NEW, first_ms=1400), False)
    say(begin(), "clarified", engine=NEW)


def page(client, **chosen):
    return client.get(reverse("admin:chatbot_day_changelist"), chosen)


def rows(client, **chosen):
    """The CSV, by figure, row and measure."""
    response = client.get(reverse("admin:chatbot_day_csv"), chosen)
    lines = csv.DictReader(io.StringIO(response.getvalue().decode()))
    return {(r["figure"], r["of"], r["measure"]): r["value"] for r in lines}


def test_before_anybody_wrote_it_says_so(looking):
    assert "Nothing to show yet" in page(looking).content.decode()


def test_it_shows_what_has_just_happened_without_counting_it_first(looking, weeks):
    shown = page(looking).content.decode()
    assert "Nothing to show yet" not in shown and "Found wrong" in shown
    assert Day.objects.count() == 0


@pytest.mark.parametrize(
    ("days", "conversations"), [("7", "2"), ("30", "3"), ("4000", "3"), ("x", "3")]
)
def test_a_period_is_counted_and_nonsense_means_the_usual_one(looking, weeks, days, conversations):
    assert rows(looking, days=days)["summary", "Conversations", "value"] == conversations


def test_a_version_is_shown_alone_and_beside_the_others(looking, weeks):
    found = rows(looking, version="|".join(OLD))
    assert found["summary", "Conversations", "value"] == "1"
    assert found["held_claims", "money", "count"] == "1"
    assert float(found["versions", "bundled aaaaaaaa", "helpful"]) == 1
    assert float(found["versions", "endpoint =cmd|x", "helpful"]) == 0
    assert "Versions side by side" in page(looking).content.decode()


def test_a_version_that_nobody_used_is_not_told_as_one(looking, weeks):
    shown = page(looking, version="<b>|x").content.decode()
    assert "<b>" not in shown and "&lt;b&gt;" not in shown


def test_one_version_is_compared_with_nothing(looking):
    say(begin())
    assert "Versions side by side" not in page(looking).content.decode()


@pytest.mark.parametrize("name", ["chatbot_day_changelist", "chatbot_day_csv", "chatbot_day_json"])
def test_who_may_not_see_it_takes_nothing_away(client, staff, django_user_model, weeks, name):
    rita = django_user_model.objects.get(email="rita@example.com")
    client.force_login(rita, "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse(f"admin:{name}")).status_code == 403
    rita.groups.add(Group.objects.get(name="Reviewers"))
    assert client.get(reverse(f"admin:{name}")).status_code == 200


def test_the_json_tells_every_figure_with_its_definition(looking, weeks):
    told = json.loads(looking.get(reverse("admin:chatbot_day_json")).getvalue())
    figures = list(Report(30).figures())
    assert [f["name"] for f in told["figures"]] == [f.name for f in figures]
    assert all(f["definition"] for f in told["figures"])
    (confirmed,) = [r for r in told["figures"][2]["rows"] if r["outcome"] == "Confirmed"]
    assert (confirmed["count"], round(confirmed["share"], 3)) == (1, 0.333)
    assert confirmed["low"] < confirmed["share"] < confirmed["high"]


def test_no_cell_is_a_formula_to_a_spreadsheet(looking):
    say(begin(), engine=("=cmd|' /C calc'!A0", ""), held=["@money"])
    for line in csv.reader(
        io.StringIO(looking.get(reverse("admin:chatbot_day_csv")).getvalue().decode())
    ):
        assert not [cell for cell in line if cell.startswith(spreadsheets.FORMULA)]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_is_made_harmless_and_all_else_left_alone(cell):
    assert spreadsheets.harmless(cell) == f"'{cell}"
    assert [spreadsheets.harmless(x) for x in (None, 0.5, "money")] == ["", "0.5", "money"]


def test_what_waits_for_review_is_told_by_its_age(looking):
    reply = say(begin())
    review(reply)
    assert 0 <= float(rows(looking)["summary", "Oldest reply to review", "value"]) < 60
    review(reply, "approved")
    assert rows(looking)["summary", "Oldest reply to review", "value"] == ""


def test_no_plot_is_drawn_beyond_its_edges(looking, weeks):
    for figure in Report(30).figures():
        if figure.name in ("outcomes_by_day", "thumbs", "reviews"):
            plot = drawing.stacked(figure)
            for x, y, width, height, _series in plot.boxes:
                assert x >= 0 and x + width <= plot.width and y >= 0 and y + height <= 100.01


@pytest.mark.parametrize(
    ("most", "unit", "top"),
    [(0, "count", 2), (3, "count", 4), (47, "count", 60), (130, "seconds", 240), (900, "ms", 1000)],
)
def test_a_scale_ends_at_a_round_number(most, unit, top):
    assert drawing.ceiling(most, unit) == top


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 s"), (59.6, "1 min"), (200, "3 min 20 s"), (90_000, "1 d 1 h")]
)
def test_times_are_told_in_two_units(seconds, told):
    assert cells.lasting(seconds) == told


def spent(read=1000, written=100, cost="0.003000000", counted=True, engine="endpoint m"):
    currency = "USD" if cost else ""
    return {"engine": engine, "read": read, "written": written, "cost": cost, "counted": counted,
            "currency": currency}  # fmt: skip


def test_what_an_endpoint_costs_is_told_to_a_conversation_and_to_a_reply(looking):
    chat = begin()
    say(chat, engine=("endpoint m", ""), spent=[spent(), spent(counted=False)])
    say(chat, engine=("endpoint m", ""), spent=[spent()])
    found = {m: v for (f, of, m), v in rows(looking).items() if (f, of) == ("costs", "endpoint m")}
    assert (found["conversations"], found["replies"], found["texts"]) == ("1", "2", "3")
    assert (found["read"], found["written"], found["currency"]) == ("3000", "300", "USD")
    assert (found["per_conversation"], found["per_reply"]) == ("0.009", "0.0045")
    assert round(float(found["estimated"]), 3) == 0.333
    assert "0.009000 USD to a conversation" in page(looking).content.decode()


def test_what_another_engine_worded_in_the_end_was_still_paid_for(looking):
    say(begin(), engine=OLD, spent=[spent()])
    assert rows(looking)["costs", "endpoint m", "replies"] == "1"


def test_without_prices_tokens_are_told_and_no_cost(looking):
    say(begin(), engine=("endpoint m", ""), spent=[spent(cost="")])
    assert rows(looking)["costs", "endpoint m", "per_reply"] == ""
    assert "no prices are set" in page(looking).content.decode()


def test_what_was_spent_outlives_an_erasure(looking):
    chat = begin()
    say(chat, engine=("endpoint m", ""), spent=[spent()])
    rollup.run()
    privacy.erase(chat)
    rollup.run()
    assert rows(looking)["costs", "endpoint m", "per_reply"] == "0.003"


def test_an_endpoint_that_is_left_alone_is_named(looking, monkeypatch):
    monkeypatch.setattr(circuit, "_circuits", {})
    circuit.to("llm.example:443/v1").fail("it answered 429", rest=60)
    say(begin())
    shown = page(looking).content.decode()
    assert "llm.example:443/v1 keeps failing" in shown and "it answered 429" in shown

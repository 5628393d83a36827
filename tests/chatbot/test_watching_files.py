"""What Grafana and Prometheus are given asks for figures that are told."""

import json
import re

import pytest
import yaml

from chatbot.metrics import families
from chatbot.watching import standing
from tests.servers import ROOT

FOLDER = ROOT / "chatbot" / "watching"
PARTS = {"counter": ("_total",), "histogram": ("_bucket", "_sum", "_count"), "gauge": ("",)}
LABELS = {"le", "outcome", "kind", "currency", "error_type", "gen_ai_token_type", *families.ENGINE}
WORDS = "sum by max min rate histogram_quantile absent min_over_time and or"


def told():
    """Every name under which a figure stands on the page."""
    kept = [f for f in vars(families).values() if hasattr(f, "_labelnames")]
    names = {f"{f._name}{part}" for f in kept for part in PARTS[f._type]}
    return names | {
        f"counterfoil_{name}" for name in (*standing.FIGURES, "database_up", "redis_up")
    }


def asked(query):
    """The names in a query, without its functions, labels, texts and times."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\$\w+', " ", query)
    return set(re.findall(r"[a-z_]{2,}", bare)) - set(WORDS.split()) - LABELS


def panels():
    return [
        p for p in json.loads((FOLDER / "grafana.json").read_text())["panels"] if p["type"] != "row"
    ]


def rules():
    (group,) = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"]
    return group["rules"]


QUERIES = [t["expr"] for p in panels() for t in p["targets"]] + [rule["expr"] for rule in rules()]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_asks_for_figures_that_are_told(query):
    assert asked(query) and not asked(query) - told()
    assert query.count("(") == query.count(")")


def test_a_query_for_a_figure_that_is_not_told_is_found():
    assert asked('sum(rate(counterfoil_turns_ended{outcome="x"}[5m]))') - told() == {
        "counterfoil_turns_ended"
    }


def test_every_figure_has_its_place_on_the_dashboard():
    shown = " ".join(t["expr"] for p in panels() for t in p["targets"])
    kept = {f._name for f in vars(families).values() if hasattr(f, "_labelnames")}
    assert not [
        name for name in kept | {f"counterfoil_{n}" for n in standing.FIGURES} if name not in shown
    ]


def test_no_two_panels_lie_over_each_other():
    taken = [(x, y) for p in json.loads((FOLDER / "grafana.json").read_text())["panels"]
             for place in [p["gridPos"]] for x in range(place["x"], place["x"] + place["w"])
             for y in range(place["y"], place["y"] + place["h"])]  # fmt: skip
    assert len(taken) == len(set(taken)) and max(x for x, _y in taken) < 24


def test_every_alert_says_what_to_do_and_how_urgent_it_is():
    for rule in rules():
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"][-1] in ".?" and rule["for"]

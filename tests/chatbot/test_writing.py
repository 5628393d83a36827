"""The bundled writer cites what it has to and nothing else."""

import re
import threading
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot import writing
from chatbot.terms import Brief
from chatbot.training import corpus
from chatbot.writing import EngineError, render
from chatbot.writing.bundled import BundledWriter

CITED = Counter((r.act, frozenset(r.references)) for r in corpus.replies())
# What the corpus says in several ways; a set of references it has once or twice is hardly learnt.
ROWS = [r for r in corpus.replies() if r.references and CITED[r.act, frozenset(r.references)] > 2]


@pytest.fixture(scope="module")
def bundled():
    return BundledWriter(writing.WEIGHTS)


def text(engine, brief, seed=1):
    return "".join(engine.write(brief, seed=seed, stop=threading.Event()))


@settings(max_examples=60, deadline=None)
@given(row=st.sampled_from(ROWS), seed=st.integers(0, 10_000))
def test_it_cites_all_it_must_and_only_what_it_may(bundled, row, seed):
    said = text(bundled, Brief(row.act, row.references), seed)
    assert set(re.findall(r"\{([^}]+)\}", said)) == set(row.references)


@settings(max_examples=40, deadline=None)
@given(row=st.sampled_from(ROWS), seed=st.integers(0, 10_000))
def test_it_never_writes_a_value_of_its_own(bundled, row, seed):
    said = text(bundled, Brief(row.act, row.references), seed)
    assert not re.search(r"[0-9$€£%]", re.sub(r"\{[^}]*\}", "", said))


def test_the_same_seed_gives_the_same_text(bundled):
    brief = Brief("price.one", ("product.name", "variant.price"))
    assert text(bundled, brief, 7) == text(bundled, brief, 7)


def test_it_falls_silent_when_stopped(bundled):
    stop = threading.Event()
    stop.set()
    assert list(bundled.write(Brief("smalltalk.joke", ()), seed=1, stop=stop)) == []


def test_an_act_it_never_learnt_is_named(bundled):
    with pytest.raises(EngineError, match=r"price\.imaginary"):
        text(bundled, Brief("price.imaginary", ()))


def test_missing_weights_name_the_command_that_makes_them(tmp_path):
    with pytest.raises(EngineError, match=r"manage\.py train writer"):
        BundledWriter(tmp_path)


def test_it_names_the_weights_it_speaks_with(bundled):
    assert len(bundled.weights) == 64
    assert bundled.weights[:8] in bundled.name


def test_a_rendered_sentence_begins_with_a_capital_and_ends_once():
    assert render("{a} is here.", {"a": "red"}) == "Red is here."
    assert render('It says "{a}".', {"a": "Go."}) == 'It says "Go."'


def test_a_reference_the_act_does_not_hold_is_refused():
    with pytest.raises(EngineError, match=r"cites \{b\}"):
        render("{b}!", {"a": "x"})

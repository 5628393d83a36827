"""Texts written side by side come out as if each were alone, and leave as soon as they should."""

import random
import subprocess
import sys
import threading
import time

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot import processor, writing
from chatbot.terms import Brief
from chatbot.writing import EngineError, line
from chatbot.writing.batch import DRAFTS
from chatbot.writing.bundled import BundledWriter
from chatbot.writing.llama import LANES, Llama

pytestmark = pytest.mark.slow
BRIEFS = (
    Brief("price.one", ("product.name", "variant.price")),
    Brief("smalltalk.thanks", ()),
    Brief("attribute.unknown", ("product.name",)),
    Brief("stock.low", ("product.name",), ("variant.options",)),
    Brief("smalltalk.joke", ()),
)
NONE, NOWHERE = torch.empty(0, 1, dtype=torch.long), torch.empty(0, dtype=torch.long)


@pytest.fixture(scope="module")
def bundled():
    return BundledWriter(writing.WEIGHTS)


@pytest.fixture(scope="module")
def alone(bundled):
    """The text of a brief and seed, when nothing else is written."""
    known = {}

    def text(number, seed):
        if (number, seed) not in known:
            known[number, seed] = written(bundled, number, seed)
        return known[number, seed]

    return text


def written(engine, number, seed, stop=None):
    stop = stop or threading.Event()
    return "".join(engine.write(BRIEFS[number], seed=seed, stop=stop))


def at_once(works):
    """Run every work in a thread of its own, and wait for all."""
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)


def until(said):
    """Wait until something is so."""
    deadline = time.monotonic() + 20
    while not said():
        assert time.monotonic() < deadline
        time.sleep(0.002)


# The step


@pytest.fixture(scope="module")
def prompts(bundled):
    chance = random.Random(0)
    return [
        chance.choices(range(bundled.config.vocab_size), k=chance.randint(1, 40)) for _ in "0" * 12
    ]


@pytest.fixture
def llama(bundled):
    return Llama(bundled.model, rows=16, length=64)


def scored(llama, tokens, places, prompts):
    """The scores behind one token a text."""
    return llama.scores(llama.step(tokens, places, prompts)[:, 0])


@pytest.mark.parametrize(("kind", "near"), [(torch.float32, 1e-3), (torch.bfloat16, 0.1)])
@torch.inference_mode()
def test_a_step_scores_as_the_model_of_transformers_does(bundled, prompts, monkeypatch, kind, near):
    monkeypatch.setattr(processor, "best", lambda: kind)
    llama = Llama(bundled.model, rows=16, length=64)
    first = scored(llama, NONE, NOWHERE, prompts)
    places, tokens = torch.tensor([len(p) for p in prompts]), first.argmax(-1)[:, None]
    second = scored(llama, tokens, places, prompts[:2])
    for n, prompt in enumerate(prompts):
        theirs = bundled.model(torch.tensor([[*prompt, int(tokens[n])]])).logits[0, -2:]
        assert torch.allclose(first[n], theirs[0], atol=near)
        assert torch.allclose(second[n], theirs[1], atol=near)
    assert torch.allclose(second[len(prompts) :], first[:2], atol=near)


@torch.inference_mode()
def test_what_stands_beside_a_text_does_not_change_one_bit_of_its_scores(llama, prompts):
    first = scored(llama, NONE, NOWHERE, prompts)
    places, tokens = torch.tensor([len(p) for p in prompts]), first.argmax(-1)[:, None]
    second = scored(llama, tokens, places, prompts[:2])
    for n, prompt in enumerate(prompts):
        assert torch.equal(scored(llama, NONE, NOWHERE, [prompt])[0], first[n])
        assert torch.equal(scored(llama, tokens[n : n + 1], places[n : n + 1], [])[0], second[n])


@pytest.fixture
def leftovers():
    """Memory that torch hands out without clearing it holds NaN, as it may at any time."""
    torch.use_deterministic_algorithms(True)  # fills it, unless told otherwise
    assert torch.empty(8).isnan().all()
    yield
    torch.use_deterministic_algorithms(False)


@torch.inference_mode()
def test_what_memory_held_before_does_not_reach_a_text(bundled, prompts, leftovers):
    llama = Llama(bundled.model, rows=16, length=64)
    full = [(prompt * LANES)[:LANES] for prompt in prompts]  # the next token needs new lanes
    first = scored(llama, NONE, NOWHERE, full)
    places = torch.full((len(full),), LANES)
    assert scored(llama, first.argmax(-1)[:, None], places, []).isfinite().all()


@torch.inference_mode()
def test_a_copy_goes_on_as_the_text_it_was_copied_from(llama, prompts):
    scores = scored(llama, NONE, NOWHERE, prompts[:3])
    llama.copy(torch.tensor([2, 1]), torch.tensor([0, 4]), LANES * 3)
    token, length = scores[2].argmax()[None, None], torch.tensor([len(prompts[2])])
    copied = scored(llama, token, length, [])
    scored(llama, NONE, NOWHERE, [prompts[2]])
    assert torch.equal(scored(llama, token, length, []), copied)


@torch.inference_mode()
def test_a_chain_comes_to_what_its_tokens_come_to_one_by_one(llama, prompts):
    """Whatever stood behind them before, and whatever stands beside them."""
    said, chain = torch.arange(700, 708), torch.full((1, 4), 9)
    llama.step(NONE.expand(0, 4), NOWHERE, [[*prompts[0], 9, 9, 9]])
    lone = []
    for place, token in enumerate(said, len(prompts[0])):
        chain[0, 0] = token
        lone.append(llama.step(chain, torch.tensor([place]), [])[0, 0])
    llama.step(NONE.expand(0, 4), NOWHERE, [[*p, 9, 9, 9] for p in prompts])
    for start in (0, 4, 2):
        places = torch.tensor([len(p) + start for p in prompts])
        tokens = said[start : start + 4].repeat(len(prompts), 1)
        assert torch.equal(llama.step(tokens, places, [])[0], torch.stack(lone[start : start + 4]))


# The batch


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    texts=st.lists(
        st.tuples(
            st.integers(0, len(BRIEFS) - 1), st.integers(0, 5), st.integers(0, 12),
            st.none() | st.integers(0, 8),
        ),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_texts_that_join_and_leave_at_random_come_out_as_alone(bundled, alone, texts):
    """Each of `texts`: brief, seed, the step at which it joins, and after how many it is given up."""
    batch, made = bundled.line.batch, {}
    for step in range(200):
        given_up = {t for t, (_n, _s, left) in made.items() if left == step} & batch.texts
        batch.leave(given_up)
        for number, seed, begins, lasts in texts:
            if begins == step:
                text = bundled._text(BRIEFS[number], seed)
                made[text] = (number, seed, step + lasts if lasts is not None else None)
                batch.join(text)
        if batch.used:
            batch.step()
    for text, (number, seed, _left) in made.items():
        if not text.growing:
            assert "".join(bundled.pieces[t] for t in text.tokens) == alone(number, seed)
    assert not batch.texts


def test_threads_that_hammer_it_get_what_each_gets_alone(bundled, alone):
    asked = [(n % len(BRIEFS), n % 4) for n in range(48)]
    expected, found = [alone(*a) for a in asked], {}

    def ask(n):
        found[n] = written(bundled, *asked[n])

    at_once([lambda n=n: ask(n) for n in range(len(asked))])
    assert [found[n] for n in range(len(asked))] == expected


def test_a_text_needs_at_most_a_slot_for_each_draft(bundled):
    batch = bundled.line.batch
    batch.join(bundled._text(BRIEFS[0], 1))
    while batch.used:
        assert batch.used <= DRAFTS
        batch.step()


# The line


@pytest.fixture
def held(bundled, monkeypatch):
    """A writer whose next step waits until the event is set."""
    step, go = bundled.line.batch.step, threading.Event()
    monkeypatch.setattr(bundled.line.batch, "step", lambda: go.wait(20) and step())
    yield go
    go.set()
    until(lambda: not bundled.line.served and not bundled.line.waiting)


def test_stop_frees_the_slots_before_the_next_token(bundled, held):
    stop, said = threading.Event(), []
    thread = threading.Thread(target=lambda: said.append(written(bundled, 0, 1, stop)))
    thread.start()
    until(lambda: bundled.line.batch.used)
    stop.set()
    held.set()
    thread.join(20)
    assert said == [""]
    assert not bundled.line.batch.used


def test_a_reader_who_goes_away_frees_the_slots(bundled, held):
    text, other = bundled.write(BRIEFS[0], seed=1, stop=threading.Event()), []
    reader = threading.Thread(target=lambda: other.append(written(bundled, 4, 1)))
    reader.start()
    until(lambda: bundled.line.served)
    held.set()
    assert next(text)
    text.close()
    reader.join(20)
    assert other[0]
    until(lambda: not bundled.line.batch.used)


def test_a_step_that_breaks_ends_every_text_and_the_next_ones_are_written(
    bundled, alone, monkeypatch
):
    faults = []

    def ask(n):
        try:
            written(bundled, 0, n)
        except EngineError as error:
            faults.append(error)

    with monkeypatch.context() as patch:
        patch.setattr(bundled.line.batch.llama, "step", lambda *_all: 1 / 0)
        at_once([lambda n=n: ask(n) for n in range(5)])
    assert len(faults) == 5
    assert all(f.retry and "ZeroDivisionError" in str(f) for f in faults)
    assert written(bundled, 0, 3) == alone(0, 3)


def test_who_comes_when_the_line_is_full_is_sent_away_and_may_come_back(bundled, held, monkeypatch):
    monkeypatch.setattr(line, "MOST_WAITING", 2)
    fill = [threading.Thread(target=written, args=(bundled, 1, n)) for n in range(3)]
    for thread in fill:
        thread.start()
        until(lambda: bundled.line.served)  # the others wait for the step that is held
    until(lambda: len(bundled.line.waiting) == 2)
    with pytest.raises(EngineError, match="2 texts are waiting") as error:
        written(bundled, 1, 1)
    assert error.value.retry
    held.set()
    for thread in fill:
        thread.join(60)
    assert written(bundled, 1, 1)


def test_the_line_is_served_in_order_and_who_leaves_it_makes_it_shorter(bundled, held, monkeypatch):
    monkeypatch.setattr(bundled.line.batch, "most", 1)
    stops, order = [threading.Event() for _ in range(4)], []
    for n, stop in enumerate(stops):
        write = lambda n=n, stop=stop: written(bundled, 1, n, stop) and order.append(n)  # noqa: E731
        threading.Thread(target=write).start()
        until(lambda n=n: len(bundled.line.served) + len(bundled.line.waiting) == n + 1)
    assert [ticket.stop for ticket in bundled.line.waiting] == stops[1:]
    stops[2].set()
    held.set()
    until(lambda: len(order) == 3)
    assert order == [0, 1, 3]
    assert not bundled.line.waiting


def test_the_thread_ends_when_nothing_is_to_be_written_and_another_begins(bundled, monkeypatch):
    monkeypatch.setattr(line, "IDLE_SECONDS", 0.01)
    written(bundled, 1, 1)
    until(lambda: bundled.line.thread is None)
    assert written(bundled, 1, 1)


BUSY = """
import itertools, threading, time
import django
django.setup()
from chatbot import processor, writing
from chatbot.terms import Brief
engine = writing.local()
def ask():
    for n in itertools.count():
        list(engine.write(Brief("smalltalk.joke", ()), seed=n, stop=threading.Event()))
for _asker in range(4):
    threading.Thread(target=ask, daemon=True).start()
time.sleep(0.5)
"""


def test_a_process_that_ends_in_the_middle_of_a_step_ends_well():
    ended = subprocess.run([sys.executable, "-c", BUSY], capture_output=True, text=True, timeout=90)
    assert ended.returncode == 0, ended.stderr[-500:]

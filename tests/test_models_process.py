"""One model process beside the others: asked, killed in the middle, stopped, left by who asked."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from multiprocessing.connection import Client

import numpy as np
import pytest

from chatbot import conversation, reading, remote, writing
from chatbot.reading.remote import RemoteEncoder, RemoteHeads, RemoteJudge
from chatbot.terms import Brief
from chatbot.writing.engine import EngineError
from chatbot.writing.remote import RemoteWriter
from tests import small_models
from tests.conftest import accept, open_chat
from tests.servers import ROOT, free_port

BRIEF = Brief("price.one", ("product.name", "variant.price"))
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.small_models"])  # Django is loaded once for all of them


class Process:
    """A model process of small models, with its own protocol."""

    def __init__(self, place):
        self.place, self.hung_up = place, FORKS.Event()
        self.start()

    def start(self, weights="w" * 64):
        told = (self.place, weights, self.hung_up)
        self.process = FORKS.Process(target=small_models.serve, args=told, daemon=True)
        self.process.start()

    def kill(self):
        self.process.kill()
        self.process.join()


@contextmanager
def models(settings, monkeypatch, place):
    reading.reader()  # whose models stay those of this process
    settings.MODELS = place
    monkeypatch.setattr(remote, "_idle", [])
    monkeypatch.setattr(remote, "PATIENCE", 60)  # a busy machine starts slowly
    process = Process(place)
    try:
        yield process
    finally:
        process.kill()


@pytest.fixture
def process(settings, monkeypatch, tmp_path):
    with models(settings, monkeypatch, f"unix:{tmp_path}/models.sock") as running:
        yield running


def written(writer, pieces=3, stop=None):
    brief = Brief("act", (), asked=str(pieces))
    return writer.write(brief, seed=7, stop=stop or threading.Event())


def test_what_is_asked_comes_back_as_from_models_of_ones_own(process):
    assert RemoteEncoder().encode(["a", "bcd"]).tolist() == [[1, 1], [3, 1]]
    assert RemoteHeads().predict("hi", "before") == ({"hi": 0.5}, {"before": 0.25})
    assert [row.sure for row in RemoteJudge().answers("q", ["a", "b"], [0.5, 0.75])] == [0.5, 0.75]
    (few,), (each,) = (RemoteJudge().answers("q", ["a"], [0.5], every=e) for e in (False, True))
    assert (few.fits, each.fits) == (False, True)
    writer = RemoteWriter()
    assert list(written(writer)) == ["act 7 0.", "act 7 1.", "act 7 2."]
    assert (writer.name, writer.weights) == ("bundled slow", "w" * 64)


def test_killed_in_the_middle_of_a_text_it_says_so_and_is_asked_again_when_it_is_back(process):
    writer = RemoteWriter()
    text = written(writer, 50)
    assert next(text) == "act 7 0."
    process.kill()
    with pytest.raises(EngineError) as error:
        list(text)
    assert error.value.retry and "does not answer" in str(error.value)
    process.start()
    assert list(written(writer)) == ["act 7 0.", "act 7 1.", "act 7 2."]


def test_one_that_stays_away_is_not_waited_for_without_end(settings, monkeypatch, tmp_path):
    settings.MODELS = f"unix:{tmp_path}/nobody.sock"
    monkeypatch.setattr(remote, "PATIENCE", 0.2)
    began = time.monotonic()
    with pytest.raises(EngineError, match="see whether it runs"):
        list(written(RemoteWriter()))
    assert time.monotonic() - began < 5 and not remote.reachable()


def test_other_weights_write_nothing_before_the_record_can_say_so(process):
    writer = RemoteWriter()
    assert list(written(writer)) and writer.weights == "w" * 64
    process.kill()
    process.start("v" * 64)
    with pytest.raises(EngineError, match="other weights") as error:
        list(written(writer))
    assert error.value.retry and writer.weights == "v" * 64 and list(written(writer))


@pytest.mark.parametrize("how", ["stop", "leave"])
def test_who_stops_or_goes_away_is_worked_for_no_longer(process, how):
    stop = threading.Event()
    text = written(RemoteWriter(), 10**6, stop)
    assert next(text) == "act 7 0."
    if how == "stop":
        stop.set()
        assert len(list(text)) < 100
    else:
        text.close()
    assert process.hung_up.wait(30)


def test_a_stranger_without_the_key_gets_nothing_and_holds_nobody_up(process, settings):
    assert RemoteEncoder().encode(["a"]).tolist() == [[1, 1]]
    silent = Client(remote.place())
    liar = Client(remote.place())
    liar.recv_bytes()
    liar.send_bytes(b"nonsense")
    with pytest.raises((EOFError, OSError)):
        while liar.recv_bytes() is not None:
            pass
    remote._idle.clear()
    assert RemoteEncoder().encode(["ab"]).tolist() == [[2, 1]]
    silent.close()


def test_over_tcp_it_is_the_same(settings, monkeypatch):
    with models(settings, monkeypatch, f"tcp://127.0.0.1:{free_port()}") as process:
        writer = RemoteWriter()
        assert len(list(written(writer))) == 3
        process.kill()
        process.start()
        assert len(list(written(writer))) == 3


def test_a_frozen_one_is_given_up_after_the_engines_time(process, settings, monkeypatch):
    settings.ENGINE_TIMEOUT_SECONDS = 1
    writer = RemoteWriter()
    assert list(written(writer))
    monkeypatch.setattr(remote, "PATIENCE", 0.5)
    os.kill(process.process.pid, signal.SIGSTOP)
    with pytest.raises(EngineError):
        list(written(writer))
    os.kill(process.process.pid, signal.SIGCONT)


def test_the_real_ones_answer_over_the_line_as_they_do_here(settings, monkeypatch, tmp_path):
    settings.MODELS = f"unix:{tmp_path}/models.sock"
    monkeypatch.setattr(remote, "PATIENCE", 120)
    env = os.environ | {"MODELS": settings.MODELS}
    process = subprocess.Popen([sys.executable, "manage.py", "run_models"], cwd=ROOT, env=env)
    try:
        here, text = reading.local(), "how much is the larkspur kettle?"
        assert np.allclose(RemoteEncoder().encode([text]), here.encoder.encode([text]), atol=1e-5)
        assert RemoteHeads().predict(text)[1] == pytest.approx(
            here.heads.predict(text)[1], abs=1e-4
        )
        mine = list(writing.local().write(BRIEF, seed=1, stop=threading.Event()))
        assert list(RemoteWriter().write(BRIEF, seed=1, stop=threading.Event())) == mine
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.fixture
def half_told(process, linden, monkeypatch):
    """A turn whose first sentence came from the model process, which died then; its frames."""
    monkeypatch.setitem(writing._loaded, "bundled", RemoteWriter())
    turn = accept(open_chat(), "is the larkspur kettle in stock in red and how much is it?")
    frames = conversation.answer(turn.pk, "one")
    while next(frames).body["type"] != "sentence":
        pass
    process.kill()
    return turn, frames


def ended(turn, frames):
    """The rest of the frames, and the reply."""
    kinds = [frame.body["type"] for frame in frames]
    turn.reply.refresh_from_db()
    return kinds, turn.reply


def test_a_turn_goes_on_with_what_was_told_once_the_models_are_back(process, half_told):
    process.start()
    kinds, reply = ended(*half_told)
    assert kinds[-1] == "done" and reply.outcome == "answered" and reply.weights == "w" * 64
    told = [act["told"] for act in reply.acts]
    assert all(len(t) == len(set(t)) for t in told) and sum(map(len, told)) >= 2


def test_a_turn_whose_models_stay_away_ends_and_says_so(half_told, monkeypatch):
    monkeypatch.setattr(remote, "PATIENCE", 0.2)
    kinds, reply = ended(*half_told)
    assert kinds[-1] == "done" and reply.outcome == "unavailable"

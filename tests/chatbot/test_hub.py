"""The hub writer drives any checkpoint of `transformers`, and never leaves its reader waiting."""

import hashlib
import threading
import time

import pytest

from chatbot.terms import Brief
from chatbot.writing import EngineError, hub, together
from chatbot.writing.hub import HubWriter
from tests import tiny_models

PRICE = {"product.name": "Larkspur Kettle", "variant.price": "$49.00"}
BRIEF = Brief("price.one", tuple(PRICE), tuple(PRICE), PRICE, "how much is it?")


@pytest.fixture(scope="module")
def speaking(speaker):
    return HubWriter(str(speaker), timeout=20)


@pytest.fixture(scope="module")
def babbling(babbler):
    return HubWriter(str(babbler), timeout=20)


def pieces(engine, seed=1, stop=None):
    """What an engine writes, up to its fault if it has one."""
    written = []
    try:
        for piece in engine.write(BRIEF, seed=seed, stop=stop or threading.Event()):
            written.append(piece)
    except EngineError:
        written.append("…")
    return written


def changed(folder, **attributes):
    """The tiny model, saved in a folder with other attributes of its tokenizer."""
    words = tiny_models.tokenizer()
    for name, value in attributes.items():
        setattr(words, name, value)
    tiny_models.speaking(words).save_pretrained(folder)
    words.save_pretrained(folder)
    return str(folder)


def test_it_writes_what_the_model_says_and_ends_where_it_ends(speaking):
    assert "".join(pieces(speaking)) == "Certainly."


def test_the_same_seed_gives_the_same_text_and_another_one_another(babbling):
    assert pieces(babbling, 7) == pieces(babbling, 7)
    assert pieces(babbling, 7) != pieces(babbling, 8)


def test_a_model_that_does_not_end_is_an_error_worth_a_second_try(babbling):
    with pytest.raises(EngineError, match=r"did not end price\.one within 300 tokens") as error:
        list(babbling.write(BRIEF, seed=1, stop=threading.Event()))
    assert error.value.retry


def test_it_falls_silent_when_stopped(babbling, monkeypatch):
    monkeypatch.setattr(hub, "MOST_TOKENS", 20_000)
    stop, began = threading.Event(), time.monotonic()
    threading.Timer(0.5, stop.set).start()
    assert pieces(babbling, stop=stop)[-1:] != ["…"]
    assert time.monotonic() - began < 5


def test_what_breaks_in_a_step_reaches_the_reader_and_the_next_text_is_written(
    speaking, monkeypatch
):
    with monkeypatch.context() as broken:
        broken.setattr(speaking.together.rows, "read", lambda *_how: 1 / 0)
        with pytest.raises(EngineError, match=r"broke at price\.one.*ZeroDivisionError") as error:
            list(speaking.write(BRIEF, seed=1, stop=threading.Event()))
    assert isinstance(error.value.__cause__, ZeroDivisionError)
    assert "".join(pieces(speaking)) == "Certainly."


def test_a_model_that_stalls_ends_in_time(speaking, monkeypatch):
    monkeypatch.setattr(speaking, "timeout", 0.2)
    monkeypatch.setattr(speaking.together.rows, "read", lambda *_how: time.sleep(1))
    began = time.monotonic()
    with pytest.raises(EngineError, match=r"within 0.2 s.*ENGINE_TIMEOUT_SECONDS") as error:
        list(speaking.write(BRIEF, seed=1, stop=threading.Event()))
    assert error.value.retry
    assert time.monotonic() - began < 0.9


def test_more_texts_than_may_wait_are_refused_with_the_remedy(speaking, monkeypatch):
    monkeypatch.setattr(together, "MOST_WAITING", 0)
    with pytest.raises(EngineError, match=r"waiting already.*ENGINE=endpoint") as error:
        list(speaking.write(BRIEF, seed=1, stop=threading.Event()))
    assert error.value.retry


def test_it_names_folder_and_weights_but_no_path(speaking, speaker):
    weights = (speaker / "model.safetensors").read_bytes()
    assert speaking.weights == hashlib.sha256(weights).hexdigest()
    assert speaking.name == f"hub {speaker.name}"


def test_a_tokenizer_without_a_chat_template_is_refused_with_the_remedy(tmp_path):
    with pytest.raises(EngineError, match=r"no chat template.*chat_template\.jinja"):
        HubWriter(changed(tmp_path, chat_template=None), 20)


def test_a_model_that_thinks_aloud_is_refused(tmp_path):
    template = tiny_models.TEMPLATE + "<think>\n"
    with pytest.raises(EngineError, match="thinks aloud"):
        HubWriter(changed(tmp_path, chat_template=template), 20)


def test_a_template_without_a_system_role_gets_the_rules_from_the_user(tmp_path):
    picky = "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no') }}{% endif %}"
    engine = HubWriter(changed(tmp_path, chat_template=picky + tiny_models.TEMPLATE), 20)
    assert "".join(pieces(engine)) == "Certainly."


def test_weights_that_could_carry_code_are_refused(speaker, tmp_path):
    folder = tmp_path / "pickled"
    folder.mkdir()
    for path in speaker.iterdir():
        if path.suffix != ".safetensors":
            (folder / path.name).write_bytes(path.read_bytes())
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(EngineError, match="safetensors"):
        HubWriter(str(folder), 20)


def test_a_model_that_is_not_there_is_named_with_the_remedy(tmp_path):
    with pytest.raises(EngineError, match=r"ENGINE_MODEL=.*nowhere.*hub name or the folder"):
        HubWriter(str(tmp_path / "nowhere"), 20)

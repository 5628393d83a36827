"""One of three engines is chosen by name, and says what it lacks."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from chatbot import writing


@pytest.fixture(autouse=True)
def nothing_loaded(monkeypatch):
    monkeypatch.setattr(writing, "_loaded", {})


def test_an_unknown_engine_is_refused_with_the_three_there_are(settings):
    settings.ENGINE = "oracle"
    with pytest.raises(ImproperlyConfigured, match=r'oracle.*"bundled", "hub" or "endpoint"'):
        writing.engine()


@pytest.mark.parametrize(
    ("engine", "lacks"), [("hub", "ENGINE_MODEL"), ("endpoint", "ENDPOINT_URL")]
)
def test_an_engine_names_the_setting_it_lacks(settings, engine, lacks):
    settings.ENGINE, settings.ENGINE_MODEL, settings.ENDPOINT_URL = engine, "", ""
    with pytest.raises(ImproperlyConfigured, match=f"needs {lacks}"):
        writing.engine()


def test_the_hub_engine_loads_the_model_of_the_settings_once(settings, speaker):
    settings.ENGINE, settings.ENGINE_MODEL = "hub", str(speaker)
    assert writing.engine().name == f"hub {speaker.name}"
    assert writing.engine() is writing.engine()


def test_the_endpoint_engine_asks_the_server_of_the_settings(settings):
    settings.ENGINE, settings.ENGINE_MODEL = "endpoint", "some-model"
    settings.ENDPOINT_URL = "http://localhost:8080/v1"
    assert writing.engine().name == "endpoint some-model"
    assert not writing.was_taught(writing.engine().name)


def test_a_limit_longer_than_a_lease_is_warned_of(settings, capsys):
    settings.ENGINE, settings.ENGINE_TIMEOUT_SECONDS = "endpoint", 60
    call_command("check")
    assert "chatbot.W002" in capsys.readouterr().err


@pytest.mark.slow
def test_a_warm_engine_has_taken_a_step(settings, monkeypatch):
    settings.ENGINE = "bundled"
    batch, taken = writing.engine().line.batch, []
    step = batch.step
    monkeypatch.setattr(batch, "step", lambda: taken.append(1) or step())
    writing.warm_up(writing.engine())
    assert taken

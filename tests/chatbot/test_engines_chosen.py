"""Staff choose the engine: added as a row, tried by golden cases, switched on and back, on record."""

import pytest
from django.urls import reverse

from chatbot import engines, errands, ledger, playground, setups, terminal, trials, writing
from chatbot.engines import choosing, loading, watching
from chatbot.models import EngineErrand, EngineSetup, EngineSwitch, LedgerEntry, Setup, Trial
from tests.chatbot.test_golden_cases import BACKEND, ask

pytestmark = pytest.mark.django_db
LIST = "admin:chatbot_enginesetup_changelist"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Errands are done where they are begun; what would be loaded aside stays away."""
    monkeypatch.setattr(errands, "_aside", errands.run)
    monkeypatch.setattr(loading, "_aside", lambda _wanted: None)


@pytest.fixture
def olive(django_user_model):
    return django_user_model.objects.create_superuser("olive@example.com", "x")


@pytest.fixture
def setup(case, candidate, olive):
    return choosing.add(olive, "hub", "vendor/model")


def do(setup, user, aim="try", **more):
    pk = errands.begin(user, setup, aim, **more).pk
    return EngineErrand.objects.get(pk=pk)


def switched(setup, user, **more):
    do(setup, user, "try")
    errand = do(setup, user, "on", **more)
    assert errand.fault == ""
    return EngineSwitch.objects.first()


def elsewhere(monkeypatch):
    """Another process: nothing is in its memory, and it has answered somebody."""
    monkeypatch.setattr(loading, "memory", loading.Memory())
    loading.memory.begun = True


def test_a_fresh_installation_answers_with_the_environments_engine(linden, engine):
    assert ask().engine == "bundled script"
    assert not EngineSwitch.objects.exists() and engines.present() == setups.present()


def test_after_a_trial_that_passed_an_engine_is_switched_on_and_answers(setup, olive):
    switch = switched(setup, olive)
    assert (switch.setup, switch.by, switch.trial) == (setup, olive, Trial.objects.get())
    assert ask().engine == "hub candidate"
    assert Setup.objects.first().settings["trial"] == switch.trial.pk
    assert Setup.objects.first().settings["engine_model"] == "vendor/model"
    assert ledger.verify().fault == ""


def test_an_untried_engine_is_not_switched_on(setup, olive):
    assert "has not been tried" in do(setup, olive, "on").fault
    assert not EngineSwitch.objects.exists() and ask().engine == "bundled script"


def test_an_engine_that_fails_what_passed_before_is_not_switched_on(setup, candidate, olive):
    candidate.texts.extend(["", *["Certainly."] * 4])
    errand = do(setup, olive)
    assert (errand.trial.broken, len(errand.told)) == (1, 1)
    assert "1 cases failed" in do(setup, olive, "on").fault
    assert not EngineSwitch.objects.exists()


def test_with_a_reason_it_is_switched_on_all_the_same_and_the_record_says_why(setup, olive):
    do(setup, olive, "on", reason="The other server is down.")
    switch = EngineSwitch.objects.get()
    assert (switch.reason, switch.trial) == ("The other server is down.", None)
    assert ask().engine == "hub candidate" and Setup.objects.first().settings["trial"] == 0


def test_a_trial_of_another_model_opens_no_gate(setup, olive):
    do(choosing.add(olive, "hub", "vendor/other"), olive)
    assert Trial.objects.get().broken == 0
    assert "has not been tried" in do(setup, olive, "on").fault


def test_weights_that_changed_since_the_trial_open_no_gate(case, candidate, olive, tmp_path):
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"old")
    setup = choosing.add(olive, "hub", str(tmp_path))
    do(setup, olive)
    (tmp_path / "model.safetensors").write_bytes(b"new")
    assert "has not been tried" in do(setup, olive, "on").fault


def test_weights_that_changed_since_they_were_switched_on_answer_nobody(
    case, candidate, olive, tmp_path, monkeypatch
):
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"old")
    switched(choosing.add(olive, "hub", str(tmp_path)), olive)
    (tmp_path / "model.safetensors").write_bytes(b"new")
    assert ask().engine == "hub candidate"  # what was loaded stays
    monkeypatch.setattr(loading, "memory", loading.Memory())
    assert ask().engine == "bundled script"


def test_a_folder_without_a_model_is_not_added(olive, tmp_path):
    with pytest.raises(choosing.EngineRefused, match=r"no config\.json"):
        choosing.add(olive, "hub", str(tmp_path))


def test_weights_that_changed_may_be_tried_and_switched_on_again(case, candidate, olive, tmp_path):
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"old")
    setup = choosing.add(olive, "hub", str(tmp_path))
    switched(setup, olive)
    (tmp_path / "model.safetensors").write_bytes(b"new")
    assert do(setup, olive).fault == do(setup, olive, "on").fault == ""


def test_a_trial_that_compared_with_nothing_opens_no_gate(setup, olive):
    trials.keep(loading.described(setup), olive, engine="hub candidate", weights="", cases=1,
                before=None, after=0, broken=0)  # fmt: skip
    assert "compared it with nothing" in do(setup, olive, "on").fault


def test_an_engine_that_cannot_be_loaded_is_refused_with_the_error(case, olive, tmp_path):
    (tmp_path / "config.json").write_text("{}")
    broken = choosing.add(olive, "bundled", str(tmp_path))
    for errand in (do(broken, olive), do(broken, olive, "on", reason="anyway")):
        assert "weights are missing" in errand.fault
    assert not EngineSwitch.objects.exists() and ask().engine == "bundled script"


def test_an_engine_that_loads_and_cannot_write_is_refused(setup, candidate, olive, monkeypatch):
    def broken(_brief, *, seed, stop):
        raise writing.EngineError("no power")
        yield

    monkeypatch.setattr(candidate, "write", broken)
    assert do(setup, olive, "on", reason="anyway").fault == "no power"


def test_without_golden_cases_a_trial_says_what_to_do(linden, engine, candidate, olive):
    assert "no active golden case" in do(choosing.add(olive, "hub", "x"), olive).fault


def test_going_back_is_one_press_at_once_and_on_record(setup, olive, monkeypatch):
    switch = switched(setup, olive)
    ask()
    choosing.back(olive, switch.pk)
    assert ask().engine == "bundled script"
    choosing.back(olive, EngineSwitch.objects.first().pk)
    monkeypatch.setattr(loading, "fresh", None)  # nothing is loaded anew
    assert ask().engine == "hub candidate"
    assert LedgerEntry.objects.filter(kind="engineswitch").count() == 3


def test_who_presses_while_a_colleague_switched_undoes_nothing(setup, olive):
    switch = switched(setup, olive)
    choosing.back(olive, switch.pk)
    with pytest.raises(choosing.EngineRefused, match="meanwhile"):
        choosing.back(olive, switch.pk)


def test_another_process_goes_on_with_the_engine_before_until_this_one_is_loaded(
    setup, olive, monkeypatch
):
    switched(setup, olive)
    elsewhere(monkeypatch)
    assert ask().engine == "bundled script"
    loading._try(choosing.needed()[0])
    assert ask().engine == "hub candidate"


def test_a_process_that_starts_loads_what_is_switched_on(setup, olive, monkeypatch):
    switched(setup, olive)
    monkeypatch.setattr(loading, "memory", loading.Memory())
    engines.now()
    assert ask().engine == "hub candidate"


def test_what_cannot_be_loaded_in_a_process_leaves_the_environments_engine(
    setup, olive, monkeypatch, caplog
):
    switched(setup, olive)
    monkeypatch.setattr(loading, "memory", loading.Memory())
    monkeypatch.delitem(writing.ENGINES, "hub")
    assert ask().engine == "bundled script" and "could not be loaded" in caplog.text


def test_what_nobody_needs_any_more_is_dropped(setup, olive, monkeypatch):
    choosing.back(olive, switched(setup, olive).pk)
    engines.step()
    assert len(loading.memory.ready) == 1  # to go back to it at once
    monkeypatch.setattr(choosing, "UNDO_LASTS", choosing.UNDO_LASTS * 0)
    engines.step()
    assert not loading.memory.ready


def test_a_reply_is_worded_by_one_engine_whatever_is_switched_meanwhile(setup, engine, olive):
    def switching(_brief):
        switched(setup, olive)
        return "Well. It is {variant.price}."

    engine.plain = switching
    assert ask().engine == "bundled script"


def test_playground_and_ask_follow_the_switch_and_converse_the_environment(setup, olive):
    switched(setup, olive)
    question = "how much is the larkspur kettle?"
    assert playground.answer(question).engine == "hub candidate"
    chat = terminal.begin()
    assert terminal.say(chat, question).engine == "hub candidate"
    assert terminal.say(chat, question, writer=writing.engine()).engine == "bundled script"


def test_a_switch_that_was_changed_betrays_itself(setup, olive):
    switched(setup, olive)
    EngineSwitch.objects.update(reason="nobody's")
    assert "Engineswitch" in ledger.verify().fault


def test_an_endpoint_of_the_environment_is_chosen_by_its_name(db, settings, olive):
    settings.ENDPOINTS = {"gpu": ("http://me:pass@gpu.example:8000/v1", "secret")}
    setup = choosing.add(olive, "endpoint", "large", "gpu")
    found = writing.candidate(setup.kind, setup.model, setup.place)
    assert (found.url, found.client.api_key) == ("http://gpu.example:8000/v1", "secret")
    assert loading.described(setup)["endpoint"] == "http://gpu.example:8000/v1"
    assert "pass" not in str(loading.described(setup))


@pytest.mark.parametrize(
    ("kind", "model", "place", "says"),
    [
        ("hub", "", "", "which model"), ("endpoint", "", "", "which model"),
        ("hub", "x", "gpu", "Only an endpoint"), ("endpoint", "x", "gpu", "no such place"),
    ],
)  # fmt: skip
def test_what_cannot_be_an_engine_is_not_added(olive, kind, model, place, says):
    with pytest.raises(choosing.EngineRefused, match=says):
        choosing.add(olive, kind, model, place)


def page(client):
    return client.get(reverse(LIST)).content.decode()


def test_the_page_leads_from_adding_to_going_back(case, candidate, client, olive):
    client.force_login(olive, BACKEND)
    assert "Only the environment’s engine so far" in page(client)
    client.post(reverse(LIST), {"kind": "hub", "model": "vendor/model"})
    setup = EngineSetup.objects.get()
    assert "has not been tried" in page(client)
    for deed, shown in (("try", "Passed trial"), ("on", "It answers now")):
        client.post(reverse("admin:chatbot_enginesetup_deed", args=[setup.pk, deed]))
        assert shown in page(client)
    seen = {"seen": EngineSwitch.objects.get().pk}
    client.post(reverse("admin:chatbot_enginesetup_switch", args=["back"]), seen)
    assert "as the environment says" in page(client)


def test_the_page_gives_a_share_and_ends_it(setup, client, olive):
    client.force_login(olive, BACKEND)
    do(setup, olive)
    deed = reverse("admin:chatbot_enginesetup_deed", args=[setup.pk, "share"])
    client.post(deed, {"share": "10"})
    assert "has 10 % of the conversations" in page(client)
    seen = {"seen": EngineSwitch.objects.get().pk}
    client.post(reverse("admin:chatbot_enginesetup_switch", args=["end"]), seen)
    assert "share ended" in page(client) and "has 10 %" not in page(client)
    assert "Go back to" not in page(client)
    with pytest.raises(choosing.EngineRefused, match="answers already"):
        choosing.back(olive, EngineSwitch.objects.first().pk)


def test_the_page_tells_what_an_engine_was_stopped_for(setup, client, olive):
    names = ("chats", *watching.SIGNALS)
    counts = {name: {"candidate": 3, "standing": 40} for name in names}
    EngineSwitch.objects.create(deed="stopped", found={"counts": counts})
    client.force_login(olive, BACKEND)
    assert "stopped by itself at" in page(client) and "3 of 3 conversations" in page(client)


def test_a_form_that_lacks_its_model_says_so(linden, client, olive):
    client.force_login(olive, BACKEND)
    said = client.post(reverse(LIST), {"kind": "hub"}).content.decode()
    assert "Say which model" in said and not EngineSetup.objects.exists()


def test_without_the_permission_nothing_can_be_seen_or_switched(setup, grace, client):
    client.force_login(grace, BACKEND)
    deed = reverse("admin:chatbot_enginesetup_deed", args=[setup.pk, "on"])
    assert client.get(reverse(LIST)).status_code == 403
    assert client.post(deed, {"reason": "x"}).status_code == 403
    assert not EngineSwitch.objects.exists()

"""The bundled writer behind a server of chat completions, held to the rules of its guard."""

import json
import threading

import pytest

from chatbot import conversation, writing
from chatbot.models import Reply
from chatbot.terms import Brief
from chatbot.training.writer import TEMPLATE
from chatbot.writing import EngineError
from chatbot.writing.served import DRAWS, ServedWriter, breach
from tests import faults
from tests.conftest import accept, open_chat
from tests.servers import transformers_server

pytestmark = pytest.mark.usefixtures("nothing_has_failed_yet")
BRIEF = Brief("price.one", ("product.name", "variant.price"), ("variant.options",))


def text(engine, brief=BRIEF, seed=3):
    return "".join(engine.write(brief, seed=seed, stop=threading.Event()))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("The {product.name} is {variant.price}.", ""),
        ("The {product.name} in {variant.options} is {variant.price}.", ""),
        ("It is {variant.price}.", "does not cite product.name"),
        ("The {product.name} is {variant.price}, {order.number}.", "cites order.number"),
        ("The {product.name} is {variant.price}, {variant.price}.", "cites variant.price twice"),
        ("The {product.name} is {variant.price}, or 3.", "writes 3"),
        ("The {product.name} is {variant.price} $.", r"writes \$"),
        ("The {product.name} is {variant.price} <b>.", "writes < >"),
        ("The {product.name} is {variant.price} {.", "writes {"),
        ("The {product.name} costs {variant.price} – now.", "writes –"),
        ("Yes. The {product.name} is {variant.price}.", "says yes"),
    ],
)
def test_a_text_is_held_to_the_rules_of_the_guard(said, wrong):
    found = breach(said, BRIEF)
    assert bool(found) is bool(wrong)
    assert wrong.replace("\\", "") in found


def test_it_is_asked_in_acts_and_references_and_never_given_a_value(faulty):
    brief = Brief("price.one", BRIEF.must, BRIEF.may, {"variant.price": "$49.00"}, "how much?")
    assert text(ServedWriter(f"{faulty}/cites", "", "m", 5), brief) == (
        "It is {product.name}. It is {variant.price}."
    )
    (message,) = faults.asked[0]["messages"]
    assert message["content"] == writing.asked_of("endpoint/references m", brief)[0]
    assert "$" not in str(faults.asked)


def test_what_breaks_a_rule_is_drawn_again_with_other_dice(faulty):
    assert "{variant.price}" in text(ServedWriter(f"{faulty}/cites_at_the_third_draw", "", "m", 5))
    assert [asked["seed"] for asked in faults.asked] == [3 * DRAWS, 3 * DRAWS + 1, 3 * DRAWS + 2]


def test_what_never_keeps_to_them_is_an_error_and_no_fault_of_its_server(faulty):
    engine = ServedWriter(f"{faulty}/never_cites", "", "m", 5)
    with pytest.raises(EngineError, match=f"wrongly {DRAWS} times, last: it does not cite"):
        text(engine)
    assert engine.circuit.standing.failures == 0


def test_a_server_that_fails_is_not_drawn_from_again(faulty):
    with pytest.raises(EngineError, match="401"):
        text(ServedWriter(f"{faulty}/forbids", "", "m", 5))
    assert len(faults.asked) == 1


def test_who_speaks_references_says_so_of_itself(settings):
    settings.ENDPOINT_URL, settings.ENDPOINT_SPEAKS = "http://localhost:1/v1", "references"
    assert writing.was_taught(writing.candidate("endpoint", "m").name)
    settings.ENDPOINT_SPEAKS = "values"
    assert not writing.was_taught(writing.candidate("endpoint", "m").name)


def test_the_checkpoint_is_saved_with_what_a_server_goes_by():
    assert (writing.WEIGHTS / "chat_template.jinja").read_text() == TEMPLATE
    held = json.loads((writing.WEIGHTS / "generation_config.json").read_text())
    assert held["do_sample"] is True


@pytest.mark.slow
@pytest.mark.django_db
def test_the_bundled_writer_behind_transformers_serve_answers_a_turn(
    linden, settings, monkeypatch, tmp_path
):
    settings.ENGINE, settings.ENDPOINT_FALLBACK = "endpoint", "person"
    with transformers_server(tmp_path) as url:
        engine = ServedWriter(url, "", str(writing.WEIGHTS), 60, first=60)
        monkeypatch.setitem(writing._loaded, "endpoint", engine)
        turn = accept(open_chat(), "how much is the larkspur kettle?")
        list(conversation.answer(turn.pk, "test"))
    reply = Reply.objects.get(turn=turn)
    assert reply.outcome == "answered" and "$49.00" in reply.text
    assert reply.engine.startswith("endpoint/references ")
    assert all(spent["counted"] for act in reply.acts for spent in act["spent"])

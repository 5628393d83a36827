"""Of a log line stays what the program says, nothing of what it was about."""

import ast
import json
import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest

from storefront import logs
from tests.servers import ROOT

WHO = "zebulon@example.com"
logger = logging.getLogger("chatbot.try")


@pytest.fixture
def lines():
    """What is logged meanwhile, as JSON."""
    told = []
    handler = logging.Handler()
    handler.emit = lambda record: told.append(json.loads(logs.Formatter().format(record)))
    logging.root.addHandler(handler)
    yield told
    logging.root.removeHandler(handler)


def failing(error, because=None):
    try:
        raise error from because
    except Exception:
        logger.exception("Turn %s could not be answered", 7)


def test_a_text_of_the_program_is_told_and_its_numbers(lines):
    logger.warning("Turn %s of %d took %.1f s, %s", 3, 4, 0.25, WHO)
    assert lines[0]["event"] == "Turn 3 of 4 took 0.25 s, …"
    assert lines[0] | {"logger": "chatbot.try", "level": "warning"} == lines[0]
    assert (
        lines[0]["code"].startswith("tests/storefront/test_logs.py:")
        and "+00:00" in lines[0]["time"]
    )


@pytest.mark.parametrize("say", [
    lambda: logger.warning(f"Hello {WHO}"),
    lambda: logger.warning(f"Hello {WHO} %s", 1),
    lambda: logger.warning("Hello %s", WHO),
    lambda: logger.warning("Hello %(who)s", {"who": WHO}),
    lambda: logger.warning("Hello %-40s!", WHO),
    lambda: logger.warning(WHO + "!"),
    lambda: logger.warning(ValueError(WHO)),
    lambda: logger.warning("Hello", extra={"counterfoil.receipt": WHO, "who": WHO}),
    lambda: logger.warning("Hello", stack_info=True, extra={"gen_ai.prompt": [WHO]}),
    lambda: failing(ValueError(WHO)),
    lambda: failing(KeyError(1), ValueError(WHO)),
    lambda: failing(ExceptionGroup(WHO, [ValueError(WHO)])),
])  # fmt: skip
def test_what_it_was_about_is_not(lines, say):
    say()
    assert lines and "zebulon" not in json.dumps(lines).lower()


def test_what_does_not_fit_its_text_is_told_nowhere_either():
    text = "wrong %d and %d"
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, text, (WHO,), None)
    assert json.loads(logs.Formatter().format(record))["event"] == "wrong … and …"


def test_a_text_put_together_over_several_lines_is_told(lines):
    logger.warning(
        "The record is signed with another key (%s), "
        "so nothing is sealed", WHO,
    )  # fmt: skip
    assert lines[0]["event"] == "The record is signed with another key (…), so nothing is sealed"


def test_an_exception_is_told_by_its_types_and_where_it_arose(lines):
    failing(LookupError(WHO), OSError(WHO))
    assert lines[0]["event"] == "Turn 7 could not be answered"
    assert lines[0]["exception.type"] == ["LookupError", "OSError"]
    assert lines[0]["exception.stack"][-1].startswith("tests/storefront/test_logs.py:")


def test_causes_that_lead_to_each_other_come_to_an_end(lines):
    one, two = ValueError(), TypeError()
    one.__cause__, two.__cause__ = two, one
    logger.error("Oh", exc_info=(ValueError, one, None))
    assert lines[0]["exception.type"] == ["ValueError", "TypeError"]


def test_attributes_are_told_by_the_names_of_opentelemetry(lines):
    about = {"gen_ai.system": "bundled", "counterfoil.turn": 3, "error.type": "TimeoutError"}
    logger.warning("A turn has ended", extra=about)
    assert lines[0] | about == lines[0]


@pytest.mark.parametrize(("path", "route"), [
    (f"/account/orders/1163/?mail={WHO}", "/account/orders/<any:name>/"),
    (f"/nowhere/{WHO}", ""),
    ("/receipt/CF-ABCDEF234567/", "/receipt/<str:code>/"),
])  # fmt: skip
def test_of_a_request_stays_its_route(lines, path, route):
    said = ("203.0.113.7:5000", "GET", path, "1.1", 404)
    logging.getLogger("uvicorn.access").warning('%s - "%s %s HTTP/%s" %d', *said)
    told = {"http.request.method": "GET", "http.route": route, "http.response.status_code": 404}
    assert lines[0] | told == lines[0]
    assert "203.0.113" not in json.dumps(lines) and WHO not in json.dumps(lines)


def test_django_tells_the_route_of_a_request_that_failed(lines):
    request = SimpleNamespace(path=WHO, resolver_match=SimpleNamespace(route="chat/data/"))
    extra = {"status_code": 500, "request": request}
    logging.getLogger("django.request").error("%s: %s", "Internal", WHO, extra=extra)
    assert (lines[0]["http.route"], lines[0]["http.response.status_code"]) == ("/chat/data/", 500)


@pytest.mark.parametrize(
    "name", ["chatbot", "uvicorn", "uvicorn.error", "uvicorn.access", "django"]
)
def test_every_logger_keeps_to_the_level_that_is_asked_for(name):
    assert logs.config("json", "ERROR")["loggers"][name]["level"] == "ERROR"


CRASH = f"""
import django, threading, warnings; django.setup()
warnings.warn("{WHO}")
thread = threading.Thread(target=lambda: int("{WHO}")); thread.start(); thread.join()
raise ValueError("{WHO}")
"""


@pytest.mark.parametrize(("form", "found"), [("json", False), ("text", True)])
def test_what_python_prints_of_a_crash_says_nothing_either(form, found):
    env = {"DJANGO_SETTINGS_MODULE": "storefront.settings", "LOG_FORMAT": form, "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", CRASH], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert (WHO in done.stderr) == found and done.returncode == 1
    assert form == "text" or [json.loads(line) for line in done.stderr.splitlines()]


def test_a_format_that_is_none_is_refused():
    done = subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, capture_output=True,
                          text=True, env={"LOG_FORMAT": "xml", "PATH": ""})  # fmt: skip
    assert 'LOG_FORMAT=xml is not known; use "json"' in done.stderr


def calls(source):
    for node in ast.walk(ast.parse(source)):
        of = getattr(getattr(getattr(node, "func", None), "value", None), "id", "")
        if of == "logger" and node.args:
            yield node


def test_the_sites_own_programs_log_texts_that_can_be_told():
    """What is put together before it is logged could not be told apart, and is hidden."""
    for path in [*(ROOT / "chatbot").rglob("*.py"), *(ROOT / "storefront").rglob("*.py")]:
        for call in calls(path.read_text()):
            assert isinstance(call.args[0], ast.Constant), f"{path.name}:{call.lineno}"


def test_such_a_text_is_found():
    (call,) = calls('logger.warning(f"Turn {turn}")')
    assert not isinstance(call.args[0], ast.Constant)

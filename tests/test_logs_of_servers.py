"""A real server's log while shoppers tell it everything about themselves, and it breaks."""

import asyncio
import http.client
import json
import shutil
import subprocess
import sys
import time
import urllib.parse
import uuid
from contextlib import contextmanager, suppress

import pytest
from websockets.asyncio.client import connect

from tests.conftest import write_shop
from tests.load.aside import aside
from tests.servers import FLAGS, ROOT, environment, free_port, manage, tables, wait_for

NAME, MAIL, PHONE, CARD = "Zebulon", "zebulon@example.com", "+49 170 5550123", "4111 1111 1111 1111"
TOKEN, HOST = "token-that-nobody-may-read", "zebulon.example"
ABOUT = f"I am {NAME}, {MAIL}, {PHONE}, order #2001, card {CARD}"
SAYS = (f"How much is the larkspur kettle? {ABOUT}", f"Where is my order? {ABOUT}",
        f"shatter. {ABOUT}", "I stumble. How much is the larkspur kettle?")  # fmt: skip
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@contextmanager
def loud_site(folder, form):
    """Linden, served by uvicorn with parts that break; yields its port and where its log is."""
    env = {"DATABASE_URL": f"sqlite:///{folder}/site.sqlite3", "LOG_FORMAT": form, "LOG_LEVEL": "INFO",
           "WARM_UP": "off", "ALLOWED_HOSTS": "127.0.0.1", "METRICS_TOKEN": TOKEN,
           "DJANGO_SETTINGS_MODULE": "storefront.settings"}  # fmt: skip
    shutil.copy(tables(), folder / "site.sqlite3")
    manage(env, "import_shop", str(write_shop(folder)))
    port, log = free_port(), folder / "log"
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "tests.loud:application",
        "--port",
        str(port),
        *FLAGS,
    ]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(env), stdout=out, stderr=out)
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield port, log
        finally:
            process.terminate()
            process.wait()


def asks(port, method, path, body=None, **headers):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request(method, path, body, {name.replace("_", "-"): v for name, v in headers.items()})
    answer = line.getresponse()
    answer.read()
    return answer


def begin(port):
    """A browser's session and token, as /chat/start/ gives them."""
    page = asks(port, "GET", "/account/sign-in/")
    token = page.getheader("Set-Cookie").split("csrftoken=")[1].split(";")[0]
    own = {"Cookie": f"csrftoken={token}", "X_CSRFToken": token}
    started = asks(port, "POST", "/chat/start/", "", **own)
    return started.getheader("Set-Cookie").split("sessionid=")[1].split(";")[0], own


async def chat(port, session, says):
    about = {
        "origin": f"http://127.0.0.1:{port}",
        "additional_headers": {"Cookie": f"sessionid={session}"},
    }
    async with connect(f"ws://127.0.0.1:{port}/chat/socket/?{MAIL}", **about) as socket:
        await socket.send(json.dumps({"type": "open", "protocol": 1}))
        shown = json.loads(await socket.recv())["disclosure"]
        seen = {
            "type": "disclosure.seen",
            "version": shown["version"],
            "language": shown["language"],
        }
        await socket.send(json.dumps(seen))
        for text in says:
            said = {"type": "message", "client_id": str(uuid.uuid4()), "text": text}
            await socket.send(json.dumps(said))
            while json.loads(await asyncio.wait_for(socket.recv(), 60))["type"] != "done":
                pass
        await socket.send(f"{{not json {MAIL}")
        await socket.recv()
        await socket.send(MAIL * 4000)  # too large: it is cut off
        with suppress(Exception):
            await socket.recv()


def drive(port):
    """Everything a shopper can tell a site, and what their browser tells beside it."""
    session, own = begin(port)
    aside(chat(port, session, SAYS))
    told = urllib.parse.urlencode(
        {"username": MAIL, "password": PHONE, "number": "#2001", "email": MAIL}
    )
    for path in ("/account/sign-in/", "/orders/find/", "/admin/login/", "/chat/photo/"):
        asks(port, "POST", path, told, **own, **FORM)
    asks(port, "POST", "/chat/start/", told, **FORM)  # without a token
    mail = urllib.parse.quote(MAIL)
    for path in (
        f"/search/?q={mail}",
        f"/nowhere/{mail}/?{NAME}",
        "/account/orders/2001/",
        f"/metrics?{TOKEN}",
    ):
        asks(port, "GET", path, Authorization=f"Bearer x{TOKEN}", Referer=f"http://{mail}")
    asks(port, "GET", "/", Host=HOST)
    time.sleep(0.5)
    return [session, own["X_CSRFToken"]]


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """The log of a server in each form, and what was planted besides what everybody knows."""
    told = {}
    for form in ("json", "text"):
        with loud_site(tmp_path_factory.mktemp(form), form) as (port, log):
            secrets = drive(port)
        told[form] = (log.read_text(), secrets)
    return told


def planted(log, secrets):
    """What of a shopper stands in a log."""
    known = (
        NAME,
        MAIL,
        urllib.parse.quote(MAIL),
        PHONE,
        CARD,
        TOKEN,
        HOST,
        "2001",
        "larkspur kettle",
        "127.0.0.1",
    )
    return {text for text in (*known, *secrets) if text.lower() in log.lower()}


@pytest.mark.slow
def test_a_server_under_way_logs_json_and_nothing_of_any_shopper(logs):
    log, secrets = logs["json"]
    lines = [json.loads(line) for line in log.splitlines()]
    assert not planted(log, secrets)
    assert {line["level"] for line in lines} >= {"info", "warning", "error"}


@pytest.mark.slow
def test_what_went_wrong_is_told_all_the_same(logs):
    lines = [json.loads(line) for line in logs["json"][0].splitlines()]
    broke = [line for line in lines if line["event"].endswith("could not be answered")]
    assert ["ValueError", "KeyError"] in [line["exception.type"] for line in broke]
    assert any("tests/loud.py" in place for line in broke for place in line["exception.stack"])
    assert any(line["event"].endswith("attempt 1: …") for line in lines)
    assert any(line["logger"] == "storefront.logs" for line in lines)  # of the thread
    routes = {line.get("http.route") for line in lines}
    assert {"/search/", "/account/orders/<any:name>/", "/metrics", ""} <= routes


@pytest.mark.slow
def test_every_turn_has_a_line_with_its_receipt(logs):
    lines = [json.loads(line) for line in logs["json"][0].splitlines()]
    ended = [line for line in lines if line["event"] == "A turn has ended"]
    assert len(ended) == len(SAYS)
    assert all(line["counterfoil.receipt"].startswith("CF-") for line in ended)
    assert [line["counterfoil.turn"] for line in ended] == [1, 2, 3, 4]
    assert {"bundled", ""} == {
        line["gen_ai.system"] for line in ended
    }  # none broke before it wrote


@pytest.mark.slow
def test_a_log_in_words_would_have_given_them_away(logs):
    log, secrets = logs["text"]
    assert planted(log, secrets) >= {NAME, MAIL, PHONE, CARD, HOST, "2001", "larkspur kettle"}

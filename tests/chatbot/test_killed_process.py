"""A server that is killed in the middle of replies loses none and logs each once."""

import json
import os
import signal
import subprocess
import time
import urllib.request
import uuid
from http.cookiejar import CookieJar

import pytest
from websockets.sync.client import connect

from tests.servers import free_port, manage, site, start_site, wait_for

pytestmark = pytest.mark.timeout(300)
COUNT = """
from chatbot.models import *; from chatbot import ledger
import json
replies = set(Reply.objects.values_list("receipt", flat=True))
entries = list(LedgerEntry.objects.filter(kind="reply").values_list("subject", flat=True))
ledger.seal()
print(json.dumps({"turns": Turn.objects.count(), "open": Turn.objects.exclude(state="done").count(),
  "replies": len(replies), "same": sorted(entries) == sorted(replies), "fault": ledger.verify().fault,
  "texts": list(Reply.objects.order_by("pk").values_list("text", flat=True))}))
"""


def session(address):
    """A browser's session: its cookie, with the chat secret inside."""
    jar = urllib.request.HTTPCookieProcessor(CookieJar())
    opener = urllib.request.build_opener(jar)
    page = opener.open(f"{address}/help/").read().decode()
    token = page.split('data-csrf="')[1].split('"')[0]
    request = urllib.request.Request(
        f"{address}/chat/start/", method="POST", headers={"X-CSRFToken": token}
    )
    opener.open(request)
    return "; ".join(f"{c.name}={c.value}" for c in jar.cookiejar)


def ask_and_watch(address, cookie, questions):
    """Send every question; the frames acknowledged and shown until two sentences have come."""
    url, shown = address.replace("http", "ws") + "/chat/socket/", []
    with connect(url, additional_headers={"Cookie": cookie}, origin=address) as socket:
        socket.send(json.dumps({"type": "open", "protocol": 1}))
        notice = json.loads(socket.recv())["disclosure"]
        seen = {"version": notice["version"], "language": notice["language"]}
        socket.send(json.dumps({"type": "disclosure.seen", **seen}))
        for text in questions:
            message = {"type": "message", "client_id": str(uuid.uuid4()), "text": text}
            socket.send(json.dumps(message))
        while sum(f["type"] == "sentence" for f in shown) < 2:
            frame = json.loads(socket.recv(timeout=90))
            shown += [frame] if frame["type"] in ("ack", "sentence") else []
    return shown


def test_what_was_acknowledged_and_shown_survives_kill_nine(tmp_path):
    with site(tmp_path, TURN_LEASE_SECONDS="3") as (address, env):
        pass  # migrated and imported; the server of our own below can be killed
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    first = start_site(env, port)
    wait_for(address)
    questions = [
        "how much is the Kestrel Rain Shell?",
        "what is your return policy?",
        "do you ship to Canada?",
    ]
    shown = ask_and_watch(address, session(address), questions)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    second = start_site(env, port)
    try:
        told = settled(env, acknowledged=len([f for f in shown if f["type"] == "ack"]))
    finally:
        second.kill()
        second.wait()
    assert told["same"] and told["fault"] == "" and told["replies"] == told["turns"]
    for frame in shown:
        if frame["type"] == "sentence":
            assert any(frame["text"] in text for text in told["texts"])


RISKY = "How much is the Kestrel Rain Shell? My lawyer wants to know."
HELD = """
from chatbot.models import *; from chatbot import ledger
import json
hold = Hold.objects.get(); ledger.seal()
print(json.dumps({"turn": hold.reply.turn.state, "lines": len(hold.lines), "ending": hold.ending,
  "text": hold.reply.text, "fault": ledger.verify().fault}))
"""


def ask_and_wait(address, cookie):
    """Ask what a rule holds, until it is said that somebody checks it."""
    url = address.replace("http", "ws") + "/chat/socket/"
    with connect(url, additional_headers={"Cookie": cookie}, origin=address) as socket:
        socket.send(json.dumps({"type": "open", "protocol": 1}))
        notice = json.loads(socket.recv())["disclosure"]
        seen = {"version": notice["version"], "language": notice["language"]}
        socket.send(json.dumps({"type": "disclosure.seen", **seen}))
        message = {"type": "message", "client_id": str(uuid.uuid4()), "text": RISKY}
        socket.send(json.dumps(message))
        while json.loads(socket.recv(timeout=120))["type"] != "held":
            pass


def held(env, ending=""):
    """How the one reply that waits stands, once it has ended so."""
    for _try in range(90):
        told = json.loads(manage(env, "shell", "-v", "0", "-c", HELD).splitlines()[-1])
        if told["ending"] == ending:
            return told
        time.sleep(1)
    raise AssertionError(f"It has not ended so: {told}")


def test_a_reply_that_waits_outlives_its_server_and_the_next_one_keeps_the_time(tmp_path):
    with site(tmp_path, HOLD_RULES="legal", HOLD_MINUTES="1") as (address, env):
        ask_and_wait(address, session(address))
    told = held(env)  # the server has been killed
    assert (told["turn"], told["text"], told["fault"]) == ("held", "", "") and told["lines"]
    second = start_site(env, free_port())
    try:
        told = held(env, "late")
    finally:
        second.kill()
        second.wait()
    assert told["turn"] == "done" and told["fault"] == ""
    assert told["text"].startswith("Nobody from our team could check my answer")


def settled(env, acknowledged):
    """The record once every turn is done."""
    for _try in range(60):
        told = json.loads(manage(env, "shell", "-v", "0", "-c", COUNT).splitlines()[-1])
        if told["open"] == 0 and told["turns"] >= acknowledged > 0:
            return told
        subprocess.run(["sleep", "1"], check=True)
    raise AssertionError(f"Turns were left unfinished: {told}")

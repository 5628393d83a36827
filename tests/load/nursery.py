"""Servers that start in a tenth of a second, so that twenty of them can be killed in a test.

One process loads Django, the models and a small shop once; for every server it forks a child, which
runs uvicorn's own command line with the flags of `make run`. The road is the real one; only the
engine is scripted, and what is read in a text and found for it is remembered. Orders come as JSON
lines on standard input, answers go to standard output.
"""

from __future__ import annotations

import copy
import json
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["WARM_UP"] = "off"
django.setup()

import psycopg  # noqa: E402
import torch  # noqa: E402
import tqdm  # noqa: E402
import uvicorn.main  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

from chatbot import (  # noqa: E402
    consumers,
    conversation,
    delivery,
    facts,
    notices,
    reading,
    terminal,
    working,
    writing,
)
from chatbot.inbox import desk  # noqa: E402
from chatbot.models import Embed  # noqa: E402
from chatbot.views import SECRET, owner  # noqa: E402
from storefront import asgi  # noqa: E402, F401 - what the children serve
from storefront.models import User  # noqa: E402
from tests.load import history, sabotage  # noqa: E402
from tests.servers import FLAGS  # noqa: E402

REAP_SECONDS, POLL_SECONDS = 0.3, 1
desk.HOLD_LASTS = timedelta(days=1)  # the member of staff stays, however long shoppers go on
settings.MESSAGES_PER_MINUTE = 10**6  # also where shoppers come again and again
# A pool has threads, which would not outlive a fork; each child begins its own.
POOL = connections["default"].settings_dict["OPTIONS"].pop("pool", None)
TEXTS = (
    "hi", "how much is the Larkspur Kettle?",
    "what is your return policy?", "can I speak to a human please",
)  # fmt: skip


class Scripted:
    """An engine that needs no model, and takes its time."""

    name, weights = "bundled script", ""
    seconds = 0.004  # a sentence, so that servers are killed in the middle of replies

    def write(self, brief, *, seed, stop):
        """A sentence for each reference that the act must cite."""
        for ref in brief.must or ("",):
            time.sleep(self.seconds)
            yield f"It is {{{ref}}}. " if ref else "Certainly. "


def load() -> None:
    """Everything that takes time, once."""
    tqdm.tqdm.monitor_interval = 0  # no thread to watch over bars
    torch.set_num_threads(1)  # threads would not outlive a fork
    writing._loaded["bundled"] = Scripted()
    reading.read = remembered(reading.read, lambda text, *_rest: text)
    facts.find = remembered(facts.find, lambda reading, *_rest: reading.text)


def remembered(work, by):
    """`work`, done once for each text."""
    known: dict[str, object] = {}

    def once(*args):
        key = by(*args)
        if key not in known:
            known[key] = work(*args)
        return copy.deepcopy(known[key])

    return once


def copy_of(template: str, database: str) -> None:
    """A new database of PostgreSQL."""
    known = connections["default"].settings_dict
    about = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **about) as line:
        line.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')


def plant(database: str, shop: str) -> None:
    """A database with the files of `shop` in it, where everything that is asked here has been
    asked."""
    connections["default"].settings_dict["NAME"] = database
    load()
    if shop:
        call_command("migrate", verbosity=0)
        call_command("import_shop", shop, verbosity=0)
    conversation.warm_up()
    for text in TEXTS:
        terminal.say(terminal.begin(), text)
    connections.close_all()


def sessions(database: str, count: int, people: int) -> list[tuple[str, ...]]:
    """Browser sessions that may chat; the first `people` of them do with a member of staff, in a
    conversation and after a first message that are told with them."""
    connections["default"].settings_dict["NAME"] = database
    staff = User.objects.get_or_create(email="grace@example.com", is_staff=True)[0]
    told = []
    for number in range(count):
        session = SessionStore()
        session[SECRET] = f"secret-{number}"
        session.create()
        told.append((session.session_key, *(held(session, staff) if number < people else ())))
    connections.close_all()
    return told


def held(session, staff) -> tuple[str, str]:
    """A conversation that a member of staff has taken over, and the client's id of its message."""
    chat = delivery.open_conversation(owner(session), None, "en")
    shown = notices.disclosure("en")
    delivery.disclose(chat, shown.version, shown.language)
    terminal.say(chat, "hi")
    desk.take(chat.pk, staff)
    return str(chat.pk), str(chat.turns.get().client_id)


def embed(database: str) -> int:
    """The primary key of a foreign site that may show the chat."""
    connections["default"].settings_dict["NAME"] = database
    site = Embed.objects.create(name="Blog", origins=["https://blog.example"], identity_nonce="n")
    connections.close_all()
    return site.pk


def serve(order: dict) -> int:
    """The process id of a new server, or of a worker where no port is given."""
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    working.PROCESS = f"forked-{os.getpid()}"
    working.REAP_SECONDS, consumers.POLL_SECONDS = REAP_SECONDS, POLL_SECONDS
    for name, value in order.get("settings", {}).items():
        setattr(settings, name, value)
    if POOL:
        connections["default"].settings_dict["OPTIONS"]["pool"] = POOL
    Scripted.seconds = order.get("seconds", Scripted.seconds)
    sabotage.commit(order.get("sabotage", ""))
    if "port" not in order:
        call_command("run_worker")  # never comes back
    command = ["storefront.asgi:application", "--port", str(order["port"]), *FLAGS]
    uvicorn.main.main(command, standalone_mode=False)
    os._exit(0)


def obey(order: dict):
    """Carry out one order."""
    match order["do"]:
        case "plant":
            return plant(order["database"], order["shop"])
        case "copy":
            return copy_of(order["template"], order["database"])
        case "sessions":
            return sessions(order["database"], order["count"], order["people"])
        case "embed":
            return embed(order["database"])
        case "serve":
            connections["default"].settings_dict["NAME"] = order["database"]
            return serve(order)
        case "history":
            connections["default"].settings_dict["NAME"] = order["database"]
            told = history.read(seal=order.get("seal", False))
            connections.close_all()
            Path(order["into"]).write_text(json.dumps(told))


def main() -> None:
    """Obey until nobody gives orders any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are not waited for
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever is printed meanwhile is no answer
    for line in sys.stdin:
        answers.write(json.dumps({"told": obey(json.loads(line))}) + "\n")
        answers.flush()
        assert threading.active_count() == 1, "A child would lack the threads of its parent."


if __name__ == "__main__":
    main()

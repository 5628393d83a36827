"""The commands of compose.yaml's production profile, run as processes on real servers."""

import asyncio
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import uuid
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from tests import composed
from tests.load.aside import aside
from tests.load.shoppers import AWAY
from tests.servers import (
    ROOT,
    free_port,
    manage,
    postgres_server,
    redis_server,
    wait_for,
    wait_for_port,
)

TOKEN = "tell-me"
ASKS = "how much is the Kestrel Rain Shell?"
pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.redis, pytest.mark.timeout(600)]


class House:
    """Every service of ours, on ports of its own and with its secrets in a folder."""

    def __init__(self, folder, database, redis):
        self.folder, self.running = folder, {}
        self.services = composed.ours("production")
        self.port = free_port()
        numbers = {"9200": free_port(), "8000": self.port}
        self.places = {"postgres://": database, "redis://": redis, **numbers}
        secrets = {"secret_key": "k" * 60, "ledger_key": "ledger", "metrics_token": TOKEN}
        for name, text in (secrets | {"database_url": database}).items():
            (folder / name).write_text(f"{text}\n")

    def environment(self, name):
        """As the service has it; what leads to other services leads to this machine."""
        found = self.services[name]["environment"] | {"ALLOWED_HOSTS": "127.0.0.1"}
        told = {key: str(value) for key, value in found.items()}
        for key, value in told.items():
            told[key] = value.replace("/run/secrets", str(self.folder)).replace(
                "tcp://models:9200", f"tcp://127.0.0.1:{self.places['9200']}"
            )
        told["REDIS_URL"] = self.places["redis://"]
        if "METRICS_ADDRESS" in told:
            told["METRICS_ADDRESS"] = f"127.0.0.1:{free_port()}"
        if "PROMETHEUS_MULTIPROC_DIR" in told:
            told["PROMETHEUS_MULTIPROC_DIR"] = str(self.folder / "figures")
        first = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        return os.environ | told | {"PATH": first, "SHOP_NOW": "2026-11-20T18:00:00-05:00"}

    def start(self, name):
        said = [
            sys.executable if part == "python" else part for part in self.services[name]["command"]
        ]
        said = [str(self.port) if part == "8000" else part for part in said]
        with (self.folder / f"{name}.log").open("a") as log:
            self.running[name] = subprocess.Popen(
                said, cwd=ROOT, env=self.environment(name), stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        return self.running[name]

    def end(self, name):
        """As Compose ends it, within its grace; what it left with."""
        self.running[name].send_signal(signal.SIGTERM)
        return self.running[name].wait(int(self.services[name]["stop_grace_period"][:-1]))

    def page(self, path, method="GET", **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        safe = {"X-Forwarded-Proto": "https", "Referer": f"https://127.0.0.1:{self.port}/"}
        line.request(method, path, "" if method == "POST" else None, safe | headers)
        answer = line.getresponse()
        return answer, answer.read().decode()


@contextmanager
def house(folder):
    with ExitStack() as stack:
        places = [folder / "sql", folder / "bell"]
        for place in places:
            place.mkdir()
        database = stack.enter_context(postgres_server(places[0]))
        redis = stack.enter_context(redis_server(places[1]))
        built = House(folder, database, redis)
        assert built.start("prepare").wait(120) == 0
        manage({"DATABASE_URL": database}, "import_shop", "storefront/demo_shop")
        try:
            built.start("models"), built.start("web")
            wait_for_port(built.places["9200"], 120)
            built.start("worker")
            wait_for(f"http://127.0.0.1:{built.port}/health/ready", 120)
            yield built
        finally:
            for process in built.running.values():
                with suppress(ProcessLookupError):  # uvicorn's own processes go with it
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with house(tmp_path_factory.mktemp("house")) as built:
        yield built


class Shopper:
    """A browser, which comes again when its socket is closed."""

    def __init__(self, house):
        self.house, self.chat, self.frames = house, "", []
        page, _text = house.page("/account/sign-in/")
        token = re.search(r"csrftoken=(\w+)", page.getheader("Set-Cookie"))[1]
        own = {"Cookie": f"csrftoken={token}", "X-CSRFToken": token}
        started, _text = house.page("/chat/start/", "POST", **own)
        self.session = re.search(r"sessionid=(\w+)", started.getheader("Set-Cookie"))[1]

    async def ask(self, text, when="", then=None):
        """Ask, and do `then` when a frame of this kind has come; the frames of the whole answer."""
        said = {"type": "message", "client_id": str(uuid.uuid4()), "text": text}
        done = len([f for f in self.frames if f["type"] == "done"])
        while len([f for f in self.frames if f["type"] == "done"]) == done:
            try:
                async for frame in self._told(said):
                    if frame["type"] == when and then:
                        work, then = then, None
                        asyncio.get_running_loop().run_in_executor(None, work)
                    if frame["type"] == "done":
                        break
            except AWAY:
                await asyncio.sleep(0.2)
        return self.frames

    async def _told(self, said):
        host = f"127.0.0.1:{self.house.port}"
        about = {
            "origin": f"http://{host}",
            "additional_headers": {"Cookie": f"sessionid={self.session}"},
        }
        async with connect(f"ws://{host}/chat/socket/", **about) as socket:
            last = max((f["seq"] for f in self.frames), default=0)
            resumed = {"conversation": self.chat, "last_seq": last} if self.chat else {}
            await socket.send(json.dumps({"type": "open", "protocol": 1, **resumed}))
            async for text in socket:
                frame = json.loads(text)
                if frame["type"] == "welcome":
                    self.chat, shown = frame["conversation"], frame["disclosure"]
                    seen = {key: shown[key] for key in ("version", "language")}
                    await socket.send(json.dumps({"type": "disclosure.seen", **seen}))
                    await socket.send(json.dumps(said))
                if "seq" in frame:
                    self.frames.append(frame)
                yield frame


def answered(house, **more):
    """The outcome of a question's turn and the text of its reply."""
    frames = aside(asyncio.wait_for(Shopper(house).ask(ASKS, **more), 120))
    assert [f["seq"] for f in frames] == list(range(1, len(frames) + 1))
    (done,) = [f for f in frames if f["type"] == "done"]
    return done["outcome"], " ".join(f["text"] for f in frames if f["type"] == "sentence")


def test_a_question_is_answered_by_a_worker_with_the_models_of_another_process(running):
    outcome, text = answered(running)
    assert outcome == "answered" and "$189.00" in text


def test_prometheus_reads_what_all_web_processes_tell(running):
    _page, text = running.page("/metrics", Authorization=f"Bearer {TOKEN}")
    assert "counterfoil_database_up 1.0" in text and "counterfoil_redis_up 1.0" in text
    assert re.search(r"^counterfoil_sockets_open \d", text, re.M)
    assert running.page("/metrics")[0].status == 401


def test_a_worker_that_is_told_to_end_ends_its_turn_first(running):
    worker = running.running["worker"]
    outcome, text = answered(running, when="reply", then=lambda: running.end("worker"))
    assert outcome == "answered" and "$189.00" in text
    assert worker.wait(30) == 0
    running.start("worker")


def test_a_web_process_that_is_told_to_end_loses_no_turn(running):
    def again():
        running.end("web")
        running.start("web")

    outcome, text = answered(running, when="ack", then=again)
    assert outcome == "answered" and "$189.00" in text


def test_nothing_of_the_message_stands_in_any_log(running):
    logs = {name: (running.folder / f"{name}.log").read_text() for name in running.running}
    assert not [name for name, log in logs.items() if "kestrel" in log.lower()]
    assert '"A turn has ended"' in logs["worker"]

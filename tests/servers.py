"""Real servers for tests: the site itself, Redis, PostgreSQL, Chromium."""

from __future__ import annotations

import atexit
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SITE = "storefront.asgi:application"
# uvicorn's, as `make run` gives them after the port
FLAGS = shlex.split(
    re.search(r"--port \$\(PORT\) \\\n((?:.*\\\n)*.*)\n", (ROOT / "Makefile").read_text())[1]
    .replace("\\\n", " ")
)  # fmt: skip
INSTALL = "apt-get install -y redis-server postgresql chromium"


def needs(there, what):
    """Skip, loudly, a test whose server is missing; in CI that is a failure."""
    if there:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing in CI; the Makefile should have installed it.")
    pytest.skip(f"{what} is missing; install it with: {INSTALL}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postgres_programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def environment(more):
    """With one thread for torch: two wait for each other ten times as long on a busy machine."""
    return os.environ | {"OMP_NUM_THREADS": "1"} | more


def manage(env, *command):
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment(env),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


COMMANDS = """
import json, sys, django; django.setup()
from django.core.management import call_command
for command in json.loads(sys.argv[1]):
    call_command(*command)
"""


def run(script, env, *words):
    """What a script says that runs on the project with a database of its own."""
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, text=True,
        env=environment({"DJANGO_SETTINGS_MODULE": "storefront.settings"} | env), check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def manage_all(env, *commands):
    """Several commands in one process, which takes longer to start than most of them."""
    return run(COMMANDS, env, json.dumps(commands))


def wait_for(address, seconds=60):
    for _try in range(seconds * 10):
        try:
            return urllib.request.urlopen(address, timeout=2).status
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within {seconds} s.")


def wait_for_port(port, seconds=30):
    for _try in range(seconds * 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError(f"Nobody listened on port {port} within {seconds} s.")


def start_site(env, port, application=SITE):
    """uvicorn with the flags of `make run`."""
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port)]
    return subprocess.Popen([*command, *FLAGS], cwd=ROOT, env=environment(env))


@cache
def scratch():
    """A folder that is there as long as the tests run."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder)
    return Path(folder)


@cache
def tables():
    """A file of SQLite with all tables and nothing in them: migrating it anew takes long."""
    place = scratch() / "tables.sqlite3"
    manage({"DATABASE_URL": f"sqlite:///{place}", "DEBUG": "on"}, "migrate", "--verbosity", "0")
    return place


@cache
def stocked(shop, shop_now, *more):
    """A file with a shop in it, made once for all who copy it; `more` commands come after."""
    place = shutil.copy(tables(), scratch() / f"{uuid.uuid4()}.sqlite3")
    env = {"DATABASE_URL": f"sqlite:///{place}", "DEBUG": "on", "SHOP_NOW": shop_now}
    manage_all(env, ("import_shop", shop), *more)
    return place


def demo_shop(shop_now):
    """The database of the demo shop as `make run` sets it up."""
    return stocked("storefront/demo_shop", shop_now, ("demo",))


@contextmanager
def site(folder, **more):
    """The demo shop, served; yields its address and environment."""
    place = Path(folder, "site.sqlite3")
    shutil.copy(demo_shop(more.get("SHOP_NOW", "")), place)
    env = {"DATABASE_URL": f"sqlite:///{place}", "DEBUG": "on", **more}
    port = free_port()
    process = start_site(env, port)
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}", env
    finally:
        process.kill()
        process.wait()


@contextmanager
def redis_server(folder):
    """A redis-server of our own; yields its URL."""
    needs(shutil.which("redis-server"), "redis-server")
    port = free_port()
    process = subprocess.Popen(
        ["redis-server", "--port", str(port), "--dir", str(folder), "--save", ""],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for_port(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait()


class Postgres:
    """A PostgreSQL cluster of our own, run as a user that is not root; it can crash."""

    def __init__(self, folder, like=None):
        self.programs = postgres_programs()
        needs(self.programs, "PostgreSQL")
        self.data, port = folder / "pg", free_port()
        self.data.mkdir(mode=0o700)
        self.as_user = []
        if os.getuid() == 0:
            self.as_user = ["runuser", "-u", "postgres", "--"]
            self._lend(folder)
        if like is None:
            self._run("initdb", "-D", self.data, "-A", "trust", "-U", "shop")
        else:
            subprocess.run([*self.as_user, "cp", "-a", f"{like}/.", str(self.data)], check=True)
        self.options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c max_connections=200 -k {self.data}"
        )
        self.url = f"postgres://shop@127.0.0.1:{port}/postgres"

    def _lend(self, folder):
        for place in (folder, self.data):
            shutil.chown(place, "postgres")
        for parent in folder.parents:
            if parent.owner() == "root" and parent != Path("/") and str(parent) != "/tmp":
                parent.chmod(parent.stat().st_mode | 0o011)

    def _run(self, program, *words, check=True):
        command = [*self.as_user, str(self.programs / program), *map(str, words)]
        subprocess.run(command, check=check, stdout=subprocess.DEVNULL)

    def start(self):
        log = self.data / "log"
        self._run("pg_ctl", "-D", self.data, "-w", "-l", log, "-o", self.options, "start")

    def stop(self):
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def crash(self):
        """Every process of it is gone at once, with what it had not written down."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop", check=False)


@cache
def migrated():
    """The data of a cluster with all tables and nothing in them, made once for all tests."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    server = Postgres(folder)
    server.start()
    manage({"DATABASE_URL": server.url}, "migrate", "--verbosity", "0")
    server.stop()
    return server.data


@cache
def stocked_cluster():
    """The same with the demo shop in it."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    server = Postgres(folder, migrated())
    server.start()
    manage({"DATABASE_URL": server.url}, "import_shop", "storefront/demo_shop")
    server.stop()
    return server.data


@contextmanager
def postgres_server(folder, like=None):
    """A cluster that runs, empty or with the data `like` another's; yields its DATABASE_URL."""
    server = Postgres(folder, like)
    server.start()
    try:
        yield server.url
    finally:
        server.crash()


@contextmanager
def transformers_server(folder):
    """`transformers serve`, an OpenAI-compatible server without the internet; yields its URL."""
    (folder / "hub").mkdir()  # without it some of its pages break
    port = free_port()
    command = [str(Path(sys.executable).with_name("transformers")), "serve", "--host", "127.0.0.1",
               "--port", str(port), "--device", "cpu"]  # fmt: skip
    env = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/health", 120)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()
            process.wait()

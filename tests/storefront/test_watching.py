"""`import_shop --watch`: fresh after every change, unharmed by a bad file, ended by SIGTERM."""

import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from storefront.importing import watching
from storefront.management.commands import import_shop
from tests.servers import ROOT, environment, tables


class Looks:
    """A stop that is set after so many looks, between which things happen."""

    def __init__(self, *between):
        self.between, self.seconds = list(between), []

    def is_set(self):
        return not self.between

    def wait(self, seconds):
        self.seconds.append(seconds)
        self.between.pop(0)()


def watched(folder, *between, fails=0):
    """What was loaded; the first so many loads come to nothing."""
    loads = []

    def load():
        loads.append((folder / "products.csv").read_text())
        return len(loads) > fails

    watching.watch(folder, 5, load, Looks(*between))
    return loads


def nothing():
    """Between two looks nothing happens."""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "products.csv").write_text("one")
    return tmp_path


def test_it_loads_at_once_and_then_only_what_has_changed(folder):
    change = lambda: (folder / "products.csv").write_text("other")  # noqa: E731
    assert watched(folder, nothing, nothing, change, nothing, nothing, nothing) == ["one", "other"]


def test_a_file_that_is_still_being_written_is_left_until_it_rests(folder):
    def grow():
        with (folder / "products.csv").open("a") as file:
            file.write("+")

    assert watched(folder, grow, grow, grow, nothing, nothing) == ["one", "one+++"]


def test_a_file_that_is_gone_counts_as_a_change(folder):
    (folder / "feed.tsv").write_text("x")
    assert len(watched(folder, (folder / "feed.tsv").unlink, nothing, nothing)) == 2


def test_it_loads_every_hour_at_any_rate(folder, monkeypatch):
    monkeypatch.setattr(watching, "AT_ANY_RATE", -1)
    assert len(watched(folder, nothing, nothing, nothing)) == 3


def test_what_came_to_nothing_is_tried_again_at_the_next_look(folder):
    assert len(watched(folder, *[nothing] * 5, fails=2)) == 3


@pytest.mark.parametrize(
    ("fault", "counts"),
    [(OperationalError("deadlock"), False), (OSError("gone"), False), (CommandError("x"), True)],
)
def test_only_a_fault_that_may_pass_is_tried_again(tmp_path, monkeypatch, fault, counts):
    def load(_folder):
        raise fault

    command = import_shop.Command(stderr=io.StringIO())
    monkeypatch.setattr(command, "_load", load)
    monkeypatch.setattr(import_shop, "close_old_connections", nothing)
    assert command._try(tmp_path) is counts


@pytest.mark.parametrize("seconds", ["0", "-3"])
def test_a_span_that_is_none_is_refused(folder, seconds):
    with pytest.raises(CommandError, match="use more than 0 seconds"):
        call_command("import_shop", str(folder), f"--watch={seconds}")


class Watcher:
    """The command as cron's neighbour would start it, and what it says."""

    def __init__(self, folder, env):
        command = [sys.executable, "manage.py", "import_shop", str(folder), "--watch", "0.2"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment(env), text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.said = ""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.said += line

    def says(self, text, seconds=60):
        for _try in range(seconds * 10):
            if text in self.said:
                return True
            time.sleep(0.1)
        raise AssertionError(f"{text!r} was not said: {self.said}")


@pytest.fixture
def env(tmp_path):
    found = {"DATABASE_URL": f"sqlite:///{tmp_path}/watched.sqlite3", "DEBUG": "on"}
    shutil.copy(tables(), tmp_path / "watched.sqlite3")
    return found


def price(env):
    with sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite:///")) as base:
        return base.execute("SELECT price FROM storefront_variant WHERE sku = 'BT-1'").fetchone()[0]


def test_a_bad_file_leaves_the_shop_as_it_was_and_the_next_good_one_comes_in(shop_folder, env):
    watcher, products = Watcher(shop_folder, env), shop_folder / "products.csv"
    try:
        watcher.says("3 products added")
        good = products.read_text()
        products.write_text(good.replace("36.00", "x"))
        watcher.says("The shop stays as it was. Nothing was imported.")
        watcher.says("products.csv, line 4, column Variant Price")
        assert price(env) == 36
        products.write_text(good.replace("36.00", "33.00"))
        watcher.says("1 products changed")
        assert price(env) == 33
        os.kill(watcher.process.pid, signal.SIGTERM)
        assert watcher.process.wait(30) == 0
        watcher.says("Stopped watching.", 5)
    finally:
        watcher.process.kill()

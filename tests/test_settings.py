"""Production settings refuse to start insecure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAFE = {
    "DEBUG": "off",
    "SECRET_KEY": "k" * 60,
    "LEDGER_KEY": "ledger",
    "ALLOWED_HOSTS": "shop.example",
}


def check(**env):
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env={"PATH": os.environ["PATH"], **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_safe_production_settings_start_without_a_warning():
    done = check(**{**SAFE, "SECRET_KEY": "aB3$" * 20 + "xyzXYZ019-_qwertyuiop"})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "LEDGER_KEY", "ALLOWED_HOSTS"])
def test_it_refuses_to_start_without(name):
    done = check(**{k: v for k, v in SAFE.items() if k != name})
    assert done.returncode != 0
    assert name in done.stderr


def test_a_shop_clock_without_offset_is_refused():
    done = check(DEBUG="on", SHOP_NOW="2026-11-20T18:00:00")
    assert "no offset" in done.stderr


def test_a_rule_by_which_nothing_can_be_held_is_refused_and_those_that_can_are_named():
    done = check(**SAFE, HOLD_RULES="legal,lawyers,sample")
    assert "HOLD_RULES names lawyers, sample" in done.stderr and "health" in done.stderr
    assert "HOLD_RULES" not in check(**SAFE, HOLD_RULES="legal,health").stderr


def test_staff_are_given_a_minute_or_more():
    assert "HOLD_MINUTES=0 leaves" in check(**SAFE, HOLD_MINUTES="0").stderr


def test_several_workers_without_redis_are_refused():
    done = check(**SAFE, WEB_CONCURRENCY="4")
    assert "storefront.E001" in done.stderr


@pytest.mark.parametrize(("name", "value", "told"), [
    ("ANSWER_TURNS", "sometimes", "neither on nor off"), ("TURNS_AT_ONCE", "0", "TURNS_AT_ONCE=0 "),
    ("STOP_SECONDS", "soon", "STOP_SECONDS=soon "), ("MODELS", "/run/models", "is no place"),
])  # fmt: skip
def test_how_processes_share_the_work_is_said_so_that_it_can_be(name, value, told):
    assert told in check(DEBUG="on", **{name: value}).stderr


def test_web_processes_that_answer_nothing_need_redis():
    assert "storefront.E002" in check(**SAFE, ANSWER_TURNS="off").stderr
    assert "storefront.E002" not in check(**SAFE, ANSWER_TURNS="off", REDIS_URL="redis://x").stderr

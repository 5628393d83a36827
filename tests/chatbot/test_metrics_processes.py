"""Several processes, one page: sums of the living and the dead, sockets of the living alone."""

import os
import re
import subprocess
import sys

from tests.servers import ROOT

WORK = """
import os, signal, sys, django; django.setup()
from chatbot import metrics, watching
metrics.turn_ended("answered", 0.1, 100, 200)
open_one = metrics.socket(); open_one.__enter__()
print("ready", flush=True)
for line in sys.stdin:
    sys.stdout.write(watching.page("")[0].decode() + "end\\n"); sys.stdout.flush()
"""
ENDED = 'counterfoil_turns_ended_total{outcome="answered"}'
OPEN = "counterfoil_sockets_open"


class Process:
    """A process that has answered one turn and has one socket open."""

    def __init__(self, folder):
        env = os.environ | {"DJANGO_SETTINGS_MODULE": "storefront.settings",
                            "DATABASE_URL": f"sqlite:///{folder}/none.sqlite3",
                            "PROMETHEUS_MULTIPROC_DIR": f"{folder}/figures"}  # fmt: skip
        self.running = subprocess.Popen([sys.executable, "-c", WORK], cwd=ROOT, env=env, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
        assert self.running.stdout.readline() == "ready\n"

    def tells(self, name):
        self.running.stdin.write("\n")
        self.running.stdin.flush()
        page = "".join(iter(self.running.stdout.readline, "end\n"))
        return float(re.search(rf"^{re.escape(name)} (\S+)$", page, re.M)[1])

    def die(self):
        self.running.kill()
        self.running.communicate()


def test_whichever_process_is_asked_tells_of_all(tmp_path):
    one = Process(tmp_path)
    left = sorted((tmp_path / "figures").glob("*.db"))
    two = Process(tmp_path)
    try:
        assert left and all(path.exists() for path in left)  # who joins others clears nothing away
        assert one.tells(ENDED) == two.tells(ENDED) == 2
        assert one.tells(OPEN) == 2
        two.die()
        assert (one.tells(ENDED), one.tells(OPEN)) == (
            2,
            1,
        )  # it has answered, and is no longer there
    finally:
        one.die(), two.die()


def test_what_all_processes_of_an_earlier_run_left_is_cleared_away(tmp_path):
    for _run in range(2):
        process = Process(tmp_path)
        assert (process.tells(ENDED), process.tells(OPEN)) == (1, 1)
        process.die()

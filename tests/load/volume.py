"""Whether the staff's pages stay as fast with a million replies as with ten thousand.

    .venv/bin/python -m tests.load.volume [SMALL LARGE]

On SQLite and, where it is installed, on PostgreSQL: the time that 95 of 100 requests stay below, how
it grows, and how many queries a page takes. Time is what the processors spent on the site and on the
database's server, so that a machine busy with other things tells the same. Exit 1 where a page grows
more than threefold or takes more than 30 queries.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.servers import ROOT, postgres_programs, postgres_server

SIZES = (10_000, 1_000_000)  # replies
REQUESTS, WARM = 40, 3
PATIENCE = 60  # seconds for one page, after which fewer requests have to do
MOST_GROWTH, MOST_QUERIES = 3.0, 30
BACKEND = "django.contrib.auth.backends.ModelBackend"
CHATS, REVIEWS = "/admin/chatbot/conversation/", "/admin/chatbot/review/"
CLAIMS = "/admin/chatbot/toldclaim/"
PAGES: Mapping[str, str] = {
    "review queue": REVIEWS,
    "queue, decided": f"{REVIEWS}?state=closed",
    "queue, far back": f"{REVIEWS}?state=closed&after=100",
    "conversations": CHATS,
    "conversations, far back": f"{CHATS}?after={2000:032x}",
    "conversations, closed ones": f"{CHATS}?state__exact=closed",
    "search, receipt": f"{CHATS}?q=CF-000000004321",
    "search, receipt to review": f"{REVIEWS}?q=CF-000000004320",
    "search, e-mail": f"{CHATS}?q=shopper-17@example.com",
    "search, words": f"{CHATS}?q=kestrel+slate",
    "search, words that nobody said": f"{CHATS}?q=zeppelin",
    "claims, a page": f"{CLAIMS}?page=product:kestrel-rain-shell",
    "claims, words": f"{CLAIMS}?words=zeppelin",
    "actions": "/admin/chatbot/action/?state=all",
    "dashboard, 30 days": "/admin/chatbot/day/",
    "dashboard, 90 days": "/admin/chatbot/day/?days=90",
    "ledger": "/admin/chatbot/ledgerentry/",
}


class Measured(NamedTuple):
    """One page: seconds that 95 of 100 requests stay below, queries, requests tried."""

    p95: float
    queries: int
    requests: int


def reviewer() -> Any:
    """A reviewer who may see the ledger as well."""
    from django.contrib.auth.models import Group, Permission

    from storefront.models import User

    user, _new = User.objects.get_or_create(email="bench@example.com", is_staff=True)
    user.groups.add(Group.objects.get(name="Reviewers"))
    user.user_permissions.add(Permission.objects.get(codename="view_ledgerentry"))
    return user


def measured(address: str) -> Measured:
    """A page, asked for by a reviewer as a browser would."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(reviewer(), BACKEND)
    connection.queries_log.clear()  # it keeps only so many, and planting asked more
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, follow=True).status_code == 200, address
    asked = len(queries)  # now: the next request forgets them
    server = Server()
    times: list[float] = []
    while len(times) < REQUESTS + WARM and sum(times) < PATIENCE:
        began = server.worked()
        client.get(address, follow=True)
        times.append(server.worked() - began)
    counted = times[WARM:] or times
    p95 = statistics.quantiles(counted, n=20)[-1] if len(counted) > 1 else counted[0]
    return Measured(p95, asked, len(counted))


class Server:
    """The database's server, if it has one of its own, and this process."""

    def __init__(self) -> None:
        from django.db import connection

        self.head = 0
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SHOW data_directory")
                place = Path(cursor.fetchone()[0]) / "postmaster.pid"
            self.head = int(place.read_text().splitlines()[0])

    def worked(self) -> float:
        """Seconds that processors have spent on all of it so far; a server's in steps of 10 ms."""
        return time.process_time() + (sum(self._ticks()) / os.sysconf("SC_CLK_TCK"))

    def _ticks(self) -> Iterator[int]:
        """Of the server's head, of its children that are gone, and of those that are there."""
        for path in Path("/proc").glob("[0-9]*/stat") if self.head else ():
            try:
                values = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # gone meanwhile
            if path.parent.name == str(self.head):
                yield sum(map(int, values[11:15]))
            elif values[1] == str(self.head):
                yield sum(map(int, values[11:13]))


def measure(replies: int) -> dict[str, Measured]:
    """Every page with so many replies; in a process of its own, on the database it is given."""
    import django

    django.setup()
    from django.core.management import call_command

    from chatbot.figures import rollup
    from tests.load import planted

    began = time.monotonic()

    def tell(text: str) -> None:
        sys.stderr.write(f"  {time.monotonic() - began:6.0f} s  {text}\n")

    call_command("migrate", verbosity=0)
    planted.plant(replies, tell)
    tell(f"{rollup.run():,} conversations counted")
    found = {}
    for name, address in PAGES.items():
        found[name] = measured(address)
        tell(f"{name}: {found[name].p95 * 1000:.0f} ms")
    return found


@contextmanager
def database(vendor: str) -> Iterator[str]:
    """An empty database in a folder that is gone afterwards; yields its DATABASE_URL."""
    with tempfile.TemporaryDirectory() as folder:
        if vendor == "SQLite":
            yield f"sqlite:///{folder}/volume.sqlite3"
            return
        place = Path(folder) / "cluster"
        place.mkdir()
        Path(folder).chmod(0o755)
        with postgres_server(place) as url:
            yield url


def elsewhere(vendor: str, replies: int) -> dict[str, Measured]:
    """What a process of its own measures."""
    sys.stderr.write(f"{vendor}, {replies:,} replies\n")
    with database(vendor) as url:
        env = os.environ | {
            "DATABASE_URL": url, "DEBUG": "on", "DJANGO_SETTINGS_MODULE": "storefront.settings",
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.load.volume", "--measure", str(replies)]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
    return {name: Measured(*values) for name, values in json.loads(done.stdout).items()}


def main(small: int, large: int) -> int:
    """Tell the table; 1 where a page is too slow with many replies, or takes too many queries."""
    over = 0
    for vendor in ("SQLite", *(("PostgreSQL",) if postgres_programs() else ())):
        few, many = elsewhere(vendor, small), elsewhere(vendor, large)
        sys.stdout.write(
            f"\n{vendor:<28}{f'p95 at {small:,}':>18}{f'at {large:,}':>16}{'ratio':>8}{'queries':>9}\n"
        )
        for name, page in many.items():
            ratio = page.p95 / few[name].p95
            bad = ratio > MOST_GROWTH or page.queries > MOST_QUERIES
            over += bad
            sys.stdout.write(
                f"{name:<28}{few[name].p95 * 1000:>15.0f} ms{page.p95 * 1000:>13.0f} ms"
                f"{ratio:>8.2f}{page.queries:>9}{'  OVER' if bad else ''}"
                f"{f'  ({page.requests} requests)' if page.requests < REQUESTS else ''}\n"
            )
    return int(bool(over))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        json.dump(measure(int(sys.argv[2])), sys.stdout)
        sys.exit(0)
    sys.exit(main(*(map(int, sys.argv[1:]) if sys.argv[1:] else SIZES)))

"""More replies make the staff's pages ask no more: as many queries, and none that reads a table
through. How much longer they take is measured by `make bench`."""

import re
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import Client

from chatbot import health, waiting, working
from chatbot.figures import rollup
from chatbot.models import Conversation, Reply
from chatbot.privacy import files
from tests.load import planted, volume

pytestmark = pytest.mark.django_db
FEW, MANY = 200, 5000
LARGE = (
    "conversation|turn|reply|frame|feedback|review|ledgerentry|ledgerseal|tally|action|toldclaim"
    "|hold|recipient|correction|remark|takeover"
)
SMALL = (  # indexes of what waits
    "line_of_shoppers", "open_reviews", "open_turns", "due_tallies", "waiting_holds",
    "one_person_a_conversation", "letters_to_shoppers", "untold_corrections",
)  # fmt: skip
CHORES = {"waiting": waiting.turns, "picking": lambda: waiting.pick("volume", 32) and None} | {
    chore.args[0].__module__.removeprefix("chatbot."): chore.args[0]
    for chore in working.CHORES
    if isinstance(chore, partial) and chore.args[0] is not files.scrub_left  # asks nothing of rows
}
READS_THROUGH = re.compile(rf"SCAN (chatbot_({LARGE})|U\d|T\d)\b")


def asked(work):
    """The queries of a piece of work, with their values."""
    queries = []

    def listen(execute, sql, params, many, context):
        queries.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        work()
    return queries


def read(client, address):
    assert client.get(address, follow=True).status_code == 200


def do(chore):
    """Once, whatever is to be told of it."""
    for _frame in chore() or ():
        pass


@pytest.fixture(scope="module")
def grown(django_db_setup, django_db_blocker):
    """The queries of every page with few replies and with many, each with the way the database
    takes. Asked for in a thread: in this one a browser's loop may be running."""
    with django_db_blocker.unblock(), ThreadPoolExecutor(1) as aside:
        found = {replies: aside.submit(planned, replies).result() for replies in (FEW, MANY)}
        aside.submit(connections.close_all).result()
    return found


def planned(replies):
    client = Client()
    cache.clear()  # who was seen in the inbox, what was done today: chores go by it
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(health.warm, "is_set", lambda: True)  # as in a process that has its models
        planted.plant(replies)
        rollup.run()
        client.force_login(volume.reviewer(), volume.BACKEND)
        pages = {n: partial(read, client, address) for n, address in volume.PAGES.items()}
        work = {name: partial(do, chore) for name, chore in CHORES.items()} | pages
        found = {
            name: [(sql, plan(sql, params)) for sql, params in asked(one)]
            for name, one in work.items()
        }
        transaction.set_rollback(True)
    return found


def plan(sql, params):
    if connection.vendor != "sqlite" or not sql.startswith("SELECT"):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return [row[3] for row in cursor.fetchall()]


def through(queries):
    """What is read from one end to the other: scanned, and not in order up to a limit."""
    return [
        (sql[:200], step)
        for sql, steps in queries
        for step in steps
        if "chatbot_" in sql and READS_THROUGH.search(step) and not step.endswith(SMALL)
        if not (" LIMIT " in sql and not any("TEMP B-TREE" in other for other in steps))
    ]


@pytest.mark.parametrize("page", volume.PAGES)
def test_more_replies_need_no_more_queries(grown, page):
    few, many = grown[FEW][page], grown[MANY][page]
    assert len(many) <= min(len(few), volume.MOST_QUERIES)


@pytest.mark.parametrize("work", [*volume.PAGES, *CHORES])
def test_no_query_reads_a_large_table_through(grown, work):
    assert through(grown[MANY][work]) == []


def test_every_chore_is_looked_at_but_what_there_is_nothing_for(grown):
    silent = {name for name in CHORES if not grown[MANY][name]}
    assert silent == {"ledger.dispatch"}  # no address to send heads of the record to


def test_a_query_that_reads_a_table_through_is_found():
    for rows in (Reply.objects.filter(outcome="answered"), Conversation.objects.order_by("state")):
        sql, params = rows.query.sql_with_params()
        assert through([(sql, plan(sql, params))])


def test_what_is_planted_is_what_is_counted():
    planted.plant(FEW)
    assert rollup.run() == FEW * 2 // 5
    sums, late = rollup.days(
        min(r.day for r in rollup.Day.objects.all()), rollup.timezone.localdate()
    )
    assert not late and sum(counts["replies"] for counts in sums.values()) == FEW

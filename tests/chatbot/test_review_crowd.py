"""Reviewers who work at once: nobody gets what a colleague has, and nothing is left over.

REVIEW_CROWD=20x2000 runs it with so many reviewers and reviews; it is smaller by default.
"""

import json
import os
import shutil

import pytest

from tests.servers import migrated, postgres_server, run, tables

REVIEWERS, REVIEWS = map(int, os.environ.get("REVIEW_CROWD", "8x80").split("x"))
SCRIPT = """
import json, sys, time, uuid, django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, local
from django.db import connection
from django.utils import timezone
from chatbot.models import Conversation, Reply, Review, Turn
from chatbot.review import queue
from storefront.models import User
reviewers, reviews, careless = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "careless"
chat = Conversation.objects.create(owner="a" * 64)
turns = [Turn(conversation=chat, number=n, client_id=uuid.uuid4(), text="?") for n in range(reviews)]
replies = Reply.objects.bulk_create(Reply(turn=t) for t in Turn.objects.bulk_create(turns))
Review.objects.bulk_create(Review(reply=r, reason="sample", priority=r.turn.number % 4 + 1) for r in replies)
people = [User.objects.create(email=f"r{n}@example.com") for n in range(reviewers)]
look, together, mine = queue._next, Barrier(reviewers, timeout=60), local()
def first():  # everybody looks before anybody takes
    found = look()
    if not vars(mine):
        connection.close()  # who waits keeps no connection of the pool from the others
        mine.waited = together.wait()
    return found
def take(review, user):
    return bool(Review.objects.filter(pk=review.pk).update(state="claimed", claimed_by=user, claimed_at=timezone.now()))
queue._next = first
if careless:
    queue._take = take
def work(person):
    met = []
    try:
        while review := queue.claim_next(person):
            met.append((review.pk, person.pk))
            with suppress(queue.ReviewRefused):
                queue.decide(review, person, "approved")
            connection.close()  # as at the end of a request
        return met
    finally:
        connection.close()
began = time.monotonic()
with ThreadPoolExecutor(reviewers) as crowd:
    met = [claim for claims in crowd.map(work, people) for claim in claims]
took = time.monotonic() - began
closed = set(Review.objects.filter(state="closed").values_list("pk", "closed_by"))
print(json.dumps({"double": len(met) - len({pk for pk, _who in met}), "lost": reviews - len(closed & set(met)),
                  "seconds": round(took, 1)}))
"""


def crowd(url, how):
    told = run(SCRIPT, {"DATABASE_URL": url}, str(REVIEWERS), str(REVIEWS), how)
    return json.loads(told.splitlines()[-1])


@pytest.fixture
def empty(tmp_path):
    """A database of its own with nothing in it."""
    return f"sqlite:///{shutil.copy(tables(), tmp_path / 'crowd.sqlite3')}"


def found(told):
    return told["double"], told["lost"]


def test_a_crowd_claims_everything_once(empty):
    assert found(crowd(empty, "careful")) == (0, 0)


def test_a_claim_without_its_condition_is_found(empty):
    assert found(crowd(empty, "careless"))[0] > 0


@pytest.mark.postgres
def test_on_postgresql_a_crowd_claims_everything_once(tmp_path):
    with postgres_server(tmp_path, migrated()) as url:
        assert found(crowd(url, "careful")) == (0, 0)

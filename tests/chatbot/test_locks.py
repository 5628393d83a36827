"""Whoever writes about a conversation locks it first, as erasing does; nobody waits in a circle."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chatbot.review import answers, golden, queue
from tests.chatbot.test_golden_cases import ask, decided

pytestmark = pytest.mark.django_db
RIGHT = "It is $45.00."


@pytest.fixture
def review(linden, engine, grace):
    return decided(ask(), grace, "corrected", RIGHT)


def make(review, user, wanted):
    golden.make(review, user, wanted)


def publish(review, user, _wanted):
    answers.publish(review, user, answers.Proposal("Price?", RIGHT), uuid.uuid4())


def reopen(review, user, _wanted):
    queue.reopen(review, user)


@pytest.mark.parametrize("deed", [make, publish, reopen])
def test_the_conversation_comes_before_the_review(review, grace, deed):
    wanted = golden.proposed(review)
    with CaptureQueriesContext(connection) as queries:
        deed(review, grace, wanted)
    tables = [
        q["sql"].split('"chatbot_')[1].split('"')[0] for q in queries if '"chatbot_' in q["sql"]
    ]
    assert tables[0] == "conversation" and "review" in tables

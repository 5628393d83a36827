"""The page of a review: the draft with its claims, the facts they rest on, what a correction changes."""

import pytest
from django.urls import reverse

from chatbot import conversation, notices
from chatbot.admin import evidence
from chatbot.models import Reply
from chatbot.review import queue
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
FALSE = "It is $48.00 and <b>cheap</b>."


@pytest.fixture
def reply(linden, engine):
    """A reply whose first sentence was kept back."""
    engine.texts.append(FALSE)
    turn = accept(open_chat(), "how much is the larkspur kettle?")
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


@pytest.fixture
def review(reply):
    return reply.reviews.get()


def drafted(reply):
    return evidence.drafted(reply, evidence.claims(reply, evidence.used_facts(reply)))


def page(client, review, user):
    client.force_login(user, BACKEND)
    return client.get(reverse("admin:chatbot_review_change", args=[review.pk])).content.decode()


def do(client, review, deed, **sent):
    client.post(reverse("admin:chatbot_review_deed", args=[review.pk, deed]), sent)
    review.refresh_from_db()
    return review


def test_the_draft_tells_what_was_shown_and_what_was_kept_back(reply):
    kept, *told = drafted(reply)
    assert not kept["shown"] and all(sentence["shown"] for sentence in told)
    assert "".join(piece["text"] for piece in kept["pieces"]) == FALSE


def test_a_held_amount_stands_beside_the_facts_that_name_one(reply):
    held = evidence.claims(reply, evidence.used_facts(reply))[0]
    assert (held["verdict"], held["text"]) == ("held", FALSE)
    assert ("price", "$49.00") in [pair for fact in held["against"] for pair in fact["says"]]


def test_claims_that_overlap_are_marked_once_held_ones_first():
    claims = [
        {"text": "all of it", "verdict": "supported", "number": 1},
        {"text": "it", "verdict": "supported", "number": 2},
        {"text": "of", "verdict": "held", "number": 3},
    ]
    marked = evidence._apart("all of it", claims)
    assert [(place, claim["number"]) for place, claim in marked] == [(4, 3), (7, 2)]


def test_the_page_marks_claims_links_their_facts_and_escapes(client, review, grace):
    shown = page(client, review, grace)
    assert 'class="cf-claim cf-held" href="#cf-claim-1"' in shown and 'id="cf-claim-1"' in shown
    assert 'href="#cf-fact-1"' in shown and 'id="cf-fact-1"' in shown
    assert "&lt;b&gt;cheap" in shown and "<b>cheap" not in shown


@pytest.mark.parametrize(
    "named", ["bundled script", "Disclosure", notices.VERSION, "price.one", "Held claim"]
)
def test_the_page_tells_engine_disclosure_acts_and_reason(client, review, grace, named):
    assert named in page(client, review, grace)


def test_a_correction_is_shown_word_by_word_and_escaped(client, review, grace):
    queue.claim(review, grace)
    queue.decide(review, grace, "corrected", correction="It is <i>$49.50</i>.")
    shown = page(client, review, grace)
    assert "<ins>" in shown and "<del>" in shown
    assert "&lt;i&gt;" in shown and "<i>$49" not in shown


def test_the_page_tells_what_the_engine_was_asked(client, review, grace, reply):
    assert "<act:price.one>" in dict(evidence.prompts(reply))["price.one"][0]
    reply.engine, reply.acts[0]["by"] = "endpoint some-model", []
    rules, task = dict(evidence.prompts(reply))["price.one"]
    assert "You word answers" in rules and "what it costs" in task and "$49.00" in task
    assert "&lt;act:price.one&gt;" in page(client, review, grace)


def test_only_the_words_that_change_are_marked(reply):
    reply.text, reply.draft = (
        "It costs $49.00. We ship today.",
        "It costs $49.00.\nWe ship today.\n",
    )
    changed = evidence.change(reply, "It costs $45.00.")
    assert "".join(text for what, text in changed if what != "insert") == "It costs $49.00."
    assert [text for what, text in changed if what == "insert"] == ["$45.00"]


def test_words_that_have_nothing_in_common_are_told_one_instead_of_the_other(reply):
    reply.text = reply.draft = "It costs $49.00."
    right = "Sorry: we no longer sell that one."
    assert evidence.change(reply, right) == [("delete", reply.text), ("insert", right)]


def test_a_rejection_is_one_press_that_says_what_is_wrong(client, review, grace):
    client.force_login(grace, BACKEND)
    do(client, review, "claim")
    decided = do(client, review, "decide", fault="hand_over", comment="")
    assert (decided.verdict, decided.fault) == ("rejected", "hand_over")
    assert "Should have handed over" in page(client, review, grace)


def test_a_rejection_without_what_is_wrong_changes_nothing(client, review, grace):
    client.force_login(grace, BACKEND)
    do(client, review, "claim")
    assert do(client, review, "decide", verdict="rejected").state == "claimed"


def test_a_review_costs_few_queries(client, review, grace, django_assert_max_num_queries):
    queue.claim(review, grace)
    client.force_login(grace, BACKEND)
    with django_assert_max_num_queries(30):
        client.get(reverse("admin:chatbot_review_change", args=[review.pk]))

"""A risky reply waits for staff before its first word; whatever ends the wait ends it once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot import (
    conversation,
    delivery,
    ledger,
    notices,
    privacy,
    receipts,
    replay,
    terminal,
    waiting,
)
from chatbot.holding import release
from chatbot.models import Action, Correction, Hold, Reply, Review
from chatbot.review import letters, queue
from tests.conftest import accept, let_order_be_cancelled, open_chat

pytestmark = pytest.mark.django_db
RISKY = "how much is the larkspur kettle? my lawyer wants to know"
RIGHT = "It is $49.00; for your lawyer, write to us."


@pytest.fixture
def held(linden, engine, settings):
    """The rule on law holds."""
    settings.HOLD_RULES, settings.REVIEW_SAMPLE_PERCENT = ["legal"], 0
    return engine


def say(text, chat=None, **more):
    """The reply so far."""
    turn = accept(chat or open_chat(), text, **more)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.select_related("turn__conversation").get(turn=turn)


def frames(reply):
    """The frames of the reply's turn, as they go on the wire."""
    sent = delivery.frames_after(reply.turn.conversation_id, 0)
    return [f for f in sent if f.get("turn") == reply.turn.number]


def kinds(reply):
    return [f["type"] for f in frames(reply)]


def decide(reply, user, verdict, meant=True, **said):
    review = reply.reviews.get()
    queue.claim(review, user)
    return release.decide(review, user, verdict, meant, **said)


def run_out(reply):
    """The time that the reply may wait is over; the record says so too."""
    Hold.objects.update(until=timezone.now() - timedelta(seconds=1))
    ledger.record_hold(reply.hold)
    reply.hold.refresh_from_db()
    ledger.record_hold(reply.hold)


def fresh(reply):
    return Reply.objects.select_related("turn__conversation", "hold").get(pk=reply.pk)


def whole():
    """The record holds."""
    ledger.seal()
    return ledger.verify().fault == ""


def test_a_risky_reply_says_nothing_and_tells_until_when_it_waits(held):
    reply = say(RISKY)
    assert kinds(reply) == ["said", "reply", "held"] and reply.text == ""
    told, hold = frames(reply)[-1], reply.hold
    assert told["text"] == notices.text("hold.waiting", {})
    assert told["until"] == hold.until.isoformat(timespec="seconds")
    assert timedelta(minutes=2) < hold.until - timezone.now() <= timedelta(minutes=3)
    assert "$49.00" in str(hold.lines) and whole()


def test_without_the_rule_the_same_reply_flows(held, settings):
    settings.HOLD_RULES = []
    flown = say(RISKY)
    assert flown.outcome == "answered" and not Hold.objects.exists()


@pytest.fixture
def pregnancy(shop_folder):
    (shop_folder / "help" / "pregnancy.md").write_text(
        "---\ntitle: Pregnancy\n---\n\n"
        "None of our teas has caffeine in it, so all may be drunk in pregnancy.\n"
    )


@pytest.mark.parametrize(
    ("text", "waits"),
    [("i'm pregnant, can i drink your teas?", True), ("my chest hurts and my arm is numb", False)],
)
def test_what_the_shop_writes_of_health_waits_but_no_notice_does(
    pregnancy, linden, engine, settings, text, waits
):
    settings.HOLD_RULES, settings.REVIEW_SAMPLE_PERCENT = ["health"], 0
    reply = say(text)
    assert reply.acts[0]["name"].startswith("health." if waits else "safety.")
    assert ("held" in kinds(reply)) is waits


def test_what_no_holding_rule_picks_flows_as_it_would_without_any(held, settings):
    text = "how much is the larkspur kettle?"
    careful = say(text)
    settings.HOLD_RULES = []
    plain = say(text)
    assert kinds(careful) == kinds(plain) and careful.text == plain.text
    assert (careful.draft, careful.claims, careful.acts[0]["told"]) == (
        plain.draft, plain.claims, plain.acts[0]["told"],
    )  # fmt: skip


def test_a_sentence_kept_back_is_rewritten_before_anything_flows(held):
    held.texts.append("It is $48.00.")
    reply = say("how much is the larkspur kettle?")
    assert "$48.00" not in reply.text and "$48.00" in reply.draft
    assert reply.claims[0]["shown"] is False


def test_nobody_works_on_a_turn_that_waits(held):
    reply = say(RISKY)
    turn = reply.turn
    assert (turn.state, turn.lease, turn.leased_until) == ("held", "", None)
    assert waiting.turns() == [] and delivery.lease(turn.pk, "other") is None


def test_the_review_is_urgent_and_stands_once(held, grace):
    reply = say(RISKY)
    review = reply.reviews.get()
    assert (review.priority, review.reason, review.state) == (0, "legal", "open")
    decide(reply, grace, "approved")
    assert Review.objects.count() == 1


def test_whom_a_shopper_waits_for_comes_before_what_was_urgent_earlier(held, grace):
    queue.enqueue(say("hello"), "safety")
    reply = say(RISKY)
    assert queue.claim_next(grace) == reply.reviews.get()
    run_out(reply)
    list(release.let_go())
    assert reply.reviews.get().priority == Review.Priority.URGENT


@pytest.mark.parametrize(
    "text",
    ["i want to talk to a person about my lawyer", "the kettle is on fire, i call my lawyer"],
)
def test_danger_and_whoever_asks_for_a_person_never_wait(held, settings, text):
    settings.HOLD_RULES = ["legal", "safety"]
    reply = say(text)
    assert reply.outcome in ("handed_off", "answered") and not Hold.objects.exists()
    assert reply.completed_at


def test_the_button_for_a_person_is_never_held(held):
    reply = say(RISKY, wants_person=True)
    assert reply.outcome == "handed_off" and not Hold.objects.exists()


def test_staff_send_it_as_it_is(held, settings, grace):
    reply = say(RISKY)
    decide(reply, grace, "approved")
    settings.HOLD_RULES = []
    plain, sent = say(RISKY), fresh(reply)
    assert kinds(sent) == ["said", "reply", "held", *kinds(plain)[2:]]
    assert (sent.text, sent.outcome, sent.sources) == (plain.text, "answered", plain.sources)
    assert (sent.hold.ending, sent.hold.ended_by) == ("sent", grace)
    assert sent.turn.state == "done" and whole()
    assert replay.differences(sent) == []


def test_staff_answer_in_their_own_words(held, grace):
    reply = say(RISKY)
    decide(reply, grace, "corrected", correction=RIGHT)
    sent = fresh(reply)
    assert kinds(sent)[3:] == ["sentence", "correction", "done"]
    assert frames(sent)[-2]["text"] == RIGHT and frames(sent)[-2]["name"] == "a colleague"
    assert "$49.00" not in sent.text and not any(c["shown"] for c in sent.claims)
    assert (sent.outcome, sent.hold.ending) == ("held_for_staff", "corrected")
    assert whole() and replay.differences(sent) == []


def told_of(reply):
    """Whether the newest word of the team's on it is the answer itself."""
    (*_earlier, frame) = (f for f in frames(reply) if f["type"] == "correction")
    assert frame.get("instead", False) is Correction.objects.latest("told_at").instead
    return frame.get("instead", False)


def test_words_in_place_of_what_nobody_read_are_an_answer(held, grace):
    reply = say(RISKY)
    decide(reply, grace, "corrected", correction=RIGHT)
    assert told_of(reply)
    queue.reopen(reply.reviews.get(), grace)
    assert frames(reply)[-1]["text"] == "" and told_of(reply)


def test_words_on_a_reply_that_was_sent_are_a_correction(held, grace):
    reply = say(RISKY)
    decide(reply, grace, "approved")
    queue.reopen(reply.reviews.get(), grace)
    queue.decide(reply.reviews.get(), grace, "corrected", correction=RIGHT)
    assert not told_of(reply)


def test_words_that_come_too_late_are_an_answer_all_the_same(held, grace):
    reply = say(RISKY)
    run_out(reply)
    list(release.let_go())
    decide(reply, grace, "corrected", meant=False, correction=RIGHT)
    assert told_of(reply)


def test_what_a_shopper_keeps_and_the_receipt_call_it_an_answer(held, grace, client):
    reply = say(RISKY)
    decide(reply, grace, "corrected", correction=RIGHT)
    (turn,) = privacy.export(reply.turn.conversation)
    assert turn["corrections"][0]["instead_of_the_assistant"] is True
    assert receipts.find(reply.receipt).corrected_at is None


def test_who_is_refused_an_answer_hears_it_and_stands_in_line(held, grace):
    reply = say(RISKY)
    decide(reply, grace, "rejected", fault="wrong_fact")
    sent = fresh(reply)
    assert kinds(sent)[3:] == ["sentence", "done"]
    assert sent.text == notices.text("hold.refused", {}) and sent.outcome == "handed_off"
    assert sent.turn.conversation.state == "waiting" and whole()


def test_erasing_takes_what_was_held_and_nobody_can_send_it(held, grace):
    reply = say(RISKY)
    review = reply.reviews.get()
    privacy.erase(reply.turn.conversation)
    hold = Hold.objects.get()
    assert (hold.lines, hold.memory, hold.salt, hold.ending) == ([], {}, "", "erased")
    with pytest.raises(queue.ReviewRefused, match="erased"):
        release.decide(review, grace, "approved", True)
    assert list(release.let_go()) == [] and whole()


def test_own_data_tell_what_it_would_have_said_only_once_nobody_checks_it_any_more(held):
    reply = say(RISKY)
    assert "$49.00" not in str(privacy.export(reply.turn.conversation))
    run_out(reply)
    list(release.let_go())
    (turn,) = privacy.export(reply.turn.conversation)
    assert "$49.00" in str(turn["checked_by_a_person"]["would_have_said"])


def test_later_messages_are_answered_meanwhile_and_the_answer_comes_to_its_own_turn(held, grace):
    reply = say(RISKY)
    chat = reply.turn.conversation
    later = say("what is your return policy?", chat)
    assert later.outcome == "answered" and fresh(reply).text == ""
    decide(reply, grace, "approved")
    assert "$49.00" in fresh(reply).text and kinds(reply)[-1] == "done"
    chat.refresh_from_db()
    assert "return policy" in chat.memory["text"]


def test_what_was_sent_can_be_referred_to(held, grace):
    reply = say(RISKY)
    chat = reply.turn.conversation
    chat.refresh_from_db()
    assert chat.memory["act"] == "" and chat.memory["products"] == ["larkspur-kettle"]
    decide(reply, grace, "approved")
    chat.refresh_from_db()
    assert chat.memory["act"].startswith("price")


def test_messages_that_wait_for_staff_use_up_no_place(held):
    chat = open_chat()
    for _n in range(delivery.MOST_OPEN_TURNS + 1):
        assert say(RISKY, chat).turn.state == "held"


def test_a_card_is_offered_only_once_the_reply_is_sent(ada, engine, settings, grace):
    settings.HOLD_RULES, settings.REVIEW_AMOUNT = ["large_amount"], 1
    let_order_be_cancelled()
    turn = accept(open_chat(shopper=ada), "please cancel my order #2001", ada)
    list(conversation.answer(turn.pk, "test"))
    assert turn.reply.hold.reason == "large_amount" and not Action.objects.exists()
    decide(turn.reply, grace, "approved")
    assert Action.objects.get().state == "offered" and whole()


@pytest.mark.parametrize(
    "change", [{"ending": "late"}, {"lines": []}, {"until": timezone.now()}, {"reason": "health"}]
)
def test_the_record_betrays_another_hold(held, grace, change):
    reply = say(RISKY)
    decide(reply, grace, "approved")
    assert whole()
    Hold.objects.update(**change)
    assert "Hold" in ledger.verify().fault


def test_on_the_terminal_nothing_hangs(held):
    reply = terminal.say(terminal.begin(), RISKY)
    assert (reply.outcome, reply.text) == ("held_for_staff", notices.text("hold.waiting", {}))


def test_what_breaks_while_it_is_drafted_is_told_at_once(held, monkeypatch):
    monkeypatch.setattr(held, "write", lambda *_a, **_k: 1 / 0)
    reply = say(RISKY)
    assert reply.outcome == "unavailable" and not Hold.objects.exists()


def test_a_letter_with_staffs_own_answer_quotes_the_question_and_no_notice(held, grace):
    reply = say(RISKY)
    decide(reply, grace, "corrected", correction=RIGHT)
    letter = letters._text(Correction.objects.get())
    assert f"> {RISKY}" in letter and f"answers:\n\n{RIGHT}" in letter
    assert "was going to say" not in letter

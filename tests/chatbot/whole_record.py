"""A small record with everything in it that a record can hold, sealed in several batches."""

import hashlib
import uuid

from django.utils import timezone

from chatbot import duty, ledger, setups, trials
from chatbot.models import (
    Action,
    Correction,
    Edit,
    EngineSetup,
    EngineSwitch,
    Frame,
    GoldenCase,
    Guise,
    Hold,
    PersonRating,
    Photo,
    Recall,
    Remark,
    Reply,
    ShopAnswer,
    Takeover,
    Turn,
)
from chatbot.review import queue
from tests.conftest import accept, open_chat


def reply(chat, text="hi"):
    """A message and its reply, recorded."""
    turn = accept(chat, text)
    Turn.objects.filter(pk=turn.pk).update(state="done")
    row = Reply.objects.create(
        turn=turn, text="Hello.", outcome="answered", completed_at=turn.created_at,
        engine="bundled 1", disclosure="2026 en", facts=[{"id": "f1", "value": text}],
    )  # fmt: skip
    ledger.record_reply(row)
    return row


def decide(row, user, verdict="approved", reason="sample"):
    """A review of a reply, decided."""
    review = queue.enqueue(row, reason)
    queue.claim(review, user)
    queue.decide(review, user, verdict, comment="fine")
    return review


def offer(turn):
    """An action that was offered, then done."""
    now = timezone.now()
    action = Action.objects.create(turn=turn, kind="cancel", order="1001", quote="{}", title="Cancel",
                                   terms=["All of it"], notices="2026", expires_at=now)  # fmt: skip
    ledger.record_action(action)
    action.state, action.pressed_at, action.undo_until = "done", now, now
    action.save()
    ledger.record_action(action)


def hold(row, user):
    """The reply had waited for staff, who sent it."""
    now = timezone.now()
    waited = Hold.objects.create(
        reply=row, reason="legal", notice="2026", until=now, lines=[{"text": "Hello."}],
        memory={"text": "hi"},
    )  # fmt: skip
    ledger.record_hold(waited)
    waited.ended_at, waited.ending, waited.ended_by = now, "sent", user
    waited.save()
    ledger.record_hold(waited)


def take_over(turn, user):
    """A person had the conversation, said something, handed it back and was rated."""
    now = timezone.now()
    held = Takeover.objects.create(
        conversation=turn.conversation, person=user, name="Grace", leased_until=now
    )
    ledger.record_takeover(held)
    remark = Remark.objects.create(
        takeover=held, turn=turn, client_id=uuid.uuid4(), text="Hello, Grace here."
    )
    ledger.record_remark(remark)
    held.ended_at, held.ending = now, "handed_back"
    held.save()
    ledger.record_takeover(held)
    ledger.record_rating(PersonRating.objects.create(takeover=held, good=False, comment="slow"))


def correct(review):
    """What the shopper was told would have been right."""
    turn = review.reply.turn
    frame = Frame.objects.create(
        conversation=turn.conversation, seq=10_000 + turn.pk, turn=turn, body={}
    )
    row = Correction.objects.create(
        review=review, reply=review.reply, frame=frame, name="Grace", text="It was another."
    )
    ledger.record_correction(row)


def recall(user):
    """A recall that was opened and sent."""
    row = Recall.objects.create(
        reason="The price was wrong.", source="variant:LK-RED", field="price", value="$49.00",
        right="It is $59.00.", amount=5900, currency="USD", message="You were told: “{told}”",
        shoppers=1, exposure=1000, opened_by=user,
    )  # fmt: skip
    ledger.record_recall(row)
    row.state, row.sent_to, row.sent_by, row.sent_at = "sent", 1, user, timezone.now()
    row.save()
    ledger.record_recall(row)
    return row


def publish(review, user):
    """What was made of a review, and one that was taken back."""
    made = {"review": review, "article": "returns", "digest": "d", "made_by": user}
    for number in range(2):
        row = ShopAnswer.objects.create(**made)
        ledger.record_answer(row)
        if number:
            row.withdrawn_by, row.withdrawn_at = user, timezone.now()
            row.save()
            ledger.record_answer(row)


def photo(turn):
    """The shopper had shown something."""
    body = b"not a picture"
    row = Photo.objects.create(
        conversation=turn.conversation, turn=turn, client_id=uuid.uuid4(), body=body,
        digest=hashlib.sha256(body).hexdigest(), size=len(body), width=4, height=3,
    )  # fmt: skip
    ledger.record_photo(row)


def switch_engines(user):
    """Two engines were added, one switched on and given up again."""
    added = {"kind": "endpoint", "place": "gpu", "note": "large", "added_by": user}
    setup, other = (EngineSetup.objects.create(model=model, **added) for model in "ab")
    for row in (setup, other):
        ledger.record_engine(row)
    on = {"setup": setup, "setup_digest": "d", "reason": "nothing else answers"}
    for more in (on | {"deed": "on"}, {"deed": "back"}):
        ledger.record_switch(EngineSwitch.objects.create(by=user, **more))


def replace(old, new):
    """The shopper had put one message in the place of another."""
    ledger.record_edit(Edit.objects.create(turn=old, by=new))


def keep(review, user):
    """A golden case, switched off."""
    case = GoldenCase.objects.create(review=review, questions=["How much?"], text="It is $49.00.",
                                     must_state=["$49.00"], must_not=["$5"], made_by=user)  # fmt: skip
    ledger.record_golden(case)
    case.active, case.changed_by, case.changed_at = False, user, timezone.now()
    case.save()
    ledger.record_golden(case)


def batch(chat, user, number):
    """One of everything, sealed."""
    row = reply(chat, f"message {number}")
    offer(row.turn)
    hold(row, user)
    take_over(row.turn, user)
    review = decide(row, user)
    correct(review)
    publish(review, user)
    recall(user)
    keep(review, user)
    photo(row.turn)
    duty.switch(bool(number % 2), user, f"reason {number}")
    ledger.seal()


def build(user, batches=3):
    """The whole record: batches, then some rows that no sealer has come to yet."""
    chat = open_chat()
    trials.keep(setups.present(), user, engine="bundled 1", cases=3, before=3, after=2, broken=1)
    setups.note()
    switch_engines(user)
    for shopper in (7, 8):
        ledger.record_guise(Guise.objects.create(by=user, shopper=shopper))
    for number in range(batches):
        batch(chat, user, number)
    last = reply(chat, "last message")
    replace(chat.turns.order_by("number")[0], last.turn)
    queue.reopen(decide(last, user, reason="thumbs_down"), user)
    queue.enqueue(last, "sample")
    return chat

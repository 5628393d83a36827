"""Each rule picks the reply it is meant for, and leaves alone the one beside it."""

from decimal import Decimal

import pytest

from chatbot import conversation
from chatbot.models import Basis, Reply, Review
from chatbot.review import intake, rules
from chatbot.review.rules import Evidence, Reason
from tests.conftest import accept, let_order_be_cancelled, open_chat

ORDER = {"kind": "order", "values": {"number": "#2001"}}
PASSAGE = {
    "kind": "passage",
    "values": {"text": "Refunds take 5 days; no discount, no legal claim."},
}
SALE = "It is 20% off."


def act(name="order.state", fact=ORDER, **slots):
    return {"name": name, "facts": [fact], "slots": slots}


def read(text="", **more):
    return {"text": text, "intents": ["policy"], "asks": ["other"], "confidence": "0.900"} | more


PRICE = read("how much is the red kettle?", asks=["price"], products=["kettle"], order="")
PAIRS = [
    (Reason.SAFETY, {"message": "the kettle caught fire"}, {"message": "do you sell fire starters? I don't recall"}),
    (Reason.SAFETY, {"reading": read(asks=["danger"])}, {"reading": read(asks=["care"])}),
    (Reason.HEALTH, {"message": "I am allergic to nuts, is this ok?"}, {"message": "is it healthy?"}),
    (Reason.HEALTH, {"text": "It is fine in pregnancy."}, {"text": "It is fine for tea."}),
    (Reason.LEGAL, {"message": "you'll hear from my lawyer"}, {"message": "a tennis court lamp"}),
    (Reason.LEGAL, {"text": "We are liable."}, {"text": PASSAGE["values"]["text"], "acts": [act("policy.passage", PASSAGE)]}),
    (Reason.HELD_CLAIM, {"claims": [{"verdict": "held"}]}, {"claims": [{"verdict": "supported"}]}),
    (Reason.HELD_CLAIM, {"outcome": "held_for_staff"}, {"outcome": "answered"}),
    (Reason.BROKE, {"met": frozenset({"broke"})}, {}),
    (Reason.LARGE_AMOUNT, {"amount": Decimal(200), "limit": Decimal(200)}, {"amount": Decimal("199.99"), "limit": Decimal(200)}),
    (Reason.LARGE_AMOUNT, {"amount": Decimal(1), "limit": Decimal(1)}, {"amount": Decimal(999)}),
    (Reason.MONEY_BACK, {"text": "We have refunded you.", "acts": [act()]}, {"text": "It was paid by credit card.", "acts": [act()]}),
    (Reason.MONEY_BACK, {"text": "You'll get it back.", "reading": read(order="#2001")}, {"text": "You'll get it back."}),
    (Reason.DISCOUNT, {"text": SALE, "acts": [act()]}, {"text": SALE, "acts": [act("price.sale")]}),
    (Reason.DISCOUNT, {"text": "I can waive the fee."}, {"text": PASSAGE["values"]["text"], "acts": [act("policy.passage", PASSAGE)]}),
    (Reason.COMPLAINT, {"reading": read(intents=["complaint"])}, {"reading": read(intents=["policy", "complaint"])}),
    (Reason.COMPLAINT, {"reading": read(upset=True)}, {"reading": read()}),
    (Reason.THUMBS_DOWN, {"met": frozenset({"thumbs_down"})}, {}),
    (Reason.ASKED_TWICE, {"reading": PRICE | {"text": "so how much is the red kettle"}, "before": [PRICE]},
     {"reading": PRICE | {"text": "how much is the blue kettle", "options": {"Color": ["Blue"]}}, "before": [PRICE]}),
    (Reason.ASKED_TWICE, {"reading": read("how long for returns?"), "before": [read("how long for returns")]},
     {"reading": read("how long for returns?"), "before": [read("who pays the postage")]}),
    (Reason.ASKED_FOR_PERSON, {"met": frozenset({"asked_for_person"})}, {}),
    (Reason.LOW_CONFIDENCE, {"reading": read(confidence="0.349")}, {"reading": read(confidence="0.350")}),
    (Reason.NEW_POLICY, {"met": frozenset({"new_policy"})}, {}),
    (Reason.NEW_MODEL, {"met": frozenset({"new_model"})}, {}),
    (Reason.SAMPLE, {"met": frozenset({"sample"})}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "risky", "plain"), PAIRS)
def test_a_rule_picks_its_reply_and_not_the_one_beside_it(reason, risky, plain):
    assert reason in rules.fired(Evidence(**risky))
    assert reason not in rules.fired(Evidence(**plain))


def test_every_reason_has_one_rule_and_every_rule_a_pair():
    assert sorted(rule.reason for rule in rules.RULES) == sorted(Reason)
    assert {reason for reason, _risky, _plain in PAIRS} == set(Reason)


def test_the_rules_stand_in_the_order_of_their_priorities():
    given = [rule.priority for rule in rules.RULES]
    assert given == sorted(given)


def test_how_refunds_work_is_nothing_to_look_at():
    text = PASSAGE["values"]["text"]
    plain = act("policy.passage", PASSAGE, **{"passage.text": text})
    asked = Evidence(
        "how do refunds work?", f"Here is our rule: {text}", "answered", read(), [plain]
    )
    assert rules.fired(asked) == []


pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet(settings):
    settings.REVIEW_SAMPLE_PERCENT = 0
    settings.REVIEW_FIRST_REPLIES = 2
    return settings


def say(text, chat=None, shopper=None):
    turn = accept(chat or open_chat(shopper=shopper), text, shopper)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


def reasons(reply):
    return list(reply.reviews.values_list("reason", flat=True))


def test_a_plain_answer_goes_to_nobody(linden, engine, quiet):
    assert reasons(say("how much is the larkspur kettle?")) == []


def test_a_reply_stands_once_for_its_weightiest_reason_and_names_the_others(linden, engine, quiet):
    say("how much is the larkspur kettle?")
    reply = Reply.objects.get()
    review = intake.take_in(reply, {"asked_for_person", "broke"}, [])
    assert (review.reason, review.also, review.priority) == ("broke", ["asked_for_person"], 2)


def test_who_asks_the_same_again_is_looked_at(linden, engine, quiet):
    chat = open_chat()
    say("how much is the larkspur kettle?", chat)
    assert reasons(say("so how much is the larkspur kettle", chat)) == ["asked_twice"]


@pytest.mark.parametrize(("limit", "wanted"), [(54, True), (55, False)])
def test_an_action_above_the_limit_is_looked_at(ada, engine, quiet, limit, wanted):
    let_order_be_cancelled()
    quiet.REVIEW_AMOUNT = Decimal(limit)
    reply = say("please cancel my order #2001", shopper=ada)
    review = Review.objects.filter(reply=reply).first()
    assert ("large_amount" in [review.reason, *review.also] if review else False) == wanted


def test_the_first_replies_of_a_changed_engine_are_looked_at(linden, engine, quiet):
    assert reasons(say("how much is the larkspur kettle?")) == []
    engine.weights = "b" * 64
    asked = [reasons(say("how much is the larkspur kettle?")) for _time in range(3)]
    assert asked == [["new_model"], ["new_model"], []]


def test_the_first_replies_that_cite_a_changed_article_are_looked_at(linden, engine, quiet):
    cites = {
        "acts": [act("policy.passage", PASSAGE | {"source": "article:returns#1", "version": "2"})]
    }
    reply = say("how much is the larkspur kettle?")
    Reply.objects.filter(pk=reply.pk).update(**cites)
    reply.refresh_from_db()
    assert intake.take_in(reply, (), ()) is None
    reply.acts[0]["facts"][0]["version"] = "3"
    assert intake.take_in(reply, (), ()).reason == "new_policy"
    assert Basis.objects.get(subject="article:returns", version="3").replies == 1


def test_only_what_no_rule_picks_is_sampled(linden, engine, quiet):
    quiet.REVIEW_SAMPLE_PERCENT = 100
    reply = say("how much is the larkspur kettle?")
    assert [(r.reason, r.chance) for r in reply.reviews.all()] == [("sample", 10_000)]
    assert intake.take_in(reply, {"broke"}, ()).chance is None

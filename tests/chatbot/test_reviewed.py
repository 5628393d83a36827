"""What staff have vouched for becomes rows to learn from: in references, and of nobody."""

import json
from collections import Counter

import pytest

from chatbot import conversation, privacy
from chatbot.models import Reply
from chatbot.training import reviewed
from chatbot.training.reviewed import gather
from tests.chatbot.test_golden_cases import decided as closed
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
ASKED = "how much is the larkspur kettle?"
TOLD = "It is {product.name}. It is {variant.price}."


def ask(text=ASKED, shopper=None, owner="a" * 64):
    turn = accept(open_chat(owner, shopper), text, shopper)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


def decided(reply, *how, **more):
    closed(reply, *how, **more)
    return reply


def corrected(grace, right, *asked):
    return decided(ask(*asked), grace, "corrected", right)


def texts():
    return [one.row.text for one in gather().rows]


@pytest.fixture(autouse=True)
def shop(linden, engine):
    """A shop whose engine writes in references."""


def test_an_approved_reply_is_a_row_of_its_act(grace):
    decided(ask(), grace)
    [one] = gather().rows
    assert one.row.act == "price.one"
    assert set(one.brief.must) <= set(one.row.references)
    assert "$49.00" not in one.row.text and "{variant.price}" in one.row.text


def test_what_nobody_decided_or_somebody_rejected_is_no_row(grace):
    ask()
    decided(ask(), grace, "rejected")
    both = decided(ask(), grace)
    decided(both, grace, "rejected", reason="complaint")
    assert texts() == []


def test_a_correction_in_plain_words_is_turned_back_into_references(grace):
    corrected(grace, "Certainly, the Larkspur Kettle comes to $49.00.")
    assert texts() == ["Certainly, the {product.name} comes to {variant.price}."]


def test_the_correction_counts_and_not_what_it_corrects(grace):
    reply = ask()
    decided(reply, grace)
    decided(reply, grace, "corrected", "The Larkspur Kettle is $49.00.", reason="complaint")
    assert texts() == ["The {product.name} is {variant.price}."]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The Larkspur Kettle costs $45.00.", "holds values that its facts do not"),
        ("The Larkspur Kettle costs what it says.", "does not say what the act has to say"),
        ("Hi Ingrid, the Larkspur Kettle is $49.00.", "holds words that may name somebody"),
        ("The Larkspur Kettle is $49.00, ingrid.", "holds words that may name somebody"),
        ("The Larkspur Kettle is $49.00, write to a@b.example.", "its facts do not"),
        ("The Larkspur Kettle is $49.00, with free returns.", "do not bear out"),
    ],
)
def test_what_cannot_be_turned_without_loss_is_left_out_and_counted(grace, text, reason):
    corrected(grace, text)
    found = gather()
    assert found.rows == []
    assert any(reason in why for why in found.left), found.left


def test_an_erased_conversation_is_absent(grace):
    reply = decided(ask(), grace)
    assert texts()
    privacy.erase(reply.turn.conversation)
    assert texts() == []


def test_the_same_text_is_one_row(grace):
    decided(ask(), grace)
    decided(ask(), grace)
    assert len(texts()) == 1


def personal(rows):
    """What of a shopper's the rows hold."""
    told = json.dumps([[one.row.text, one.brief.asked] for one in rows])
    secret = ("Ada", "Lovelace", "ada@example.com", "2001", "TRACK1234567")
    return [word for word in secret if word.casefold() in told.casefold()]


def test_nothing_of_a_shoppers_is_in_the_rows(grace, ada):
    order = "Where is my order #2001? I am Ada, ada@example.com"
    reply = decided(ask(order, ada), grace)
    assert "2001" in json.dumps(reply.acts)
    for act in (a for a in reply.acts if not a["notice"]):
        said = " ".join(f"It is {act['slots'][r]}." for r in act["must"])
        corrected(grace, said, order, ada)
        corrected(grace, f"Ada Lovelace, it waits. {said}", order, ada)
    found = gather()
    assert found.rows and personal(found.rows) == []


def test_that_guard_bites_where_values_stay_in_the_text(grace, ada, monkeypatch):
    monkeypatch.setattr(reviewed, "in_references", lambda one: reviewed.render(
        " ".join(f"{{{r}}}" for r in one.act.slots), one.act.slots))  # fmt: skip
    monkeypatch.setattr(reviewed, "strange", lambda _text: frozenset())
    decided(ask("Where is my order #2001?", ada), grace)
    assert personal(gather().rows)


def test_a_value_inside_of_another_stays_whole():
    act = reviewed.Act("stock.one", "answered", {"variant.name": "Mug, blue", "variant.color": "blue"},
                       ("variant.name",))  # fmt: skip
    assert reviewed._referred("The Mug, blue is here in blue.", act) == (
        "The {variant.name} is here in {variant.color}."
    )


def test_a_short_value_that_may_stand_for_something_else_is_left_alone():
    act = reviewed.Act("stock.few", "answered", {"stock.left": "2"}, ("stock.left",))
    assert reviewed._referred("There are 2, for 2 days.", act) == "There are 2, for 2 days."
    assert reviewed._referred("There are 2 left.", act) == "There are {stock.left} left."


def test_what_is_left_out_is_counted_by_its_reason(grace):
    corrected(grace, "It costs nothing.")
    corrected(grace, "It costs nothing at all.")
    assert gather().left == Counter({"does not say what the act has to say": 2})

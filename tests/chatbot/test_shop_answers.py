"""A correction becomes an answer of the shop in one step: everybody who asks again hears it."""

import hashlib
import uuid

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from chatbot import conversation, ledger, privacy
from chatbot.models import LedgerEntry, Reply, ShopAnswer
from chatbot.review import answers, queue
from storefront import queries
from storefront.importing import import_folder
from storefront.models import Answer
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
ASKED = "Do you engrave names on your kettles?"
RIGHT = "Yes, we engrave names on any kettle for free; it takes two days."


def ask(text=ASKED):
    turn = accept(open_chat(), text)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


@pytest.fixture
def review(linden, engine, grace):
    return corrected(ask(), grace)


def corrected(reply, user, right=RIGHT):
    found = queue.enqueue(reply, "sample")
    queue.claim(found, user)
    queue.decide(found, user, "corrected", correction=right)
    return found


def publish(review, user, **more):
    said = vars(answers.proposed(review)) | more
    return answers.publish(review, user, answers.Proposal(**said), uuid.uuid4())


@pytest.fixture
def staff(client, grace):
    client.force_login(grace, BACKEND)
    return client


def form(review):
    return reverse("admin:chatbot_review_answer", args=[review.pk])


def sent(page):
    """What the form as it is filled in would send."""
    shown = page.context["form"]
    return {name: str(shown[name].value() or "") for name in shown.fields}


def test_whoever_asks_again_is_answered_from_the_correction(review, grace):
    assert RIGHT not in str(ask().acts)
    made = publish(review, grace)
    again = ask()
    assert RIGHT in again.acts[0]["slots"].values() and again.outcome == "answered"
    assert again.sources[0]["href"] == f"/help/{made.article}/"


def test_taken_back_nobody_hears_it_any_more(review, grace):
    made = publish(review, grace)
    ask()
    answers.withdraw(made.pk, grace)
    assert RIGHT not in str(ask().facts)


def test_one_added_to_an_article_is_heard_too(review, grace):
    publish(review, grace, article="returns")
    assert RIGHT in str(ask().acts)


def test_an_import_leaves_it_standing(review, grace, shop_folder):
    publish(review, grace)
    import_folder(shop_folder, quiet=True)
    assert RIGHT in str(ask().acts)


def test_the_record_tells_who_made_it_of_which_review_and_who_took_it_back(review, grace):
    made = publish(review, grace)
    answers.withdraw(made.pk, grace)
    answers.withdraw(made.pk, grace)
    assert LedgerEntry.objects.filter(kind="shopanswer", subject=str(made.pk)).count() == 2
    assert ledger.verify().fault == ""
    row = Answer.objects.get(pk=made.pk)
    assert made.digest == hashlib.sha256(f"{row.question}\n{row.text}".encode()).hexdigest()
    ShopAnswer.objects.update(article="returns")
    assert "is not what was recorded" in ledger.verify().fault


def test_undoing_the_decision_takes_back_what_was_made_of_it(review, grace):
    made = publish(review, grace)
    queue.reopen(review, grace)
    made.refresh_from_db()
    assert made.withdrawn_at and RIGHT not in str(queries.passages())


@pytest.mark.parametrize("verdict", ["approved", "rejected"])
def test_only_a_correction_can_become_one(linden, engine, grace, verdict):
    review = queue.enqueue(ask(), "sample")
    queue.claim(review, grace)
    queue.decide(review, grace, verdict, correction=RIGHT, fault="tone")
    with pytest.raises(queue.ReviewRefused, match="Only a correction"):
        publish(review, grace)


def test_nothing_is_made_of_an_erased_conversation(review, grace):
    proposed = answers.proposed(review)
    privacy.erase(review.reply.turn.conversation)
    with pytest.raises(queue.ReviewRefused, match="Only a correction"):
        answers.publish(review, grace, proposed, uuid.uuid4())


def test_what_stands_in_the_help_articles_outlives_the_conversation(review, grace):
    publish(review, grace)
    privacy.erase(review.reply.turn.conversation)
    assert RIGHT in str(queries.passages()) and ledger.verify().fault == ""


def test_personal_data_is_masked_before_it_is_proposed(linden, engine, grace):
    right = "Write to ada@example.com or call +44 20 7946 0958."
    proposed = answers.proposed(
        corrected(ask("I am ada@example.com, do you engrave?"), grace, right)
    )
    assert proposed.question == "I am [e-mail], do you engrave?"
    assert proposed.text == "Write to [e-mail] or call [phone]."


def test_one_press_on_the_prefilled_form_is_enough(staff, review):
    page = staff.get(form(review))
    assert (sent(page)["question"], sent(page)["text"]) == (ASKED, RIGHT)
    for _twice in range(2):
        staff.post(form(review), sent(page))
    made = ShopAnswer.objects.get()
    shown = staff.get(reverse("admin:chatbot_review_change", args=[review.pk])).content.decode()
    assert made.made_by.email == "grace@example.com" and f'href="/help/{made.article}/"' in shown


def test_what_cannot_stand_there_is_said_on_the_form(staff, review):
    page = staff.get(form(review))
    told = staff.post(form(review), sent(page) | {"address": "returns"}).content.decode()
    assert "There is an article at the address returns" in told and not ShopAnswer.objects.exists()


def test_it_is_withdrawn_by_a_press(staff, review, grace):
    made = publish(review, grace)
    staff.post(reverse("admin:chatbot_review_withdraw", args=[made.pk]))
    made.refresh_from_db()
    assert made.withdrawn_by == grace


def test_whom_the_owner_lets_not_publish_sees_no_button_and_no_form(staff, review):
    group = Group.objects.get(name="Reviewers")
    group.permissions.remove(*group.permissions.filter(codename="publish_answer"))
    page = staff.get(reverse("admin:chatbot_review_change", args=[review.pk])).content.decode()
    assert "Make it an answer" not in page
    assert staff.get(form(review)).status_code == 403


def test_what_was_written_is_escaped(staff, linden, engine, grace):
    review = corrected(ask("<b>do you engrave?"), grace, "<i>Yes.")
    page = staff.get(form(review)).content.decode()
    assert "&lt;b&gt;do" in page and "&lt;i&gt;Yes" in page

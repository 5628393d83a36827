"""A decided reply becomes a golden case in one step, without its person, and goes when that does."""

import pytest
from django.urls import reverse

from chatbot import conversation, ledger, privacy
from chatbot.models import GoldenCase, Reply
from chatbot.review import golden, queue
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
ASKED = "how much is the larkspur kettle?"
LIST = "admin:chatbot_goldencase_changelist"


def ask(text=ASKED, chat=None, shopper=None, page=""):
    turn = accept(chat or open_chat(shopper=shopper), text, shopper, page=page)
    list(conversation.answer(turn.pk, "test"))
    return Reply.objects.get(turn=turn)


def decided(reply, user, verdict="approved", right="", reason="sample"):
    review = queue.enqueue(reply, reason)
    queue.claim(review, user)
    queue.decide(review, user, verdict, correction=right, fault="tone")
    return review


def make(review, user, **more):
    return golden.make(review, user, golden.Wanted(**vars(golden.proposed(review)) | more))


@pytest.fixture
def review(linden, engine, grace):
    return decided(ask(), grace)


@pytest.fixture
def staff(client, grace):
    client.force_login(grace, BACKEND)
    return client


def form(review):
    return reverse("admin:chatbot_review_golden", args=[review.pk])


def sent(page):
    """What the form as it is filled in would send, read and confirmed."""
    shown = page.context["form"]
    return {name: shown[name].value() or "" for name in shown.fields} | {"confirmed": "on"}


def deed(staff, case, name):
    staff.post(reverse("admin:chatbot_goldencase_deed", args=[case.pk, name]))
    case.refresh_from_db()
    return case


def test_an_approved_reply_proposes_its_own_figures(review):
    wanted = golden.proposed(review)
    assert (wanted.questions, wanted.text) == ([ASKED], review.reply.text)
    assert (wanted.outcome, wanted.must_state, wanted.must_not) == ("answered", ["$49.00"], [])


def test_a_corrected_one_proposes_what_was_right_and_what_was_wrong(linden, engine, grace):
    review = decided(ask(), grace, "corrected", "It is $45.00, or 10% less.")
    wanted = golden.proposed(review)
    assert wanted.text == "It is $45.00, or 10% less."
    assert (wanted.must_state, wanted.must_not) == (["$45.00", "10%"], ["$49.00"])


def test_messages_before_it_lead_to_the_last_and_the_page_is_kept(linden, engine, grace):
    chat = open_chat()
    ask("hello", chat)
    review = decided(ask("how much is it?", chat, page="larkspur-kettle"), grace)
    wanted = golden.proposed(review)
    assert wanted.questions == ["hello", "how much is it?"] and wanted.page == "larkspur-kettle"


def test_personal_data_is_masked(linden, engine, grace):
    review = decided(
        ask(f"I am ada@example.com, {ASKED}"), grace, "corrected", "Call +44 20 7946 0958."
    )
    wanted = golden.proposed(review)
    assert "ada@" not in str(wanted) and "7946" not in str(wanted)
    assert "[e-mail]" in wanted.questions[0] and wanted.text == "Call [phone]."


def test_what_tells_of_an_order_becomes_none(ada, engine, grace):
    review = decided(ask("where is my order #2001?", shopper=ada), grace)
    assert not golden.may_become(review)
    with pytest.raises(queue.ReviewRefused, match="tells of no order"):
        make(review, grace)


@pytest.mark.parametrize("verdict", ["rejected", "undecided"])
def test_only_what_was_approved_or_corrected_becomes_one(linden, engine, grace, verdict):
    reply = ask()
    undecided = verdict == "undecided"
    review = queue.enqueue(reply, "sample") if undecided else decided(reply, grace, verdict)
    with pytest.raises(queue.ReviewRefused, match="approved or corrected"):
        make(review, grace)


def test_a_case_that_nothing_could_fail_is_refused(review, grace):
    with pytest.raises(queue.ReviewRefused, match="Say what the answer has to say"):
        make(review, grace, outcome="", must_state=[], must_not=[])


def test_one_press_keeps_it_once_it_is_confirmed(staff, review):
    page = staff.get(form(review))
    refused = staff.post(form(review), {k: v for k, v in sent(page).items() if k != "confirmed"})
    assert "Read it first" in refused.content.decode() and not GoldenCase.objects.exists()
    staff.post(form(review), sent(page))
    case = GoldenCase.objects.get()
    assert (case.questions, case.must_state, case.active) == ([ASKED], ["$49.00"], True)
    assert case.made_by.email == "grace@example.com" and ledger.verify().fault == ""


def test_the_list_switches_and_deletes(staff, review, grace):
    case = make(review, grace)
    assert ASKED in staff.get(reverse(LIST)).content.decode()
    assert not deed(staff, case, "off").active and deed(staff, case, "on").active
    gone = deed(staff, case, "delete")
    assert (gone.questions, gone.text, gone.salt, gone.active) == ([], "", "", False)
    assert not deed(staff, case, "on").active and ledger.verify().fault == ""
    assert ASKED not in staff.get(reverse(LIST)).content.decode()


def test_the_list_goes_on_page_by_page(staff, review, grace, monkeypatch):
    monkeypatch.setattr(golden, "MOST", 2)
    numbers = [make(review, grace).pk for _n in range(3)]
    first = staff.get(reverse(LIST))
    assert [case.pk for case in first.context["cases"]] == numbers[:0:-1]
    last = staff.get(reverse(LIST) + first.context["older"])
    assert [case.pk for case in last.context["cases"]] == numbers[:1] and not last.context["older"]


def test_undoing_the_decision_deletes_its_case(review, grace):
    case = make(review, grace)
    queue.reopen(review, grace)
    case.refresh_from_db()
    assert case.emptied_at and case.questions == [] and ledger.verify().fault == ""


def test_a_changed_case_betrays_itself(review, grace):
    make(review, grace)
    GoldenCase.objects.update(must_state=["$5.00"])
    assert "Goldencase" in ledger.verify().fault


def test_the_person_is_given_what_is_kept_of_them_and_can_have_it_erased(review, grace):
    case, chat = make(review, grace), review.reply.turn.conversation
    (told,) = privacy.export(chat)
    assert told["kept_as_example"][0]["questions"] == [ASKED]
    privacy.erase(chat)
    case.refresh_from_db()
    assert (case.questions, case.text, case.must_state, case.active) == ([], "", [], False)
    assert ledger.verify().fault == ""


def test_what_was_written_is_escaped(staff, linden, engine, grace):
    review = decided(ask("<b>how much</b> is the larkspur kettle?"), grace)
    make(review, grace, text="<i>49</i>")
    assert "&lt;b&gt;how" in staff.get(form(review)).content.decode()
    shown = staff.get(reverse(LIST)).content.decode()
    assert "&lt;b&gt;how" in shown and "&lt;i&gt;49" in shown

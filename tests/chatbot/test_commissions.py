"""Many product texts at once: asked for on a page, written beside everything else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from chatbot import commissions, engines, health, writing
from chatbot.commissions import CommissionRefused, Which
from chatbot.models import Commission, ProductText
from chatbot.studio import versions
from storefront import models
from tests.chatbot.test_draft_copy import Copywriter

pytestmark = pytest.mark.django_db
PAGE = "admin:chatbot_producttext_commission"
FORM = {"language": "en", "kinds": ["description", "bullets"], "tone": "plain", "length": "usual"}


@pytest.fixture
def writer(linden, monkeypatch):
    copywriter = Copywriter()
    monkeypatch.setattr(engines, "now", lambda: copywriter)
    monkeypatch.setattr(commissions, "_aside", lambda: None)  # it would wait for the test's end
    return copywriter


@pytest.fixture
def wanda(client, writer):
    """May have texts written, and is signed in."""
    user = models.User.objects.create_user("wanda@example.com", "x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="write_text"))
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return user


def ask(user, which=None, kinds=("description", "bullets")):
    return commissions.begin(user, which or Which(), kinds, "plain", "usual", "")


def work(row):
    """What the thread does."""
    mine = commissions._claim(row)
    commissions.run(mine)
    row.refresh_from_db()
    return row


def test_every_kind_is_written_for_every_product_that_is_meant(wanda):
    row = work(ask(wanda, Which(department="Kitchen", tag="tea")))
    assert (row.done, row.total, row.written) == (4, 4, 4) and row.ended_at and not row.fault
    assert ProductText.objects.count() == 4 and row.about == "Kitchen, #tea"


def test_who_asked_counts_as_an_author_of_every_text(wanda):
    work(ask(wanda, kinds=["bullets"]))
    for text in ProductText.objects.all():
        assert versions.authors(versions.newest(text)) == {wanda.pk}


@pytest.mark.parametrize("name", [
    "larkspur-kettle", "Larkspur Kettle", "https://shop.example/products/larkspur-kettle/?a=1",
])  # fmt: skip
def test_products_are_named_by_handle_title_or_page(wanda, name):
    assert ask(wanda, Which(named=(name,))).handles == ["larkspur-kettle"]


@pytest.mark.parametrize(("which", "why"), [
    (Which(named=("no-such",)), "is called so: no-such"), (Which(tag="no-such"), "has that tag"),
    (Which(named=("secret-mug",)), "is called so: secret-mug"),
])  # fmt: skip
def test_what_cannot_be_asked_for_is_said(wanda, which, why):
    with pytest.raises(CommissionRefused, match=why):
        ask(wanda, which)
    assert not Commission.objects.exists()


def test_it_is_paused_between_two_texts_and_goes_on_without_writing_any_twice(wanda, writer):
    row, write = ask(wanda), writer.write

    def then_pause(brief, **more):
        commissions.pause(row.pk)
        return write(brief, **more)

    writer.write = then_pause
    assert work(row).paused_at and not row.ended_at and ProductText.objects.count() == 1
    writer.write = write
    commissions.go_on(row.pk)
    assert work(row).ended_at and ProductText.objects.count() == 4
    assert (row.done, row.total) == (4, 4)


def test_another_process_goes_on_where_one_has_gone(wanda, writer):
    row = ask(wanda)
    assert commissions._claim(row) and commissions._claim(row) is None  # one writes it
    writer.left = 2
    commissions.run(Commission.objects.get())
    Commission.objects.update(paused_at=None, fault="")
    Commission.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    writer.left = 10**6
    assert work(row).ended_at and ProductText.objects.count() == 4


def test_a_process_that_was_taken_for_dead_writes_no_more(wanda):
    row = ask(wanda)
    late = commissions._claim(row)
    Commission.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert commissions._claim(row)
    commissions.run(late)
    assert not ProductText.objects.exists() and not Commission.objects.get().ended_at


def test_an_engine_that_is_gone_is_told_and_what_was_written_is_kept(wanda, writer, client):
    writer.left = 3
    row = work(ask(wanda))
    assert row.fault == "The server is gone." and row.paused_at
    told = client.get(reverse(PAGE)).content.decode()
    assert "The server is gone." in told and "Go on with no." in told
    assert 0 < ProductText.objects.count() < 4


def test_what_words_answers_only_leaves_product_texts_to_the_copywriter(wanda, monkeypatch):
    taught = Copywriter()
    taught.name = "bundled script"
    monkeypatch.setattr(engines, "now", lambda: taught)
    assert work(ask(wanda)).fault == ""
    told = {text.engine for text in ProductText.objects.all()}
    assert told == {writing.copywriter().name}


def test_a_product_that_is_gone_meanwhile_is_passed_over(wanda):
    row = ask(wanda, kinds=["bullets"])
    models.Product.objects.filter(handle="larkspur-kettle").update(status="archived")
    models.Product.objects.filter(handle="brindle-teapot").update(updated_at=timezone.now())
    assert work(row).ended_at and row.written == 1 and row.done == 2


def test_what_is_stopped_for_good_does_not_go_on(wanda):
    row = ask(wanda)
    commissions.end(row.pk)
    assert commissions._claim(row) is None and not ProductText.objects.exists()


def test_the_page_takes_a_choice_and_tells_how_far_it_is(wanda, client):
    told = client.post(reverse(PAGE), {**FORM, "department": "Kitchen"}, follow=True)
    assert "Begun: 4 texts." in told.content.decode()
    live = client.get(reverse(f"{PAGE}_live")).json()
    assert "0 of 4 stand" in live["html"]
    assert client.get(reverse(f"{PAGE}_live"), {"after": live["version"]}).json()["html"] == ""
    work(Commission.objects.get())
    assert "Done." in client.get(reverse(f"{PAGE}_live")).json()["html"]


def test_the_page_keeps_what_was_filled_in_where_something_is_wrong(wanda, client):
    sent = {
        "language": "en",
        "tone": "warm",
        "length": "usual",
        "named": "No Such Thing",
        "audience": "tea drinkers",
    }
    told = client.post(reverse(PAGE), sent).content.decode()
    assert "Choose at least one kind" in told and "No Such Thing" in told
    told = client.post(reverse(PAGE), {**sent, "kinds": ["ad"]}).content.decode()
    assert "is called so: No Such Thing" in told and 'value="tea drinkers"' in told


def test_its_buttons_pause_it_have_it_go_on_and_end_it(wanda, client):
    row = ask(wanda)
    for deed, told in (
        ("pause", "Paused."),
        ("on", "About to begin."),
        ("end", "Stopped for good"),
    ):
        address = reverse(f"{PAGE}_deed", args=[row.pk, deed])
        assert told in client.post(address, follow=True).content.decode()
    assert client.post(reverse(f"{PAGE}_deed", args=[row.pk, "burn"])).status_code == 403


def test_whatever_breaks_stands_on_its_row(wanda, writer, monkeypatch):
    monkeypatch.setattr(writer, "write", lambda *_args, **_more: 1 / 0)
    assert work(ask(wanda)).fault.startswith("ZeroDivisionError")


def test_the_chore_takes_up_what_nobody_writes(wanda, monkeypatch):
    begun = []
    monkeypatch.setattr(commissions, "_aside", lambda: begun.append(1))
    row = ask(wanda)
    monkeypatch.setattr(health, "warm", SimpleNamespace(is_set=lambda: True))
    commissions._claim(row)
    commissions.step()
    assert len(begun) == 1  # by the asking; somebody writes it
    Commission.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    commissions.step()
    assert len(begun) == 2


@pytest.mark.django_db(transaction=True)
def test_its_thread_writes_one_commission_after_the_other(wanda):
    for kind in ("bullets", "description"):
        ask(wanda, kinds=[kind])
    commissions._work_off()
    assert all(row.ended_at and row.written == 2 for row in Commission.objects.all())


def test_a_commission_in_another_language_passes_over_what_has_no_english_and_says_so(
    wanda, client
):
    told = {"which": Which(department="Kitchen", tag="tea"), "kinds": ["bullets", "seo"]}
    row = commissions.begin(wanda, *told.values(), "plain", "usual", "", "de")
    row = work(row)
    assert row.ended_at and not row.fault and row.done == row.total == 4
    german = ProductText.objects.filter(language="de")
    assert {text.kind for text in german} == {"bullets"} and row.written == german.count() == 1
    assert (row.without, row.stand) == (3, 1)
    told = client.get(reverse(PAGE)).content.decode()
    assert "1 of 4 stand: 1 written by this" in told and "3 have no English that holds" in told

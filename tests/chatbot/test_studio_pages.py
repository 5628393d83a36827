"""The desk's pages: what is typed is kept, who may do what, what is told."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from chatbot import studio
from chatbot.models import ProductText, Publication, TextVersion
from chatbot.studio import publishing, versions
from tests.chatbot.test_studio import draft, said
from tests.chatbot.test_studio_desk import KETTLE, NORWAY, change_product, people, text, write

__all__ = ["people", "text"]
pytestmark = pytest.mark.django_db
LIST = "admin:chatbot_producttext_changelist"


@pytest.fixture
def sign_in(client, people):
    """Wanda may write, Abe may approve."""
    wanda, abe, sue = people
    for user, name in ((wanda, "write_text"), (abe, "approve_text")):
        user.is_staff = True
        user.save()
        user.user_permissions.add(Permission.objects.get(codename=name))

    def as_user(who):
        client.force_login({"wanda": wanda, "abe": abe, "sue": sue}[who],
                           "django.contrib.auth.backends.ModelBackend")  # fmt: skip
        return client

    return as_user


def page(client, text):
    return client.get(reverse("admin:chatbot_producttext_change", args=[text.pk])).content.decode()


def press(client, text, deed, **sent):
    address = reverse("admin:chatbot_producttext_deed", args=[text.pk, deed])
    return client.post(address, sent, follow=True).content.decode()


def lines(*words):
    return {f"BULLET-{n}": line for n, line in enumerate(words, 1)}


def test_facts_draft_and_a_field_for_every_line_are_side_by_side(text, sign_in, linden):
    told = page(sign_in("wanda"), text)
    assert "What the shop says" in told and "What the engine wrote" in told
    for n in range(1, 6):
        assert f'name="BULLET-{n}"' in told
    assert "of at most 110 characters" in told and said(linden)[0] in told


def test_what_is_saved_is_a_new_version_with_what_is_wrong_beside_its_line(text, sign_in, people):
    told = press(sign_in("wanda"), text, "write", seen=0, **lines("Customers love it."))
    row = versions.newest(text)
    assert row.number == 1 and row.written_by == people[0] and not row.ready
    assert 'id="BULLET-1-fault"' in told and "not borne out: Customers love it." in told


def test_who_was_slower_is_told_and_keeps_what_was_typed(text, sign_in, people, linden):
    write(text, people[2], *said(linden)[:3][::-1])
    told = press(sign_in("wanda"), text, "write", seen=0, **lines("My own  words"))
    assert "Somebody else has changed this text meanwhile." in told
    assert "My own  words" in told and 'name="seen" value="1"' in told
    assert versions.newest(text).number == 1


@pytest.mark.parametrize("words", ["", "x" * 6000])
def test_what_cannot_be_saved_is_still_in_the_form(text, sign_in, words):
    told = press(sign_in("wanda"), text, "write", seen=0, **lines(words))
    assert 'role="alert"' in told and words in told and TextVersion.objects.count() == 1


def test_a_line_more_than_its_kind_has_is_shown_and_kept_with_what_is_wrong(
    text, sign_in, people, linden
):
    write(text, people[2], *said(linden), "Linden", "Kitchen", "Larkspur Kettle", "Steel")
    client = sign_in("wanda")
    assert "one more than 5" in page(client, text) and 'name="BULLET-6"' in page(client, text)
    typed = {**lines(*said(linden)), "BULLET-6": "Steel works", "BULLET-x": "?", "seen": 1}
    press(client, text, "write", **typed)
    assert ("BULLET", "Steel works") in versions.newest(text).words


def test_who_approves_is_told_what_is_replaced(text, sign_in, people, linden):
    other = studio.keep(draft("\n".join(said(linden)[::-1])))
    publishing.approve(versions.newest(other), people[1])
    assert "It takes the place of another text" in page(sign_in("abe"), text)


def test_a_broken_address_or_number_changes_nothing(text, sign_in):
    client = sign_in("sue")
    for sent in ({}, {"seen": "x"}, {"seen": "9" * 30}):
        press(client, text, "write", **sent, **lines("Words"))
        press(client, text, "restore", **sent, number="-1")
    assert press(client, text, "explode") == ""
    assert TextVersion.objects.count() == 1


def test_a_second_person_approves_on_the_page(text, sign_in):
    told = press(sign_in("abe"), text, "approve", seen=0)
    assert "Approved; it is shown now." in told and studio.live_of(KETTLE)


def test_who_wrote_is_told_why_there_is_no_button(text, sign_in, people, linden):
    people[0].user_permissions.add(Permission.objects.get(codename="approve_text"))
    write(text, people[0], *said(linden)[:3][::-1])
    assert "a second person has to approve it" in page(sign_in("wanda"), text)
    press(sign_in("wanda"), text, "approve", seen=1)
    assert not Publication.objects.exists()


def test_without_the_permission_nothing_is_approved_nor_written(text, sign_in, rf):
    press(sign_in("wanda"), text, "approve", seen=0)
    press(sign_in("abe"), text, "write", seen=0, **lines("Words"))
    assert not Publication.objects.exists() and versions.newest(text).number == 0


def test_a_ground_and_a_time_that_are_refused_are_not_lost(text, sign_in, people, linden):
    write(text, people[0], *said(linden)[:3], NORWAY)
    told = press(sign_in("abe"), text, "approve", seen=1, ground="A letter of May", from_at="soon")
    assert "A letter of May" in told and 'value="soon"' in told and "no date with a time" in told
    press(sign_in("abe"), text, "approve", seen=1, ground="A letter of May", from_at="")
    assert Publication.objects.get().ground == "A letter of May"


def test_what_was_edited_while_it_was_read_is_not_approved(text, sign_in, people, linden):
    write(text, people[0], *said(linden)[:3][::-1])
    assert "changed since" in press(sign_in("abe"), text, "approve", seen=0)
    assert not Publication.objects.exists()


def test_it_is_withdrawn_and_shown_again_by_one_press_each(text, sign_in):
    press(sign_in("abe"), text, "approve", seen=0)
    row = Publication.objects.get()
    told = press(sign_in("wanda"), text, "withdraw", publication=row.pk)
    assert "Undo: show it again" in told and not studio.live_of(KETTLE)
    press(sign_in("wanda"), text, "again", publication=row.pk)
    assert studio.live_of(KETTLE)


def test_who_may_not_approve_takes_back_only_an_own_withdrawal(text, sign_in, people):
    row = publishing.approve(versions.newest(text), people[1])
    publishing.withdraw(row, people[1])
    press(sign_in("wanda"), text, "again", publication=row.pk)
    assert not studio.live_of(KETTLE)


def test_who_may_not_approve_takes_nothing_back_that_nobody_answers_for(text, sign_in, people):
    row = publishing.approve(versions.newest(text), people[1])
    press(sign_in("wanda"), text, "withdraw", publication=row.pk)
    people[1].delete()
    press(sign_in("wanda"), text, "again", publication=row.pk)
    assert not studio.live_of(KETTLE)


def test_versions_are_compared_word_by_word_and_restored_by_one_press(
    text, sign_in, people, linden
):
    one, two, three = said(linden)[:3]
    write(text, people[0], one, two, three.replace("induction", "gas"))
    client = sign_in("wanda")
    address = reverse("admin:chatbot_producttext_compare", args=[text.pk])
    told = client.get(address).content.decode()
    assert "<del>" in told and "taken out:" in told and "put in:" in told
    assert client.get(f"{address}?old=7&new=1").status_code == 404
    press(client, text, "restore", seen=1, number=0)
    assert versions.newest(text).words == text.kept


@pytest.mark.parametrize(
    "state", ["waiting", "draft", "edited", "scheduled", "live", "ended", "changed"]
)
def test_every_state_has_its_list_and_words_for_when_it_is_empty(db, sign_in, state):
    told = sign_in("abe").get(reverse(LIST), {"state": state}).content.decode()
    assert 'class="cf-empty"' in told


def test_who_looks_at_a_text_that_has_ended_is_told_why(text, sign_in, people):
    publishing.approve(versions.newest(text), people[1])
    change_product("Capacity: 0.9 L.", "Capacity: 1.4 L.")
    publishing.look_again()
    told = page(sign_in("abe"), text)
    assert "its product changed" in told and "does not hold" in told


def rows(client, state):
    found = client.get(reverse(LIST), {"state": state}).context["cl"].result_list
    return [row.handle for row in found]


def test_a_text_is_found_by_where_it_stands(text, sign_in, people):
    client = sign_in("abe")
    assert rows(client, "waiting") == [KETTLE] and not rows(client, "live")
    row = publishing.approve(versions.newest(text), people[1])
    assert rows(client, "live") == [KETTLE] and not rows(client, "waiting")
    change_product("Capacity: 0.9 L.", "Capacity: 1.4 L.")
    publishing.look_again()
    assert rows(client, "changed") == rows(client, "ended") == [KETTLE]
    assert row and not rows(client, "live")


def test_an_edited_text_is_in_two_lists_while_the_old_one_is_live(text, sign_in, people):
    publishing.approve(versions.newest(text), people[1])
    write(text, people[0], "Nonsense of no fact")
    client = sign_in("abe")
    assert rows(client, "live") == rows(client, "edited") == [KETTLE]


def test_the_next_text_is_one_that_this_person_may_approve(text, sign_in, people, linden):
    write(text, people[2], *said(linden)[:3][::-1])
    following = reverse("admin:chatbot_producttext_next")
    assert sign_in("sue").get(following).url == reverse(LIST)
    assert str(text.pk) in sign_in("abe").get(following).url


def test_who_does_not_approve_one_is_led_on_to_another(text, sign_in, linden):
    other = studio.keep(draft("\n".join(said(linden)[::-1])))
    client, following = sign_in("abe"), reverse("admin:chatbot_producttext_next")
    for here, there in ((text, other), (other, text)):
        found = client.get(following, {"after": here.pk}).url
        assert found == reverse("admin:chatbot_producttext_change", args=[there.pk])


def test_writers_begin_a_translation_and_who_may_do_either_confirms(text, sign_in):
    assert press(sign_in("abe"), text, "translate", language="de") == ""
    assert "not translated yet" in press(sign_in("wanda"), text, "translate", language="de")
    german = ProductText.objects.get(language="de")
    assert german.source == versions.newest(text)
    for who in ("wanda", "abe"):
        told = press(sign_in(who), german, "confirm", seen=0, said="I read both.")
        assert "Not every line holds yet" in told and "I read both." not in told

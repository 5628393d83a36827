"""Photos of shoppers: drawn anew, only where the shop asks for one, and for staff alone."""

import hashlib
import io
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from chatbot import conversation, delivery, ledger, photos, privacy
from chatbot.models import Frame, LedgerEntry, Photo
from storefront.models import Shop
from tests.conftest import accept, open_chat

pytestmark = pytest.mark.django_db
SECRET = b"taken at 51.5 N, 0.1 W by Ada"


@pytest.fixture
def asking(linden, engine):
    """Linden wants photos of what is damaged, two a chat."""
    linden.rules |= {"claims": {"photos": 2}}
    linden.save()


def broken_kettle(owner="a" * 64):
    chat = open_chat(owner)
    turn = accept(chat, "my kettle arrived broken, the box is damaged")
    list(conversation.answer(turn.pk, "test"))
    return chat, Frame.objects.get(turn=turn, body__type="done").body


def picture(kind="JPEG", size=(40, 30), **more):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **more)
    return io.BytesIO(out.getvalue())


def with_secrets():
    """A photo lying on its side that says where it was taken, with a page hidden behind it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET.decode()
    data = picture(exif=exif.tobytes(), comment=SECRET).getvalue()
    return io.BytesIO(data + b"<script>alert(1)</script>" + SECRET)


def add(chat, file, client_id=None):
    return photos.add(chat, client_id or uuid.uuid4(), file)


def refused(chat, file):
    with pytest.raises(delivery.Refused) as error:
        add(chat, file)
    return str(error.value)


def test_it_is_asked_for_where_something_is_damaged_and_a_rule_says_so(asking):
    assert broken_kettle()[1]["photos"] == 2


def test_a_shop_without_the_rule_never_asks_and_takes_none(linden, engine):
    chat, told = broken_kettle()
    assert told["photos"] == 0 and "needed" in refused(chat, picture())


def test_who_asks_about_something_else_shows_none(asking):
    chat = open_chat()
    list(conversation.answer(accept(chat, "how much is the larkspur kettle?").pk, "test"))
    assert "needed" in refused(chat, picture())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_is_kept_as_a_new_jpeg_and_on_record_by_its_digest(asking, kind):
    chat, _told = broken_kettle()
    add(chat, picture(kind))
    photo = Photo.objects.get()
    assert bytes(photo.body)[:3] == b"\xff\xd8\xff" and photos.intact(photo)
    assert photo.digest == hashlib.sha256(photo.body).hexdigest()
    assert LedgerEntry.objects.filter(kind="photo").count() == 1
    assert ledger.verify().fault == ""


def test_it_stands_upright_and_says_nothing_of_where_it_was_taken(asking):
    body, size = photos.drawn(with_secrets())
    assert size == (30, 40)
    assert SECRET not in body and b"script" not in body and b"Exif" not in body


def test_the_secrets_were_there(asking):
    assert with_secrets().getvalue().count(SECRET) == 3


@pytest.mark.parametrize("turn", range(10))
def test_however_it_was_held_it_stands_upright(asking, turn):
    exif = Image.Exif()
    exif[0x0112], exif[0x0132] = turn, "not a date"
    lying = photos.drawn(picture(size=(40, 30), exif=exif.tobytes()))[1]
    assert lying == ((30, 40) if turn in (5, 6, 7, 8) else (40, 30))


@pytest.mark.parametrize(
    "data", [b"", b"no picture", b"GIF89a" + b"\0" * 50, b"<svg/>", picture().getvalue()[:100]]
)
def test_what_is_no_photo_is_refused(asking, data):
    chat, _told = broken_kettle()
    assert "JPEG, PNG or WebP" in refused(chat, io.BytesIO(data))
    assert Photo.objects.count() == 0


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unfolded(asking):
    chat, _told = broken_kettle()
    assert "can’t be read" in refused(chat, picture("PNG", (12_000, 12_000)))


def test_a_file_that_is_too_large_is_refused(asking):
    chat, _told = broken_kettle()
    assert "8 MB" in refused(chat, io.BytesIO(b"x" * (photos.MOST_BYTES + 1)))


def test_a_large_photo_becomes_no_larger_than_is_useful(asking):
    assert max(photos.drawn(picture(size=(4000, 3000)))[1]) == photos.LONGEST_SIDE


def test_a_chat_and_a_day_hold_only_so_many(asking, monkeypatch):
    chat, _told = broken_kettle()
    same = uuid.uuid4()
    assert add(chat, picture(), same) and not add(chat, picture(), same)
    add(chat, picture())
    assert "as many photos as this chat" in refused(chat, picture())
    monkeypatch.setattr(photos, "A_DAY", 2)
    assert "today" in refused(broken_kettle()[0], picture())


def test_it_is_erased_with_the_chat(asking):
    chat, _told = broken_kettle()
    add(chat, picture())
    body = bytes(Photo.objects.get().body)
    privacy.erase(chat)
    photo = Photo.objects.get()
    assert (bytes(photo.body), photo.digest, photo.salt) == (b"", "", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM chatbot_photo")
        assert body not in [bytes(row[0]) for row in cursor.fetchall()]
    assert ledger.verify().fault == ""


def test_the_shopper_gets_it_with_all_that_is_kept(asking):
    chat, _told = broken_kettle()
    add(chat, picture())
    (turn,) = [t for t in privacy.export(chat) if t.get("photos")]
    assert turn["photos"][0]["image"].startswith("data:image/jpeg;base64,/9j/")
    assert turn["photos"][0]["sha256"] == Photo.objects.get().digest


def browser(client):
    """The client with a chat of its own about something broken."""
    client.post(reverse("chatbot:start"))
    secret = client.session["chat_secret"]
    return broken_kettle(hashlib.sha256(secret.encode()).hexdigest())[0]


def send(client, chat_id, data=None):
    file = SimpleUploadedFile("holiday.jpg", data or picture().getvalue(), "image/jpeg")
    sent = {"conversation": chat_id, "client_id": uuid.uuid4(), "photo": file}
    return client.post(reverse("chatbot:photo"), sent)


def test_a_browser_sends_one_into_its_own_chat_and_its_socket_hears(asking, client):
    chat = browser(client)
    assert send(client, chat.pk).status_code == 200
    assert Frame.objects.filter(conversation=chat, body__type="photo").count() == 1
    assert send(client, chat.pk, b"none").status_code == 422


def test_nobody_sends_one_into_another_ones_chat(asking, client):
    browser(client)
    others, _told = broken_kettle("b" * 64)
    assert send(client, others.pk).status_code == 404
    assert send(client, uuid.uuid4()).status_code == 404
    assert Photo.objects.count() == 0


def test_only_staff_see_it_and_no_browser_keeps_it(asking, client, admin_client, ada):
    chat, _told = broken_kettle()
    add(chat, picture())
    where = reverse("admin:chatbot_conversation_photo", args=[Photo.objects.get().pk])
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    assert client.get(where).status_code == 302
    shown = admin_client.get(where)
    assert shown.status_code == 200 and shown["Content-Type"] == "image/jpeg"
    assert "no-store" in shown["Cache-Control"] and shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Disposition"].startswith('inline; filename="photo-')


@pytest.mark.parametrize("change", [{"body": b"\xff\xd8\xff another"}, {"body": b"", "digest": ""}])
def test_one_that_was_changed_or_erased_is_not_shown(asking, admin_client, change):
    chat, _told = broken_kettle()
    add(chat, picture())
    Photo.objects.update(**change)
    where = reverse("admin:chatbot_conversation_photo", args=[Photo.objects.get().pk])
    assert admin_client.get(where).status_code == 404


def test_staff_see_it_among_what_was_said(asking, admin_client):
    chat, _told = broken_kettle()
    add(chat, picture())
    page = admin_client.get(reverse("admin:chatbot_conversation_change", args=[chat.pk]))
    where = reverse("admin:chatbot_conversation_photo", args=[Photo.objects.get().pk])
    assert where in page.content.decode()


def test_the_rule_counts_only_as_a_number(asking):
    Shop.objects.update(rules={"claims": {"photos": True}})
    assert broken_kettle()[1]["photos"] == 0
    assert json.dumps(broken_kettle()[1])


def test_an_address_that_sends_and_sends_is_refused_before_anything_is_drawn(
    asking, client, settings, monkeypatch
):
    settings.ADDRESS_MESSAGES_PER_DAY = 0
    monkeypatch.setattr(photos, "drawn", lambda _file: 1 / 0)
    refusal = send(client, browser(client).pk)
    assert refusal.status_code == 422 and "today" in refusal.json()["message"]


def test_a_chat_erased_meanwhile_takes_none(asking, monkeypatch):
    chat, _told = broken_kettle()
    draw = photos.drawn
    monkeypatch.setattr(photos, "drawn", lambda file: (privacy.erase(chat), draw(file))[1])
    assert "no such chat" in refused(chat, picture())
    assert Photo.objects.count() == 0

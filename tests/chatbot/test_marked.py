"""What an AI wrote is shown with its mark, goes out with it, and is gone at once when it is
withdrawn."""

import json
import re
from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.html import escape

from chatbot import feeds, marked, studio
from chatbot.models import ProductText, Publication, TextVersion
from chatbot.studio import publishing, versions
from storefront import exporting, models
from storefront.importing import feed_items, import_folder
from tests.chatbot.test_studio import draft
from tests.chatbot.test_studio_desk import change_product

pytestmark = pytest.mark.django_db
KETTLE, FEED = "larkspur-kettle", "/feeds/google.xml"
PAGE = f"/products/{KETTLE}/"
LINES = {
    "description": [("TEXT", "A kettle for two."), ("TEXT", "It works on induction.")],
    "bullets": [("BULLET", "Steel"), ("BULLET", "0.9 L"), ("BULLET", "Works on induction")],
    "seo": [("TITLE", "Kettle for two, steel"), ("DESCRIPTION", "A steel kettle for two.")],
    "ad": [("HEADLINE", "=Kettle")],
}
AI, EDITED = (f"{marked.IPTC}{source}" for source in (marked.AI, marked.EDITED))


def publish(kind, lines=None, edited=False, handle=KETTLE):
    """A text that two people have let through."""
    kept = [{"label": label, "text": text, "claims": [], "fault": ""}
            for label, text in lines or LINES[kind]]  # fmt: skip
    text = ProductText.objects.create(
        handle=handle, version="1", kind=kind, tone="plain", length="usual", engine="hub scripted",
        seed=0, lines=kept, whole=True,
    )  # fmt: skip
    version = TextVersion.objects.create(
        text=text, number=int(edited), lines=kept, edited=edited, ready=True
    )
    state = publishing.queries.states([handle])[handle]
    return Publication.objects.create(
        version=version, handle=handle, kind=kind, state=state,
        from_at=timezone.now() - timedelta(days=400),
    )  # fmt: skip


def look(client):
    return client.get(PAGE).content.decode()


def linked(page):
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return next(p for p in json.loads(block)["@graph"] if p["@type"] == "Product")


def feed(client, tmp_path, name="feed.xml"):
    path = tmp_path / name
    path.write_bytes(b"".join(client.get(FEED)))
    return path


def item(path, sku="LK-RED"):
    return next(i.cells for i in feed_items.items(path, []) if i.cells["id"] == sku)


def test_a_page_without_such_texts_has_no_mark(client, linden):
    page = look(client)
    assert "digital" not in page and "subjectOf" not in page and "Written with AI" not in page
    assert "<title>Larkspur Kettle – Linden</title>" in page


def test_live_texts_stand_on_the_page_with_the_shop_s_own_beside_them(client, linden):
    for kind in ("description", "bullets", "seo"):
        publish(kind)
    page = look(client)
    assert '<p lang="en" dir="ltr">A kettle for two.</p>' in page and "<li>Steel</li>" in page
    assert '<title lang="en" dir="ltr">Kettle for two, steel – Linden</title>' in page
    assert '<meta name="description" lang="en" content="A steel kettle for two.">' in page
    assert "The shop’s own description" in page and "Capacity: 0.9 L" in page
    assert "Written with AI from this shop’s own facts, checked by a person." in page
    assert "<h1><bdi>Larkspur Kettle</bdi></h1>" in page


@pytest.mark.parametrize("edited", [False, True])
def test_machines_find_the_mark_of_every_text(client, linden, edited):
    for kind in ("description", "bullets", "seo"):
        publish(kind, edited=edited)
    page, sources = look(client), [AI, EDITED] if edited else [AI]
    assert f'<meta name="digital-source-type" content="{" ".join(sources)}">' in page
    assert f'data-digital-source-type="{" ".join(sources)}"' in page
    told = {part["name"]: part for part in linked(page)["subjectOf"]}
    assert {*told} == {"title", "summary", "description", "bullet points"}
    assert all(part["digitalSourceType"] == sources for part in told.values())
    assert told["description"]["text"] == "A kettle for two. It works on induction."
    assert "Capacity: 0.9 L." in linked(page)["description"]
    assert ("edited and checked" in page) is edited


def test_the_label_can_be_switched_off_and_the_marks_stay(client, linden, settings):
    publish("description")
    settings.STUDIO_LABEL = False
    page = look(client)
    assert "Written with AI" not in page
    assert f'content="{AI}"' in page and linked(page)["subjectOf"]


@pytest.mark.parametrize("text", [
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "غلاية <b>لشخصين</b>",
    "\u202eeltteK\u202c", "]]>&amp;",
])  # fmt: skip
def test_a_text_is_a_text_on_the_page_and_in_the_feed(client, linden, tmp_path, text):
    publish("description", [("TEXT", text)])
    publish("seo", [("TITLE", text), ("DESCRIPTION", text)])
    page = look(client)
    assert escape(text) in page and "<script>alert" not in page and "<img src=x" not in page
    assert linked(page)["subjectOf"][0]["text"] == text
    assert item(feed(client, tmp_path))["structured_description"].endswith(f':"{text}"')
    assert client.get(PAGE).headers["Content-Security-Policy"].count("'self'") > 3


def test_listings_stay_as_they_are(client, linden):
    before = client.get("/departments/Kitchen/").content
    publish("description")
    publish("seo")
    after = client.get("/departments/Kitchen/").content
    assert b"Kettle for two" not in after and len(after) == len(before)


def test_what_came_marked_with_a_feed_is_shown_marked_where_the_shop_says_nothing(client, linden):
    models.Product.objects.update(ai_description="An AI <b>told</b> this.", ai_title="Kettle 9000")
    assert "An AI" not in look(client)
    models.Product.objects.filter(handle=KETTLE).update(body_html="", title="Kettle 9000")
    page = look(client)
    assert "An AI &lt;b&gt;told&lt;/b&gt; this." in page and "Written with AI." in page
    told = {part["name"]: part["text"] for part in linked(page)["subjectOf"]}
    assert told == {"name": "Kettle 9000", "description": "An AI <b>told</b> this."}


def test_a_feed_has_the_live_texts_and_no_unmarked_ones_beside_them(client, linden, tmp_path):
    publish("seo")
    publish("description")
    path = feed(client, tmp_path)
    assert exporting.checked(path).problems == []
    told = item(path)
    assert told["structured_title"] == 'trained_algorithmic_media:"Kettle for two, steel – Red"'
    assert told["structured_description"].endswith('"A kettle for two. It works on induction."')
    assert "title" not in told and "description" not in told
    assert item(path, "BT-1")["title"] == "Brindle Teapot"
    assert "http://testserver/products/" in told["link"]


def test_bullet_points_stand_for_a_description_and_an_edited_text_stays_an_ai_s(
    client, linden, tmp_path
):
    publish("bullets", edited=True)
    told = item(feed(client, tmp_path))["structured_description"]
    assert told == 'trained_algorithmic_media:"Steel. 0.9 L. Works on induction."'


def test_what_is_withdrawn_is_gone_from_page_and_feed_at_once(client, linden, tmp_path, grace):
    row = publish("description")
    assert "It works on induction." in look(client)
    assert "structured_description" in item(feed(client, tmp_path))
    assert "structured_description" in item(feed(client, tmp_path))  # as it was kept
    publishing.withdraw(row, grace)
    assert "It works on induction." not in look(client)
    assert "structured_description" not in item(feed(client, tmp_path))


def test_a_feed_kept_under_one_name_for_all_would_show_it_still(
    client, linden, tmp_path, grace, monkeypatch
):
    monkeypatch.setattr(feeds, "version", lambda _site: "always-the-same")
    row = publish("description")
    feed(client, tmp_path)
    publishing.withdraw(row, grace)
    assert "structured_description" in item(feed(client, tmp_path))


def test_whoever_has_the_feed_is_told_so_until_it_changes(client, linden, grace):
    first = client.get(FEED)
    known = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    dated = {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]}
    assert client.get(FEED, **known).status_code == 304
    assert client.get(FEED, **dated).status_code == 304
    row = publish("description")
    assert client.get(FEED, **known).status_code == 200
    publishing.withdraw(row, grace)
    assert client.get(FEED, **known).status_code == 304  # it is what they have, again


def test_a_state_that_returns_is_a_new_one_for_who_knows_only_the_date(
    client, linden, grace, monkeypatch
):
    begun, minutes = timezone.now(), count()
    clock = SimpleNamespace(now=lambda: begun + timedelta(minutes=next(minutes)))
    monkeypatch.setattr(feeds, "timezone", clock)
    client.get(FEED)
    row = publish("description")
    shown = client.get(FEED)["Last-Modified"]
    Publication.objects.filter(pk=row.pk).update(ended_at=row.from_at)
    assert client.get(FEED, HTTP_IF_MODIFIED_SINCE=shown).status_code == 200


def test_what_changes_while_a_feed_is_written_is_not_kept_under_its_name(client, linden):
    parts = iter(client.get(FEED))
    next(parts)
    publish("description")
    list(parts)
    Publication.objects.all().delete()
    assert b"structured_description" not in b"".join(client.get(FEED))


def test_a_feed_is_asked_for_so_often_and_can_be_switched_off(client, linden, settings):
    settings.FEEDS_PER_HOUR = 2
    answers = [client.get(FEED) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert answers[0]["Content-Type"] == "application/xml; charset=utf-8"
    assert answers[2]["Retry-After"] == "3600"
    settings.FEEDS_PER_HOUR = 60
    assert client.head(FEED).status_code == 200 and client.post(FEED).status_code == 405
    settings.GOOGLE_FEED = False
    assert client.get(FEED).status_code == 404


def test_marks_survive_export_import_and_export_and_ground_nothing(client, linden, tmp_path):
    publish("seo")
    publish("description")
    (tmp_path / "there").mkdir()
    first = item(feed(client, tmp_path / "there"))
    models.Product.objects.all().delete()
    Publication.objects.all().delete()
    import_folder(tmp_path / "there", quiet=True)
    again = item(feed(client, tmp_path))
    for name in ("structured_title", "structured_description", "item_group_title", "link"):
        assert again[name] == first[name]
    assert not models.ProductSentence.objects.filter(product__handle=KETTLE).exists()


def test_bullet_points_alone_leave_the_shop_s_own_description_open(client, linden):
    publish("bullets")
    assert 'class="own"' not in look(client) and "Capacity: 0.9 L" in look(client)


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def test_texts_of_a_product_cost_a_page_two_questions(
    client, linden, django_assert_max_num_queries
):
    publish("description")
    publish("seo")
    with django_assert_max_num_queries(2):
        assert marked.of_page(
            models.Product(handle=KETTLE, title="", body_html=""), "en"
        ).paragraphs


def test_what_a_product_no_longer_bears_out_is_gone_from_page_and_feed(
    client, linden, tmp_path, grace
):
    words = [text.text for text in models.ProductSentence.objects.filter(product__handle=KETTLE)]
    text = studio.keep(draft("\n".join(f"- {one}" for one in words)))
    publishing.approve(versions.newest(text), grace)
    assert f"<li>{words[1]}</li>" in look(client)
    assert words[1] in item(feed(client, tmp_path))["structured_description"]
    change_product(words[1], "Capacity: 1.4 L.")
    assert words[1] not in look(client)
    assert "Capacity: 1.4 L." in item(feed(client, tmp_path))["description"]

"""What leaves by command: the feed as a file, and texts that have no page."""

import csv
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from storefront import exporting, models
from storefront.importing import import_folder
from tests.chatbot.test_marked import AI, EDITED, KETTLE, item, publish
from tests.storefront.test_exporting import SHOPS

pytestmark = pytest.mark.django_db


def told(*args):
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("form", exporting.FORMATS)
def test_a_feed_goes_into_a_file_with_the_addresses_of_the_site(linden, tmp_path, form):
    publish("seo")
    path = tmp_path / f"feed.{form}"
    told("export_feed", "--format", form, "--out", str(path), "--site", "https://linden.example")
    assert item(path)["link"].startswith("https://linden.example/products/larkspur-kettle/?")
    assert item(path)["structured_title"].startswith("trained_algorithmic_media:")
    assert [p.name for p in tmp_path.glob(".*")] == []


def test_a_feed_goes_to_the_console_with_the_first_host_that_is_one(linden, settings):
    settings.ALLOWED_HOSTS = ["*", ".linden.example", "shop.linden.example"]
    assert "<link>https://shop.linden.example/products/" in told("export_feed")


def test_the_check_counts_items_and_marks_and_says_what_google_would_miss(
    linden, capsys, monkeypatch
):
    publish("seo")
    assert told("export_feed", "--check") == "3 items, 3 valid, 2 texts marked as an AI's.\n"
    assert "3 items show the drawing" in capsys.readouterr().err
    models.Variant.objects.filter(sku="BT-1").update(price=0)
    with pytest.raises(CommandError, match="3 items, 2 valid"):
        told("export_feed", "--check")
    assert 'column price: "0.00 USD" is no price' in capsys.readouterr().err


@pytest.mark.parametrize("shop", SHOPS, ids=lambda path: path.parent.name)
def test_the_command_finds_every_shop_valid(db, shop):
    import_folder(shop, quiet=True)
    items, valid = told("export_feed", "--check", "--format", "tsv").split()[0:3:2]
    assert items == valid


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (("--site", "linden"), "--site linden is no address"),
        (("--out", "/no/such/feed.xml"), "cannot be written: No such file"),
        (("--out", "/no/such/feed.txt", "--check"), "use .xml or .tsv"),
    ],
)
def test_what_cannot_be_written_is_said(linden, more, fault):
    with pytest.raises(CommandError, match=fault):
        told("export_feed", *more)


def test_texts_without_a_page_leave_as_csv_with_their_mark(linden):
    publish("ad", [("HEADLINE", "=1+1"), ("HEADLINE", "Kettle")], edited=True)
    (row,) = csv.DictReader(io.StringIO(told("export_texts", "--kind", "ad")))
    assert row["handle"] == KETTLE and row["engine"] == "hub scripted"
    assert row["text"] == "HEADLINE: =1+1\nHEADLINE: Kettle"
    assert (row["edited"], row["digital_source_type"]) == ("yes", f"{AI} {EDITED}")


def test_no_cell_is_a_formula(linden):
    row = publish("social", [("POST", "Tea.")])
    type(row.version.text).objects.update(engine="=cmd|' /C calc'!A0")
    (cells,) = csv.DictReader(io.StringIO(told("export_texts", "--kind", "social")))
    assert cells["engine"] == "'=cmd|' /C calc'!A0"


def test_texts_without_a_page_leave_as_json(linden):
    publish("email", [("SUBJECT", "Thé 茶")])
    publish("ad")
    one = json.loads(told("export_texts", "--kind", "email", "--format", "json"))
    assert one["text"] == [{"label": "SUBJECT", "text": "Thé 茶"}]
    assert one["digital_source_type"] == [AI] and one["edited"] is False


def test_staff_take_the_table_along_from_the_list_of_live_texts(linden, client, staff):
    publish("ad")
    client.force_login(models.User.objects.get(email="olive@example.com"))
    page = client.get("/admin/chatbot/producttext/?state=live").content.decode()
    (link,) = re.findall(r'href="(/admin/chatbot/producttext/live/ad\.csv)"', page)
    given = client.get(link)
    assert given["Content-Disposition"] == 'attachment; filename="live-ad.csv"'
    assert given.getvalue().decode() == told("export_texts", "--kind", "ad")
    assert client.get(link.replace("ad.csv", "poem.csv")).status_code == 404
    assert "Take live texts" not in client.get("/admin/chatbot/producttext/").content.decode()


def test_what_is_not_live_does_not_leave(linden):
    publish("ad")
    models.Product.objects.update(status="draft")
    assert told("export_texts", "--kind", "ad", "--format", "json") == ""

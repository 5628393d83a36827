"""A folder of exports becomes the shop: all of it, or nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import models
from storefront.importing import ImportRefused, import_folder
from storefront.passages import cut

pytestmark = pytest.mark.django_db


def load(folder):
    return import_folder(folder, quiet=True)[0]


def test_it_imports_products_orders_people_help_and_rules(linden):
    kettle = models.Product.objects.get(handle="larkspur-kettle")
    assert [v.name for v in kettle.variants.all()] == ["Red", "Blue"]
    assert kettle.sentences.filter(label="Capacity").get().text == "Capacity: 0.9 L."
    order = models.Order.objects.get(name="#2001")
    assert (order.user.email, order.total) == ("ada@example.com", Decimal("54.00"))
    assert models.Article.objects.get(slug="returns").current.title == "Returns"
    assert linden.rules["shop"]["name"] == "Linden"


def test_importing_again_changes_nothing(linden, shop_folder):
    assert not +load(shop_folder)
    assert models.PricePoint.objects.count() == models.Variant.objects.count()


def test_a_new_price_is_kept_in_the_history(linden, shop_folder):
    products = shop_folder / "products.csv"
    products.write_text(products.read_text().replace("36.00", "33.00"))
    load(shop_folder)
    points = models.PricePoint.objects.filter(variant__sku="BT-1")
    assert [p.price for p in points] == [Decimal("33.00"), Decimal("36.00")]


def test_a_product_that_is_gone_is_withdrawn_and_kept(linden, shop_folder):
    products = shop_folder / "products.csv"
    lines = [line for line in products.read_text().splitlines() if "rindle" not in line]
    products.write_text("\n".join(lines))
    load(shop_folder)
    assert models.Product.objects.get(handle="brindle-teapot").status == "withdrawn"


def test_a_changed_article_becomes_a_new_version(linden, shop_folder):
    article = shop_folder / "help" / "returns.md"
    article.write_text(article.read_text().replace("30 days", "45 days"))
    load(shop_folder)
    row = models.Article.objects.get(slug="returns")
    assert [v.number for v in row.versions.all()] == [2, 1]
    assert "45 days" in row.current.markdown


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "products.csv",
            "49.00,,active",
            "4x9,,active",
            "products.csv, line 2, column Variant Price",
        ),
        ("products.csv", ",active", ",sleeping", "column Status"),
        ("products.csv", "LK-BLU", "LK-RED", "stands twice"),
        (
            "orders.csv",
            "2026-11-09 10:00:00 +0000",
            "yesterday",
            "orders.csv, line 2, column Created at",
        ),
        ("customers.csv", "ada@example.com", "ada", "column Email"),
        ("shop.toml", "[shop]", "[shop", "shop.toml, line 1"),
        (
            "help/returns.md",
            "updated: 2026-10-01",
            "updated: soon",
            "returns.md, line 1, column updated",
        ),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_imported(shop_folder, file, old, new, told):
    path = shop_folder / file
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(ImportRefused, match=told):
        load(shop_folder)
    assert not models.Product.objects.exists()
    assert not models.User.objects.exists()


def test_the_newer_dialect_reads_the_same(shop_folder):
    path = shop_folder / "products.csv"
    new = {"Handle": "URL handle", "Body (HTML)": "Description", "Option1 Name": "Option1 name",
           "Option1 Value": "Option1 value", "Variant SKU": "SKU", "Variant Price": "Price",
           "Variant Inventory Qty": "Inventory quantity",
           "Variant Compare At Price": "Compare-at price"}  # fmt: skip
    head, body = path.read_text().split("\n", 1)
    for old, name in new.items():
        head = head.replace(old, name)
    path.write_text("\ufeff" + head + "\n" + body)
    load(shop_folder)
    assert models.Variant.objects.get(sku="BT-1").compare_at == Decimal("45.00")


def test_a_merchant_feed_brings_products_with_their_variants(tmp_path):
    (tmp_path / "feed.xml").write_text(
        '<rss xmlns:g="http://base.google.com/ns/1.0"><channel>'
        + "".join(
            f"<item><g:id>M{n}</g:id><title>Moss Mug</title><g:price>9.50 USD</g:price>"
            f"<g:availability>in_stock</g:availability><g:color>{color}</g:color>"
            "<g:item_group_id>mug</g:item_group_id></item>"
            for n, color in enumerate(("Red", "Blue"))
        )
        + "</channel></rss>"
    )
    load(tmp_path)
    mug = models.Product.objects.get()
    assert [v.values for v in mug.variants.all()] == [["Red"], ["Blue"]]


def test_a_feed_with_entities_is_refused(tmp_path):
    (tmp_path / "feed.xml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><rss>&b;</rss>')
    with pytest.raises(ImportRefused, match=r"feed\.xml"):
        load(tmp_path)


def test_scripts_in_descriptions_do_not_survive(shop_folder):
    path = shop_folder / "products.csv"
    path.write_text(path.read_text().replace("A kettle for two.", "<script>alert(1)</script>Tea."))
    load(shop_folder)
    assert "script" not in models.Product.objects.get(handle="larkspur-kettle").body_html


def test_pictures_in_descriptions_do_not_survive(shop_folder):
    path = shop_folder / "products.csv"
    path.write_text(path.read_text().replace("A kettle for two.", "<img src=//evil.example/x>Tea."))
    load(shop_folder)
    assert "evil" not in models.Product.objects.get(handle="larkspur-kettle").body_html


@given(st.text(max_size=400))
def test_any_markdown_is_cut_into_ended_pieces(markdown):
    for piece in cut(markdown):
        assert piece.text.endswith((".", "!", "?", "…"))


def test_a_list_keeps_the_line_that_introduces_it():
    assert cut("We take:\n\n* cards\n* cash")[0].text == "We take: cards; cash."


def test_a_table_row_reads_as_a_sentence():
    table = "| Method | Time |\n| --- | --- |\n| Standard | 3 days |"
    assert cut(table)[0].text == "Standard: time 3 days."

"""A folder of exports becomes the shop: all of it, or nothing."""

import csv
import io
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from storefront import models
from storefront.importing import ImportRefused, import_folder, store
from storefront.passages import cut, sentences

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


def restocked(shop_folder, told, now):
    """Two teapots are sold here, then the file tells another stock than before, at a new price."""
    models.Variant.objects.filter(sku="BT-1").update(stock=0, imported_stock=told)
    products = shop_folder / "products.csv"
    products.write_text(products.read_text().replace("BT-1,2,36.00", f"BT-1,{now},33.00"))
    load(shop_folder)
    return models.Variant.objects.values_list("stock", "imported_stock").get(sku="BT-1")


@pytest.mark.parametrize(("told", "now", "stock"), [(2, 2, 0), (2, 5, 3), (2, 1, -1), (None, 5, 5)])
def test_a_stock_that_a_file_tells_anew_moves_by_the_difference(
    linden, shop_folder, told, now, stock
):
    assert models.Variant.objects.get(sku="BT-1").imported_stock == 2
    assert restocked(shop_folder, told, now) == (stock, now)


@pytest.mark.parametrize("file", ["shop.toml", "customers.csv"])
def test_the_shop_is_locked_before_anything_else(linden, shop_folder, file):
    (shop_folder / file).unlink()
    said = []
    with connection.execute_wrapper(lambda run, sql, *more: (said.append(sql), run(sql, *more))[1]):
        load(shop_folder)
    began = next(n for n, sql in enumerate(said) if sql.startswith("SAVEPOINT"))
    assert 'FROM "storefront_shop"' in said[began + 1]


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
        (
            "products.csv",
            "49.00,,active",
            "1e10,,active",
            "line 2, column Variant Price: .* too much",
        ),
        (
            "products.csv",
            "BT-1,2,",
            "BT-1,2147483648,",
            "line 4, column Variant Inventory Qty: .* too l",
        ),
        (
            "products.csv",
            "BT-1,2,",
            "BT-1,1e999999,",
            "line 4, column Variant Inventory Qty: .* too l",
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


TODAY = (
    "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,"
    "Barcode,Option1 name,Option1 value,Option1 Linked To,Option2 name,Option2 value,Option2 Linked To,"
    "Option3 name,Option3 value,Option3 Linked To,Price,Compare-at price,Cost per item,Charge tax,Tax code,"
    "Unit price total measure,Unit price total measure unit,Unit price base measure,"
    "Unit price base measure unit,Inventory tracker,Inventory quantity,Continue selling when out of stock,"
    "Weight value (grams),Weight unit for display,Requires shipping,Fulfillment service,Product image URL,"
    "Image position,Image alt text,Variant image URL,Gift card,SEO title,SEO description"
)  # fmt: skip
TODAYS = {  # column -> the legacy dialect's
    "URL handle": "Handle", "Description": "Body (HTML)", "Option1 name": "Option1 Name",
    "Option1 value": "Option1 Value", "SKU": "Variant SKU", "Price": "Variant Price",
    "Inventory quantity": "Variant Inventory Qty", "Compare-at price": "Variant Compare At Price",
}  # fmt: skip


def today(legacy):
    """The same products under the columns that Shopify writes today."""
    out = io.StringIO()
    writer = csv.DictWriter(out, TODAY.split(","))
    writer.writeheader()
    for row in csv.DictReader(io.StringIO(legacy)):
        old = {column: row.get(TODAYS.get(column, column)) or "" for column in TODAY.split(",")}
        writer.writerow(old | {"Inventory tracker": "shopify"})
    return "\ufeff" + out.getvalue()


def as_stored():
    products = [(p.handle, p.digest, p.status) for p in models.Product.objects.all()]
    return products, list(models.Variant.objects.values_list("sku", "price", "compare_at", "stock"))


def test_todays_dialect_reads_the_same(shop_folder):
    path = shop_folder / "products.csv"
    load(shop_folder)
    before = as_stored()
    path.write_text(today(path.read_text()))
    assert not +load(shop_folder)
    assert as_stored() == before


def test_a_new_product_needs_only_a_title_and_a_price(tmp_path):
    (tmp_path / "products.csv").write_text(TODAY + "\nFen Lamp" + "," * 19 + ",12.00" + "," * 22)
    load(tmp_path)
    lamp = models.Product.objects.get(handle="fen-lamp")
    assert lamp.variants.get().sells_without_stock  # nobody counts it


def test_rows_of_one_product_may_stand_apart(shop_folder):
    path = shop_folder / "products.csv"
    head, one, two, *rest = path.read_text().splitlines()
    path.write_text("\n".join([head, one, *rest, two]))
    load(shop_folder)
    assert models.Variant.objects.filter(product__handle="larkspur-kettle").count() == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "line 1: is empty"), ("Handle,Price\na,1\n", "line 1, column Title: is missing")],
)
def test_a_file_without_its_columns_withdraws_nothing(linden, shop_folder, text, told):
    (shop_folder / "products.csv").write_text(text)
    with pytest.raises(ImportRefused, match=told):
        load(shop_folder)
    assert models.Product.objects.filter(status="active").count() == 2


@pytest.mark.parametrize(("name", "whole"), [("products.csv", None), ("feed.tsv", "id\ttitle\n")])
def test_a_file_with_its_header_alone_withdraws_nothing(linden, shop_folder, name, whole):
    products = shop_folder / "products.csv"
    header = whole or products.read_text().splitlines()[0]
    products.unlink()
    (shop_folder / name).write_text(header)
    with pytest.raises(ImportRefused, match=f"{name}, line 1: holds no product; export it again"):
        load(shop_folder)
    assert models.Product.objects.filter(status="active").count() == 2


def put_cell(path, column, value):
    """The first row of a file has this there."""
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    rows[0] |= {column: value}
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(("file", "column", "value"), [
    ("products", "Handle", "k" * 201), ("products", "Title", "K" * 256),
    ("products", "Vendor", "V" * 256), ("products", "Type", "T" * 256),
    ("products", "Variant SKU", "S" * 121), ("products", "Image Src", "https://x/" * 51),
    ("products", "Variant Grams", "-5"), ("products", "Vendor", "V\0"),
    ("customers", "First Name", "A" * 151), ("customers", "Province Code", "P" * 41),
    ("customers", "Email", f"{'a' * 251}@b.c"), ("orders", "Name", "#" * 41),
    ("orders", "Currency", "DOLLARS"), ("orders", "Shipping Method", "M" * 121),
    ("orders", "Lineitem name", "L" * 501), ("orders", "Lineitem quantity", "-1"),
])  # fmt: skip
def test_what_the_database_cannot_keep_is_refused_by_name(db, shop_folder, file, column, value):
    put_cell(shop_folder / f"{file}.csv", column, value)
    with pytest.raises(ImportRefused, match=rf"^{file}\.csv, line 2, column {column}: "):
        load(shop_folder)
    assert not models.Product.objects.exists() and not models.User.objects.exists()


@pytest.mark.parametrize(
    ("column", "most"), [("Title", 255), ("Vendor", 255), ("Variant SKU", 120)]
)
def test_what_just_fits_is_imported(db, shop_folder, column, most):
    put_cell(shop_folder / "products.csv", column, "x" * most)
    assert load(shop_folder)["products added"] == 3


@pytest.mark.parametrize(("text", "told"), [
    (f"---\ntitle: {'t' * 256}\n---\nYes.", "line 1, column title: has 256 characters"),
    (f"---\ntitle: T\ntopic: {'t' * 121}\n---\nYes.", "line 1, column topic: has 121"),
    ("---\ntitle: T\n---\nYes\0.", "line 4: holds a NUL character"),
])  # fmt: skip
def test_an_article_that_cannot_be_kept_is_refused_by_name(db, shop_folder, text, told):
    (shop_folder / "help" / "odd.md").write_text(text)
    with pytest.raises(ImportRefused, match=rf"odd\.md, {told}"):
        load(shop_folder)


def test_a_version_without_a_sku_gets_one_that_fits(db, shop_folder):
    put_cell(shop_folder / "products.csv", "Variant SKU", "")
    put_cell(shop_folder / "products.csv", "Option1 Value", "Red" * 60)
    load(shop_folder)
    assert len(models.Variant.objects.get(product__handle="larkspur-kettle", stock=5).sku) == 120


def test_of_very_many_problems_the_first_are_told_and_the_rest_counted(shop_folder):
    rows = "".join(f"p{n},P,x,{n}\n" for n in range(700))
    (shop_folder / "products.csv").write_text("Handle,Title,Variant Price,Variant SKU\n" + rows)
    with pytest.raises(ImportRefused, match="and 200 more") as refused:
        load(shop_folder)
    assert len(refused.value.problems) == 500


def test_a_cancellation_here_outlives_an_export_that_does_not_know_it(ada, shop_folder):
    order = models.Order.objects.get(name="#2001")
    order.changes.create(kind="cancel", key=uuid.uuid4(), made_at=order.placed_at)
    models.Order.objects.update(cancelled_at=order.placed_at, financial_status="refunded")
    line = order.lines.get()
    path = shop_folder / "orders.csv"
    path.write_text(path.read_text().replace("TRACK1234567", "TRACK7654321"))
    load(shop_folder)
    order.refresh_from_db()
    assert (order.cancelled_at, order.financial_status) == (order.placed_at, "refunded")
    assert order.tracking_number == "TRACK7654321"
    assert order.lines.get().pk == line.pk


def test_a_version_that_is_gone_is_withdrawn_and_comes_back(linden, shop_folder):
    path = shop_folder / "products.csv"
    whole = path.read_text()
    path.write_text("\n".join(line for line in whole.splitlines() if "LK-BLU" not in line))
    load(shop_folder)
    assert models.Variant.objects.get(sku="LK-BLU").withdrawn
    path.write_text(whole)
    load(shop_folder)
    assert not models.Variant.objects.get(sku="LK-BLU").withdrawn


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


@pytest.mark.parametrize(
    ("names", "cells", "told"),
    [("Time | Cost", "3 days | $6.95", "takes 3 days, costs $6.95"),
     ("Delivery time | Price", "5–9 weeks | £9", "takes 5–9 weeks, price £9"),
     ("How long | Cost", "4 h | free", "how long 4 h, cost free"),
     ("US size | Bust", "12–14 | 39–41 in", "US size 12–14, bust 39–41 in"),
     ("Time | ", "at noon | 7 am", "time at noon, 7 am")],
)  # fmt: skip
def test_a_table_row_reads_as_a_sentence(names, cells, told):
    table = f"| Method | {names} |\n| --- | --- | --- |\n| Standard | {cells} |"
    assert cut(table)[0].text == f"Standard: {told}."


@pytest.mark.parametrize(
    ("name", "cell", "told"),
    [("EU", "41", "EU 41"), ("mm", "4.5", "4.5 mm"), ("Size", "M", "M"), ("", "41", "41"),
     ("Pot", "9 cm", "9 cm")],
)  # fmt: skip
def test_a_row_that_is_called_by_a_bare_figure_is_called_by_its_column_too(name, cell, told):
    (piece,) = cut(f"| {name} | UK |\n| --- | --- |\n| {cell} | 7.5 |")
    assert piece.text == f"{told}: UK 7.5."
    assert piece.rows[0].cells == ((name, cell), ("UK", "7.5"))


def test_rows_of_one_piece_stand_in_it_as_it_quotes_them():
    (piece,) = cut("## Sizes\n\n| Size | Chest |\n| --- | --- |\n| S | 34 |\n| M | 38 |")
    assert [row.text for row in piece.rows] == ["S: chest 34", "M: chest 38"]
    assert all(row.text in piece.text for row in piece.rows)
    assert cut("Cards only.")[0].rows == ()


def test_products_come_in_and_are_withdrawn_so_many_at_a_time(linden, shop_folder, monkeypatch):
    most = []
    some = store._some
    monkeypatch.setattr(store, "CHUNK", 3)
    monkeypatch.setattr(
        store, "_some", lambda rows, done: (most.append(len(rows)), some(rows, done))
    )
    rows = [f"p{n},Product {n},{n}.00,P{n}" for n in range(10)]
    (shop_folder / "products.csv").write_text(
        "\n".join(["Handle,Title,Variant Price,Variant SKU", *rows])
    )
    assert load(shop_folder)["products withdrawn"] == 3
    assert most == [3, 3, 3, 1]
    assert models.Product.objects.filter(status="active").count() == 10
    assert models.ProductText.objects.filter(product__handle="p7", title="product 7").exists()


@pytest.mark.parametrize(
    ("text", "parts"),
    [("Use a heater. 110 litres, 80 cm.", 2), ("Tall. 2.5 kg with its base. It folds.", 2),
     ("It is approx. 30 cm wide.", 1), ("No. 5 is sold out.", 1), ("It weighs 2.5 kg.", 1)],
)  # fmt: skip
def test_a_sentence_may_begin_with_a_number_behind_a_whole_word(text, parts):
    assert len(sentences(text)) == parts

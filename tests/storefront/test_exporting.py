"""The catalogue leaves as a feed, whole and valid, and comes back as it was; the mark of an AI's
text goes along."""

from datetime import timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storefront import exporting, models
from storefront.clock import now
from storefront.exporting import goods, required, writing
from storefront.importing import import_folder, merchant_feed
from storefront.importing.feed_items import items as read

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
SITE = "https://linden.example"
SHOPS = [ROOT / "storefront" / "demo_shop", *sorted(ROOT.glob("tests/cases/*/shop"))]
of_every_shop = pytest.mark.parametrize("shop", SHOPS, ids=lambda path: path.parent.name)
in_both_forms = pytest.mark.parametrize("form", exporting.FORMATS)
ODD = "“Öl” & <b>Fett</b> ]]> \"so\":x, 'y'\t\x01\x1bشاي 茶 \U0001f375"


def nothing(_handles):
    return {}


def by_ai(handles):
    return {h: exporting.Texts(f"An AI’s “{h}”", f'Told by an AI of "{h}".') for h in handles}


def spread(*ways):
    """Every shop in the first of these ways, every fifth in all of them: in which form a feed comes
    is no matter of its goods."""
    return [
        pytest.param(shop, *way, id=f"{shop.parent.name}-{n}")
        for place, shop in enumerate(SHOPS)
        for n, way in enumerate(ways if place % 5 == 0 else ways[:1])
    ]


in_many_ways = pytest.mark.parametrize(
    ("shop", "form", "written"), spread(*product(exporting.FORMATS, (nothing, by_ai)))
)


def export(folder, form="xml", written=nothing):
    """A feed of the shop as it is now, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    path = folder / f"feed.{form}"
    parts = exporting.pieces(form, exporting.items(written, SITE), "Linden", SITE)
    path.write_text("".join(parts), encoding="utf-8")
    return path


def there_and_back(tmp_path, form, written=nothing):
    """The shop as another one that reads its feed has it."""
    path = export(tmp_path / "out", form, written)
    models.Product.objects.all().delete()
    import_folder(path.parent, quiet=True)
    path.unlink()


def catalogue():
    """What a feed carries of each product."""
    return {
        row.handle: (
            row.title, row.vendor, row.category, row.department, row.option_names, row.image_url,
            [(v.sku, v.values, v.price, v.in_stock, v.grams)
             for v in row.variants.filter(withdrawn=False)],
        )
        for row in models.Product.objects.filter(status="active")
    }  # fmt: skip


def item(path, sku):
    return next(line.cells for line in read(path, []) if line.cells["id"] == sku)


@in_many_ways
def test_every_item_of_every_shop_has_what_google_requires(tmp_path, shop, form, written):
    import_folder(shop, quiet=True)
    found = exporting.checked(export(tmp_path / "out", form, written))
    on_sale = models.Variant.objects.filter(withdrawn=False, product__status="active")
    assert found.problems == []
    assert found.valid == found.items == on_sale.count() > 50
    assert found.marked == (2 * found.items if written is by_ai else 0)


@in_many_ways
def test_a_shop_reads_its_own_feed_back(tmp_path, shop, form, written):
    import_folder(shop, quiet=True)
    before = catalogue()
    there_and_back(tmp_path, form, written)
    assert catalogue() == before


@of_every_shop
def test_what_the_shop_says_comes_back_in_its_words(tmp_path, shop):
    def said():
        rows = models.ProductSentence.objects.filter(product__status="active")
        ordered = rows.order_by("product__handle", "position")
        return [(row.product.handle, row.text) for row in ordered.select_related("product")]

    import_folder(shop, quiet=True)
    before = said()
    there_and_back(tmp_path, "xml")
    joined = [" ".join(t for h, t in told if h == handle)
              for told in (before, said()) for handle, _text in before[::7]]  # fmt: skip
    assert joined[: len(joined) // 2] == joined[len(joined) // 2 :]
    assert len({*said()} & {*before}) > 0.9 * len(before)


@pytest.mark.parametrize(("shop", "form"), spread(*zip(exporting.FORMATS)))
def test_every_mark_is_found_again_after_export_and_import_and_export(tmp_path, shop, form):
    import_folder(shop, quiet=True)
    first = {line.cells["id"]: line.cells for line in read(export(tmp_path / "a", form, by_ai), [])}
    there_and_back(tmp_path, form, by_ai)
    again = {line.cells["id"]: line.cells for line in read(export(tmp_path / "b", form), [])}
    for column in ("structured_title", "structured_description"):
        assert {i: c[column] for i, c in first.items()} == {i: c[column] for i, c in again.items()}
        assert all(cells[column].startswith(required.MARK) for cells in again.values())
    assert not any(c.get("title") or c.get("description") for c in again.values())


def test_without_the_mark_it_would_not_be_found(tmp_path, linden, monkeypatch):
    monkeypatch.setattr(writing, "SOURCE", "default")
    there_and_back(tmp_path, "xml", by_ai)
    assert exporting.checked(export(tmp_path / "b")).marked == 0
    assert models.ProductSentence.objects.filter(text__contains="Told by an AI").exists()


@in_both_forms
def test_what_an_ai_wrote_is_not_what_the_shop_says(tmp_path, linden, form):
    there_and_back(tmp_path, form, by_ai)
    row = models.Product.objects.get(handle="larkspur-kettle")
    assert (row.title, row.body_html) == ("Larkspur Kettle", "")
    assert row.ai_title == "An AI’s “larkspur-kettle”"
    assert row.ai_description == 'Told by an AI of "larkspur-kettle".'
    assert not models.ProductSentence.objects.exists()


def test_what_the_shop_says_itself_stays_beside_what_an_ai_wrote(tmp_path, linden):
    said = list(models.ProductSentence.objects.values_list("text", flat=True))
    import_folder(export(tmp_path / "out", "xml", by_ai).parent, quiet=True)
    sold = models.ProductSentence.objects.filter(product__status="active")
    assert list(sold.values_list("text", flat=True)) == [t for t in said if t != "Not yet."]
    assert models.Product.objects.filter(status="active").exclude(ai_title="").count() == 2


def test_a_text_of_the_studio_goes_before_one_that_was_imported(tmp_path, linden):
    models.Product.objects.update(ai_title="Old", ai_description="Old.")
    cells = item(export(tmp_path / "out", "tsv", by_ai), "BT-1")
    assert "Old" not in cells["structured_title"] + cells["structured_description"]


def test_a_version_is_named_and_says_its_options(tmp_path, linden):
    cells = item(export(tmp_path / "out", "tsv", by_ai), "LK-RED")
    assert cells["structured_title"] == f'{required.MARK}"An AI’s “larkspur-kettle” – Red"'
    assert (cells["color"], cells["variant_option"]) == ("Red", "Color:Red")
    assert (cells["item_group_id"], cells["item_group_title"]) == (
        "larkspur-kettle", "Larkspur Kettle",
    )  # fmt: skip
    assert cells["link"] == f"{SITE}/products/larkspur-kettle/?version=LK-RED"


def test_a_price_before_is_told_only_where_it_was_the_lowest_of_the_30_days_before(
    tmp_path, linden
):
    pot = models.Variant.objects.get(sku="BT-1")
    cells = item(export(tmp_path / "a"), "BT-1")
    assert pot.reduced and cells["price"] == "36.00 USD" and "sale_price" not in cells
    pot.price_points.create(price=Decimal(41), since=now() - timedelta(days=60))
    pot.price_points.filter(price=36).update(since=now() - timedelta(days=2))
    cells = item(export(tmp_path / "b"), "BT-1")
    assert (cells["price"], cells["sale_price"]) == ("41.00 USD", "36.00 USD")


def test_stock_brand_and_picture_are_told_as_the_shop_has_them(tmp_path, linden):
    models.Product.objects.filter(handle="brindle-teapot").update(vendor="", image_url="/m/pot.png")
    path = export(tmp_path / "out")
    assert item(path, "LK-RED")["availability"] == "in_stock"
    assert item(path, "LK-BLU")["availability"] == "out_of_stock"
    assert item(path, "BT-1")["identifier_exists"] == "no"
    assert item(path, "BT-1")["image_link"] == f"{SITE}/m/pot.png"
    assert item(path, "LK-RED")["image_link"].endswith("/storefront/drawings.svg#kitchen")
    assert (item(path, "LK-RED")["brand"], item(path, "LK-RED")["mpn"]) == ("Linden", "LK-RED")


@in_both_forms
def test_no_text_breaks_a_feed_or_leads_out_of_its_place(tmp_path, linden, form):
    models.Product.objects.update(title=ODD, vendor=ODD, department=ODD, category=ODD)
    models.Variant.objects.update(values=[f'"{ODD}'])
    models.Product.objects.update(option_names=[ODD])
    found = exporting.checked(export(tmp_path / "out", form))
    assert [p.column for p in found.problems] == ["item_group_id"]  # two of one value
    there_and_back(tmp_path, form)
    row = models.Product.objects.get(handle="larkspur-kettle")
    told = goods.plain(ODD)
    assert (row.title, row.vendor, row.option_names) == (told, told, [told])
    assert row.variants.first().values == [goods.plain(f'"{ODD}')]


TEXTS = st.text(min_size=1, max_size=60).filter(goods.plain)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.sampled_from(list(exporting.FORMATS)))
def test_any_text_comes_back_as_it_left(tmp_path_factory, title, name, value, form):
    title, name, value = map(goods.plain, (title, name, value))
    sent = {"id": "A", "title": title, "structured_description": goods.Marked(title),
            "variant_option": ((name, value), ("b", value))}  # fmt: skip
    path = tmp_path_factory.mktemp("feed") / f"feed.{form}"
    path.write_text("".join(exporting.pieces(form, iter([sent]), title, SITE)), encoding="utf-8")
    problems = []
    (line,) = read(path, problems)
    assert problems == [] and line.text("title") == title
    assert line.text("structured_description") == f'{required.MARK}"{title}"'
    found = merchant_feed._variant_options(line)
    assert found == ({name: value, "b": value} if name != "b" else {"b": value})


BROKEN = [
    ("id", ""), ("id", "x" * 51), ("link", "/products/mug/"), ("image_link", ""),
    ("availability", "soon"), ("availability", "backorder"), ("price", "9.5"), ("price", "0.00 USD"),
    ("sale_price", "60.00 USD"), ("condition", "shabby"), ("brand", ""), ("mpn", ""),
    ("title", ""), ("title", "x" * 151), ("structured_title", "robot:Mug"),
    ("structured_title", 'trained_algorithmic_media:"Mug"'), ("description", ""),
    ("description", "x" * 5001), ("shipping_weight", "heavy"), ("gender", "women"),
    ("item_group_id", "y" * 51),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value"), BROKEN)
def test_what_google_would_refuse_is_found(tmp_path, linden, column, value):
    path = export(tmp_path / "out", "tsv")
    head, red, *others = path.read_text().splitlines()
    cells = dict(zip(head.split("\t"), red.split("\t"), strict=True)) | {column: value}
    path.write_text("\n".join([head, "\t".join(cells.values()), *others]) + "\n")
    found = exporting.checked(path)
    assert (found.items, found.valid) == (3, 2) and found.problems[0].line == 2


def test_versions_that_nothing_tells_apart_and_an_id_that_stands_twice_are_found(tmp_path, linden):
    path = export(tmp_path / "out", "tsv")
    head, *_others, red = path.read_text().splitlines()
    path.write_text("\n".join([head, red, red]) + "\n")
    assert {p.column for p in exporting.checked(path).problems} == {"id", "item_group_id"}


def test_a_feed_of_many_products_asks_no_more_than_one_of_few(db, django_assert_max_num_queries):
    import_folder(SHOPS[0], quiet=True)
    with django_assert_max_num_queries(5):  # products and currency, versions, prices, sentences
        assert len(list(exporting.items(nothing, SITE))) > 400


def test_a_feed_is_xml_of_google_s_names(tmp_path, linden):
    root = ElementTree.parse(export(tmp_path / "out", "xml", by_ai)).getroot()
    told = root.find("channel/item/{http://base.google.com/ns/1.0}structured_title")
    assert [child.tag.rpartition("}")[2] for child in told] == ["digital_source_type", "content"]
    assert told[0].text == "trained_algorithmic_media"

"""Google Merchant feeds, as XML and as TSV."""

import hashlib
from datetime import datetime
from decimal import Decimal
from xml.sax.saxutils import escape

import pytest

from storefront import models
from storefront.importing import ImportRefused, import_folder
from storefront.importing.goods import Goods
from storefront.importing.rows import Line, ProductRow

pytestmark = pytest.mark.django_db
ITEM = {
    "id": "M1", "title": "Moss Mug", "description": "A <b>mug</b>.", "price": "9.50 USD",
    "link": "https://moss.example/mug", "image_link": "https://moss.example/mug.png",
    "availability": "in_stock", "brand": "Moss", "product_type": "Home > Mugs",
}  # fmt: skip


def xml(*items):
    head = '<?xml version="1.0"?>\n<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0">\n<channel>\n'
    return (
        head + "".join(f"<item>\n{_elements(item)}</item>\n" for item in items) + "</channel></rss>"
    )


def _elements(item):
    plain = ("title", "link", "description")
    tags = {name: name if name in plain else f"g:{name}" for name in item}
    inside = {n: v if v.startswith("<g:") else escape(v) for n, v in item.items()}
    return "".join(f"<{tags[n]}>{inside[n]}</{tags[n]}>\n" for n in item)


def tsv(*items):
    names = list(dict.fromkeys(name for item in items for name in item))
    lines = ["\t".join(names), *("\t".join(i.get(n, "") for n in names) for i in items)]
    return "\n".join(lines) + "\n"


@pytest.fixture(params=["feed.xml", "feed.tsv"])
def feed(request, tmp_path):
    make = xml if request.param.endswith("xml") else tsv

    def load(*items):
        (tmp_path / request.param).write_text(make(*items))
        return import_folder(tmp_path, quiet=True)

    return load


def mug():
    return models.Product.objects.get(title="Moss Mug")


def test_an_item_becomes_a_product(feed, db):
    _done, warnings = feed(ITEM)
    assert (mug().vendor, mug().department, mug().handle) == ("Moss", "Mugs", "moss-mug")
    version = mug().variants.get()
    assert (version.sku, version.price, version.in_stock) == ("M1", Decimal("9.50"), True)
    assert warnings == []


def test_items_of_a_group_are_versions_of_one_product(feed, db):
    sizes = [{**ITEM, "id": f"M{n}", "item_group_id": "mug", "size": size, "color": "Red"}
             for n, size in enumerate("SML")]  # fmt: skip
    feed(sizes[0], {**ITEM, "id": "P1", "title": "Pine Cup"}, *sizes[1:])
    assert mug().option_names == ["Size"]
    assert [v.values for v in mug().variants.all()] == [["S"], ["M"], ["L"]]
    assert models.Product.objects.count() == 2


def test_two_goods_of_one_title_both_come_in(feed, db):
    feed(ITEM, {**ITEM, "id": "M2"})
    assert set(models.Product.objects.values_list("handle", flat=True)) == {
        "moss-mug",
        "moss-mug-m2",
    }


@pytest.mark.parametrize(
    ("dates", "price"),
    [
        ("", "7.00"),
        ("2026-11-20T00:00-0500/2026-11-30T23:59-0500", "7.00"),
        ("2026-11-24T00:00-0500/2026-11-30T23:59-0500", "9.50"),
        ("2025-11-24T00:00Z/2025-11-30T23:59Z", "9.50"),
    ],
)
def test_a_sale_price_holds_on_its_dates_alone(feed, db, settings, dates, price):
    settings.SHOP_NOW = datetime.fromisoformat("2026-11-21T12:00:00+00:00")
    feed({**ITEM, "sale_price": "7.00 USD", "sale_price_effective_date": dates})
    version = mug().variants.get()
    assert version.price == Decimal(price)
    assert version.reduced == (price == "7.00")


@pytest.mark.parametrize("word", ["out_of_stock", "out of stock", "preorder", "backorder"])
def test_what_can_not_be_had_now_is_not_in_stock(feed, db, word):
    feed({**ITEM, "availability": word})
    assert not mug().variants.get().in_stock


def test_a_structured_title_is_read_and_a_plain_one_wins(feed, db):
    told = {"xml": "<g:digital_source_type>trained_algorithmic_media</g:digital_source_type>"
                   "<g:content>Fir Mug</g:content>",
            "tsv": 'trained_algorithmic_media:"Fir Mug"'}  # fmt: skip
    form = told["xml"] if feed.__closure__[0].cell_contents is xml else told["tsv"]
    item = {k: v for k, v in ITEM.items() if k != "title"}
    feed({**item, "structured_title": form}, {**ITEM, "id": "M2", "structured_title": form})
    assert set(models.Product.objects.values_list("title", flat=True)) == {"Fir Mug", "Moss Mug"}


@pytest.mark.parametrize("source", ["trained_algorithmic_media", "default"])
def test_a_description_that_another_system_marks_as_an_ai_s_is_none_of_the_shop_s(feed, db, source):
    told = {"xml": f"<g:digital_source_type>{source}</g:digital_source_type>"
                   "<g:content>It holds tea.</g:content>",
            "tsv": f'{source}:"It holds tea."'}  # fmt: skip
    form = told["xml"] if feed.__closure__[0].cell_contents is xml else told["tsv"]
    item = {k: v for k, v in ITEM.items() if k != "description"}
    feed({**item, "structured_description": form})
    by_ai = source != "default"
    assert mug().ai_description == ("It holds tea." if by_ai else "")
    assert mug().sentences.exists() is not by_ai and bool(mug().body_html) is not by_ai


def test_a_text_of_both_forms_is_the_plain_one_as_it_is_with_google(feed, db):
    form = 'trained_algorithmic_media:"It holds tea."'
    feed({**ITEM, "structured_description": form})
    assert (mug().body_html, mug().ai_description) == ("A <b>mug</b>.", "")


@pytest.mark.parametrize(
    ("weight", "grams"), [("365 g", 365), ("1.5 kg", 1500), ("2 lb", 907), ("heavy", None)]
)
def test_a_shipping_weight_is_read(feed, db, weight, grams):
    feed({**ITEM, "shipping_weight": weight})
    assert mug().variants.get().grams == grams


@pytest.mark.parametrize(
    ("said", "names", "values"),
    [
        ("Shoe width:narrow,size:8", ["Shoe width", "size"], ["narrow", "8"]),
        ('"a:b":"c, ""d""",time:10:30', ["a:b", "time"], ['c, "d"', "10:30"]),
        ("nothing", [], []),
    ],
)
def test_options_are_read_by_the_names_that_a_shop_gives_them(tmp_path, db, said, names, values):
    cells = {**ITEM, "item_group_title": "Mug", "title": "Mug, narrow", "variant_option": said}
    quoted = {n: '"' + v.replace('"', '""') + '"' if v[0] == '"' else v for n, v in cells.items()}
    (tmp_path / "feed.tsv").write_text(tsv(quoted))
    import_folder(tmp_path, quiet=True)
    row = models.Product.objects.get(title="Mug")
    assert (row.option_names, row.variants.get().values) == (names, values)


BAD = [
    ({"price": "nine"}, "price", "is not a price; write for example 15.00 USD"),
    ({"price": "9.50"}, "price", "is not a price"),
    ({"price": "9.50 EUR"}, "price", "is not in USD"),
    ({"price": ""}, "price", "is empty"),
    ({"availability": "soon"}, "availability", '"soon" is unknown; use in_stock'),
    ({"sale_price": "7 USD", "sale_price_effective_date": "today"}, "sale_price_effective_date", "span"),
    ({"title": "x" * 151}, "title", "151 characters; 150 are allowed"),
    ({"id": "x" * 51}, "id", "51 characters; 50"),
    ({"description": "x" * 5001}, "description", "5001 characters"),
    ({"title": "", "structured_title": "robot:Mug"}, "structured_title", "does not tell its source"),
    ({"title": "", "structured_title": f'default:"{"x" * 151}"'}, "structured_title", "151 characters"),
    ({"item_group_title": "x" * 151}, "item_group_title", "151 characters"),
    ({"title": ""}, "title", "is empty"),
    ({"id": ""}, "id", "is empty"),
    ({"image_link": "javascript:1"}, "image_link", "is no address"),
    ({"image_link": "https:mug.png"}, "image_link", "is no address"),
    ({"image_link": "https://[moss/mug.png"}, "image_link", "is no address"),
    ({"condition": "shabby"}, "condition", "use new, refurbished, used"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "column", "told"), BAD)
def test_a_bad_value_is_named_with_its_line_and_what_would_do(feed, db, more, column, told):
    with pytest.raises(ImportRefused) as refused:
        feed({**ITEM, "id": "M0", "title": "Other Mug"}, {**ITEM, **more})
    (problem,) = [p for p in refused.value.problems if p.column == column]
    assert told in problem.message
    assert problem.line == 3 if problem.file.endswith("tsv") else problem.line > 14
    assert not models.Product.objects.exists()


def test_goods_whose_names_no_address_can_hold_get_one_of_their_id(feed, db):
    feed({**ITEM, "id": "壺", "title": "茶壺"}, {**ITEM, "id": "杯", "title": "茶杯"})
    handles = models.Product.objects.values_list("handle", flat=True)
    assert set(handles) == {hashlib.sha256(i.encode()).hexdigest()[:12] for i in "壺杯"}


def test_goods_of_one_title_and_nearly_one_id_all_come_in(feed, db):
    feed(*({**ITEM, "id": name} for name in ("M.1", "M1", "M:1", "m1")))
    handles = set(models.Product.objects.values_list("handle", flat=True))
    assert len(handles) == 4
    assert {"moss-mug", "moss-mug-m1"} < handles


def test_a_handle_stays_as_short_as_the_database_wants_it():
    goods = Goods()
    first = Line("feed.xml", 1, {}, [])
    goods.add(row := ProductRow("a" * 200, *[""] * 5, (), (), "", "", False, "active", ()), first)
    assert goods.free(row.handle, "b1") == "a" * 197 + "-b1"


def test_two_items_of_one_id_are_told_apart_or_refused(feed, db):
    with pytest.raises(ImportRefused, match='"M1" stands twice'):
        feed(ITEM, {**ITEM, "title": "Pine Cup", "item_group_id": "other"})


def test_what_google_asks_for_and_the_shop_can_do_without_is_warned_of(feed, db):
    bare = {k: v for k, v in ITEM.items() if k not in ("link", "image_link", "description")}
    warnings = " ".join(feed({**bare, "availability": "preorder"})[1])
    for column in ("link", "image_link", "description", "availability_date"):
        assert f"column {column}: is empty" in warnings
    assert mug().variants.count() == 1


ENCODINGS = [f'<?xml version="1.0" encoding="{name}"?><rss/>' for name in ("big5", "no-such")]


@pytest.mark.parametrize("text", ["", "<rss><channel/></rss>", "<rss><item></rss>", *ENCODINGS])
def test_a_file_that_is_no_feed_withdraws_nothing(tmp_path, linden, text):
    (tmp_path / "feed.xml").write_text(text)
    with pytest.raises(ImportRefused, match=r"feed\.xml, line"):
        import_folder(tmp_path, quiet=True)
    assert models.Product.objects.filter(status="active").count() == 2

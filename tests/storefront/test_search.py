"""Finding products: slips, filters, order, pages; all of it by address."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront import models, search
from storefront.importing import import_folder
from storefront.search import spelling, words

pytestmark = pytest.mark.django_db
HEAD = ("Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Option2 Name,Option2 Value,"
        "Variant SKU,Variant Inventory Qty,Variant Price\n")  # fmt: skip
SIZES, COLORS, BRANDS = ("S", "M", "L"), ("Red", "Blue"), ("Wren", "Lark")


def rows():
    """Twelve shirts: every brand, each with some versions, by rule so that sets are known."""
    for n in range(12):
        for i, size in enumerate(SIZES[: 1 + n % 3]):
            title = f"Shirt {n},<p>Soft.</p>,{BRANDS[n % 2]},{'Tops' if n < 9 else 'Extra'},cotton"
            stock, price = (n * 7 + i) % 3, 10 + (n * 5 + i) % 9
            yield f"shirt-{n},{title},Size,{size},Color,{COLORS[(n + i) % 2]},SH-{n}-{i},{stock},{price}"


@pytest.fixture
def shirts(tmp_path, db):
    spelling.forget()
    (tmp_path / "products.csv").write_text(HEAD + "\n".join(rows()))
    import_folder(tmp_path, quiet=True)


def handles(address):
    listed = search.listing(search.read(QueryDict(address)))
    return {p.handle for p in listed.products}


def brute(wanted):
    """The same, asked of every product in turn."""
    found = set()
    for product in models.Product.objects.filter(status="active"):
        fits = [v for v in product.variants.filter(withdrawn=False) if of(v, product, wanted)]
        brand = not wanted.brands or product.vendor in wanted.brands
        of_these = not wanted.departments or product.department in wanted.departments
        if fits and brand and of_these:
            found.add(product.handle)
    return found


def of(version, product, wanted):
    has = dict(zip(product.option_names, version.values, strict=True))
    return (
        all(has.get(name) in values for name, values in wanted.chosen.items())
        and (wanted.low is None or version.price >= wanted.low)
        and (wanted.high is None or version.price <= wanted.high)
        and (not wanted.stock or version.in_stock)
    )


FILTERS = st.builds(
    search.Wanted, query=st.just("shirt"),
    brands=st.lists(st.sampled_from((*BRANDS, "None")), unique=True).map(tuple),
    departments=st.lists(st.sampled_from(("Tops", "Extra")), unique=True).map(tuple),
    options=st.lists(st.sampled_from([("Size", s) for s in (*SIZES, "XL")] + [("Color", c) for c in COLORS]),
                     unique=True, max_size=4).map(tuple),
    low=st.none() | st.integers(8, 20).map(Decimal), high=st.none() | st.integers(8, 20).map(Decimal),
    stock=st.booleans(), sort=st.sampled_from(("best", "price", "-price", "new")),
)  # fmt: skip
WITH_SHOP = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@WITH_SHOP
@given(FILTERS)
def test_filters_combine_as_sets_and_versions_fit_as_a_whole(shirts, wanted):
    listed = search.listing(wanted)
    assert {p.handle for p in listed.products} == brute(wanted)
    assert listed.total == len(brute(wanted))


@WITH_SHOP
@given(FILTERS)
def test_a_count_tells_what_choosing_the_value_would_show(shirts, wanted):
    for group in search.listing(wanted).groups:
        for choice in group.choices:
            alone = search.read(QueryDict(f"{group.name}={choice.value}"))
            kind = {"brand": "brands", "department": "departments", "option": "options"}[group.name]
            kept = tuple(
                p for p in getattr(wanted, kind) if kind == "options" and p[0] != group.label
            )
            chosen = kept + getattr(alone, kind)
            assert choice.count == len(brute(search.wanted.replace(wanted, **{kind: chosen})))


@WITH_SHOP
@given(FILTERS)
def test_an_address_says_all_that_is_wanted(wanted):
    again = search.read(QueryDict(wanted.address.removeprefix("?")))
    assert again == wanted


@WITH_SHOP
@given(st.text(max_size=120), st.text(max_size=20), st.text(max_size=20))
def test_no_text_breaks_a_search(shirts, client, query, option, price):
    asked = {"q": query, "option": f"Size={option}", "brand": option, "min": price, "page": price}
    for page in ("/search/", "/search/suggest/", "/departments/Tops/"):
        assert client.get(page, asked).status_code == 200


@given(st.text(max_size=200))
def test_words_are_words_of_themselves(text):
    assert words.words(words.joined(text)) == words.words(text)


def test_prices_sort_up_and_down(shirts):
    up = search.listing(search.read(QueryDict("q=shirt&sort=price"))).products
    down = search.listing(search.read(QueryDict("q=shirt&sort=-price"))).products
    cheapest = [min(v.price for v in p.variants.all()) for p in up]
    assert cheapest == sorted(cheapest)
    assert [min(v.price for v in p.variants.all()) for p in down] == cheapest[::-1]


def test_the_title_weighs_more_than_the_rest(linden):
    models.Product.objects.get(handle="brindle-teapot").sentences.create(
        position=9, text="A kettle goes with it."
    )
    listed = search.listing(search.read(QueryDict("q=kettle")))
    assert [p.handle for p in listed.products] == ["larkspur-kettle", "brindle-teapot"]


@pytest.mark.parametrize(
    "query", ["kettles", "KÉTTLE", "ketle", "kettel", "lk-red", "blue kettle", "induction", "kettl"]
)
def test_it_is_found_by_its_plural_a_slip_its_number_or_what_is_said_of_it(linden, query):
    spelling.forget()
    assert handles(f"q={query}") == {"larkspur-kettle"}


def test_a_slip_is_owned_up_to(client, linden):
    spelling.forget()
    page = client.get("/search/?q=brindel+teapott").content.decode()
    assert "This fits “brindle teapot”" in page


def test_what_has_some_of_the_words_is_said_to_be_the_nearest(client, linden):
    page = client.get("/search/?q=purple+kettle").content.decode()
    assert "This has some of them" in page
    assert "Larkspur Kettle" in page


def test_filters_that_leave_nothing_say_what_there_is_without_them(client, linden):
    page = client.get("/search/?q=kettle&max=3").content.decode()
    assert "Without them there is 1 product." in page


def test_a_word_that_nothing_is_like_brings_to_the_assistant(client, linden):
    page = client.get("/search/?q=zeppelin").content.decode()
    assert "Ask the assistant" in page


@pytest.mark.parametrize("change", ["save", "import"])
def test_a_new_name_is_found_at_once_and_the_old_one_no_more(linden, shop_folder, change):
    if change == "save":
        row = models.Product.objects.get(handle="larkspur-kettle")
        row.title = "Heron Urn"
        row.save()
    else:
        path = shop_folder / "products.csv"
        path.write_text(path.read_text().replace("Larkspur Kettle", "Heron Urn"))
        import_folder(shop_folder, quiet=True)
    assert handles("q=heron+urn") == {"larkspur-kettle"}
    assert "larkspur" not in models.ProductText.objects.get(product__handle="larkspur-kettle").title


def test_what_is_withdrawn_or_sold_out_counts_so_at_once(linden):
    models.Variant.objects.filter(sku="LK-RED").update(stock=0)
    assert handles("q=kettle&stock=1") == set()
    models.Product.objects.filter(handle="larkspur-kettle").update(status="withdrawn")
    assert handles("q=kettle") == set()


def test_a_red_one_in_s_and_a_blue_one_in_m_are_no_red_one_in_m(shirts):
    models.Product.objects.exclude(handle="shirt-1").delete()
    assert handles("q=shirt&option=Size%3DS&option=Color%3DBlue") == {"shirt-1"}
    assert handles("q=shirt&option=Size%3DM&option=Color%3DBlue") == set()


def test_pages_hold_all_of_a_department_once(shirts, monkeypatch):
    monkeypatch.setattr(search, "A_PAGE", 5)
    rows = models.Product.objects.filter(department="Tops")
    pages = [search.listing(search.Wanted(page=n), rows) for n in (1, 2)]
    seen = [p.handle for page in pages for p in page.products]
    assert len(seen) == len(set(seen)) == rows.count() == 9
    assert (pages[0].after, pages[1].after, pages[1].before) == ("?page=2", "", "?")


def test_suggestions_are_made_while_a_word_is_being_typed(client, linden):
    told = client.get("/search/suggest/?q=lar").json()
    assert told["told"] == "1 suggestion"
    assert told["options"] == [
        {"title": "Larkspur Kettle", "price": "$49.00", "href": "/products/larkspur-kettle/"}
    ]


def test_a_shop_that_is_older_than_the_index_is_written_down(linden):
    models.ProductText.objects.all().delete()
    assert handles("q=kettle") == set()
    search.index.complete()
    assert handles("q=kettle") == {"larkspur-kettle"}


def test_among_very_many_the_values_of_versions_are_told_without_counts(shirts, monkeypatch):
    monkeypatch.setattr(search.counts, "MANY", 3)
    listed = search.listing(search.read(QueryDict("q=shirt&option=Size%3DM")))
    sizes = {
        c.label: (c.count, c.on) for g in listed.groups if g.label == "Size" for c in g.choices
    }
    assert sizes == {"S": (None, False), "M": (None, True), "L": (None, False)}
    assert {p.handle for p in listed.products} == brute(listed.wanted)

"""The shop's pages in six languages: which one, said how, and nothing left in English."""

from functools import cache
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse

from chatbot import conversation
from chatbot.models import Embed, Reply
from storefront import models, translating
from tests.chatbot.whole_record import reply as recorded
from tests.conftest import accept, open_chat
from tests.storefront.buying import BACKEND, METHODS, look, order, put, rule
from tests.storefront.test_translating import SPOKEN

pytestmark = pytest.mark.django_db
CODES = [code for code, _name in settings.LANGUAGES]
PAGES = {
    "storefront:home": [""], "storefront:help": [""], "storefront:orders": [""],
    "storefront:search": ["?q=kettle", "?q=xyzzy", ""], "storefront:sign_in": [""],
    "storefront:department": ["Kitchen"], "storefront:product": ["larkspur-kettle"],
    "storefront:article": ["returns"], "storefront:order": ["2001"],
    "storefront:cart": [""], "storefront:checkout": [""], "storefront:placed": ["2002"],
    "storefront:find_order": [""], "storefront:suggest": ["?q=kettle", "?q=xyzzy"],
    "chatbot:data": [""], "chatbot:panel": [""], "chatbot:download_page": [""],
    "chatbot:for_you": [""],
    "chatbot:receipt_form": ["", "?code=nothing"], "chatbot:receipt": ["CF-UNKNOWN"],
}  # fmt: skip
NO_PAGES = {"storefront:sign_out", "storefront:language", "storefront:cart_add", "storefront:cart_change",
            "chatbot:start", "chatbot:erase", "chatbot:photo", "chatbot:metrics",
            "chatbot:download_json", "chatbot:dismiss", "chatbot:restore", "chatbot:switch",
            "chatbot:wipe", "chatbot:google_feed"}  # fmt: skip


def addresses():
    for name, ends in PAGES.items():
        for end in ends:
            plain = end.startswith("?") or not end
            yield reverse(name, args=[] if plain else [end]) + (end if plain else "")


def names():
    for pattern in get_resolver().url_patterns:
        for part in getattr(pattern, "url_patterns", ()):
            if getattr(pattern, "app_name", "") in ("storefront", "chatbot"):
                yield f"{pattern.app_name}:{part.name}"


def test_every_page_is_looked_at():
    assert {n for n in names() if n not in NO_PAGES} == set(PAGES)


@pytest.fixture
def shopper(client, ada):
    """Ada's browser, signed in, with a chat on record, an order just placed and a full cart."""
    client.force_login(ada, BACKEND)
    rule(shipping={"methods": METHODS})
    put(client)
    order(client)
    put(client)
    recorded(open_chat(shopper=ada))
    return client


class Shown(HTMLParser):
    """The texts of a page, each by itself; what is in a language of its own is left out."""

    def __init__(self):
        super().__init__()
        self.found, self.root, self.skipped = set(), {}, []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "html":
            self.root = given
        elif "lang" in given or tag in ("style", "script"):
            self.skipped.append(tag)
        told = {
            n
            for n in given
            if n in SPOKEN or (n.startswith("data-") and not n.startswith("data-say"))
        }
        self.found |= {part.strip() for n in told for part in (given[n] or "").split("|")}

    def handle_endtag(self, tag):
        if self.skipped[-1:] == [tag]:
            self.skipped.pop()

    def handle_data(self, data):
        if not self.skipped:
            self.found.add(" ".join(data.split()))


def read(response):
    shown = Shown()
    shown.feed(response.content.decode())
    return shown


@cache
def english():
    """Every text of ours, as it would stand on a page; gathered once from the sources."""
    ids = [m.id for package in translating.PACKAGES for m in translating.gathered(package)]
    told = [text for one in ids for text in (one if isinstance(one, tuple) else (one,))]
    return {" ".join(part.split()) for text in told for part in text.split("|")} - {""}


def left_over(shown):
    """What is English on a page: one of our texts whole, or a longer one within."""
    texts = english()
    long = [text for text in texts if len(text) > 15 and "%" not in text and "{" not in text]
    return {t for t in texts if t in shown.found} | {t for t in long for s in shown.found if t in s}


@pytest.mark.parametrize("address", list(addresses()))
def test_nothing_is_left_in_english(shopper, address):
    shown = read(shopper.get(address, headers={"Accept-Language": "ar"}))
    assert left_over(shown) == set()


@pytest.mark.parametrize(
    "wrong", [{}, {"email": "", "zip": ""}, {"code": "NONE"}, {"country": "XX"}]
)
def test_nothing_is_left_in_english_at_the_checkout(shopper, wrong):
    shopper.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    assert left_over(read(look(shopper, **wrong))) == set()


@pytest.mark.parametrize(
    "query", ["?sort=price_up", "?q=kettle&stock=1&max=1", "?q=kettle&min=1&max=900"]
)
def test_nothing_is_left_in_english_where_products_are_found(shopper, query):
    page = shopper.get(f"/search/{query}", headers={"Accept-Language": "ar"})
    assert left_over(read(page)) == set()


def test_english_that_is_left_would_be_found(shopper):
    assert len(left_over(read(shopper.get("/")))) > 20


def test_a_receipt_is_in_the_readers_language(client, linden, engine):
    turn = accept(open_chat(), "how much is the larkspur kettle?")
    list(conversation.answer(turn.pk, "test"))
    address = reverse("chatbot:receipt", args=[Reply.objects.get().receipt])
    assert left_over(read(client.get(address, headers={"Accept-Language": "ar"}))) == set()
    assert len(left_over(read(client.get(address)))) > 20


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_its_language_and_direction(shopper, code):
    for address in addresses():
        page = shopper.get(address, headers={"Accept-Language": code})
        if page.headers["Content-Type"].startswith("text/html") and b"<html" in page.content:
            root = read(page).root
            assert (root["lang"], root["dir"]) == (code, "rtl" if code == "ar" else "ltr"), address
        assert page.headers["Content-Language"] == code
        assert "Accept-Language" in page.headers["Vary"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("de-AT", "de"),
        ("nl,fr;q=0.8", "fr"),
        ("nl", "en"),
        ("", "en"),
    ],
)
def test_the_browser_says_which_language(client, linden, asked, code):
    page = client.get("/", headers={"Accept-Language": asked})
    assert page.headers["Content-Language"] == code


def test_a_press_changes_the_language_and_keeps_the_page(client, linden):
    answer = client.post("/language/", {"language": "es", "next": "/search/?q=kettle"})
    assert answer.headers["Location"] == "/search/?q=kettle"
    page = client.get("/search/?q=kettle", headers={"Accept-Language": "de"})
    assert read(page).root["lang"] == "es"


def test_every_page_offers_every_language_in_its_own_name(client, linden):
    page = client.get("/help/").content.decode()
    assert all(f'lang="{code}"' in page and name in page for code, name in settings.LANGUAGES)
    assert 'name="next" value="/help/"' in page


def test_no_press_leads_to_another_site(client, linden):
    answer = client.post("/language/", {"language": "es", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("code", "price", "day"),
    [("en", "$54.00", "November 30, 2026"), ("de", "54,00\xa0$", "30. November 2026"),
     ("zh-hans", "US$54.00", "2026年11月30日"), ("ar", "54.00\xa0US$", "30 نوفمبر 2026")],
)  # fmt: skip
def test_amounts_and_dates_are_written_as_the_language_does(shopper, code, price, day):
    page = shopper.get("/account/orders/2001/", headers={"Accept-Language": code}).content.decode()
    assert price in page and day in page


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/chatbot/review/"])
def test_the_admin_is_in_one_language(client, linden, staff, django_user_model, address):
    if "login" not in address:
        client.force_login(django_user_model.objects.get(email="olive@example.com"), BACKEND)
    page = client.get(address, headers={"Accept-Language": "de"})
    assert page.headers["Content-Language"] == "en"
    assert read(page).root["lang"] == "en"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    assert read(client.get(address)).root["lang"] == "en"


def test_a_page_after_one_of_staff_is_in_the_shoppers_language(client, linden):
    client.get("/admin/login/", headers={"Accept-Language": "de"})
    assert read(client.get("/", headers={"Accept-Language": "de"})).root["lang"] == "de"


@pytest.fixture
def embed(linden):
    return Embed.objects.create(name="Blog", origins=["https://blog.example"])


@pytest.mark.parametrize(
    ("asked", "spoken", "code"),
    [
        ("zh-CN", CODES, "zh-hans"),
        ("ar", CODES, "ar"),
        ("de", ["fr", "en"], "fr"),
        ("", CODES, "en"),
    ],
)
def test_a_frame_is_in_a_language_of_its_website(client, embed, asked, spoken, code):
    Embed.objects.update(languages=spoken)
    page = client.get(
        f"/widget/panel/?shop={embed.key}&lang={asked}", headers={"Accept-Language": "es"}
    )
    assert (page.headers["Content-Language"], read(page).root["lang"]) == (code, code)


def test_nothing_is_left_in_english_in_a_frame(client, embed):
    page = client.get(f"/widget/panel/?shop={embed.key}&lang=ar")
    assert left_over(read(page)) == set()


def test_the_loader_has_its_words_in_every_language(client, db):
    source = client.get("/widget.js").content.decode()
    assert all(f'"{code.split("-")[0]}": {{"ask"' in source for code in CODES)
    assert "Fragen Sie uns" in source


def test_who_reads_another_language_is_told_what_the_assistant_speaks(client, linden):
    told = "nur auf Englisch"
    assert told in client.get("/", headers={"Accept-Language": "de"}).content.decode()
    shop = models.Shop.objects.get()
    shop.rules |= {"assistant": {"languages": ["en", "de"]}}
    shop.save()
    assert told not in client.get("/", headers={"Accept-Language": "de"}).content.decode()


def test_what_is_suggested_is_asked_in_words_that_the_assistant_understands(client, linden):
    page = client.get("/", headers={"Accept-Language": "de"}).content.decode()
    assert 'data-ask-any="Was kostet der Versand?' in page
    assert 'data-say-any="How much is shipping?' in page

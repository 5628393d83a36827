"""No payload runs, fetches, leads away or is lost on the pages of the shop and of staff."""

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import (
    NARROW,
    PICKER,
    PROSE,
    SHAPES,
    SHOP,
    SHOWN,
    STAFF,
    STRAY,
    together,
)
from tests.browser.planting import laid
from tests.browser.test_journey import sign_in
from tests.redteam.payloads import SHARE, parsed
from tests.servers import manage

pytestmark = [pytest.mark.browser, pytest.mark.timeout(3600)]
LISTS = ("chatbot/review/", "chatbot/action/", "chatbot/conversation/", "chatbot/ledgerentry/",
         "chatbot/duty/", "axes/accessattempt/")  # fmt: skip
ROWS = "#result_list tbody tr"
FIRST = f"{ROWS} th a"


def as_shown(texts):
    """The texts as a browser reads them from a page, but for space at their ends."""
    return {parsed(text).strip() for text in texts}


def seen(page, selector):
    return {text.strip() for text in page.evaluate(SHOWN, selector)}


@pytest.fixture(scope="module")
def laid_desk(attacked):
    """Payloads wherever staff read."""
    manage(attacked[1], "shell", "-c", f"from tests.browser.planting import desk; desk({SHARE})")


@pytest.fixture
def desk(watch, laid_desk):
    """The owner at the staff's desk, where every text is a payload."""
    sign_in(watch.page, "owner@harbourandpine.example", "/admin/login/?next=/admin/")
    return watch


def test_staff_find_texts_as_texts_in_every_list(desk):
    searches = [f"{LISTS[0]}?q={quote(text[:400])}" for text in laid(SHARE * 8)]
    for address in (*LISTS, *searches):
        desk.page.goto(f"/admin/{address}")
        assert desk.unsafe("#none", {}) == [], address
        assert len(desk.page.evaluate(SHAPES, ROWS)) <= 2, address  # a row with a link, or without


@pytest.mark.parametrize("kind", ["review", "action"])
def test_staff_read_texts_as_texts_on_their_pages(desk, kind):
    desk.page.goto(f"/admin/chatbot/{kind}/")
    links = desk.page.evaluate(
        "(s) => [...document.querySelectorAll(s)].map((a) => a.pathname)", FIRST
    )
    said = set()
    for address in links[:: max(1, len(links) * SHARE // 60)]:
        desk.page.goto(address)
        assert desk.unsafe(".cf", STAFF) == []
        said |= seen(desk.page, ".cf-said")
    if kind == "review":
        assert as_shown(laid(SHARE)) <= said


def test_what_staff_write_stays_text(desk):
    for text in laid(SHARE * 8):
        desk.page.goto("/admin/chatbot/review/?state=open")
        desk.page.locator(FIRST).first.click()
        desk.page.click(".cf-button:has-text('Claim')")
        desk.page.fill("#cf-correction", text)
        desk.page.fill("#cf-comment", text[:1000])
        desk.page.click("button:has-text('Correct')")
        expect(desk.page.locator(".cf-meta").first).to_contain_text("Corrected")
        assert desk.unsafe(".cf", STAFF) == []
        assert parsed(text).strip() in seen(desk.page, ".cf h2 + p")


def test_what_a_shop_sells_stays_text_on_its_pages(watch, plant, tmp_path):
    plant("shop", str(tmp_path / "shop"), SHARE)
    sign_in(watch.page, "maya.okafor@example.com")
    pages = ("products/p-{}", "account/orders/7{}", "help/p-{}")
    addresses = [page.format(n) for n in range(len(laid(SHARE))) for page in pages]
    searches = [f"search/?q={quote(text[:200])}" for text in laid(SHARE * 4)]
    asked = [f"help/?about={quote(text[:200])}" for text in laid(SHARE * 8)]
    for address in ("", "account/orders/", "help/", *addresses, *searches, *asked):
        watch.page.goto(f"/{address}")
        assert watch.unsafe("main", together(PROSE, PICKER, NARROW), abroad=True) == [], address
        assert watch.page.evaluate(STRAY) == [], address


def test_a_shop_shows_its_names_word_for_word(watch, plant, tmp_path):
    plant("shop", str(tmp_path / "shop"), SHARE)
    titles = [f"{n} {text[:200]}" for n, text in enumerate(laid(SHARE)) if n >= 5]
    shown = set()
    for number in range(1, len(titles) // 24 + 2):
        watch.page.goto(f"/departments/Odd/?page={number}")
        assert watch.unsafe("main", together(SHOP, NARROW)) == []
        shown |= seen(watch.page, ".card .name")
    assert as_shown(titles) == shown

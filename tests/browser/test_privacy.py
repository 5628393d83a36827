"""A shopper sees, downloads and erases the own chats, and reads a receipt: in a real browser."""

import json
import re
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import PATIENCE, ask, open_chat

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PRICE = "How much is the Kestrel Rain Shell? <b>Zebediah</b> asks."


def open_data(page):
    page.click("#chat-data-open")
    expect(page.locator("#chat-data h3")).to_be_focused()


def download(page, words):
    with page.expect_download() as found:
        page.click(f"#chat-data a:has-text('{words}')")
    return Path(found.value.path()).read_text()


def erase(page):
    page.click("#chat-data >> text=Erase my chats…")
    expect(page.locator("#chat-data")).to_contain_text("Your orders are not touched")
    page.click("#chat-data >> text=Go on")
    expect(page.locator("#chat-data h4:visible")).to_have_text("Are you quite sure?")
    page.click("#chat-data >> text=Yes, erase them for good")


def is_empty(page):
    expect(page.locator("#chat-text")).to_be_enabled(timeout=PATIENCE)
    expect(page.locator(".chat-hello")).to_be_visible()
    assert page.locator(".chat-said, .chat-reply").count() == 0
    assert page.evaluate("sessionStorage.getItem('chat-outbox')") in (None, "[]")


def test_from_seeing_through_download_to_an_empty_chat_that_stays_empty(page):
    page.goto("/")
    open_chat(page)
    ask(page, PRICE)
    open_data(page)
    expect(page.locator("#chat-data")).to_contain_text("We keep 1 message of yours")
    with page.expect_popup() as seen:
        page.click("#chat-data >> text=See everything")
    expect(seen.value.locator(".kept-said")).to_have_text(PRICE)
    kept = json.loads(download(page, "JSON"))
    assert kept["conversations"][0]["turns"][0]["message"] == PRICE
    assert "&lt;b&gt;Zebediah" in download(page, "to read")
    erase(page)
    expect(page.locator(".chat-change")).to_contain_text("Your chats are erased")
    is_empty(page)
    page.reload()
    page.click("#chat-launcher")
    is_empty(page)
    assert page.problems == []


def test_other_tabs_of_the_same_chat_begin_anew_and_send_nothing_of_the_old(page):
    page.goto("/")
    open_chat(page)
    ask(page, PRICE)
    other = page.context.new_page()
    other.goto("/")
    chat = page.evaluate("sessionStorage.getItem('chat-conversation')")
    other.evaluate("(chat) => sessionStorage.setItem('chat-conversation', chat)", chat)
    other.reload()
    other.click("#chat-launcher")
    expect(other.locator(".chat-said")).to_have_text(PRICE, timeout=PATIENCE)
    other.evaluate("sessionStorage.setItem('chat-outbox', '[{\"client_id\": \"x\"}]')")
    open_data(page)
    erase(page)
    for tab in (page, other):
        is_empty(tab)
        assert tab.evaluate("sessionStorage.getItem('chat-conversation')") != chat


def test_who_does_not_go_on_keeps_everything(page):
    page.goto("/")
    open_chat(page)
    ask(page, PRICE)
    open_data(page)
    page.click("#chat-data >> text=Erase my chats…")
    page.click("#chat-data >> text=Keep my chats")
    expect(page.locator("#chat-data >> text=Erase my chats…")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#chat-data-open")).to_be_focused()
    expect(page.locator(".chat-said")).to_have_text(PRICE)


def test_where_erasing_fails_it_says_so_and_nothing_is_lost(page):
    page.goto("/")
    open_chat(page)
    ask(page, PRICE)
    open_data(page)
    page.route("**/chat/data/erase/", lambda route: route.abort())
    erase(page)
    expect(page.locator(".chat-data-told")).to_contain_text("Nothing was erased")
    page.keyboard.press("Escape")
    expect(page.locator(".chat-said")).to_have_text(PRICE)


def receipt(page):
    """The page that the receipt below an answer leads to."""
    page.goto("/products/kestrel-rain-shell/")
    open_chat(page)
    ask(page, "How much is the Kestrel Rain Shell?")
    with page.expect_popup() as found:
        page.locator(".chat-receipt").first.click()
    found.value.wait_for_load_state()
    return found.value


def test_the_receipt_below_an_answer_leads_to_its_page(page):
    opened = receipt(page)
    code = re.search(r"CF-\w+", page.locator(".chat-receipt").first.inner_text()).group()
    expect(opened.locator("h1")).to_contain_text(code)
    expect(opened.locator(".receipt")).to_contain_text("Product page: Kestrel Rain Shell")
    expect(opened.locator(".receipt")).not_to_contain_text("$189")
    page.click(".chat-copy")
    expect(page.locator(".chat-copy").first).to_have_text("Copied")


def opened(page, address):
    """Another page of the same browser."""
    other = page.context.new_page()
    other.goto(address)
    return other


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_data_and_receipt_break_no_accessibility_rule_and_fit(page, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    pages = [page, receipt(page), opened(page, "/receipt/"), opened(page, "/chat/data/")]
    open_data(page)
    page.click("#chat-data >> text=Erase my chats…")
    for shown in pages:
        shown.set_viewport_size({"width": width, "height": 800})
        shown.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(shown)["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
        assert shown.evaluate("document.documentElement.scrollWidth") <= width

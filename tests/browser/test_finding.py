"""Finding a product by keyboard, and the pages it is found on, as axe sees them."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
BOX, OPTIONS = "#q", "#q-options [role=option]"
EMPTY = "/search/?q=jacket&max=1"
PAGES = [
    "/search/?q=jacket&stock=1", EMPTY, "/search/?q=zeppelin", "/departments/Jackets/",
    "/help/?about=return", "/help/?about=zeppelin",
]  # fmt: skip


def typed(page, text):
    page.goto("/")
    page.focus(BOX)
    page.keyboard.type(text, delay=20)
    expect(page.locator(OPTIONS).first).to_be_visible()


def violations(page):
    return [v["id"] for v in Axe().run(page)["violations"]]


def test_suggestions_are_walked_taken_and_left_by_keyboard(page):
    typed(page, "kestrel rain")
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(BOX).get_attribute("aria-activedescendant")
    expect(page.locator(f"#{chosen}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert page.locator(BOX).get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/products/kestrel-rain-shell/")
    assert page.problems == []


def test_escape_closes_the_list_and_keeps_what_was_typed(page):
    typed(page, "jack")
    page.keyboard.press("Escape")
    expect(page.locator("#q-options")).to_be_hidden()
    expect(page.locator(BOX)).to_have_value("jack")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=jack")


def test_how_many_there_are_is_said_aloud(page):
    typed(page, "kestrel rain shell")
    expect(page.locator(".find [role=status]")).to_contain_text("suggestion")
    page.fill(BOX, "zzzzzzzzzzz")
    expect(page.locator(".find [role=status]")).to_have_text("No suggestions")
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "false")


def test_the_answer_to_an_earlier_word_never_comes_after_a_later_one(page):
    slow = []
    page.route("**/suggest/?q=ja*", lambda route: slow.append(route))
    page.goto("/")
    page.focus(BOX)
    page.keyboard.type("ja")
    page.wait_for_timeout(400)
    page.fill(BOX, "kestrel")
    expect(page.locator(OPTIONS).first).to_contain_text("Kestrel")
    for route in slow:
        route.abort()
    expect(page.locator(OPTIONS).first).to_contain_text("Kestrel")


def test_filters_work_by_keyboard_and_the_way_back_brings_them_off(page):
    page.goto("/departments/Jackets/")
    before = page.locator(".cards li").count()
    page.focus(".filters summary")
    page.keyboard.press("Enter")
    page.focus("#max")
    page.keyboard.type("150")
    page.keyboard.press("Enter")
    page.wait_for_url("**max=150**")
    assert 0 < page.locator(".cards li").count() < before
    page.go_back()
    expect(page.locator(".cards li")).to_have_count(before)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_where_products_are_found(page, scheme, address):
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    page.eval_on_selector_all(".filters", "(all) => all.forEach((node) => { node.open = true; })")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_list(page, scheme):
    page.emulate_media(color_scheme=scheme)
    typed(page, "jack")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []


def test_nothing_is_wider_than_a_phone(page):
    page.set_viewport_size({"width": 320, "height": 700})
    for address in PAGES:
        page.goto(address)
        page.eval_on_selector_all(
            ".filters", "(all) => all.forEach((node) => { node.open = true; })"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

"""What is recommended, as read and used in a browser: by keyboard alone, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import sign_in
from tests.browser.test_shop import SHELL, accessible, press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MAYA = "maya.okafor@example.com"


def titles(page):
    return page.locator(".pick .name").all_inner_texts()


def test_a_shopper_dismisses_and_takes_back_by_keyboard_alone(page):
    sign_in(page, MAYA)
    page.goto("/for-you/")
    accessible(page)
    first = titles(page)[0]
    press(page, ".pick button")
    expect(page.locator(".undo")).to_contain_text(first)
    assert first not in titles(page)
    accessible(page)
    press(page, ".undo button")
    expect(page.locator(".hidden-picks")).to_have_count(0)
    assert page.problems == []


def test_a_shopper_switches_it_off_and_on_by_keyboard_alone(page):
    sign_in(page, MAYA)
    page.goto("/for-you/")
    assert "Because you bought" in page.inner_text("main")
    press(page, ".tastes button")
    expect(page.locator("main")).to_contain_text("Switched off.")
    assert "Because you bought" not in page.inner_text("main")
    accessible(page)
    press(page, ".tastes button")
    expect(page.locator("main")).to_contain_text("Because you bought")


def test_a_guest_reads_what_goes_with_a_product(page):
    page.goto(SHELL)
    expect(page.locator("#picks h2")).to_have_text("Goes with this")
    assert all(why.startswith(("Also ", "Other people")) for why in reasons(page))
    accessible(page)
    page.goto("/for-you/")
    accessible(page)


def reasons(page):
    return page.locator(".pick .why").all_inner_texts()


def test_it_works_without_javascript(chromium, shop):
    context = chromium.new_context(base_url=shop, java_script_enabled=False)
    page = context.new_page()
    page.goto(SHELL)
    first = titles(page)[0]
    page.click(".pick button >> nth=0")
    assert page.url.endswith(f"{SHELL}#picks") and first not in titles(page)
    page.click(".undo button")
    page.goto("/for-you/")
    assert page.locator(".hidden-picks").count() == 0
    context.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/for-you/", SHELL):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

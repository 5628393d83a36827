"""From a product to a placed order and its story: by keyboard alone, and without JavaScript."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SHELL = "/products/kestrel-rain-shell/"
WHO = {"email": "emil@example.com", "name": "Emil", "address1": "1 Tea Street", "city": "Portland",
       "province": "ME", "zip": "04101"}  # fmt: skip


def tab_to(page, selector):
    """Reach it with the tabulator key, as somebody without a mouse."""
    for _n in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} is not reached by keyboard")


def press(page, selector):
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def accessible(page):
    page.wait_for_load_state("load")
    broken = Axe().run(page)["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in broken] == [], page.url


def fill_in(page):
    for name, text in WHO.items():
        page.fill(f"#id_{name}", text)


def buy(page):
    """The shell in the cart, and the total worked out."""
    page.goto(SHELL)
    page.click("#picked-add")
    page.click(".button")
    fill_in(page)
    page.click("button[name=look]")


def test_a_shopper_buys_by_keyboard_alone(page):
    page.goto(SHELL)
    accessible(page)
    tab_to(page, "input[name=option0]")
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=option0]:checked")).to_have_value("S")
    press(page, "#picked-add")
    expect(page.locator(".pieces")).to_contain_text("1")
    accessible(page)
    press(page, "a.button")
    for name, text in WHO.items():
        tab_to(page, f"#id_{name}")
        page.keyboard.type(text)
    press(page, "button[name=look]")
    accessible(page)
    tab_to(page, "input[name=method]")
    before = page.inner_text("#sum-total")
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#sum-total") != before
    press(page, "button[name=place]")
    expect(page.locator("h1")).to_have_text("Thank you. Your order is placed.")
    expect(page.locator("main")).to_contain_text("nothing was charged")
    accessible(page)
    press(page, "main a.button")
    expect(page.locator(".state")).to_have_text("Waiting for payment")
    accessible(page)
    assert page.problems == []


def test_a_broken_label_would_be_found(page):
    page.goto(SHELL)
    page.evaluate("document.querySelector('label[for=picked-quantity]').remove()")
    with pytest.raises(AssertionError, match="label"):
        accessible(page)


def test_the_choice_tells_price_and_stock_and_what_cannot_be_had(page):
    page.goto(SHELL)
    page.check("input[value='XL']", force=True)
    expect(page.locator("#picked-stock")).to_have_text("Sold out")
    expect(page.locator("#picked-add")).to_be_disabled()
    page.check("input[value='Signal Orange']", force=True)
    expect(page.locator("#picked-stock")).to_have_text("Only 1 left")
    expect(page.locator("#picked-add")).to_be_enabled()
    expect(page.locator("label:has(input[value='XS'])")).to_contain_text("sold out")
    expect(page.locator("label:has(input[value='L'])")).not_to_contain_text("sold out")


def test_two_presses_on_the_last_button_place_one_order(page):
    buy(page)
    page.locator("button[name=place]").dblclick()
    expect(page.locator("h1")).to_have_text("Thank you. Your order is placed.")
    name = page.url
    page.go_back()
    page.click("button[name=place]")
    expect(page).to_have_url(name)


def test_all_of_it_works_without_javascript(chromium, shop):
    context = chromium.new_context(base_url=shop, java_script_enabled=False)
    page = context.new_page()
    buy(page)
    page.check("input[name=method] >> nth=1", force=True)
    page.click("noscript button, button.plain[name=look] >> nth=1")
    total = page.inner_text("#sum-total")
    page.click("button[name=place]")
    expect(page.locator("main")).to_contain_text(total)
    context.close()


def test_a_refused_checkout_without_javascript_shows_why(chromium, shop):
    context = chromium.new_context(
        base_url=shop, java_script_enabled=False, viewport={"width": 390, "height": 600}
    )
    page = context.new_page()
    buy(page)
    expect(page.locator("#sum-total")).to_be_in_viewport()
    page.fill("input[name=city]", "")
    page.click("button[name=place]")
    expect(page.locator("main [role=alert]")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_buying_is_accessible_and_nothing_is_cut_off(chromium, shop, scheme, width):
    context = chromium.new_context(
        base_url=shop, color_scheme=scheme, viewport={"width": width, "height": 800}
    )  # fmt: skip
    page = context.new_page()
    sign_in(page, "maya.okafor@example.com")
    page.goto(SHELL)
    page.click("#picked-add")
    page.goto("/cart/")
    page.click("button[name=remove] >> nth=0")
    for address in (
        page.url,
        SHELL,
        "/checkout/",
        "/orders/find/",
        "/account/orders/1163/",
        "/account/orders/1001/",
    ):
        page.goto(address)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    context.close()


def test_staff_move_the_order_on_and_its_story_tells(page, owner):
    buy(page)
    page.click("button[name=place]")
    page.click("main a.button")
    owner.goto("/admin/storefront/order/")
    owner.click("a.cf-row >> nth=0")
    owner.click("text=Mark as paid")
    owner.fill("#cf-carrier", "UPS")
    owner.fill("#cf-tracking", "1Z42")
    owner.click("text=Mark as shipped")
    expect(owner.locator(".cf-standing")).to_contain_text("Shipped")
    accessible(owner)
    page.reload()
    expect(page.locator(".story")).to_contain_text("UPS, tracking number 1Z42")
    expect(page.locator(".story")).to_contain_text("Expected by")

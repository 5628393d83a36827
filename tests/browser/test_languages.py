"""The shop and its panel in other languages, in a real browser: turned round, whole, reachable."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from chatbot import notices
from tests.browser.test_journey import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PAGES = ("/", "/search/?q=jacket", "/products/kestrel-rain-shell/", "/help/", "/cart/", "/receipt/")
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LEFT_OUT = """(id) => {
  const part = document.getElementById(id).getBoundingClientRect();
  return part.left < 0 || part.right > innerWidth;
}"""


@pytest.fixture
def reader(chromium, shop):
    """Makes a browser that asks for a language."""
    made = []

    def read(language, **more):
        context = chromium.new_context(
            base_url=shop, locale=language, **{"viewport": {"width": 390, "height": 844}, **more}
        )
        made.append(context)
        return context.new_page()

    yield read
    for context in made:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_that_run_from_the_right_have_no_barrier(reader, scheme):
    page = reader("ar", color_scheme=scheme)
    for address in PAGES:
        page.goto(address)
        assert [v["id"] for v in Axe().run(page)["violations"]] == [], address


@pytest.mark.parametrize("language", ["ar", "de", "fr"])
@pytest.mark.parametrize("width", [320, 390])
def test_no_page_is_wider_than_the_screen(reader, language, width):
    page = reader(language, viewport={"width": width, "height": 700})
    wide = []
    for address in PAGES:
        page.goto(address)
        wide += [address] if page.evaluate(WIDER) > 0 else []
    assert wide == []


def test_the_panel_speaks_and_turns_round_with_the_page(reader):
    page = reader("ar", viewport={"width": 1280, "height": 900})
    page.goto("/products/kestrel-rain-shell/")
    page.click("#chat-launcher")
    told = page.locator("#chat-disclosure")
    expect(told).to_have_text(notices.text("disclosure", {}, "ar"))
    expect(page.locator("#chat-text")).to_be_enabled(timeout=PATIENCE)
    expect(page.locator(".chat-foreign")).to_contain_text("الإنجليزية")
    box = page.locator("#chat-panel").bounding_box()
    assert box["x"] < 100 and not page.evaluate(LEFT_OUT, "chat-panel")
    assert [v["id"] for v in Axe().run(page, {"include": [["#chat-panel"]]})["violations"]] == []


def test_what_is_suggested_is_asked_in_english_and_answered(reader):
    page = reader("de")
    page.goto("/products/kestrel-rain-shell/")
    page.click("#chat-launcher")
    page.get_by_role("button", name="Was kostet das?").click(timeout=PATIENCE)
    expect(page.locator(".chat-said")).to_have_text("What's the price?")
    expect(page.locator(".chat-foot")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator(".chat-card")).to_contain_text("189,00\xa0$")


def test_the_language_is_chosen_without_a_script_and_stays(reader):
    page = reader("de", java_script_enabled=False)
    page.goto("/help/")
    page.get_by_role("button", name="Español").click()
    expect(page.locator("h1")).to_have_text("Ayuda")
    page.goto("/cart/")
    assert page.locator("html").get_attribute("lang") == "es"

"""A shopper asks, a member of staff approves: in a real browser, against the real models."""

import re

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.servers import site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PASSWORD = "harbour-demo"
PATIENCE = 60_000  # ms; the first answer waits for the models to load
WATCH = """() => {
  window.seen = [];
  new MutationObserver(() => {
    const all = [...document.querySelectorAll('.chat-reply')].at(-1);
    const count = all ? all.querySelectorAll('.chat-text span').length : 0;
    if (count && count !== window.seen.at(-1)) window.seen.push(count);
  }).observe(document.getElementById('chat-log'), {childList: true, subtree: true});
}"""


def sign_in(page, email, address="/account/sign-in/"):
    page.goto(address)
    page.fill("input[name=username]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


def open_chat(page):
    page.click("#chat-launcher")
    expect(page.locator("#chat-disclosure")).to_contain_text("AI assistant")
    expect(page.locator("#chat-text")).to_be_enabled(timeout=PATIENCE)


def ask(page, text):
    before = page.locator(".chat-foot").count()
    page.fill("#chat-text", text)
    page.press("#chat-text", "Enter")
    expect(page.locator(".chat-foot")).to_have_count(before + 1, timeout=PATIENCE)
    return page.locator(".chat-reply").last.inner_text()


def test_a_shopper_asks_three_questions_and_staff_approve_the_answer(page):
    sign_in(page, "maya.okafor@example.com")
    page.goto("/products/kestrel-rain-shell/")
    open_chat(page)
    assert page.locator(".chat-reply").count() == 0
    page.evaluate(WATCH)
    price = ask(page, "Is it in stock in M slate, and how much is it?")
    assert "$189.00" in price and price.startswith("AI")
    assert page.evaluate("window.seen") == sorted(set(page.evaluate("window.seen")))
    assert len(page.evaluate("window.seen")) >= 2
    assert "45 days" in ask(page, "How long do I have to return something?")
    assert "#1163" in ask(page, "Where is my order 1163?")
    assert page.problems == []
    receipt = re.search(r"CF-\w+", page.locator(".chat-receipt").first.inner_text()).group()
    page.locator(".chat-thumb[aria-label*='not']").first.click()
    approve(page, receipt)


def find_review(page, receipt):
    """The list is read once a load, and a thumb travels by socket: it may come a moment later."""
    link = page.locator("a[href*='/review/'][href*='/change/']")
    for _second in range(PATIENCE // 1000):
        page.goto(f"/admin/chatbot/review/?q={receipt}&reason__exact=thumbs_down")
        if link.count():
            return link.first.click()
        page.wait_for_timeout(1000)
    raise AssertionError(f"No review of {receipt} in the queue.")


def approve(page, receipt):
    page.context.clear_cookies()
    sign_in(page, "reviewer@harbourandpine.example", "/admin/login/?next=/admin/")
    find_review(page, receipt)
    page.click("button.cf-button:has-text('Claim')")
    expect(page.locator(".cf-list").first).to_contain_text("$189.00")
    page.click("button:has-text('Approve')")
    expect(page.locator(".cf-meta").first).to_contain_text("Approved")


def test_the_answer_survives_a_reload(page):
    page.goto("/")
    open_chat(page)
    ask(page, "how much is the Kestrel Rain Shell?")
    page.reload()
    page.click("#chat-launcher")
    expect(page.locator(".chat-reply")).to_contain_text("$189.00", timeout=PATIENCE)


def test_a_message_that_is_refused_is_not_lost(chromium, tmp_path):
    with site(tmp_path, MESSAGES_PER_DAY="0", WARM_UP="off") as (address, _env):
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        page.goto("/")
        open_chat(page)
        page.fill("#chat-text", "How much is the tent?")
        page.press("#chat-text", "Enter")
        expect(page.locator("#chat-error")).to_contain_text("today")
        expect(page.locator("#chat-text")).to_have_value("How much is the tent?")
        context.close()


def test_markup_stays_text(page):
    page.goto("/")
    open_chat(page)
    ask(page, "<img src=x onerror=alert(1)> is the kestrel waterproof?")
    assert page.locator("#chat-log img").count() == 0
    assert "<img" in page.locator(".chat-said").last.inner_text()


def test_the_keyboard_opens_asks_and_closes(page):
    page.goto("/")
    page.focus("#chat-launcher")
    page.keyboard.press("Enter")
    expect(page.locator("#chat-text")).to_be_enabled(timeout=PATIENCE)
    expect(page.locator("#chat-text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#chat-panel")).to_be_hidden()
    expect(page.locator("#chat-launcher")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["/", "/products/kestrel-rain-shell/", "/help/returns/", "/account/sign-in/"]
)
def test_pages_and_panel_break_no_accessibility_rule(page, scheme, address):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    open_chat(page)
    result = Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []


@pytest.mark.parametrize("address", ["/", "/products/kestrel-rain-shell/", "/help/shipping-us/"])
def test_nothing_runs_over_the_edge_of_a_small_phone(page, address):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_an_order_is_cancelled_by_the_press_alone_and_put_back(page):
    sign_in(page, "maya.okafor@example.com")
    open_chat(page)
    ask(page, "please cancel order 1163")
    card = page.locator(".chat-action")
    expect(card).to_contain_text("Refund: $317.56")
    ask(page, "yes, do it, I confirm")
    expect(card.locator(".chat-action-told")).to_have_count(0)
    card.locator(".chat-action-confirm").click()
    expect(card).to_contain_text("Order #1163 is cancelled.")
    page.reload()
    page.click("#chat-launcher")
    expect(card).to_contain_text("Order #1163 is cancelled.", timeout=PATIENCE)
    expect(card.locator(".chat-action-confirm")).to_have_count(0)
    card.get_by_text("Undo").click()
    expect(card).to_contain_text("Everything is as it was before.")
    assert page.problems == []

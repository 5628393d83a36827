"""A reply waits for staff: what the shopper sees meanwhile, and what takes its place."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import PATIENCE, open_chat
from tests.servers import site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
RISKY = "How much is the Kestrel Rain Shell? My lawyer wants to know."
RIGHT = "It is $189.00; for your lawyer, write to us."
BOX = ".chat-reply .chat-held"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The demo shop, where what touches the law waits."""
    with site(tmp_path_factory.mktemp("held"), HOLD_RULES="legal") as (address, _env):
        yield address


def waiting(page):
    """A risky question was asked, and its reply waits."""
    page.goto("/products/kestrel-rain-shell/")
    open_chat(page)
    page.fill("#chat-text", RISKY)
    page.press("#chat-text", "Enter")
    waits(page)


def waits(page):
    expect(page.locator(BOX)).to_contain_text(
        "A person from our team is checking", timeout=2 * PATIENCE
    )
    expect(page.locator(f"{BOX} .chat-held-left")).to_contain_text("at the latest (")
    assert "$189" not in page.locator("#chat-log").inner_text()


def claim(staff):
    staff.goto("/admin/chatbot/review/")
    staff.click("button:has-text('Take the next one')")
    expect(staff.locator(".cf-until")).to_contain_text("min left")
    expect(staff.locator(".cf-draft")).to_contain_text("$189.00")


def accessible(page, part):
    found = Axe().run(page, {"include": [[part]]})["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


def test_the_wait_is_shown_survives_a_reload_and_gives_way_to_the_answer(page, staff):
    waiting(page)
    expect(page.locator("#chat-spoken")).to_contain_text("at the latest")
    expect(page.locator("#chat-send")).to_be_visible()
    accessible(page, "#chat-panel")
    page.reload()
    page.click("#chat-launcher")
    waits(page)
    claim(staff)
    accessible(staff, ".cf")
    staff.keyboard.press("a")
    expect(page.locator(".chat-reply .chat-text")).to_contain_text("$189.00", timeout=PATIENCE)
    expect(page.locator(BOX)).to_have_count(0)
    assert page.problems == []


def test_what_staff_say_instead_is_an_answer_and_no_correction(page, staff):
    waiting(page)
    claim(staff)
    staff.fill("#cf-correction", RIGHT)
    staff.click("button:has-text('Send corrected')")
    answer = page.locator(".chat-answer")
    expect(answer.locator(".chat-who")).to_have_text(
        "Answer by Robin from our team", timeout=PATIENCE
    )
    expect(answer.locator(".chat-text")).to_have_text(RIGHT)
    expect(page.locator("#chat-panel .chat-corrected, #chat-panel .chat-jump")).to_have_count(0)
    expect(staff.locator(".cf-told").last).to_contain_text("as the answer of Robin")
    accessible(page, "#chat-panel")


def test_who_does_not_want_to_wait_need_not_and_staff_are_told(page, staff):
    waiting(page)
    claim(staff)
    page.click(".chat-held-stop")
    expect(page.locator(BOX)).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("#chat-text")).to_be_focused()
    staff.keyboard.press("a")
    expect(staff.locator("body")).to_contain_text("Too late: the shopper has stopped")

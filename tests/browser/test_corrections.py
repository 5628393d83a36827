"""Staff correct a reply, and the shopper reads it in the open chat: in two browsers."""

import re

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import PATIENCE, ask, find_review, open_chat

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
RIGHT = "It is $189.00, and <b>M slate</b> is back on Friday."
BUBBLE, MARK = ".chat-correction", ".chat-reply .chat-corrected button"


def asked(page):
    """A price was asked for; the receipt of the reply, which was found wrong."""
    page.goto("/products/kestrel-rain-shell/")
    open_chat(page)
    ask(page, "How much is the Kestrel Rain Shell?")
    page.locator(".chat-thumb[aria-label*='not']").first.click()
    return page.locator(".chat-receipt").first.inner_text().split()[-1]


def correct(staff, receipt):
    find_review(staff, receipt)
    staff.click("button.cf-button:has-text('Claim')")
    expect(staff.locator("#cf-heard")).to_contain_text("as a correction by Robin")
    staff.fill("#cf-correction", RIGHT)
    staff.click("button:has-text('Correct')")
    expect(staff.locator(".cf-told")).to_contain_text("a correction by Robin")


def reads(page):
    """What a shopper finds: the correction, and the mark at the reply that leads to it."""
    expect(page.locator(BUBBLE)).to_have_count(1, timeout=PATIENCE)
    expect(page.locator(f"{BUBBLE} .chat-text")).to_have_text(RIGHT)
    expect(page.locator(f"{BUBBLE} .chat-who")).to_have_text("Correction by Robin from our team")
    expect(page.locator(MARK)).to_have_text("Corrected by Robin, see below")
    assert page.locator(f"{BUBBLE} .chat-badge").count() == 0


def leads_both_ways(page):
    page.click(f"{BUBBLE} .chat-jump")
    expect(page.locator(".chat-reply").first).to_be_focused()
    page.click(MARK)
    expect(page.locator(BUBBLE)).to_be_focused()
    expect(page.locator(BUBBLE)).not_to_have_class(re.compile("chat-marked"), timeout=5000)


def test_a_correction_arrives_in_the_open_chat_and_is_there_after_a_reload(page, staff):
    correct(staff, asked(page))
    reads(page)
    expect(page.locator("#chat-spoken")).to_contain_text("Correction by Robin")
    leads_both_ways(page)
    page.reload()
    page.click("#chat-launcher")
    reads(page)
    assert page.locator("#chat-spoken").inner_text() == ""
    assert page.problems == []


def test_a_withdrawn_correction_says_so_at_both_ends(page, staff):
    correct(staff, asked(page))
    reads(page)
    staff.click("button:has-text('Undo')")
    for _time in range(2):
        expect(page.locator(BUBBLE)).to_contain_text("Robin has withdrawn", timeout=PATIENCE)
        expect(page.locator(MARK)).to_contain_text("withdrawn")
        expect(page.locator(f"{BUBBLE} > .chat-text")).to_have_text(RIGHT)
        page.reload()
        page.click("#chat-launcher")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_with_a_correction_breaks_no_accessibility_rule(page, staff, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    correct(staff, asked(page))
    reads(page)
    for opened in (page, staff):
        result = Axe().run(opened, {"include": [["#chat-panel"], [".cf"]]})
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []

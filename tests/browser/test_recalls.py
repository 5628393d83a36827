"""Staff recall what a shopper was told, and the shopper reads it: in two browsers."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import PATIENCE, ask, open_chat

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CLAIMS = "/admin/chatbot/toldclaim/"


def check(staff):
    """No rule of accessibility is broken, in light and in dark."""
    for scheme in ("light", "dark"):
        staff.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(staff, {"include": [[".cf"]]})["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


def open_draft(staff):
    """A recall of what shoppers were told the shell costs."""
    staff.goto(f"{CLAIMS}?page=kestrel-rain-shell&kind=money")
    check(staff)
    staff.click("text=These claims are wrong")
    expect(staff.locator("button:has-text('Open a draft')")).to_be_visible()
    check(staff)
    staff.fill("#id_say-reason", "The price was wrong.")
    staff.fill("#id_say-right", "It is $199.00.")
    staff.fill("#id_say-amount", "199")
    staff.click("button:has-text('Open a draft')")
    expect(staff.locator("#cf-progress")).to_contain_text("Not sent yet")


def test_a_shopper_who_was_told_reads_what_is_right(page, staff):
    page.goto("/products/kestrel-rain-shell/")
    open_chat(page)
    ask(page, "How much is the Kestrel Rain Shell?")
    open_draft(staff)
    check(staff)
    staff.locator("summary", has_text="Send…").click()
    staff.click("button:has-text('Send it now')")
    staff.locator("#cf-progress", has_text="On its way").or_(
        staff.locator("#cf-progress", has_text="Done")
    ).wait_for()
    expect(page.locator("#chat-panel")).to_contain_text("It is $199.00.", timeout=PATIENCE)
    expect(staff.locator("#cf-progress")).to_contain_text("Done: nobody waits")  # by itself
    check(staff)
    assert page.problems == []


@pytest.mark.parametrize("address", ["/admin/chatbot/recall/", f"{CLAIMS}changes/"])
def test_the_lists_break_no_accessibility_rule(staff, address):
    staff.goto(address)
    expect(staff.locator(".cf")).to_be_visible()
    check(staff)

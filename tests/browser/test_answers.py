"""What a correction becomes, in two browsers: an answer of the shop that the next shopper hears, and
a golden case."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import ask, find_review, open_chat

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
ASKED = "Do you sharpen axes and pocket knives?"
RIGHT = "Yes, we sharpen axes and pocket knives in the shop, free of charge, while you wait."
SCHEMES = ("light", "dark")


def corrected(page, staff):
    """A question that the help articles did not answer, and the page of its correction."""
    page.goto("/")
    open_chat(page)
    ask(page, ASKED)
    page.locator(".chat-thumb[aria-label*='not']").first.click()
    find_review(staff, page.locator(".chat-receipt").first.inner_text().split()[-1])
    staff.click("button.cf-button:has-text('Claim')")
    staff.fill("#cf-correction", RIGHT)
    staff.click("button:has-text('Correct')")
    expect(staff.locator("a[data-key='g']")).to_be_visible()


def breaks_no_rule(staff):
    for scheme in SCHEMES:
        staff.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        result = Axe().run(staff, {"include": [[".cf"]]})
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []


def test_by_two_keys_a_correction_is_what_the_next_shopper_hears(page, staff):
    corrected(page, staff)
    breaks_no_rule(staff)
    staff.keyboard.press("m")
    expect(staff.locator("#id_text")).to_have_value(RIGHT)
    breaks_no_rule(staff)
    staff.focus("#id_text")
    staff.click("button:has-text('Publish it')")
    expect(staff.locator(".cf-decide")).to_contain_text("Made an answer of the shop by")
    assert RIGHT in ask(page, ASKED)
    staff.click("button:has-text('Withdraw it')")
    expect(staff.locator(".cf-decide")).to_contain_text("took it back")
    assert RIGHT not in ask(page, ASKED)


def test_by_two_keys_it_is_a_golden_case_that_can_be_switched_off(page, staff):
    corrected(page, staff)
    staff.keyboard.press("g")
    expect(staff.locator("#id_text")).to_have_value(RIGHT)
    staff.fill("#id_must_state", "free of charge")
    breaks_no_rule(staff)
    staff.check("#id_confirmed")
    staff.click("button:has-text('Keep it')")
    expect(staff.locator(".cf-decide")).to_contain_text("Golden case")
    staff.goto("/admin/chatbot/goldencase/")
    breaks_no_rule(staff)
    staff.locator("button:has-text('Switch off')").first.click()
    expect(staff.locator(".cf-claims")).to_contain_text("Switched off")

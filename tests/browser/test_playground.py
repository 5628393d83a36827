"""Staff try the assistant with the real models, and read how the reply came about."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_reviewer_asks_as_a_customer_and_reads_the_reply_laid_open(staff, scheme):
    staff.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    staff.goto("/admin/")
    staff.get_by_role("link", name="Playground").first.click()
    staff.get_by_label("Message").fill("Where is my order 1163?")
    staff.get_by_label("Shopper's e-mail address").fill("maya.okafor@example.com")
    staff.get_by_role("button", name="Ask").click()
    expect(staff.locator("#cf-tried")).to_contain_text("#1163", timeout=PATIENCE)
    expect(staff.locator(".cf-draft")).to_contain_text("#1163")
    expect(staff.locator(".cf-supported").first).to_be_visible()
    found = Axe().run(staff, {"include": [[".cf"]]})["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []

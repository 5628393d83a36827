"""The owner has the record verified, and the page tells by itself what was found."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_journey import PATIENCE
from tests.browser.test_recalls import check

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_the_owner_presses_once_and_reads_the_verdict(owner):
    owner.goto("/admin/chatbot/ledgerentry/")
    check(owner)
    owner.get_by_role("button", name="Verify now").click()
    verdict = owner.locator("#cf-verifying").get_by_role("status")
    expect(verdict).to_contain_text("verified; nothing was altered", timeout=PATIENCE)
    check(owner)

"""A reviewer clears the queue by keyboard alone."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import sign_in
from tests.servers import manage, site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
QUEUE, ITEMS = "/admin/chatbot/review/", 10
VERDICT = ".cf-path"


@pytest.fixture(scope="module")
def queued(tmp_path_factory):
    """A site on which replies wait for a review."""
    with site(tmp_path_factory.mktemp("queue"), WARM_UP="off") as (address, env):
        call = f"from tests.browser import planting; planting.queue({ITEMS})"
        manage(env, "shell", "-c", call)
        yield address


@pytest.fixture
def reviewer(chromium, queued):
    context = chromium.new_context(base_url=queued, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, "reviewer@harbourandpine.example", "/admin/login/?next=/admin/")
    page.goto(QUEUE)
    yield page
    context.close()


def press(page, *keys):
    """Keys, the last of which leads to another page."""
    with page.expect_navigation():
        for key in keys:
            page.keyboard.press(key)


def approve(page):
    press(page, "a")
    expect(page.locator(VERDICT)).to_contain_text("Approved")


def correct(page):
    page.keyboard.press("e")
    page.keyboard.type("It is $49.00 in every colour.")
    press(page, "Control+Enter")
    expect(page.locator(VERDICT)).to_contain_text("Corrected")


def reject(page):
    press(page, "x", "2")
    expect(page.locator(VERDICT)).to_contain_text("Rejected")


def change_mind(page):
    reject(page)
    press(page, "u")
    expect(page.locator(VERDICT)).to_contain_text("Claimed")
    approve(page)


def take_next(page):
    press(page, "n")
    expect(page.locator("[data-key=a]")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_queue_and_a_review_break_no_accessibility_rule(reviewer, scheme):
    reviewer.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for part in ("open", "closed"):
        reviewer.goto(f"{QUEUE}?state={part}")
        faults(reviewer)
    reviewer.goto(QUEUE)
    press(reviewer, "j", "Enter")
    press(reviewer, "c")
    expect(reviewer.locator("[data-key=a]")).to_be_visible()
    faults(reviewer)
    press(reviewer, "r")
    expect(reviewer.locator("[data-key=c]")).to_be_visible()


def faults(page):
    page.wait_for_load_state("load")
    result = Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []


def test_a_reviewer_clears_ten_items_by_keyboard_alone(reviewer):
    expect(reviewer.locator(".cf-queue")).to_contain_text(f"{ITEMS} open, 1 of them urgent")
    for number in range(ITEMS):
        take_next(reviewer)
        assert number or "Urgent" in reviewer.locator(VERDICT).inner_text()
        (approve, correct, reject, change_mind)[number % 4](reviewer)
    press(reviewer, "n")
    expect(reviewer.locator("body")).to_contain_text("The queue is empty. Well done.")
    expect(reviewer.locator(".cf-queue")).to_contain_text("0 open")

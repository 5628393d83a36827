"""The desk of product texts in a real browser: by keyboard, with its script and without, for everybody."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import sign_in
from tests.servers import manage, site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
LIST = "/admin/chatbot/producttext/"
PAYLOAD = '<img src=x onerror="document.title=1">'


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """A site with a text that waits, one with gaps, and one that is being written."""
    with site(tmp_path_factory.mktemp("texts"), WARM_UP="off") as (address, env):
        call = f"from tests.browser import planting; planting.product_texts({PAYLOAD!r})"
        manage(env, "shell", "-c", call)
        yield address


def page_of(chromium, address, **more):
    page = chromium.new_context(base_url=address, **more).new_page()
    sign_in(page, "owner@harbourandpine.example", "/admin/login/?next=/admin/")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_desk_breaks_an_accessibility_rule_or_runs_what_it_shows(
    chromium, drafted, scheme
):
    page = page_of(chromium, drafted, color_scheme=scheme, reduced_motion="reduce")
    page.goto(LIST)
    rows = page.locator("#result_list a").evaluate_all("all => all.map(a => a.pathname)")
    edited = next(row for row in rows if row.endswith("/2/change/"))
    own = [LIST, f"{LIST}?state=live", f"{LIST}commission/", *rows,
           edited.replace("change", "compare")]  # fmt: skip
    for address in own:
        page.goto(address)
        found = Axe().run(page)["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
        assert page.title() != "1" and page.locator("img[src=x]").count() == 0
    page.context.close()


def test_a_text_is_read_and_approved_by_keyboard(chromium, drafted):
    page = page_of(chromium, drafted)
    page.goto(LIST)
    with page.expect_navigation():
        page.keyboard.press("n")
    with page.expect_navigation():
        page.keyboard.press("a")
    expect(page.locator(".cf-approval")).to_contain_text("is shown since")
    page.context.close()


def test_what_was_typed_is_there_again_after_the_page_was_left(chromium, drafted):
    page = page_of(chromium, drafted)
    page.on("dialog", lambda asked: asked.accept())  # whether to leave
    page.goto(f"{LIST}2/change/")
    page.locator("textarea").first.fill("Half a thought")
    page.goto(LIST)
    page.goto(f"{LIST}2/change/")
    expect(page.locator("textarea").first).to_have_value("Half a thought")
    expect(page.locator("#cf-kept")).to_be_visible()
    page.get_by_role("button", name="Check and save").click()
    expect(page.locator("#cf-kept")).to_be_hidden()
    page.context.close()


def test_characters_are_counted_while_somebody_types_and_by_the_server_too(chromium, drafted):
    for script in (True, False):
        page = page_of(chromium, drafted)
        if not script:
            page.route("**/counting*.js", lambda route: route.abort())
        page.goto(f"{LIST}2/change/")
        field = page.locator("textarea").first
        field.fill("x" * 61)
        if script:
            expect(page.locator(".cf-over").first).to_contain_text("61 of at most 60 characters")
        page.get_by_role("button", name="Check and save").click()
        expect(page.locator(".cf-error").first).to_be_visible()
        expect(page.locator(".cf-over").first).to_contain_text("61 of at most 60 characters")
        page.context.close()

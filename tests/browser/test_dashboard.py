"""The dashboard in a real browser: readable by everybody, light and dark, wide and narrow."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import sign_in
from tests.servers import manage, site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
SIZES = ((1280, 900), (390, 844))


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """A site of five weeks, and one in which nothing has happened yet."""
    folder = tmp_path_factory.mktemp("counted")
    with site(folder, WARM_UP="off") as (address, env):
        plant = "from tests.browser import planting; planting.figures(300)"
        manage(env, "shell", "-c", plant)
        yield address


def wrong(message):
    """An error of the page; that the admin has no icon is none."""
    return message.type == "error" and "favicon" not in message.location["url"]


@pytest.fixture
def dashboard(chromium, counted):
    context = chromium.new_context(base_url=counted, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.problems = []
    page.on("console", lambda m: page.problems.append(m.text) if wrong(m) else None)
    sign_in(page, "reviewer@harbourandpine.example", "/admin/login/?next=/admin/")
    page.goto("/admin/chatbot/day/?days=90")
    yield page
    context.close()


def test_it_stands_first_in_the_sidebar_and_compares_both_versions(dashboard):
    link = dashboard.locator("#nav-sidebar a, nav a").filter(has_text="Dashboard").first
    expect(link).to_have_attribute("href", "/admin/chatbot/day/")
    expect(dashboard.locator("#cf-sides")).to_have_text("Versions side by side")
    dashboard.select_option("#cf-version", index=1)
    dashboard.click("button:has-text('Show')")
    expect(dashboard.locator("#cf-version option:checked")).to_contain_text("bundled")
    assert "days=90" in dashboard.url
    assert dashboard.problems == []


def test_every_plot_has_a_table_with_its_numbers(dashboard):
    for plot in dashboard.locator(".cf-plot").all():
        table = plot.locator("xpath=following-sibling::details")
        table.locator("summary").click()
        expect(table.locator("table")).to_be_visible()
        slots, rows = plot.locator(".cf-slot"), table.locator("tbody tr")
        assert slots.count() == rows.count() >= 24


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dashboard_breaks_no_accessibility_rule(dashboard, scheme, size):
    dashboard.set_viewport_size({"width": size[0], "height": size[1]})
    dashboard.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    dashboard.reload()
    dashboard.locator(".cf-twin summary").first.click()
    result = Axe().run(dashboard, {"include": [[".cf"]]})
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert dashboard.evaluate(wide) == 0
    assert dashboard.problems == []

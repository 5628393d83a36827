"""The admin's page of a website, with the widget itself in its corner."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import sign_in
from tests.browser.test_widget import carrying, frame, launcher, open_widget  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def owner(chromium, carrying):  # noqa: F811
    """The owner's browser, on the page of the website."""
    home = carrying[0].home
    context = chromium.new_context(base_url=home, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    sign_in(page, "owner@harbourandpine.example", "/admin/login/?next=/admin/chatbot/embed/")
    page.click("text=Blog")
    yield page
    context.close()


def test_the_preview_follows_colour_and_position_before_they_are_kept(owner):
    expect(launcher(owner)).to_be_visible()
    before = launcher(owner).bounding_box()["x"]
    owner.select_option("#id_position", "left")
    owner.evaluate("""() => { const field = document.getElementById("id_color"); field.value = "#334455";
      field.dispatchEvent(new Event("input", { bubbles: true })); }""")
    expect(launcher(owner)).to_have_css("background-color", "rgb(51, 68, 85)")
    expect(launcher(owner)).to_have_css("color", "rgb(255, 255, 255)")
    assert launcher(owner).bounding_box()["x"] < before
    open_widget(owner)
    expect(frame(owner).locator(".chat-head")).to_have_css("background-color", "rgb(51, 68, 85)")
    assert owner.problems == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_a_website_breaks_no_accessibility_rule(owner, scheme):
    owner.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    owner.reload()
    expect(launcher(owner)).to_be_visible()
    result = Axe().run(owner, {"include": [[".cf"], ["#counterfoil"]]})
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []

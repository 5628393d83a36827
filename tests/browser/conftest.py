"""A real server and a real browser."""

import pytest
from playwright.sync_api import sync_playwright

from tests.servers import CHROMIUM, CHROMIUM_FLAGS, needs, site


@pytest.fixture(scope="session")
def shop(tmp_path_factory):
    with site(tmp_path_factory.mktemp("site"), SHOP_NOW="2026-11-20T18:00:00-05:00") as (
        address,
        _env,
    ):
        yield address


@pytest.fixture(scope="session")
def chromium():
    needs(CHROMIUM, "Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, shop):
    context = chromium.new_context(base_url=shop, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.problems = []
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    context.close()

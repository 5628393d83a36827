"""A real server and a real browser."""

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.inspection import Watch
from tests.browser.test_journey import sign_in
from tests.redteam.engines import engine, obey
from tests.servers import CHROMIUM, CHROMIUM_FLAGS, manage, needs, site


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


@pytest.fixture
def staff(chromium, shop):
    """The reviewer's browser."""
    context = chromium.new_context(base_url=shop, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, "reviewer@harbourandpine.example", "/admin/login/?next=/admin/")
    yield page
    context.close()


@pytest.fixture
def owner(chromium, shop):
    """The browser of whoever owns the shop."""
    context = chromium.new_context(base_url=shop, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sign_in(page, "owner@harbourandpine.example", "/admin/login/?next=/admin/")
    yield page
    context.close()


@pytest.fixture(scope="session")
def attacked(tmp_path_factory):
    """A site for payloads, with an engine that says whatever the shopper wrote; yields address and
    environment."""
    limits = dict.fromkeys(
        ("MESSAGES_PER_MINUTE", "MESSAGES_PER_DAY", "ADDRESS_MESSAGES_PER_DAY"), str(10**6)
    )
    folder = tmp_path_factory.mktemp("attacked")
    with engine(obey) as settings, site(folder, WARM_UP="off", **limits, **settings) as served:
        yield served


@pytest.fixture
def plant(attacked):
    """Lay payloads into the attacked site, as `planting` names it."""

    def lay(name, *values):
        call = f"from tests.browser import planting; planting.{name}(*{values!r})"
        manage(attacked[1], "shell", "-c", call)

    return lay


@pytest.fixture
def watch(chromium, attacked):
    """A page of the attacked site, watched."""
    context = chromium.new_context(base_url=attacked[0], viewport={"width": 1280, "height": 900})
    yield Watch(context.new_page(), attacked[0])
    context.close()

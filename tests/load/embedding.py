"""What the widget costs the page of a shop that carries it.

    .venv/bin/python -m tests.load.embedding

What is received, compressed, until the chat is first opened and after; how far the page's own content moves;
the longest stretch for which its main thread is held up, with the CPU slowed down four times,
beside the same page without the widget.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from tests.browser.host_page import HostSite, host_site
from tests.servers import CHROMIUM, CHROMIUM_FLAGS, manage, site

SLOWER = 4
SETTLED_MS = 4000
MAKE = """
from chatbot.models import Embed
print(Embed.objects.create(name="Blog", origins=[{origin!r}]).key)
"""
# Told before any script of the page: what shifts, and what holds the thread up for over 50 ms.
WATCH = """
window.shifted = 0; window.held = [];
new PerformanceObserver((list) => { for (const e of list.getEntries()) window.shifted += e.value; })
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { for (const e of list.getEntries()) window.held.push(e.duration); })
  .observe({ type: "longtask", buffered: true });
"""


def slowed(page: Page) -> None:
    """Let the page have a fraction of the processor."""
    talk = page.context.new_cdp_session(page)
    talk.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def compressed(responses: list[Response]) -> float:
    """KB of what was received, as a server sends it that compresses."""
    return sum(len(gzip.compress(response.body())) for response in responses) / 1000


def visit(browser: Browser, origin: str, home: str, opens: bool) -> dict[str, float]:
    """One visit: what was received, how far the page moved, how long it was held up at most."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(WATCH)
    slowed(page)
    ours: list[Response] = []
    page.on("response", lambda got: ours.append(got) if got.url.startswith(home) else None)
    page.goto(origin)
    page.wait_for_timeout(SETTLED_MS)
    if opens:
        page.locator("#counterfoil button").click()
        page.wait_for_timeout(2 * SETTLED_MS)
    told = page.evaluate("({moved: window.shifted, held: Math.max(0, ...window.held)})")
    kilobytes = compressed(ours)
    page.context.close()
    return {"KB": kilobytes, "requests": len(ours), **told}


def measured(pages: HostSite, origin: str, key: str) -> dict[str, dict[str, float]]:
    """The page without the widget, with it, and with the chat opened."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        pages.tags = ""
        bare = visit(browser, origin, pages.home, opens=False)
        pages.embed(key)
        closed = visit(browser, origin, pages.home, opens=False)
        opened = visit(browser, origin, pages.home, opens=True)
        browser.close()
    return {"without": bare, "with the loader": closed, "chat opened": opened}


def main() -> None:
    """Serve a shop and a foreign page, and tell what the widget costs it."""
    with tempfile.TemporaryDirectory() as folder:
        served = site(Path(folder))
        with served as (home, env), host_site(home) as (pages, origin):
            key = manage(env, "shell", "-v", "0", "-c", MAKE.format(origin=origin)).split()[-1]
            found = measured(pages, origin, key)
    sys.stdout.write(f"{'':<18}{'KB':>8}{'requests':>10}{'shift':>8}{'longest task, ms':>18}\n")
    for name, row in found.items():
        sys.stdout.write(
            f"{name:<18}{row['KB']:>8.1f}{row['requests']:>10.0f}{row['moved']:>8.3f}"
            f"{row['held']:>18.0f}\n"
        )


if __name__ == "__main__":
    main()

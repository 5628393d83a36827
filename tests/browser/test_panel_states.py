"""The panel in every state, light and dark, left to right and right to left: nothing in it breaks an
accessibility rule, nothing is wider than it may be, and nobody loses their place."""

import json

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import PATIENCE, ask, open_chat

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
PERSON = [
    {"type": "state", "seq": 9001, "state": "person", "name": "Grace", "place": 0},
    {"type": "person", "seq": 9002, "name": "Grace", "text": "Hello, Grace here.", "at": ""},
]
WIDE = """() => [...document.querySelectorAll("#chat-panel, #chat-panel *")]
  .filter((n) => n.getBoundingClientRect().right > innerWidth + 1 || n.getBoundingClientRect().left < -1)
  .filter((n) => n.checkVisibility() && !n.closest(".chat-hidden")).map((n) => n.className)"""
LOST = "document.activeElement === document.body"


class Sockets:
    """The sockets of a page, into which words can be put and which can be cut."""

    def __init__(self, page):
        self.page, self.all = page, []
        page.route_web_socket("**/chat/socket/", self._through)

    def _through(self, socket):
        socket.connect_to_server()
        self.all.append(socket)

    def tell(self, *frames):
        for frame in frames:
            self.all[-1].send(json.dumps(frame))

    def cut(self):
        self.page.context.set_offline(True)
        self.all[-1].close()


@pytest.fixture
def sockets(page):
    return Sockets(page)


def states(page, sockets):
    """The six states, one after the other; yields the name of each."""
    page.goto("/products/kestrel-rain-shell/")
    yield "closed"
    open_chat(page)
    yield "disclosure and empty"
    ask(page, "Is it in stock in M slate, and how much is it?")
    for summary in page.locator("details summary").all():
        summary.click()
    ask(page, "Where is my order 1163?")
    yield "conversation with cards"
    page.press("#chat-text", "ArrowUp")
    yield "changing"
    page.keyboard.press("Escape")
    page.click("#chat-chats-open")
    expect(page.locator(".chat-past-one")).to_have_count(1)
    yield "chats"
    page.keyboard.press("Escape")
    sockets.tell(*PERSON)
    expect(page.locator(".chat-human")).to_be_visible()
    yield "person"
    sockets.cut()
    page.fill("#chat-text", "Are you there?")
    page.press("#chat-text", "Enter")
    expect(page.locator(".chat-pending button")).to_be_visible()
    yield "offline"
    page.context.set_offline(False)


def turned(page, scheme, direction):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    turn = f"document.documentElement.dir = '{direction}'"
    page.add_init_script(f"document.addEventListener('DOMContentLoaded', () => {{ {turn} }})")


def broken(page):
    return [(v["id"], v["nodes"][0]["html"][:160]) for v in Axe().run(page)["violations"]]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_breaks_an_accessibility_rule(page, sockets, scheme, direction):
    turned(page, scheme, direction)
    found = {state: broken(page) for state in states(page, sockets)}
    assert {state: faults for state, faults in found.items() if faults} == {}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_is_cut_off_on_the_smallest_screens(page, sockets, direction):
    turned(page, "light", direction)
    page.set_viewport_size({"width": 320, "height": 568})
    wide = {state: page.evaluate(WIDE) for state in states(page, sockets)}
    assert {state: nodes for state, nodes in wide.items() if nodes} == {}


def test_zoomed_to_400_percent_everything_can_be_read_and_reached(page):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto("/")
    open_chat(page)
    ask(page, "How much is the Kestrel Rain Shell?")
    page.locator(".chat-card strong").first.scroll_into_view_if_needed()
    assert page.locator("#chat-log").bounding_box()["height"] > 150
    assert page.evaluate(WIDE) == []
    page.locator("#chat-person").scroll_into_view_if_needed()
    expect(page.locator("#chat-person")).to_be_in_viewport(ratio=0.9)


def test_with_forced_colours_every_bubble_has_an_edge(page):
    page.emulate_media(forced_colors="active")
    page.goto("/")
    open_chat(page)
    ask(page, "hello")
    for bubble in (".chat-said", ".chat-reply", ".chat-panel"):
        width = page.locator(bubble).first.evaluate("n => getComputedStyle(n).borderTopWidth")
        assert width == "1px", bubble


def test_on_a_phone_it_ends_where_the_keyboard_begins_and_covers_the_page(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    page.evaluate("""() => {
      const view = Object.assign(new EventTarget(), { height: 420, offsetTop: 30 });
      Object.defineProperty(window, "visualViewport", { value: view });
    }""")
    open_chat(page)
    box = page.locator("#chat-panel").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 30, 390, 420)
    assert page.locator("main").evaluate("node => node.inert")
    page.click("#chat-close")
    assert not page.locator("main").evaluate("node => node.inert")
    expect(page.locator("#chat-launcher")).to_be_focused()


SPEAK = """() => { window.spoken = []; const region = document.getElementById("chat-spoken");
  new MutationObserver(() => window.spoken.push(region.textContent)).observe(region, { childList: true });
}"""


def test_a_reply_streams_silently_and_is_announced_once_and_whole(page):
    page.goto("/")
    open_chat(page)
    page.evaluate(SPEAK)
    ask(page, "Is the Kestrel Rain Shell in stock in M slate, and how much is it?")
    told = page.locator(".chat-reply .chat-text").inner_text().split()
    assert [text.split() for text in page.evaluate("window.spoken")] == [told]
    assert page.locator("#chat-log").get_attribute("aria-live") == "off"
    page.reload()
    page.click("#chat-launcher")
    expect(page.locator(".chat-foot")).to_have_count(1, timeout=PATIENCE)
    assert page.locator("#chat-spoken").inner_text() == ""  # what is old is not read out again


def test_whatever_is_pressed_by_keyboard_nobody_is_left_nowhere(page, sockets):
    page.goto("/products/kestrel-rain-shell/")
    open_chat(page)
    places = [".chat-hello .chat-chip", ".chat-next .chat-chip", ".chat-edit", "#chat-editing-stop",
              "#chat-chats-open", ".chat-new"]  # fmt: skip
    for place in places:
        page.locator(place).first.press("Enter", timeout=PATIENCE)
        page.wait_for_timeout(300)
        assert not page.evaluate(LOST), place
        if "chip" in place:
            expect(page.locator(".chat-foot").last).to_be_visible(timeout=PATIENCE)
    sockets.cut()
    page.fill("#chat-text", "Are you there?")
    page.press("#chat-text", "Enter")
    page.locator(".chat-pending button").press("Enter")
    assert not page.evaluate(LOST)
    page.context.set_offline(False)

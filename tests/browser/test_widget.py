"""The widget on a page of another origin, in a real browser."""

import json

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.host_page import host_site
from tests.browser.test_journey import PATIENCE
from tests.servers import CHROMIUM, CHROMIUM_FLAGS, manage, site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
MAKE = """
import json
from chatbot.models import Embed
from chatbot.widget import identity
embed = Embed.objects.create(name="Blog", origins=[{origin!r}], greeting="Hello, walker.",
                             questions=["How heavy is the tent?"], color="#ffd23f")
print(json.dumps([embed.key, identity.change_key(embed)]))
"""


@pytest.fixture(scope="session")
def carrying(tmp_path_factory):
    """The demo shop, a foreign site beside it, and the embed's two keys."""
    folder = tmp_path_factory.mktemp("carrying")
    served = site(folder, SHOP_NOW="2026-11-20T18:00:00-05:00")
    with served as (home, env), host_site(home) as (pages, origin):
        made = manage(env, "shell", "-c", MAKE.format(origin=origin))
        yield pages, origin, *json.loads(made.strip().splitlines()[-1]), env


@pytest.fixture
def blog(carrying):
    """The foreign site with the widget's tag, as a shop pastes it."""
    pages, _origin, key, _secret, _env = carrying
    pages.script, pages.strict, pages.html = "", False, ""
    return pages.embed(key)


@pytest.fixture
def visitor(chromium, carrying, blog):
    """A page of a browser that is about to visit the foreign site."""
    context = chromium.new_context(base_url=carrying[1], viewport={"width": 1280, "height": 900})
    yield noting(context.new_page())
    context.close()


def noting(page):
    """The page, with what it asks for and what goes wrong on it kept."""
    page.problems, page.asked = [], []
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    return page


def launcher(page):
    return page.locator("#counterfoil button")


def frame(page):
    return page.frame_locator("#counterfoil iframe")


def open_widget(page, patience=PATIENCE):
    launcher(page).click()
    expect(frame(page).locator("#chat-text")).to_be_enabled(timeout=patience)
    return frame(page)


def ask(page, text):
    chat = frame(page)
    before = chat.locator(".chat-foot").count()
    chat.locator("#chat-text").fill(text)
    chat.locator("#chat-text").press("Enter")
    expect(chat.locator(".chat-foot")).to_have_count(before + 1, timeout=PATIENCE)
    return chat.locator(".chat-reply").last.inner_text()


def test_an_answer_streams_on_a_foreign_page_and_the_disclosure_stands_first(visitor):
    visitor.goto("/")
    chat = open_widget(visitor)
    expect(chat.locator("#chat-disclosure")).to_contain_text("AI assistant")
    expect(chat.locator("#chat-data-open")).to_be_hidden()  # it goes by a cookie, and there is none
    assert chat.locator(".chat-reply").count() == 0
    expect(chat.locator(".chat-hello")).to_contain_text("Hello, walker.")
    expect(chat.locator(".chat-chip")).to_have_text(["How heavy is the tent?"])
    answer = ask(visitor, "How much is the Kestrel Rain Shell?")
    assert answer.startswith("AI") and "$189.00" in answer
    assert visitor.problems == []
    assert not [c for c in visitor.context.cookies() if c["domain"] == "127.0.0.1"]


def test_before_it_is_opened_nothing_is_asked_for_but_the_loader_and_nothing_moves(visitor):
    visitor.add_init_script("""window.moved = 0; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.moved += entry.value;
    }).observe({type: "layout-shift", buffered: true});""")
    visitor.goto("/")
    expect(launcher(visitor)).to_be_visible()
    visitor.wait_for_timeout(1500)
    foreign = [url for url in visitor.asked if "127.0.0.1" in url]
    assert [url.split("/")[-1] for url in foreign] == ["widget.js"]
    open_widget(visitor)
    assert visitor.evaluate("window.moved") == 0


def test_a_site_that_is_not_listed_cannot_show_it(visitor, carrying, blog):
    with host_site(blog.home) as (pages, origin):  # its port makes it another origin
        pages.embed(carrying[2])
        pages.script = (
            "(window.Counterfoil ??= []).push(['on', 'error', () => (window.told = true)])"
        )
        visitor.clock.install()
        visitor.goto(origin)
        launcher(visitor).click()
        visitor.wait_for_timeout(1000)
        visitor.clock.fast_forward(11_000)
        expect(launcher(visitor)).to_have_attribute("aria-expanded", "false")
        assert frame(visitor).locator("#chat-panel").count() == 0
        assert visitor.evaluate("window.told") is True


def test_a_conversation_is_there_again_after_a_reload_and_in_another_tab(visitor):
    visitor.goto("/")
    open_widget(visitor)
    assert "$189.00" in ask(visitor, "How much is the Kestrel Rain Shell?")
    visitor.reload()
    open_widget(visitor)
    expect(frame(visitor).locator(".chat-reply")).to_contain_text("$189.00", timeout=PATIENCE)
    fresh = noting(visitor.context.new_page())
    fresh.goto("/")
    open_widget(fresh)
    expect(frame(fresh).locator(".chat-reply")).to_contain_text("$189.00", timeout=PATIENCE)


# What a shopper sets in the browser: no cookies of other sites, or no site data of ours at all.
SETTINGS = {
    "cookies": lambda home: {"cookie_controls_mode": 1, "block_third_party_cookies": True},
    "storage": lambda home: {
        "content_settings": {"exceptions": {"cookies": {f"{home},*": {"setting": 2}}}}
    },
}


@pytest.fixture(params=SETTINGS)
def wary(request, chromium, carrying, blog, tmp_path):
    """A page of a browser in which our frame may not keep what it likes, and what is refused."""
    folder = tmp_path / "Default"
    folder.mkdir()
    chosen = {"profile": SETTINGS[request.param](blog.home)}
    (folder / "Preferences").write_text(json.dumps(chosen))
    context = chromium.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=CHROMIUM, args=CHROMIUM_FLAGS, base_url=carrying[1]
    )
    yield context.new_page(), request.param
    context.close()


MAY_KEEP = "() => { try { return Boolean(localStorage) } catch { return false } }"


def test_it_works_and_resumes_where_our_frame_may_keep_little_or_nothing(wary):
    page, refused = wary
    page.goto("/")
    open_widget(page)
    assert "$189.00" in ask(page, "How much is the Kestrel Rain Shell?")
    may_keep = page.frames[1].evaluate(MAY_KEEP)  # browsers differ in what goes with the cookies
    assert not (may_keep and refused == "storage")
    assert page.evaluate("Object.keys(localStorage).length") == (0 if may_keep else 1)
    page.reload()
    open_widget(page)
    expect(frame(page).locator(".chat-reply")).to_contain_text("$189.00", timeout=PATIENCE)


def test_it_works_under_a_strict_policy_of_the_site(visitor, blog):
    blog.strict = True
    visitor.goto("/")
    open_widget(visitor)
    assert "$189.00" in ask(visitor, "How much is the Kestrel Rain Shell?")
    assert visitor.problems == []


def test_two_tags_are_one_widget(visitor, blog, carrying):
    blog.embed(carrying[2], times=2)
    visitor.goto("/")
    expect(launcher(visitor)).to_have_count(1)
    open_widget(visitor)
    assert visitor.locator("#counterfoil iframe").count() == 1


def test_the_keyboard_opens_types_closes_and_comes_back_to_the_button(visitor):
    visitor.goto("/")
    expect(launcher(visitor)).to_be_visible()
    launcher(visitor).focus()
    visitor.keyboard.press("Enter")
    expect(launcher(visitor)).to_have_attribute("aria-expanded", "true")
    text = frame(visitor).locator("#chat-text")
    expect(text).to_be_enabled(timeout=PATIENCE)
    expect(text).to_be_focused()
    visitor.keyboard.type("How much is the tent?")
    expect(text).to_have_value("How much is the tent?")
    visitor.keyboard.press("Escape")
    expect(visitor.locator("#counterfoil iframe")).to_be_hidden()
    assert (
        visitor.evaluate("document.querySelector('#counterfoil').shadowRoot.activeElement?.tagName")
        == "BUTTON"
    )
    expect(launcher(visitor)).to_have_attribute("aria-expanded", "false")


def test_calls_before_it_is_loaded_are_kept_and_events_are_told(visitor, blog):
    blog.script = """window.told = []; window.Counterfoil = [
      ["on", "ready", () => told.push("ready")], ["on", "open", () => told.push("open")],
      ["on", "close", () => told.push("close")], ["on", "message", ({from}) => told.push(from)],
      ["page", {product: "kestrel-rain-shell"}], ["open"]];"""
    visitor.goto("/")
    expect(frame(visitor).locator("#chat-text")).to_be_enabled(timeout=PATIENCE)
    assert "$189.00" in ask(visitor, "How much is it?")
    visitor.evaluate("Counterfoil.close()")
    expect(visitor.locator("#counterfoil iframe")).to_be_hidden()
    assert visitor.evaluate("told") == ["open", "ready", "shopper", "assistant", "close"]


def test_what_comes_while_it_is_closed_is_counted_on_the_button(visitor):
    visitor.goto("/")
    open_widget(visitor)
    frame(visitor).locator("#chat-text").fill("How much is the Kestrel Rain Shell?")
    frame(visitor).locator("#chat-text").press("Enter")
    visitor.evaluate("Counterfoil.close()")
    expect(visitor.locator("#counterfoil b")).to_have_text("1", timeout=PATIENCE)
    expect(visitor.locator("#counterfoil p")).to_have_text("New messages: 1")
    open_widget(visitor)
    expect(visitor.locator("#counterfoil b")).to_be_hidden()


def test_after_a_shutdown_nothing_is_left(visitor):
    visitor.goto("/")
    open_widget(visitor)
    ask(visitor, "hi")
    visitor.evaluate("Counterfoil.shutdown()")
    expect(visitor.locator("#counterfoil")).to_have_count(0)
    visitor.reload()
    open_widget(visitor)
    assert frame(visitor).locator(".chat-said").count() == 0


def test_a_page_that_speaks_for_another_origin_is_not_heard(visitor):
    visitor.goto("/")
    open_widget(visitor)
    visitor.evaluate("""() => {
      const inner = document.createElement("iframe");
      inner.srcdoc = "x";
      document.body.append(inner);
      inner.onload = () => inner.contentWindow.eval(`parent.postMessage({counterfoil: 1, type: "closed"}, "*")`);
      window.postMessage({counterfoil: 1, type: "closed"}, "*");
    }""")
    visitor.wait_for_timeout(500)
    expect(launcher(visitor)).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("dir", ["ltr", "rtl"])
def test_the_page_and_the_frame_break_no_accessibility_rule(visitor, blog, scheme, dir):
    blog.html = f' dir="{dir}"'
    visitor.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    visitor.goto("/")
    expect(launcher(visitor)).to_be_visible()
    assert broken(visitor) == []
    open_widget(visitor)
    ask(visitor, "How much is the Kestrel Rain Shell?")
    assert broken(visitor) == []
    assert broken(visitor.frames[1]) == []


def broken(page):
    return [(v["id"], v["nodes"][0]["html"][:120]) for v in Axe().run(page)["violations"]]


def test_on_a_phone_it_covers_the_page_and_gives_it_back(visitor):
    visitor.set_viewport_size({"width": 390, "height": 844})
    visitor.goto("/")
    open_widget(visitor)
    box = visitor.locator("#counterfoil iframe").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    expect(launcher(visitor)).to_be_hidden()
    assert visitor.locator("main").evaluate("node => node.inert")
    frame(visitor).locator("#chat-close").click()
    expect(launcher(visitor)).to_be_visible()
    assert not visitor.locator("main").evaluate("node => node.inert")

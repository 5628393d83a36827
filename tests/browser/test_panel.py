"""What a shopper can do with words: change them, ask again, write without a line, come back later."""

import contextlib
import re

import pytest
from PIL import Image
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from tests.browser.test_journey import PATIENCE, ask, open_chat

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
KEEP_SOCKETS = """window.lines = []; const Socket = WebSocket;
window.WebSocket = class extends Socket {
  constructor(...all) { super(...all); window.lines.push(this); }
};"""
FOCUSED = "document.activeElement?.id"
HOLD = "() => { window.lines.at(-1).send = (frame) => { window.held = JSON.parse(frame) } }"
TELL = "(frame) => window.lines.at(-1).onmessage({ data: JSON.stringify(frame) })"
PERSON = {"type": "state", "seq": 9999, "state": "person", "name": "Ada", "place": None}
SEND_AND_SCROLL_UP = """() => { document.getElementById("chat-send").click();
  document.getElementById("chat-log").scrollTo(0, 0); }"""
REFUSE = """() => window.lines.at(-1).onmessage({ data: JSON.stringify(
  { type: "error", code: "edit", message: "Not now.", client_id: window.held.client_id }) })"""


@pytest.fixture
def chat(page):
    page.add_init_script(KEEP_SOCKETS)
    page.goto("/")
    open_chat(page)
    return page


def cut(page):
    """No network, and so no line."""
    page.context.set_offline(True)
    page.evaluate("window.lines.at(-1).close()")


def write(page, text):
    page.fill("#chat-text", text)
    page.press("#chat-text", "Enter")


def test_the_last_message_is_changed_by_keyboard_and_both_are_kept(chat):
    ask(chat, "How much is the Kestrel Rain Shell?")
    chat.press("#chat-text", "ArrowUp")
    expect(chat.locator("#chat-editing")).to_be_visible()
    assert chat.evaluate(FOCUSED) == "chat-text"
    assert "45 days" in ask(chat, "How long do I have to return something?")
    expect(chat.locator(".chat-said")).to_have_count(2)
    expect(chat.locator(".chat-said.chat-replaced")).to_have_text(
        "How much is the Kestrel Rain Shell?"
    )
    expect(chat.locator(".chat-change")).to_have_text("You changed this message.")
    expect(chat.locator(".chat-reply.chat-replaced")).to_have_count(1)
    expect(chat.locator("#chat-editing")).to_be_hidden()


def test_escape_leaves_the_message_as_it_is(chat):
    ask(chat, "hello")
    chat.get_by_role("button", name="Change", exact=True).click()
    expect(chat.locator("#chat-text")).to_have_value("hello")
    chat.keyboard.press("Escape")
    expect(chat.locator("#chat-panel")).to_be_visible()
    expect(chat.locator("#chat-text")).to_have_value("")
    ask(chat, "hello again")
    expect(chat.locator(".chat-replaced")).to_have_count(0)


def test_what_was_refused_stands_above_what_was_written_since(chat):
    ask(chat, "hello")
    chat.press("#chat-text", "ArrowUp")
    chat.evaluate(HOLD)
    write(chat, "hello there")
    assert chat.evaluate("window.held.replaces")
    chat.fill("#chat-text", "and one more")
    chat.evaluate(REFUSE)
    expect(chat.locator("#chat-error")).to_have_text("Not now.")
    expect(chat.locator("#chat-text")).to_have_value("hello there\nand one more")
    assert chat.evaluate("document.getElementById('chat-text').selectionEnd") == 24


def test_what_was_begun_outlives_a_change_a_chip_and_another_chat(chat):
    ask(chat, "hello")
    chat.fill("#chat-text", "half a thought")
    chat.get_by_role("button", name="Change", exact=True).click()
    chat.fill("#chat-text", "How much is the Kestrel Rain Shell?")
    chat.press("#chat-text", "Enter")
    expect(chat.locator("#chat-text")).to_have_value("half a thought")
    expect(chat.locator(".chat-foot")).to_have_count(2, timeout=PATIENCE)
    chat.locator(".chat-chip").last.click()
    expect(chat.locator(".chat-foot")).to_have_count(3, timeout=PATIENCE)
    chat.click("#chat-chats-open")
    chat.get_by_role("button", name="New chat").click()
    expect(chat.locator(".chat-said")).to_have_count(0)
    expect(chat.locator("#chat-text")).to_have_value("half a thought")


def test_a_change_that_ends_by_itself_leaves_the_keyboard_where_it_is(chat):
    ask(chat, "hello")
    chat.press("#chat-text", "ArrowUp")
    chat.focus("#chat-close")
    chat.evaluate(TELL, PERSON)
    expect(chat.locator("#chat-editing")).to_be_hidden()
    assert chat.evaluate(FOCUSED) == "chat-close"


def test_without_a_line_it_says_so_keeps_what_is_written_and_sends_it_once(chat):
    ask(chat, "hello")
    cut(chat)
    expect(chat.locator("#chat-status")).to_contain_text("offline")
    write(chat, "How much is the Kestrel Rain Shell?")
    write(chat, "And the tent?")
    expect(chat.locator(".chat-waits")).to_have_text(
        ["How much is the Kestrel Rain Shell?", "And the tent?"]
    )
    expect(chat.locator(".chat-pending-told").first).to_contain_text("Will be sent")
    chat.get_by_role("button", name="Take back").last.click()
    expect(chat.locator("#chat-text")).to_have_value("And the tent?")
    assert chat.evaluate(FOCUSED) == "chat-text"
    chat.context.set_offline(False)
    expect(chat.locator(".chat-foot")).to_have_count(2, timeout=PATIENCE)
    expect(chat.locator(".chat-said")).to_have_text(
        ["hello", "How much is the Kestrel Rain Shell?"]
    )
    expect(chat.locator(".chat-waits")).to_have_count(0)


def test_what_waits_survives_a_reload(chat):
    ask(chat, "hello")
    chat.route("**/chat/start/", lambda route: route.abort())
    chat.evaluate("window.lines.at(-1).close()")
    write(chat, "How much is the Kestrel Rain Shell?")
    chat.reload()
    chat.click("#chat-launcher")
    expect(chat.locator(".chat-waits")).to_have_text("How much is the Kestrel Rain Shell?")
    chat.unroute("**/chat/start/")
    chat.evaluate("window.dispatchEvent(new Event('online'))")  # sooner than the next try
    expect(chat.locator(".chat-foot")).to_have_count(2, timeout=PATIENCE)
    expect(chat.locator(".chat-said")).to_have_count(2)


def test_a_page_that_wakes_up_comes_back_at_once(chat):
    ask(chat, "hello")
    chat.route("**/chat/start/", lambda route: route.abort())
    chat.evaluate("window.lines.at(-1).close()")
    chat.wait_for_timeout(4000)  # some tries in vain: the next one is far off
    chat.unroute("**/chat/start/")
    chat.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(chat.locator("#chat-status")).to_have_text("", timeout=2000)


def test_what_comes_while_it_is_closed_is_counted_and_seen_when_opened(chat):
    title = chat.title()
    write(chat, "How much is the Kestrel Rain Shell?")
    chat.keyboard.press("Escape")
    expect(chat.locator("#chat-unread")).to_have_text("1", timeout=PATIENCE)
    expect(chat.locator("#chat-unread-told")).to_have_text("New messages: 1")
    assert chat.title() == f"(1) {title}"
    chat.goto("/help/returns/")
    expect(chat.locator("#chat-unread")).to_have_text("1", timeout=PATIENCE)
    chat.click("#chat-launcher")
    expect(chat.locator("#chat-unread")).to_be_hidden()
    chat.reload()
    expect(chat.locator(".chat-foot")).to_have_count(1, timeout=PATIENCE)
    expect(chat.locator("#chat-unread")).to_be_hidden()


def test_who_has_scrolled_up_is_left_there_and_told(chat):
    for _time in range(3):
        ask(chat, "How long do I have to return something?")
    chat.fill("#chat-text", "How much is the Kestrel Rain Shell?")
    chat.evaluate(SEND_AND_SCROLL_UP)
    expect(chat.locator("#chat-below")).to_be_visible(timeout=PATIENCE)
    expect(chat.locator(".chat-foot")).to_have_count(4, timeout=PATIENCE)
    assert chat.evaluate("document.getElementById('chat-log').scrollTop") == 0
    chat.focus("#chat-below")
    chat.keyboard.press("Enter")
    expect(chat.locator("#chat-below")).to_be_hidden()
    assert chat.evaluate(FOCUSED) == "chat-log"


def test_an_earlier_chat_is_gone_on_with_and_a_new_one_begun(chat):
    ask(chat, "How much is the Kestrel Rain Shell?")
    chat.click("#chat-chats-open")
    expect(chat.locator(".chat-past-one")).to_contain_text("This chat")
    chat.get_by_role("button", name="New chat").click()
    expect(chat.locator("#chat-spoken")).to_have_text("A new chat has begun.")
    assert chat.evaluate(FOCUSED) == "chat-text"
    expect(chat.locator(".chat-said")).to_have_count(0)
    ask(chat, "How long do I have to return something?")
    chat.focus("#chat-chats-open")
    chat.keyboard.press("Enter")
    expect(chat.locator(".chat-past-one strong")).to_have_text(
        ["How long do I have to return something?", "How much is the Kestrel Rain Shell?"]
    )
    chat.locator(".chat-past-one").last.press("Enter")
    expect(chat.locator(".chat-said")).to_have_text("How much is the Kestrel Rain Shell?")
    ask(chat, "and how heavy is it?")
    assert chat.problems == []


def test_a_question_to_go_on_with_is_asked_by_keyboard_and_gone(chat):
    ask(chat, "How much is the Kestrel Rain Shell?")
    expect(chat.locator(".chat-next .chat-chip").first).to_have_text("Is it in stock?")
    chat.locator(".chat-next .chat-chip").first.press("Enter")
    assert chat.evaluate(FOCUSED) == "chat-text"
    expect(chat.locator(".chat-said").last).to_have_text("Is it in stock?")
    expect(chat.locator(".chat-foot")).to_have_count(2, timeout=PATIENCE)
    expect(chat.locator(".chat-next")).to_have_count(1)


def test_sources_and_checks_unfold_in_place(chat):
    ask(chat, "How long do I have to return something?")
    fold = chat.locator(".chat-checked")
    fold.locator("summary").press("Enter")
    expect(fold).to_contain_text("45 days")
    expect(fold.locator("a")).to_have_attribute("href", re.compile(r"^/receipt/CF-"))
    chat.locator(".chat-sources summary").press("Enter")
    expect(chat.locator(".chat-sources a").first).to_be_visible()


WINDOW = (  # each in words that have not been read before, which takes its time
    "How long do I have to return something?", "How many days do I have to return an item?",
    "Until when can I return what I bought?", "What is your return window?",
    "How long after delivery can I return something?",
)  # fmt: skip


def stopped(chat, text):
    """Ask and stop; whether the press came before the answer was whole."""
    done = chat.locator(".chat-foot").count()
    chat.fill("#chat-text", text)
    chat.press("#chat-text", "Enter")
    with contextlib.suppress(PlaywrightError):  # it may be gone again
        chat.click("#chat-stop", timeout=1000)
    again = chat.get_by_role("button", name="Try again")
    expect(chat.locator(".chat-foot").nth(done).or_(again).first).to_be_visible(timeout=PATIENCE)
    return again.count() > 0


def test_what_was_stopped_is_asked_again(chat):
    ask(chat, "hello")
    assert any(stopped(chat, text) for text in WINDOW)
    chat.get_by_role("button", name="Try again").press("Enter", timeout=PATIENCE)
    expect(chat.locator(".chat-foot").last).to_be_visible(timeout=PATIENCE)
    expect(chat.locator(".chat-change")).to_have_text("You asked this again.")
    expect(chat.locator(".chat-reply").last).to_contain_text("45 days", timeout=PATIENCE)


def test_a_photo_of_something_broken_is_sent_and_one_that_is_none_is_refused(chat, tmp_path):
    ask(chat, "my order arrived damaged, the mug is broken")
    (tmp_path / "none.jpg").write_text("no picture")
    chat.set_input_files(".chat-photos input", tmp_path / "none.jpg")
    expect(chat.locator(".chat-photos-told")).to_contain_text("JPEG, PNG or WebP picture")
    assert "chat-photos-told" in chat.evaluate("document.activeElement.className")
    Image.new("RGB", (40, 30), "red").save(tmp_path / "mug.png")
    with chat.expect_file_chooser() as chooser:
        chat.get_by_role("button", name="Add a photo").press("Enter")
    chooser.value.set_files(tmp_path / "mug.png")
    expect(chat.locator(".chat-change")).to_have_text("You added a photo. Only our team sees it.")

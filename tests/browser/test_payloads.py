"""No payload runs, fetches, leads away or is lost in the chat, whoever sent it."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import PANEL, SHOWN, WIDE
from tests.browser.planting import OWN
from tests.browser.test_journey import PATIENCE, open_chat
from tests.redteam.payloads import SHARE, sound, texts

pytestmark = [pytest.mark.browser, pytest.mark.timeout(3600)]
# Sends one message after the other, each once the one before it is answered.
SAY = """async (texts) => {
  const field = document.getElementById("chat-text");
  const feet = () => document.querySelectorAll(".chat-foot").length;
  for (const text of JSON.parse(texts)) {
    const before = feet();
    field.value = text;
    field.form.requestSubmit();
    while (feet() === before) await new Promise((go) => setTimeout(go, 20));
  }
}"""
CHAT = "sessionStorage.getItem('chat-conversation')"
LED_TO = "[...new Set([...document.querySelectorAll('#chat-log a')].map((a) => a.origin))]"
NAMED = """(selector) => [...document.querySelectorAll(selector)].map((node) => node.textContent
  .replace(/^Correct(ion|ed) by /, "").replace(/( from our team|, see below)$/, ""))"""
TRIMMED = "(texts) => JSON.parse(texts).map((text) => text.trim())"
WORDS = "#chat-log, #chat-spoken, #chat-error, #chat-status"
# Where a frame shows its texts, and how often each of them stands there for one payload.
PLACES = {
    ".chat-said": 1, ".chat-sentence": 1, ".chat-notice": 1, ".chat-action > strong": 2,
    ".chat-action li": 3, ".chat-action-told": 1, ".chat-action-confirm": 1,
    f".chat-card[href='{OWN}'] strong": 1, f".chat-card[href='{OWN}'] span": 1,
    f".chat-sources a[href='{OWN}']": 1, ".chat-checked q": 1, ".chat-correction > .chat-text": 1,
}  # fmt: skip


def as_typed(page):
    """The payloads as a field gives them to the panel, and the panel to the site."""
    fields = [re.sub("\r\n?", "\n", text) for text in texts()]
    return [sound(text) for text in page.evaluate(TRIMMED, json.dumps(fields))]


def again(page, last):
    """Reload, and have a conversation of so many replies told anew."""
    page.reload()
    page.click("#chat-launcher")
    expect(page.locator(".chat-foot")).to_have_count(last, timeout=PATIENCE)


def test_what_shoppers_write_stays_text_when_said_and_when_told_again(watch, plant):
    plant("people_only", True)
    watch.page.goto("/")
    open_chat(watch.page)
    watch.page.evaluate(SAY, json.dumps(texts()))
    for _time in range(2):
        assert watch.unsafe(WORDS, PANEL) == []
        assert watch.page.evaluate(SHOWN, ".chat-said") == as_typed(watch.page)
        assert watch.page.evaluate(WIDE, "#chat-panel, #chat-log, .chat-said") == []
        again(watch.page, len(texts()))


def test_what_an_engine_repeats_after_shoppers_stays_text(watch, plant):
    plant("people_only", False)
    watch.page.goto("/")
    open_chat(watch.page)
    some = [text[:300] for text in texts(SHARE * 8)]
    wishes = ["Say exactly this: " + "\n".join(some[n : n + 5]) for n in range(0, len(some), 5)]
    watch.page.evaluate(SAY, json.dumps(wishes))
    assert watch.unsafe(WORDS, PANEL) == []


def test_every_kind_of_frame_shows_its_texts_as_texts(watch, plant):
    watch.page.goto("/")
    open_chat(watch.page)
    plant("talk", watch.page.evaluate(CHAT), SHARE)
    again(watch.page, len(texts()))
    assert watch.unsafe(WORDS, PANEL) == []
    for place, times in PLACES.items():
        shown = watch.page.evaluate(SHOWN, f"#chat-log {place}")
        assert shown == [sound(text) for text in texts() for _n in range(times)], place
    for place in (".chat-correction > .chat-who", ".chat-corrected"):
        assert watch.page.evaluate(NAMED, place) == [sound(text) for text in texts()], place
    assert watch.page.evaluate(WIDE, "#chat-panel, #chat-log, #chat-log *") == []


def test_a_reply_leads_to_pages_of_the_shop_alone(watch, plant):
    watch.page.goto("/")
    open_chat(watch.page)
    plant("talk", watch.page.evaluate(CHAT), 1, "addresses", "scheme")
    again(watch.page, len(texts(1, "addresses", "scheme")))
    assert watch.page.evaluate(LED_TO) == [watch.home]

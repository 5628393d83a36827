"""Whatever a text holds, the panel shows it as text; and the look that says so can tell."""

import json
from itertools import islice

import pytest

from tests.browser.inspection import PANEL, RUNNING, UNSAFE
from tests.redteam.payloads import TEXTS, fuzzed, texts

pytestmark = [pytest.mark.browser, pytest.mark.timeout(3600)]
BATCH = 2000
# Has the panel's own modules show every text in every place, and returns where it reads otherwise.
SHOW = """async ([given, sabotage]) => {
  const { Transcript } = await import("/static/chatbot/transcript.js");
  if (sabotage) Object.defineProperty(Node.prototype, "textContent", {
    get() { return this.innerText; }, set(text) { this.innerHTML = text; } });
  const { Editing } = await import("/static/chatbot/editing.js");
  const { Roll } = await import("/static/chatbot/roll.js");
  const words = { undo: "Undo", correction: "{name}", corrected: "{name}", corrects: "To it", sources: "{n}",
    checked: "", howChecked: "", against: "{titles}", heldBack: "", edit: "", onRecord: "", seeReceipt: "", receipts: "/" };
  const [log, spoken, bar, stop, below] = Array.from({ length: 5 }, () => document.createElement("div"));
  const roll = new Roll(log, below);
  const editing = new Editing({ bar, stop, text: document.createElement("textarea"), words, roll });
  const transcript = new Transcript(roll, spoken, words, editing, { clear() {} }, {});
  log.id = "chat-fuzz";
  const wrong = [];
  JSON.parse(given).forEach((text, turn) => {
    const own = { turn, text, title: text, href: text, id: turn, kind: "cancel", terms: [text],
      confirm: text, decline: text, state: "done", sources: [{ title: text, href: "/", version: text }],
      checked: [{ sentence: text, against: [text] }], held: 1, next: [text] };
    transcript.said(own);
    transcript.reply({ turn, receipt: text });
    transcript.sentence(own);
    transcript.sentence({ ...own, notice: true });
    transcript.card(own);
    transcript.card({ ...own, href: "/" });
    transcript.action(own);
    transcript.actions.state({ ...own, id: turn });
    transcript.done(own);
    transcript.correction({ ...own, name: text });
    const last = (kind) => [...log.querySelectorAll(kind)].at(-1);
    const places = [last(".chat-said"), last(".chat-next button"), last(".chat-correction .chat-text"), ...last(
      ".chat-reply:not(.chat-human)").querySelectorAll(".chat-sentence, .chat-notice, .chat-card > *, .chat-action > strong,"
      + ".chat-action li, .chat-action-told, .chat-sources a, .chat-checked q")];
    for (const place of places) if (place.textContent !== text) wrong.push([place.className, text]);
    if (places.length < 10) wrong.push([places.length, text]);
  });
  document.getElementById("chat-fuzz")?.remove();
  document.getElementById("chat-panel").before(log);
  return wrong;
}"""


def shown(page, some, sabotage=False):
    """What is wrong once the panel has shown some texts."""
    wrong = page.evaluate(SHOW, [json.dumps(some), sabotage])
    nodes = page.evaluate(UNSAFE, ["#chat-fuzz", PANEL, False])
    return [*wrong, *nodes, *page.evaluate(RUNNING)]


def test_fuzzed_texts_stay_texts_in_the_panel(watch):
    watch.page.goto("/")
    made = fuzzed(TEXTS)
    while some := list(islice(made, BATCH)):
        assert shown(watch.page, some) == []
    assert watch.faults == []


def test_payloads_stay_texts_in_the_panel(watch):
    watch.page.goto("/")
    assert shown(watch.page, texts(1)) == []
    assert watch.faults == []


def test_texts_set_as_markup_are_found(watch):
    watch.page.goto("/")
    some = texts(1, "script", "handlers", "frames", "forms", "svg")
    found = shown(watch.page, some, sabotage=True)
    assert {"<img onerror>", "<script>", "<iframe>", "<form>", "<svg onload>"} <= {
        str(f) for f in found
    }


def test_texts_set_as_markup_run_where_no_policy_forbids_it(chromium, watch):
    context = chromium.new_context(base_url=watch.home, bypass_csp=True)
    free = type(watch)(context.new_page(), watch.home)
    free.page.goto("/")
    shown(free.page, ["<img src=x onerror=alert(1)><img src=//evil.example/x>"], sabotage=True)
    free.page.wait_for_timeout(500)
    context.close()
    assert "dialog 1" in free.faults
    assert any("evil.example" in fault for fault in free.faults)

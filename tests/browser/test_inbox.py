"""A shopper asks for a person, a person answers in the admin, and hands back: in two browsers."""

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_journey import PATIENCE, ask, open_chat, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
AWAY = 90_000  # ms; a colleague who has left is there for another minute


def take_newest(staff):
    staff.goto("/admin/chatbot/inbox/")
    staff.locator("#cf-waiting .cf-row").last.click()
    staff.click("button:has-text('Take over')")
    expect(staff.locator("#cf-text")).to_be_focused()


def answer(staff, text):
    staff.fill("#cf-text", text)
    staff.press("#cf-text", "Enter")
    expect(staff.locator("#cf-text")).to_have_value("")


def wait_in_line(page):
    page.click("#chat-person")
    expect(page.locator("#chat-standing")).to_contain_text("in line", timeout=PATIENCE)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_the_offer_of_an_answer_by_e_mail_breaks_no_accessibility_rule(page, scheme, width):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    sign_in(page, "maya.okafor@example.com")
    page.goto("/")
    open_chat(page)
    page.click("#chat-person")
    expect(page.locator("#chat-mail-own")).to_contain_text("m…@example.com", timeout=AWAY)
    found = Axe().run(page, {"include": [["#chat-panel"]]})["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
    page.click("#chat-mail-own")
    expect(page.locator("#chat-mail-change")).to_be_visible()


def test_out_of_hours_a_shopper_leaves_an_address_and_reads_the_answer(page, staff):
    page.goto("/products/kestrel-rain-shell/")
    open_chat(page)
    page.click("#chat-person")
    told = page.locator("#chat-outlook-told")
    expect(told).to_contain_text("back on Saturday, November 21 at 10:00 AM EST", timeout=AWAY)
    page.fill("#chat-address", "no address")
    page.click("#chat-mail button[type=submit]")
    expect(page.locator("#chat-mail")).to_be_visible()
    page.fill("#chat-address", "guest@example.com")
    page.press("#chat-address", "Enter")
    expect(told).to_contain_text("g…@example.com")
    assert "guest@" not in page.locator("#chat-panel").inner_text()
    take_newest(staff)
    expect(staff.locator("#cf-mail")).to_contain_text("guest@example.com")
    answer(staff, "It keeps rain out for hours.")
    expect(page.locator(".chat-human .chat-text")).to_have_text("It keeps rain out for hours.")
    expect(staff.locator(".cf-remark").last).to_contain_text("E-mail: Sent", timeout=PATIENCE)
    assert page.problems == []


def test_a_person_answers_with_the_name_and_hands_back(page, staff):
    page.goto("/products/kestrel-rain-shell/")
    open_chat(page)
    wait_in_line(page)
    take_newest(staff)
    expect(page.locator("#chat-standing")).to_have_text(
        "You are chatting with Robin from our team."
    )
    expect(page.locator("#chat-badge")).to_be_hidden()
    expect(page.locator("#chat-disclosure")).to_be_hidden()
    answer(staff, "Hello, <b>Robin</b> here.")
    expect(page.locator(".chat-human .chat-text")).to_have_text("Hello, <b>Robin</b> here.")
    assert "AI" not in page.locator(".chat-human").inner_text()
    page.fill("#chat-text", "How much is it?")
    page.press("#chat-text", "Enter")
    expect(staff.locator(".cf-said").last).to_have_text("How much is it?")
    staff.click("button:has-text('Hand back')")
    expect(page.locator("#chat-disclosure")).to_contain_text("AI assistant")
    assert "$189.00" in ask(page, "How much is the Kestrel Rain Shell?")
    assert page.locator(".chat-reply .chat-badge").count() == 2
    assert page.problems == []


def test_after_a_reload_the_person_is_still_there(page, staff):
    page.goto("/")
    open_chat(page)
    wait_in_line(page)
    take_newest(staff)
    answer(staff, "Hello again.")
    page.reload()
    page.click("#chat-launcher")
    expect(page.locator(".chat-human")).to_contain_text("Hello again.", timeout=PATIENCE)
    expect(page.locator("#chat-standing")).to_contain_text("Robin from our team")
    expect(page.locator("#chat-text")).to_be_enabled()
    assert page.locator("#chat-spoken").inner_text() == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_with_a_person_breaks_no_accessibility_rule(page, staff, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto("/")
    open_chat(page)
    wait_in_line(page)
    take_newest(staff)
    answer(staff, "Hello there.")
    expect(page.locator(".chat-human")).to_be_visible()
    for opened in (page, staff):
        result = Axe().run(opened, {"include": [["#chat-panel"], [".cf"]]})
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in result["violations"]] == []


def test_a_shopper_rates_the_person_who_has_closed_and_it_survives_a_reload(page, staff):
    page.goto("/")
    open_chat(page)
    wait_in_line(page)
    take_newest(staff)
    answer(staff, "Hello, what can I do?")
    staff.click("button:has-text('Close')")
    form = page.locator(".chat-rate")
    expect(form.locator("legend")).to_have_text("How did Robin do?")
    page.reload()
    page.click("#chat-launcher")
    expect(form).to_be_visible(timeout=PATIENCE)
    found = Axe().run(page, {"include": [["#chat-panel"]]})["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
    form.get_by_label("Not good").focus()
    page.keyboard.press("Space")
    form.get_by_label("Anything to add?").press_sequentially("A bit <b>slow</b>")
    page.keyboard.press("Enter")
    expect(page.locator(".chat-change").last).to_have_text(
        "You said: not good. Thank you for telling us."
    )
    expect(staff.locator("#cf-summary")).to_contain_text("Robin: not good, A bit <b>slow</b>")
    page.reload()
    page.click("#chat-launcher")
    expect(page.locator(".chat-change").last).to_contain_text("not good", timeout=PATIENCE)
    expect(form).to_have_count(0)
    assert page.problems == []


def test_who_skips_the_rating_is_not_asked_again(page, staff):
    page.goto("/")
    open_chat(page)
    wait_in_line(page)
    take_newest(staff)
    answer(staff, "Hello again.")
    staff.click("button:has-text('Hand back')")
    page.get_by_role("button", name="Skip").click()
    expect(page.locator("#chat-text")).to_be_focused()
    page.reload()
    page.click("#chat-launcher")
    expect(page.locator(".chat-human")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".chat-change").last).to_contain_text("AI assistant answers again")
    expect(page.locator(".chat-rate")).to_have_count(0)


def write_ready(staff, title, text, shortcut=""):
    staff.goto("/admin/chatbot/readyreply/add/")
    staff.fill("#id_title", title)
    staff.fill("#id_text", text)
    staff.fill("#id_shortcut", shortcut)
    staff.click("button[name=_save], input[name=_save]")
    expect(staff.locator("#result_list")).to_contain_text(title)


def test_a_ready_reply_is_found_by_key_and_edited_before_it_is_sent(page, staff, owner):
    write_ready(owner, "A late parcel", "Hello {name}, <i>sorry</i> that it is late. {me}", "late")
    write_ready(owner, "A warm welcome", "Welcome!")
    page.goto("/")
    open_chat(page)
    wait_in_line(page)
    take_newest(staff)
    staff.keyboard.press("/")
    expect(staff.locator("#cf-ready-list [role=option]")).to_have_count(2)
    found = Axe().run(staff, {"include": [[".cf"]]})["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
    staff.keyboard.press("ArrowDown")
    expect(staff.locator("[aria-selected=true]")).to_contain_text("A warm welcome")
    staff.keyboard.type("late")
    expect(staff.locator("#cf-ready-told")).to_have_text("1 found")
    staff.keyboard.press("Enter")
    expect(staff.locator("#cf-text")).to_have_value(
        "Hello there, <i>sorry</i> that it is late. Robin"
    )
    staff.keyboard.type("!")
    assert page.locator(".chat-human").count() == 0
    staff.keyboard.press("Enter")
    expect(page.locator(".chat-human .chat-text")).to_contain_text("is late. Robin!")


def test_a_slash_can_still_be_written(page, staff):
    page.goto("/")
    open_chat(page)
    wait_in_line(page)
    take_newest(staff)
    staff.keyboard.type("//")
    expect(staff.locator("#cf-text")).to_have_value("/")
    staff.click("#cf-ready-open")
    expect(staff.locator("#cf-ready-search")).to_be_focused()
    staff.keyboard.press("Escape")
    expect(staff.locator("#cf-text")).to_be_focused()
    expect(staff.locator("#cf-ready")).to_be_hidden()


COUNT_NOTES = """
window.notes = 0;
const create = AudioContext.prototype.createOscillator;
AudioContext.prototype.createOscillator = function () { notes += 1; return create.call(this); };
"""


def test_the_inbox_says_that_somebody_joins_the_line_and_sounds_where_that_is_wished(page, staff):
    staff.add_init_script(COUNT_NOTES)
    staff.goto("/admin/chatbot/inbox/")
    sound = staff.get_by_role("button", name="Sound when somebody asks")
    expect(sound).to_have_attribute("aria-pressed", "false")
    sound.click()
    staff.reload()
    expect(sound).to_have_attribute("aria-pressed", "true")
    before, waiting = staff.evaluate("notes"), staff.locator("#cf-waiting .cf-row").count()
    page.goto("/")
    open_chat(page)
    wait_in_line(page)
    expect(staff.locator("#cf-waiting .cf-row")).to_have_count(waiting + 1, timeout=PATIENCE)
    assert staff.title().startswith(f"({waiting + 1}) Inbox")
    assert (before, staff.evaluate("notes")) == (0, 2)
    expect(staff.locator("#cf-spoken")).to_contain_text("for a person")
    found = Axe().run(staff, {"include": [[".cf"]]})["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


def test_who_goes_says_so_and_a_shopper_is_told_that_nobody_is_there(page, staff):
    staff.goto("/admin/chatbot/inbox/")
    expect(staff.locator("#cf-here .cf-there")).to_contain_text("Robin")
    staff.get_by_role("button", name="I’m away").click()
    expect(staff.locator("#cf-here .cf-there")).to_have_count(0)
    page.goto("/")
    open_chat(page)
    wait_in_line(page)
    expect(page.locator("#chat-outlook-told")).to_contain_text("Nobody is at the chat right now")
    staff.get_by_role("button", name="I’m away").click()
    expect(staff.locator("#cf-here .cf-there")).to_contain_text("(you) here")
    expect(page.locator("#chat-outlook-told")).to_contain_text("Usually")
    expect(page.locator("#chat-mail")).to_be_hidden()

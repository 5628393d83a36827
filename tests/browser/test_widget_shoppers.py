"""The widget of a shopper whom the website has signed in, and out."""

import time

import jwt
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_journey import PATIENCE
from tests.browser.test_widget import ask, blog, carrying, frame, open_widget, visitor  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def word(carrying, email="maya.okafor@example.com", **more):  # noqa: F811
    """What the foreign site's server signs about who is signed in there."""
    _pages, _origin, key, secret, _env = carrying
    now = int(time.time())
    return jwt.encode(
        {"sub": email, "aud": key, "iat": now, "exp": now + 300} | more, secret, "HS256"
    )


def heard_states(page):
    page.evaluate("window.states = []; Counterfoil.on('identity', ({state}) => states.push(state))")


def test_a_guest_who_signs_in_on_the_site_goes_on_and_sees_the_order(visitor, carrying):  # noqa: F811
    visitor.goto("/")
    open_widget(visitor)
    heard_states(visitor)
    assert "317" not in ask(visitor, "Where is my order 1163?")
    visitor.evaluate("token => Counterfoil.identify(token)", word(carrying))
    visitor.wait_for_function("states.length === 1")
    expect(frame(visitor).locator("#chat-text")).to_be_enabled(timeout=PATIENCE)
    assert "#1163" in ask(visitor, "Where is my order 1163?")
    assert frame(visitor).locator(".chat-said").count() == 2
    assert visitor.evaluate("states") == ["signed_in"]


def test_signing_out_drops_the_conversation(visitor, carrying):  # noqa: F811
    visitor.goto("/")
    visitor.evaluate(
        "token => (window.Counterfoil ??= []).push(['identify', token])", word(carrying)
    )
    open_widget(visitor)
    assert "#1163" in ask(visitor, "Where is my order 1163?")
    visitor.evaluate("Counterfoil.identify(null)")
    expect(frame(visitor).locator(".chat-hello")).to_be_visible(timeout=PATIENCE)
    assert frame(visitor).locator(".chat-said").count() == 0
    assert "#1163" not in ask(visitor, "Where is my newest order?")


def test_a_word_that_is_expired_or_signed_by_somebody_else_is_refused_aloud(visitor, carrying):  # noqa: F811
    visitor.goto("/")
    open_widget(visitor)
    heard_states(visitor)
    for token in (word(carrying, iat=1, exp=2), word([*carrying[:3], "k" * 64, None])):
        told = len(visitor.evaluate("states"))
        visitor.evaluate("token => Counterfoil.identify(token)", token)
        visitor.wait_for_function("told => states.length > told", arg=told)
    assert visitor.evaluate("states") == ["expired", "invalid"]


def test_a_guest_of_the_site_shows_what_is_broken(visitor, tmp_path):  # noqa: F811
    Image.new("RGB", (60, 40), "brown").save(tmp_path / "mug.jpg")
    visitor.goto("/")
    chat = open_widget(visitor)
    ask(visitor, "My mugs arrived broken, the box is damaged.")
    chat.locator("input[type=file]").set_input_files(tmp_path / "mug.jpg")
    expect(chat.get_by_text("You added a photo.").first).to_be_visible(timeout=PATIENCE)
    assert visitor.problems == []

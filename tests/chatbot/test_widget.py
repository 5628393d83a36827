"""Websites that carry the assistant: their settings, the loader, the frame, its tokens."""

import gzip
import json
import re
import time
from pathlib import Path

import jwt
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from chatbot import delivery
from chatbot.models import Embed
from chatbot.models.embed import exact
from chatbot.widget import identity, tokens, views

OURS = "http://testserver"
BLOG = "https://blog.example"
MOST_LOADER, MOST_PANEL = 8 * 1024, 45 * 1024  # bytes, compressed


@pytest.fixture
def embed(db):
    return Embed.objects.create(name="Blog", origins=[BLOG])


def start(client, embed, origin=OURS, **sent):
    return client.post(f"{reverse('widget:start')}?shop={embed.key}", sent, HTTP_ORIGIN=origin)


def panel(client, embed, **more):
    return client.get(reverse("widget:panel"), {"shop": embed.key, **more})


def word(embed, key=None, **claims):
    """What the site's server signs for Ada."""
    now = int(time.time())
    told = {"sub": "ada@example.com", "aud": embed.key, "iat": now, "exp": now + 300} | claims
    kept = {name: value for name, value in told.items() if value is not None}
    return jwt.encode(kept, key or identity.key(embed), algorithm="HS256")


@pytest.fixture
def keyed(embed):
    identity.change_key(embed)
    return embed


# Settings


@pytest.mark.parametrize("origin", [BLOG, "http://localhost:8080", "https://xn--bcher-kva.example"])
def test_an_origin_as_browsers_write_it_is_taken(origin):
    Embed(name="x", origins=[origin]).clean_fields()


@pytest.mark.parametrize(
    "origin",
    ["blog.example", "https://blog.example/", "https://blog.example:443", "https://*.example", "*",
     "https://Blog.example", "javascript:alert(1)", "https://a.example; script-src *", "https://u@a.example",
     "https://a.example\n", "null", "", 7, "https://a.example:99999", "file:///x"],
)  # fmt: skip
def test_anything_wider_or_stranger_is_no_origin(origin):
    with pytest.raises(ValidationError, match="no origin"):
        Embed(name="x", origins=[origin]).clean_fields()


@pytest.mark.parametrize("text", ["", "An AI assistant answers here.", "Artificial intelligence writes this, not a person.",
                                  "I'm not a person but an AI."])  # fmt: skip
def test_words_that_say_that_an_ai_answers_may_be_a_shops_own(text):
    Embed(name="x", origins=[BLOG], disclosure=text).clean_fields()


@pytest.mark.parametrize("text", ["Our team answers.", "You are chatting with Maya.", "This is not an AI.", "No AI here!",
                                  "Ask us about aids"])  # fmt: skip
def test_words_that_hide_or_deny_the_ai_are_refused(text):
    with pytest.raises(ValidationError, match="an AI answers"):
        Embed(name="x", origins=[BLOG], disclosure=text).clean_fields()


@pytest.mark.parametrize("field, value", [("color", "red"), ("color", "#12625a;x:y"), ("questions", ["a|b"]),
                                          ("questions", ["a"] * 5), ("questions", ["x" * 81]), ("languages", []),
                                          ("languages", ["tlh"])])  # fmt: skip
def test_what_the_panel_could_not_show_is_refused(field, value):
    with pytest.raises(ValidationError):
        Embed(name="x", origins=[BLOG], **{field: value}).clean_fields()


def test_the_origin_of_an_address_leaves_out_the_usual_port():
    assert exact("https://blog.example:443/a?b") == BLOG


# The loader


def test_the_loader_is_one_script_that_may_be_kept_and_asked_about(client):
    first = client.get("/widget.js")
    assert first["Content-Type"].startswith("text/javascript")
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=600" in first["Cache-Control"]
    assert not first.cookies
    assert client.get("/widget.js", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304


def test_the_loader_is_small(client):
    sent = client.get("/widget.js", HTTP_ACCEPT_ENCODING="gzip")
    assert sent["Content-Encoding"] == "gzip"
    assert len(sent.content) <= MOST_LOADER


def modules(name, known=()):
    """A module of the panel and all that it imports, however far away."""
    if name in known:
        return known
    known = (*known, name)
    for other in re.findall(
        r'from "\./(\w+)\.js"', Path(views._static(f"chatbot/{name}.js")).read_text()
    ):
        known = modules(other, known)
    return known


def panel_files():
    """Every file that the frame loads, by its name among the static files."""
    names = ["storefront/shop.css", "chatbot/panel.css", "widget/frame.css", "widget/frame.js"]
    names += [f"chatbot/{name}.js" for name in modules("panel")]
    return {name: views._static(name) for name in names}


def test_no_module_of_the_panel_is_left_out():
    assert {"panel", "line", "element", "photos", "pane"} <= set(modules("panel"))


@pytest.mark.django_db
def test_the_panel_is_small(client, embed):
    page = panel(client, embed).content
    files = [Path(path).read_bytes() for path in panel_files().values()]
    assert sum(len(gzip.compress(text)) for text in [page, *files]) <= MOST_PANEL


# The frame's page


def test_the_frame_names_the_sites_that_may_show_it_and_nobody_else(client, embed):
    policy = panel(client, embed)["Content-Security-Policy"]
    assert f"frame-ancestors 'self' {BLOG}" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "X-Frame-Options" not in panel(client, embed)


def test_an_origin_that_was_never_checked_does_not_get_into_the_policy(client, embed):
    Embed.objects.update(origins=[BLOG, "https://a.example; script-src *", "*"])
    assert "script-src *" not in panel(client, embed)["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://blog.example;" in panel(client, embed)["Content-Security-Policy"] + ";"  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "pk_none", "' OR 1=1"])
def test_an_unknown_key_shows_nothing(client, key):
    assert client.get(reverse("widget:panel"), {"shop": key}).status_code == 404


def test_an_embed_that_is_off_shows_nothing_and_gives_no_token(client, embed):
    Embed.objects.update(active=False)
    assert panel(client, embed).status_code == start(client, embed).status_code == 404


def test_the_frame_sets_no_cookie_and_holds_no_secret(client, embed, ada):
    client.force_login(ada, "django.contrib.auth.backends.ModelBackend")
    page = panel(client, embed)
    assert not page.cookies
    assert "ada@" not in page.content.decode()
    assert 'data-csrf=""' in page.content.decode()


def test_what_a_shop_writes_stays_text_in_the_frame(client, embed):
    Embed.objects.update(greeting='"><script>x</script>', questions=["<b>?"])
    assert "<script>x" not in panel(client, embed).content.decode()
    assert "<b>?" not in panel(client, embed).content.decode()


# Tokens


def test_a_frame_gets_a_token_for_one_socket_and_no_cookie(client, embed):
    given = start(client, embed)
    who = tokens.visitor(given.json()["token"])
    assert (who.embed, who.shopper) == (embed, None)
    assert not given.cookies
    assert given["Cache-Control"] == "no-store"


@pytest.mark.parametrize("origin", [BLOG, "https://evil.example", "null", "https://testserver"])
def test_a_foreign_page_gets_no_token(client, embed, origin):
    assert start(client, embed, origin).status_code == 403


def test_a_request_that_the_browser_calls_foreign_gets_no_token(client, embed):
    address = f"{reverse('widget:start')}?shop={embed.key}"
    got = client.post(address, HTTP_ORIGIN=OURS, HTTP_SEC_FETCH_SITE="cross-site")
    assert got.status_code == 403


def test_the_same_browser_comes_back_by_its_resume_token(client, embed):
    first = start(client, embed).json()
    again = start(client, embed, resume=first["resume"]).json()
    assert tokens.visitor(first["token"]).owner == tokens.visitor(again["token"]).owner


def test_without_it_or_with_another_sites_it_is_another_browser(client, embed):
    other = Embed.objects.create(name="Other", origins=[BLOG])
    first = start(client, embed).json()
    owners = {tokens.visitor(start(client, e, resume=r).json()["token"]).owner
              for e, r in ((embed, ""), (embed, first["resume"] + "x"), (other, first["resume"]))}  # fmt: skip
    assert len(owners | {tokens.visitor(first["token"]).owner}) == 4


def test_what_was_begun_is_found_again_without_any_storage_but_the_token(client, embed):
    given = start(client, embed).json()
    chat = delivery.open_conversation(tokens.visitor(given["token"]).owner, None, "en", embed.pk)
    assert start(client, embed, resume=given["resume"]).json()["conversation"] == str(chat.pk)
    assert start(client, embed).json()["conversation"] == ""


def test_a_token_is_good_for_a_minute_and_only_as_what_it_is(embed, monkeypatch):
    token = tokens.entry(embed, "o" * 64, "")
    assert tokens.visitor(token)
    assert tokens.visitor(tokens.resume(embed, "s")) is None
    monkeypatch.setattr(tokens, "ENTRY_SECONDS", -1)
    assert tokens.visitor(token) is None


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "x", "a:b:c", "😀", "W10:1:x"])
def test_no_text_that_we_did_not_sign_is_a_token(token):
    assert tokens.visitor(token) is None


# Identity


def test_a_site_vouches_for_its_shopper(client, keyed, ada):
    given = start(client, keyed, identity=word(keyed)).json()
    assert given["identity"] == "signed_in"
    assert tokens.visitor(given["token"]).shopper == ada


def test_a_number_of_the_sites_own_comes_with_the_address(keyed, ada):
    told = word(keyed, sub="customer-7", email="Ada@example.com ")
    assert identity.shopper_of(keyed, told) == ada.pk


@pytest.mark.parametrize(
    "claims, code",
    [({"exp": 1, "iat": 0}, "expired"), ({"aud": "pk_other"}, "invalid"), ({"aud": None}, "invalid"),
     ({"exp": None}, "invalid"), ({"iat": None}, "invalid"), ({"sub": None}, "invalid"), ({"sub": 7}, "invalid"),
     ({"exp": int(time.time()) + 3600}, "invalid"), ({"iat": int(time.time()) + 3600}, "invalid"),
     ({"exp": "soon"}, "invalid"), ({"sub": "nobody@example.com"}, "unknown"), ({"sub": "grace@example.com"}, "unknown"),
     ({"key": "k" * 64}, "invalid"), ({"aud": ["pk_other"]}, "invalid")],
)  # fmt: skip
def test_a_word_that_is_wrong_vouches_for_nobody(client, keyed, ada, grace, claims, code):
    given = start(client, keyed, identity=word(keyed, **claims)).json()
    assert (given["identity"], given["pass"]) == (code, "")
    assert tokens.visitor(given["token"]).shopper is None


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
def test_the_token_does_not_choose_its_algorithm(keyed, ada, algorithm):
    claims = jwt.decode(word(keyed), options={"verify_signature": False})
    key = "" if algorithm == "none" else identity.key(keyed)
    with pytest.raises(identity.Refused, match="invalid"):
        identity.shopper_of(keyed, jwt.encode(claims, key, algorithm=algorithm))


def test_a_site_without_a_key_vouches_for_nobody(embed, ada):
    with pytest.raises(identity.Refused, match="invalid"):
        identity.shopper_of(embed, word(embed))


def test_a_new_key_ends_what_the_old_one_signed(client, keyed, ada):
    old, given = word(keyed), start(client, keyed, identity=word(keyed)).json()
    who = tokens.visitor(given["token"])
    assert tokens.still_there(who)
    identity.change_key(keyed)
    with pytest.raises(identity.Refused):
        identity.shopper_of(keyed, old)
    assert not tokens.still_there(who)
    assert tokens.visitor(given["token"]) is None


def test_who_was_vouched_for_stays_so_by_the_pass_in_this_browser_alone(client, keyed, ada):
    first = start(client, keyed, identity=word(keyed)).json()
    kept = {"pass": first["pass"], "resume": first["resume"]}
    assert start(client, keyed, **kept).json()["identity"] == "signed_in"
    assert start(client, keyed, **{"pass": first["pass"]}).json()["identity"] == "guest"
    assert start(client, keyed, resume=first["resume"]).json()["identity"] == "guest"


def test_a_wrong_word_leaves_who_was_there_before(client, keyed, ada):
    first = start(client, keyed, identity=word(keyed)).json()
    kept = {"pass": first["pass"], "resume": first["resume"]}
    again = start(client, keyed, **kept, identity="nonsense").json()
    assert (again["identity"], bool(again["pass"])) == ("invalid", True)


def test_a_shopper_whose_account_is_closed_is_signed_out(client, keyed, ada):
    who = tokens.visitor(start(client, keyed, identity=word(keyed)).json()["token"])
    ada.is_active = False
    ada.save()
    assert not tokens.still_there(who)


def test_the_key_is_not_in_the_database(keyed):
    row = json.dumps({f.name: str(getattr(keyed, f.name)) for f in Embed._meta.fields})
    assert identity.key(keyed) not in row

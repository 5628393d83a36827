"""Fixed texts: the same ones in every language, with the same values, under one version."""

import hashlib
import json
import re
from types import SimpleNamespace

import pytest
from django.conf import settings

from chatbot import notices
from chatbot.acts.known import order_card
from chatbot.notices import values
from chatbot.notices.languages import BY_LANGUAGE
from chatbot.notices.texts import IN
from chatbot.reading.glossing import glossaries
from storefront.translating import slots

PARTS = ("NOTICES", "CARDS", "TOLD", "LINKS")
OTHERS = sorted(set(IN) - {"en"})
# Whoever changes a text, in any language, raises VERSION and writes its fingerprint here.
FINGERPRINT = {"2026-12-04": "570412e5ed3799e1"}


def fingerprint(texts):
    whole = {code: {part: getattr(of, part) for part in PARTS} for code, of in texts.items()}
    return hashlib.sha256(json.dumps([whole, BY_LANGUAGE], sort_keys=True).encode()).hexdigest()[
        :16
    ]


def test_a_changed_text_has_a_new_version():
    assert {notices.VERSION: fingerprint(IN)} == FINGERPRINT


def test_every_language_of_the_site_has_its_fixed_texts():
    assert set(IN) == {code for code, _name in settings.LANGUAGES}


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("part", PARTS)
def test_a_language_has_every_text_with_its_values(code, part):
    own, english = getattr(IN[code], part), getattr(IN["en"], part)
    assert {key: slots(text) for key, text in own.items()} == {
        key: slots(text) for key, text in english.items()
    }


@pytest.mark.parametrize("code", OTHERS)
def test_no_text_is_left_in_english(code):
    for part in PARTS:
        own, english = getattr(IN[code], part), getattr(IN["en"], part)
        same = {key for key in own if own[key] == english[key]}
        assert same <= {"way", "between", "total"}


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("de", "de"), ("de-AT", "de"), ("zh-CN", "zh-hans"), ("zh_Hans", "zh-hans"), ("AR", "ar"),
     ("pt", "en"), ("", "en"), ("den", "en")],
)  # fmt: skip
def test_the_nearest_language_is_found(wanted, code):
    assert notices.language(wanted) == code


@pytest.mark.parametrize(
    ("recorded", "code"),
    [("2026-11-29 de", "de"), ("2026-11-29+0123456789ab zh-hans", "zh-hans"), ("", "en")],
)
def test_a_reply_knows_its_language_by_its_disclosure(recorded, code):
    assert notices.language_of(recorded) == code


def test_the_disclosure_comes_in_the_shoppers_language():
    shown = notices.disclosure("fr-CA")
    assert (shown.version, shown.language) == (notices.VERSION, "fr")
    assert "assistant IA" in shown.text


@pytest.mark.parametrize(
    ("value", "code", "told"),
    [
        ("November 23, 2026", "de", "23. November 2026"),
        ("November 23, 2026", "zh-hans", "2026年11月23日"),
        ("Monday, November 23 at 9:00 AM EST", "de", "Montag, 23. November, 09:00 EST"),
        ("Monday, November 23 at 9:00 AM EST", "es", "lunes, 23 de noviembre, 9:00 EST"),
        ("Sunday, February 29 at 12:00 PM", "fr", "dimanche 29 février, 12:00"),
        ("$1,049.00", "de", "1.049,00\xa0$"),
        ("CHF 12.00", "fr", "12,00\xa0CHF"),
        ("Nonsday, November 23 at 9:00 AM", "de", "Nonsday, November 23 at 9:00 AM"),
        ("Larkspur 2", "de", "Larkspur 2"),
        ("$5.00", "en", "$5.00"),
    ],
)
def test_values_are_said_as_the_language_writes_them(value, code, told):
    assert values.one(value, code) == told


def test_between_arabic_words_a_value_stands_apart():
    assert "\u2068#1001\u2069" in notices.text("order.untouched", {"order.number": "#1001"}, "ar")
    assert "⁨" not in notices.text("order.untouched", {"order.number": "#1001"}, "de")


def test_groups_of_a_telephone_number_keep_their_order_in_arabic():
    assert "\u2066116 123\u2069" in notices.text("safety.despair", {}, "ar")


def test_a_card_says_its_terms_in_the_shoppers_language():
    offer = {
        "kind": "return", "number": "#1001", "items": "1 × Kettle", "refund": "$12.00",
        "goods": "$13.00", "fee": "$1.00", "by": "December 5, 2026", "method": "Visa",
    }  # fmt: skip
    card = notices.action_card(offer, "de")
    assert (card.title, card.decline) == ("Rückgabe aus Bestellung #1001", "Jetzt nicht")
    assert card.terms[1].endswith("abzüglich 1,00\xa0$ für das Rücksendeetikett), auf dem Weg, auf dem"
                                  " Sie bezahlt haben (Visa)")  # fmt: skip
    assert card.terms[2] == "Senden Sie das Paket bis zum 5. Dezember 2026 ab"


@pytest.mark.parametrize("told_in", BY_LANGUAGE.values())
def test_every_word_list_has_its_notices(told_in):
    assert set(glossaries()) <= set(told_in)


def test_who_writes_in_a_language_we_do_not_speak_reads_that_in_it_or_in_the_pages():
    assert notices.text("language.cannot_serve", {"language": "it"}, "de").startswith("Posso")
    assert notices.text("language.cannot_serve", {"language": "fi"}, "de").startswith("Ich kann")


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("M / Slate · $10.00 – $20.00 · 2 of 3 versions in stock", "de",
         "M / Slate · 10,00\xa0$ – 20,00\xa0$ · 2 von 3 Ausführungen auf Lager"),
        ("Shipped with UPS, expected November 30, 2026 · Kettle · total $5.00", "de",
         "Versandt, mit UPS, erwartet am 30. November 2026 · Kettle · Summe 5,00\xa0$"),
        ("Partly shipped, not shipped yet: Mug, Kettle · Mug · total $5.00", "es",
         "Enviado en parte, aún sin enviar: Mug, Kettle · Mug · total 5,00\xa0US$"),
        ("in stock, 2 left", "fr", "en stock, plus que 2"),
        ("Not shipped yet, waiting for payment", "zh-hans", "尚未发货，待付款"),
        ("Delivered November 2, 2026", "zh-hans", "已于 2026年11月2日送达"),
        ("TEA took off $5.00 · refunded $2.00 · return R-1 open", "de",
         "TEA hat 5,00\xa0$ abgezogen · 2,00\xa0$ erstattet · Rückgabe R-1 angemeldet"),
        ("Shipped, expected November 30, 2026", "en", "Shipped, expected November 30, 2026"),
    ],
)  # fmt: skip
def test_a_link_says_its_parts_in_the_shoppers_language(text, code, told):
    assert notices.link_text(text, code) == told


STATES = [
    {"state": state, **more}
    for state in ("cancelled", "delivered", "shipped", "partly", "unpaid", "authorized", "new")
    for more in ({}, {f"{state}_on": "November 2, 2026"}, {"carrier": "UPS", "rest": "Mug"},
                 {"eta": "November 2, 2026"})
]  # fmt: skip


@pytest.mark.parametrize("values", STATES)
def test_no_form_of_an_order_is_left_in_english(values):
    money = {"total": "$1.00", "code": "TEA", "discount": "$2.00", "refund": "$3.00"}
    known = {"items": "MUG", "number": "#1", "return_number": "R-1", **money, **values}
    text = order_card(SimpleNamespace(values=known, href="/")).text
    told = notices.link_text(text, "ar")
    assert set(re.findall("[A-Za-z]+", told)) <= {"MUG", "UPS", "Mug", "TEA", "US", "R"}

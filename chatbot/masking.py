"""Personal data in a text becomes a placeholder before it goes to an engine or into a log.

Cards by the Luhn sum (ISO/IEC 7812) and their issuer, IBANs by theirs (ISO 13616), telephone
numbers by the numbering plans, e-mail addresses by their form. Order numbers, prices, sizes stay.
"""

from __future__ import annotations

import re

import phonenumbers
from stdnum import iban, luhn

CARD, IBAN, PHONE, EMAIL = "[card]", "[IBAN]", "[phone]", "[e-mail]"
ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
DIGITS = re.compile(r"(?<!\w)\d(?:[ -]?\d){12,18}(?!\w)")
ISSUED = re.compile(r"3[47]|3[0689]|4|5[1-5]|2[2-7]|6")  # the large issuers' first digits
SHORTEST_ACCOUNT = 15  # characters, Norway's
ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?!\w)", re.I)


def mask(text: str, country: str = "") -> str:
    """`text` with placeholders; `country` (ISO 3166-1) is whose telephone numbers come without a
    country code, if any."""
    text = ADDRESS.sub(EMAIL, text)
    text = ACCOUNT.sub(lambda found: _without_account(found.group()), text)
    text = DIGITS.sub(lambda found: CARD if _is_card(found.group()) else found.group(), text)
    return _without_phones(text, country)


def _without_account(text: str) -> str:
    """`text` with the longest account number that it begins with masked; words may follow it."""
    for end in range(len(text), SHORTEST_ACCOUNT - 1, -1):
        if text[end - 1] != " " and iban.is_valid(text[:end], check_country=False):
            return IBAN + text[end:]
    return text


def _is_card(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return bool(ISSUED.match(digits)) and luhn.is_valid(digits)


def _without_phones(text: str, country: str) -> str:
    found = [(m.start, m.end) for m in phonenumbers.PhoneNumberMatcher(text, country or None)]
    for start, end in reversed(found):
        text = text[:start] + PHONE + text[end:]
    return text

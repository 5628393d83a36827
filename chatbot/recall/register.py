"""The claim register: every claim that a reply has shown, in rows that can be searched.

The rows stand in the transaction that completes the reply, so that nothing is told that cannot be
found, and are erased with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency, get_currency_precision

from chatbot.claims.dates import dates
from chatbot.claims.numbers import MONEY, amounts
from chatbot.models import Reply, ToldClaim
from storefront import queries

Record = dict[str, Any]
PRICES = ("price", "price_min", "price_max", "was")
OF_GOODS, ON_PAGES = ("variant:", "product:"), ("product:", "article:")

LONGEST = 255  # characters of a name that is searched for; a shopper may have typed it


def enter(reply: Reply) -> None:
    """Put the claims of a completed reply into the register."""
    chat, currency = reply.turn.conversation_id, shop_currency()
    ToldClaim.objects.bulk_create(
        ToldClaim(reply=reply, conversation_id=chat, **row) for row in rows(reply, currency)
    )


def shop_currency() -> str:
    """ISO 4217; dollars when shop.toml does not say."""
    return queries.rules().get("shop.currency") or "USD"


def rows(reply: Any, currency: str) -> Iterator[Record]:
    """The register's values of each claim that a reply has shown, in order; `currency` is the
    shop's, ISO 4217."""
    known = {fact["source"]: fact for fact in _facts(reply)}
    for claim in reply.claims:
        if claim["shown"]:
            yield _row(claim, known.get(claim["fact"], {}), reply.completed_at, currency)


def _facts(reply: Any) -> Iterator[Record]:
    """All that was found, and over it what the acts rest on: of one source they say the most."""
    yield from reply.facts
    for act in reply.acts:
        yield from act["facts"]


def _row(claim: Record, fact: Record, told_at: datetime, currency: str) -> Record:
    amount = minor(claim["text"], currency) if claim["kind"] == "money" else None
    field, value = rests_on(claim, fact)
    return {
        "kind": claim["kind"], "text": claim["text"], "sentence": claim["sentence"],
        "source": claim["fact"][:LONGEST], "version": fact.get("version", "")[:64],
        "page": page_of(claim["fact"], fact.get("values", {}))[:LONGEST],
        "title": fact.get("title", "")[:LONGEST],
        "field": field, "value": value, "amount": amount,
        "currency": "" if amount is None else currency,
        "day": _day(claim["text"], told_at) if claim["kind"] == "date" else None,
        "told_at": told_at,
    }  # fmt: skip


def page_of(source: str, values: Mapping[str, str]) -> str:
    """Where a fact stands: "product:larkspur-kettle" for a version or a sentence of that product,
    "article:returns" for a piece of that article, else the source itself."""
    if source.startswith("variant:") and values.get("handle"):
        return f"product:{values['handle']}"
    return source.partition("#")[0] if source.startswith(ON_PAGES) else source


def rests_on(claim: Record, fact: Record) -> tuple[str, str]:
    """Which value of the shop's own the claim repeats, and that value as it was told: a price, the
    text of a page, a rule. Empty for what moves by itself (stock) and what is one shopper's."""
    values: Mapping[str, str] = fact.get("values", {})
    if "text" in values:
        return "text", values["text"]
    if claim["fact"].startswith(OF_GOODS) and claim["kind"] == "money":
        return _holding(values, PRICES, lambda told: _same(claim["text"], told))
    if claim["fact"].startswith("rule:"):
        said = claim["text"].casefold()
        return _holding(values, tuple(values), lambda told: said in told.casefold())
    return "", ""


def _holding(values: Mapping[str, str], fields: tuple[str, ...], holds: Any) -> tuple[str, str]:
    found = (name for name in fields if name in values and holds(values[name]))
    field = next(found, "")
    return field, values.get(field, "")


def _same(said: str, told: str) -> bool:
    number = _amount(said)
    return number is not None and number == _amount(told)


def minor(text: str, currency: str) -> int | None:
    """The amount of money that a text states, in minor units of `currency`: "$49.00" is 4900."""
    number = _amount(text)
    return None if number is None else in_minor(number, currency)


def in_minor(amount: Decimal, currency: str) -> int:
    """An amount of money in minor units of its currency: 49 dollars are 4900."""
    return round(amount.scaleb(get_currency_precision(currency)))


def in_major(minor: int, currency: str) -> Decimal:
    """An amount of money in its currency: 4900 are 49.00 dollars."""
    return Decimal(minor).scaleb(-get_currency_precision(currency))


def written(minor: int, currency: str) -> str:
    """As people read it: 4900 are "$49.00"."""
    return str(format_currency(in_major(minor, currency), currency, locale="en_US"))


def _amount(text: str) -> Decimal | None:
    return next(iter(amounts(MONEY, text).values()), None)


def _day(text: str, told_at: datetime) -> date | None:
    """The date a text states; without a year it is of the year it was told in."""
    year, month, day = next(iter(dates(text).values()), (0, 0, 0))
    try:
        return date(year or told_at.year, month, day)
    except ValueError:
        return None  # "February 30", or no date at all

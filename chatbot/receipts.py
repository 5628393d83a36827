"""What a receipt tells anybody who holds it: that, when and how a reply was checked and recorded.

Nothing of the shopper, the message, the reply or an order is told; of the facts only what stands on
the shop's public pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from .models import LedgerEntry, Reply, Review

Record = Mapping[str, Any]
FORM = re.compile(r"CF-[0-9A-Z]{12}")
PAGES = {
    "product": _("Product page"), "variant": _("Product page"), "found": _("Product page"),
    "reduced": _("Product page"), "extreme": _("Product page"), "denied": _("Product page"),
    "sentence": _("Product page"), "passage": _("Help article"),
}  # fmt: skip
NOTHING = ("", "", "", None)
RULES = ("promotion", "shop", "terms")
ABOUT_SHOPPERS = ("order", "offer", "alike")  # what stands beside them may tell what was bought
KINDS = {
    "money": _("Price or amount"), "percent": _("Percentage"), "date": _("Date"),
    "count": _("Number"), "number": _("Number"), "stock": _("Stock"), "quote": _("Quotation"),
    "order": _("Order number"), "order_state": _("State of an order"), "promise": _("Promise"),
    "code": _("Code"), "prose": _("Statement"),
}  # fmt: skip


class Check(NamedTuple):
    """One kind of claim, its verdict, and the fact it was held against."""

    kind: str
    supported: bool
    fact: str  # what sort of thing it is
    title: str  # of a public page
    version: str
    as_of: datetime | None  # None where no fact is told


@dataclass(frozen=True)
class Receipt:
    """What is told of a reply."""

    receipt: str
    logged_at: datetime
    erased_at: datetime | None
    disclosure: str  # version and language of the text shown; empty where none was
    engine: str
    checks: list[tuple[Check, int]]  # and how many claims were so
    reviewed_at: datetime | None
    corrected_at: datetime | None
    digest: str
    place: int | None  # in the ledger; None until it is sealed


def find(receipt: str) -> Receipt | None:
    """The logged reply with this receipt; None where there is none, or it is still being told."""
    if not FORM.fullmatch(receipt):
        return None
    rows = Reply.objects.select_related("turn__conversation")
    reply = rows.filter(receipt=receipt).first()
    entries = LedgerEntry.objects.filter(kind="reply", subject=receipt).select_related("seal")
    entry = entries.first()
    if reply is None or entry is None:
        return None
    return Receipt(
        receipt=receipt, logged_at=entry.created_at,
        erased_at=reply.turn.conversation.erased_at, disclosure=reply.disclosure,
        engine=reply.engine, checks=_checks(reply), reviewed_at=_reviewed(reply),
        corrected_at=_corrected(reply), digest=entry.digest,
        place=entry.seal.position if hasattr(entry, "seal") else None,
    )  # fmt: skip


def _reviewed(reply: Reply) -> datetime | None:
    decided = reply.reviews.filter(state=Review.State.CLOSED).exclude(verdict="")
    return decided.order_by("closed_at").values_list("closed_at", flat=True).last()


def _corrected(reply: Reply) -> datetime | None:
    if reply.never_shown:  # a person's answer; there was nothing to correct
        return None
    standing = reply.corrections.filter(withdrawn_at=None)
    return standing.values_list("told_at", flat=True).first()


def _checks(reply: Reply) -> list[tuple[Check, int]]:
    """The claims by kind, verdict and fact, in the order in which they were checked."""
    used = [fact for act in reply.acts for fact in act["facts"]]
    facts = {fact["source"]: fact for fact in [*reply.facts, *used]}
    private = any(fact["kind"] in ABOUT_SHOPPERS for fact in used)
    found = [_check(claim, facts.get(claim["fact"]), private) for claim in reply.claims]
    return list(Counter(found).items())


def _check(claim: Record, fact: Record | None, private: bool) -> Check:
    kind, supported = str(KINDS.get(claim["kind"], _("Statement"))), claim["verdict"] == "supported"
    return Check(kind, supported, *(_told(fact, private) if fact else NOTHING))


def _told(fact: Record, private: bool) -> tuple[str, str, str, datetime | None]:
    """What may be told of a fact: sort, title, version, as of when."""
    if fact["kind"] in ABOUT_SHOPPERS:
        return str(_("An order, seen only by its owner")), "", "", None
    if fact["kind"] not in (*PAGES, *RULES):
        return str(_("This chat, seen only by its owner")), "", "", None
    version, as_of = fact["version"][:8], datetime.fromisoformat(fact["as_of"])
    if fact["kind"] in RULES:
        return str(_("The shop’s rules")), "", version, as_of
    page = str(PAGES[fact["kind"]])
    return (page, "", "", None) if private else (page, fact["title"], version, as_of)

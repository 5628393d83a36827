"""Whether a passage answers yes or no by what it states: a figure beside the shopper's sum or days,
or the very thing spoken of in a list of what is left out."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from chatbot.terms import Judged, Reading
from storefront.clock import now

from .amounts import MONEY, NUMBER, SIGNS, ago, decimal, typed, typed_or_bare
from .excluding import excludes
from .similarity import stems
from .world import World

SENT = re.compile(  # where to, or how
    r"\b(?:to|in|into|within|outside) (?!me\b|my\b|you\b|us\b|send|ship|have|get|pay|total)\w"
    r"|\bon (?!orders?\b|all\b|every|an?\b|the\b|my\b|it\b|this\b|that\b)\w"
    r"|\b(?:live|living|postcode|zip|abroad|international\w*|overseas|foreign|islands?"
    r"|express|expedited|overnight"
    r"|next[- ]day|fast\w*|quick\w*|pick\w*|pallets?|bulky|heavy|oversized?)\b",
    re.I,
)
FREE = re.compile(r"\b(?:free|enough|qualif\w+|reach\w*)\b", re.I)
TERMS = {
    "return_policy": ("returns.window_days", "{} days"),
    "return_start": ("returns.window_days", "{} days"),
    "exchange": ("exchanges.window_days", "{} days"),
    "cancel": ("cancellation.window_hours", "{} hours"),
}
RETURNS = ("return_policy", "return_start")
YES_OR_NO = re.compile(
    r"(?:^|[,.;:!?–-] ?|\b(?:and|so|but|then|ago|now|ok|hi|hello|please) )"
    r"(?:is|are|do|does|can|could|will|would|may|am) ",
    re.I,
)
OPEN = re.compile(r"\b(?:how|what|when|which|where|why|who)\b", re.I)
COMPARED = re.compile(
    r"\b(?:less|under|below|more|over|above|least|minimum|up to|too late|off|between)\b", re.I
)
AMOUNT = rf"[{SIGNS}] ?(?:{NUMBER})"
FREE_FROM = re.compile(rf"\bfree (?:on orders )?(?:from|over|above|of) ({AMOUNT})", re.I)
RANGE = re.compile(rf"\bfrom ({AMOUNT}) to ({AMOUNT})")
LISTED = re.compile(rf"{AMOUNT}(?:, {AMOUNT})*,? (?:or|and) {AMOUNT}")
LEAST = re.compile(rf"({AMOUNT}) or more\b|\bat least ({AMOUNT})")
STATE = re.compile(  # in which a thing may not come back, whatever its days
    r"\b(?:open\w*|us(?:ed|ing)|w(?:o|e)rn|wear\w*|wash\w*|eat\w*|ate|planted|wr(?:o|i)t\w+|broke\w*"
    r"|damag\w+|fault\w*|defect\w*|wrong|missing|sale|reduced|lost|without|no|not)\b|n't\b",
    re.I,
)
ORDERED = re.compile(r"\b(?:order\w*|bought|buy\w*|purchas\w+|paid|placed)\b", re.I)
SURE = Judged(1.0, 1.0)
KEPT = (
    "returns.non_returnable_departments", "returns.non_returnable_tags",
    "returns.non_returnable_if_opened",
)  # fmt: skip


def decided(reading: Reading, text: str, world: World) -> str:
    """ "yes" or "no" where the passage plainly decides what is asked, else empty."""
    said = reading.text
    if OPEN.search(said) or COMPARED.search(said):
        return ""
    if not YES_OR_NO.search(said):
        return _by_limit(reading, text) if reading.after.startswith("policy.") else ""
    if reading.asks[0] in RETURNS and excludes(said, text):
        return "no"
    return _by_days(reading, text, world) or _by_limit(reading, text) or _by_amount(said, text)


def _by_limit(reading: Reading, text: str) -> str:
    """Whether a sum reaches what delivery is free from, of no place, way or thing with terms of its
    own; who names the very limit asks something else of it."""
    amount, limit = typed_or_bare(reading.text), FREE_FROM.search(text)
    apart = reading.products or SENT.search(f"{reading.text} {reading.query}")
    if amount is None or limit is None or apart or not FREE.search(reading.query):
        return ""
    return "" if amount == _amount(limit[1]) else _yes(amount > _amount(limit[1]))


def _by_amount(said: str, text: str) -> str:
    amount = typed(said)
    if amount is None:
        return ""
    if (range_ := RANGE.search(text)) and stems(text.split()[0]) & stems(said):
        return _yes(_amount(range_[1]) <= amount <= _amount(range_[2]))
    if (listed := LISTED.search(text)) and stems(said) & stems(text[: listed.start()]):
        return _yes(amount in {decimal(a) for a in MONEY.findall(listed.group())})
    least = LEAST.findall(text)
    return _yes(amount >= _amount(least[0][0] or least[0][1])) if len(least) == 1 else ""


def _by_days(reading: Reading, text: str, world: World) -> str:
    """Whether something was as long ago as a term allows. A no leaves out what may have come with
    the holidays, and a yes what may be kept for another reason."""
    path, form = TERMS.get(reading.asks[0], ("", ""))
    term, passed = world.rules.get(path) if path else None, ago(reading.text)
    if not isinstance(term, int) or passed is None or not holds(term, form, text):
        return ""
    allowed = term * (1 if path.endswith("hours") else 24)
    if passed[1] <= allowed:
        return "" if _may_be_kept(reading, world) else "yes"
    surely = path.endswith("days") and passed[0] > allowed
    return "no" if surely and not _may_be_later(reading, passed[0], world) else ""


def _may_be_kept(reading: Reading, world: World) -> bool:
    """Whether there may be another reason than its days that something cannot go back."""
    product = world.products.get(reading.products[0]) if reading.products else None
    kept = [w for path in KEPT for w in world.rules.get(path) or ()]
    apart = STATE.search(reading.text) or SENT.search(reading.text)
    own = (product.department, *product.tags) if product else ()
    said = stems(reading.text) & stems(" ".join(kept))
    return bool(said or set(own) & set(kept) or apart)


def _may_be_later(reading: Reading, hours: int, world: World) -> bool:
    """Whether the days may count from a later day than the one named, or end on a later one."""
    today = now().astimezone(ZoneInfo(world.zone)).date()
    begins = world.rules.get("returns.holiday.ordered_from")
    day = today - timedelta(hours=hours)
    return bool(ORDERED.search(reading.text)) or bool(begins and day >= _day(begins))


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def holds(term: int, form: str, text: str) -> bool:
    """Whether a text holds a term, which is not the end of "48 hours"; one day in the singular."""
    said = form.format(term)
    said = said.removesuffix("s") if term == 1 else said
    return bool(re.search(rf"(?<![\d.,]){re.escape(said)}\b", text))


def _amount(text: str) -> Decimal:
    return decimal(MONEY.findall(text)[0])


def _yes(fits: bool) -> str:
    return "yes" if fits else "no"

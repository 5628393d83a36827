"""Whether a stated reason is true, asked of the bare orders and pages: it shares nothing with what
finds reasons, so that neither can be wrong unnoticed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from chatbot.recommending.history import History
from chatbot.recommending.reasons import Reason, Why
from storefront.queries import Basket, Product

Goods = dict[str, Product]
Check = Callable[[Reason, Product, History, Goods, Sequence[Basket]], bool]
OTHERS = {Why.BOUGHT_TOO: 2, Why.PAGE_TOO: 3}  # shoppers that have to have bought both
DENIES = re.compile(r"\b(not|no|without|free)\b")
OF_A_PAGE = {Why.PAGE_ALIKE, Why.PAGE_TOO}


def holds(
    reason: Reason, product: Product, history: History, goods: Goods, baskets: Sequence[Basket]
) -> bool:
    """Whether `reason` may be said of `product` to whom `history` is known of."""
    return CHECKS[reason.why](reason, product, history, goods, baskets)


def _known(reason: Reason, history: History) -> bool:
    """Whether the shopper did what the reason says they did."""
    if reason.why in OF_A_PAGE:
        return reason.handle == history.page
    own = {Why.BOUGHT_ALIKE: history.bought, Why.BOUGHT_TOO: history.bought,
           Why.ASKED_ALIKE: history.asked, Why.LOOKED_ALIKE: history.looked}  # fmt: skip
    kept = reason.why not in OTHERS or reason.handle not in history.back
    return kept and reason.handle in own[reason.why]


def _named(reason: Reason, goods: Goods) -> bool:
    return reason.handle in goods and goods[reason.handle].title == reason.title


def _alike(
    reason: Reason, product: Product, history: History, goods: Goods, _baskets: Sequence[Basket]
) -> bool:
    if not (_known(reason, history) and _named(reason, goods)):
        return False
    other = goods[reason.handle]
    if reason.tag:
        return reason.shared in set(product.tags) & set(other.tags)
    return bool(reason.shared) and reason.shared == product.department == other.department


def _too(
    reason: Reason, product: Product, history: History, goods: Goods, baskets: Sequence[Basket]
) -> bool:
    if not (_known(reason, history) and _named(reason, goods)):
        return False
    one = {b.who for b in baskets if reason.handle in b.handles}
    other = {b.who for b in baskets if product.handle in b.handles}
    return len(one & other) >= OTHERS[reason.why]


def _said(
    reason: Reason, product: Product, history: History, _goods: Goods, _baskets: Sequence[Basket]
) -> bool:
    stem = reason.word.casefold().rstrip("s")
    told = [w for w in history.wishes if reason.word in w.text and w.limit == reason.limit]
    written = product.tags if reason.tag else [s.text for s in product.sentences]
    cheap = _within(reason, product)
    quoted = reason.quote.casefold()
    says = re.search(re.escape(stem), quoted) is not None and not DENIES.search(quoted)
    return bool(told and stem) and says and reason.quote in written and cheap


def _told(
    reason: Reason, product: Product, history: History, _goods: Goods, _baskets: Sequence[Basket]
) -> bool:
    begun = reason.word.removesuffix("…")
    told = [w for w in history.wishes if w.text.startswith(begun) and w.limit == reason.limit]
    return bool(begun) and any(product.handle in w.found for w in told) and _within(reason, product)


def _within(reason: Reason, product: Product) -> bool:
    prices = [float(v.price) for v in product.variants if v.in_stock]
    return reason.limit is None or min(prices, default=reason.limit + 1) <= reason.limit


def _compared(
    reason: Reason, product: Product, history: History, goods: Goods, _baskets: Sequence[Basket]
) -> bool:
    if reason.handle not in history.bought or not _named(reason, goods):
        return False
    asked = any(reason.why.value in w.text and w.limit == reason.limit for w in history.wishes)
    measure = _grams if reason.why is Why.LIGHTER else _dearest
    return asked and _within(reason, product) and measure(product) < measure(goods[reason.handle])


def _grams(product: Product) -> float:
    (told,) = [s.text for s in product.sentences if s.label == "Weight"]
    return float(told.removeprefix("Weight: ").removesuffix(" g"))


def _dearest(product: Product) -> float:
    return float(max(v.price for v in product.variants))


def _popular(
    _reason: Reason, product: Product, _history: History, goods: Goods, baskets: Sequence[Basket]
) -> bool:
    buyers = {handle: {b.who for b in baskets if handle in b.handles} for handle in goods}
    own = len(buyers[product.handle])
    return own >= 2 and sum(len(some) >= own for some in buyers.values()) <= 10


def _department(
    reason: Reason, product: Product, _history: History, _goods: Goods, _baskets: Sequence[Basket]
) -> bool:
    return bool(reason.shared) and reason.shared == product.department


CHECKS: dict[Why, Check] = {
    Why.LIGHTER: _compared, Why.CHEAPER: _compared, Why.TOLD: _told, Why.SAID: _said, Why.BOUGHT_TOO: _too, Why.BOUGHT_ALIKE: _alike, Why.ASKED_ALIKE: _alike,
    Why.LOOKED_ALIKE: _alike, Why.PAGE_TOO: _too, Why.PAGE_ALIKE: _alike, Why.POPULAR: _popular,
    Why.DEPARTMENT: _department,
}  # fmt: skip

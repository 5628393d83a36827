"""Which discount a message speaks of: for whom or what."""

from __future__ import annotations

import re

from chatbot.terms import Lexicon

from . import shop_words
from .products import Rarity
from .words import SMALL_WORDS, fold, stem

TELLING = 0.6  # a word less rare says nothing of whom a discount is for
LESS = (
    r"(?:discounts?|money off|(?:%|percent) off|reduction|codes?|coupons?|promo|vouchers?|rebate"
    r"|price|rate)"
)
# For whom and when shops have codes; in the singular, by which articles name them too.
GROUP = (
    r"(student|graduate|apprentice|military|veteran|soldier|senior|pensioner|nurse|doctor|nhs"
    r"|healthcare|key worker|carer|firefighter|police|first responder|teacher|employee|charity"
    r"|birthday|first[- ]order|new[- ]customer|newsletter|referral|refer a friend|influencer|vip"
    r"|loyalty)(?:'?s|s')?"
)
NEAR = r"\b(?:\W+\w+){0,5}?\W*"
OFF = r"(?:anything|something|owt|summat|money|a bit|a little) off"
NOT_FAR = r"\b(?:\W+\w+){0,8}?\W*"
OF_GROUP = re.compile(
    rf"\b{GROUP}{NEAR}{LESS}\b|{LESS}{NEAR}\b{GROUP}\b"
    rf"|\b{GROUP}{NOT_FAR}{OFF}\b|\b{OFF}{NEAR}\b{GROUP}\b"
)
OF_OTHERS = re.compile(r"\b([a-z]{5,})(?:'s|')? discounts?\b")
OF_ANY = frozenset(
    "extra small large larger bigger further current promo special better additional percent"
    " first second other price total online store cheap decent great whole single double possible"
    " maximum minimum valid available coupon voucher promotion promotional coupons expired".split()
)


def offer_for(text: str, lexicon: Lexicon, rarity: Rarity) -> str:
    """The group, occasion or other thing that a discount is spoken of for, in the singular
    ("nurse"); empty for none, and for a product of the shop."""
    plain, found = fold(text), OF_GROUP.search(fold(text))
    groups = [group for group in found.groups() if group] if found else []
    others = [stem(word) for word in OF_OTHERS.findall(plain)]
    others = [word for word in others if _tells(word, lexicon, rarity)]
    named = shop_words.titles_with(lexicon)
    return next((word for word in (*groups, *others) if word not in named), "")


def _tells(word: str, lexicon: Lexicon, rarity: Rarity) -> bool:
    """Whether a word before "discount" says of whom: it is none everybody says, and nothing that a
    page speaks of."""
    if word in OF_ANY or word in SMALL_WORDS or rarity(word) < TELLING:
        return False
    return not shop_words.on_pages(word, lexicon)

"""What a message wants in words that leave no doubt: a promise that an order comes, something for
a purpose, a thing that is to lie in the box; and what it sends back for its size alone."""

from __future__ import annotations

import re

from .words import fold

# What is promised of an order that has been placed, not of one to come.
PROMISED = re.compile(
    r"\b(?:promise|swear|assure|guarantee (?=me\b|us\b)|your word|pinky swear)"
    r"(?: (?:me|us|that|to))* (?:it|it'?s|this|they|they'?re|these|my|our|the)\b[^.?!]*"
    r"\b(?:here|arriv\w+|com(?:e|es|ing)(?! with)|deliver\w*|there|(?:in|on) time|turns? up"
    r"|with me|get to me)\b"
)
TO_ORDER = re.compile(
    r"\b(?:if|when|should|before|can|could) (?:i|we) (?:\w+ )?(?:order|buy|get)\b"
    r"|\border(?:ing|ed)? (?:now|today|tonight|by)\b"
)
ANYTHING = r"(?:something|anything|somethin|sumthin|sumthing|summat|smth|smthg|sth)"
SEEKS = (
    r"(?:look(?:ing)? for|search(?:ing)? for|need|want|after|have|got|sell|show me|(?:is|are) there"
    r"|recommend|suggest)"
)
# What somebody has to do, or the shop is to hear, is no purpose of goods.
NO_PURPOSE = (
    r"(?:return|say|tell|report|ask|add|exchange|change|cancel|complain|sign|pay|do|know|happen|be"
    r"|show|prove|declare|worry|watch|look|consider|note|mind|keep in)"
)
FOR_A_PURPOSE = re.compile(
    rf"(?:^\W*(?:(?:hi|hello|hey|so|and|ok)\W+)*|\b{SEEKS} ){ANYTHING}"
    rf" (?:to (?!{NO_PURPOSE}\b)\w|against (?!(?:you|him|her|them)\b)"
    r"|so (?!(?:far|long|much|what|on)\b))"
)
IN_THE_BOX = re.compile(
    r"\bwhere(?:'?s|'?re)? (?:\w+ ){0,2}?in the (?:box|packag\w+|carton)\b"
    r"|\bin the (?:box|packag\w+|carton)\b[^.?!]*\bwhere(?:'?s|'?re| is| are)\b"
)
SIZE = (
    r"(?:big|large|small|little|tiny|huge|tall|short|long|wide|narrow|heavy|light|tight|loose|thick"
    r"|thin|high|low|bulky|soft|hard|firm|stiff|bright|dark|loud)"
)
UNSUITED = re.compile(
    rf"\b(?:too|to|2) (?:\w+ )?{SIZE}\b"
    r"|\b(?:do|does|did|wo|would)(?:n'?t| not) (?:\w+ )?(?:fit|suit)\b"
    r"|\bnot (?:\w+ )?what (?:i|we) (?:expected|wanted|thought|hoped)\b"
    r"|\bchanged (?:my|our) minds?\b"
)


def wants(text: str) -> tuple[str, str] | None:
    """The intent and the ask that go with what is wanted."""
    plain = fold(text)
    if PROMISED.search(plain) and not TO_ORDER.search(plain):
        return "order_status", "when_delivered"
    if FOR_A_PURPOSE.search(plain):
        return "product_search", "search"
    return ("product_question", "attribute") if IN_THE_BOX.search(plain) else None


def unsuited(text: str) -> bool:
    """Whether a message says that a thing is too large, or does not suit: nothing of a fault."""
    return bool(UNSUITED.search(fold(text)))

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
    r"|\border(?:ing|ed)? (?:now|today|tonight|by)\b|\b(?:not|won'?t) (?:order|buy)(?:ing)?\b"
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
DISLIKED = re.compile(  # of a thing as it is meant to be
    r"\b(?:is|are|was|were)(?:n'?t| not) (?:\w+ )?"
    r"(?:for (?:me|us|him|her|them)\b|my (?:thing|taste))"
    r"|\b(?:not|gone off|went off) (?:it|them|(?:\w+ )?for me)\b"
    r"|\b(?:do|does|did)(?:n'?t| not) (?:\w+ )?(?:like|love|care for)"
    r"(?! (?:that|how|when|it when|the (?:way|state|condition)|your|being)\b)"
    r"|\bhates? (?:it|them|em|this|these)\b|\bmakes? (?:me|him|her|us|them) look\b"
)
MISTAKEN = re.compile(
    r"(?:^\W*|\b(?:i|we|and|i'?ve|we'?ve|have|just|must have|may have) )(?:accidentally )?"
    r"(?:ordered|bought|picked|chose|clicked|selected) (?:on )?(?:(?:the|a|an) )?wrong\b"
    r"|\b(?:ordered|bought|clicked|picked) [^.?!]{0,40}\bby (?:mistake|accident)\b"
    r"|\baccidentally (?:ordered|bought|picked|chose)\b|\bmy (?:own )?(?:mistake|fault)\b"
)


def wants(text: str) -> tuple[str, str] | None:
    """The intent and the ask that go with what is wanted."""
    plain = fold(text)
    if PROMISED.search(plain) and not TO_ORDER.search(plain):
        return "order_status", "when_delivered"
    if FOR_A_PURPOSE.search(plain):
        return "product_search", "search"
    return ("product_question", "attribute") if IN_THE_BOX.search(plain) else None


def untroubled(text: str, asks: tuple[str, ...]) -> tuple[str, ...]:
    """`asks` less a trouble that is none: what is only too large or is not liked is sent back, and
    what the shopper took by mistake, or would like otherwise, is exchanged."""
    plain = fold(text)
    for trouble, pattern, asked in (
        ("damaged", UNSUITED, "return_start"), ("damaged", DISLIKED, "return_start"),
        ("wrong_item", MISTAKEN, "exchange"), ("wrong_item", DISLIKED, "exchange"),
    ):  # fmt: skip
        if trouble in asks and pattern.search(plain):
            first = asked if trouble == asks[0] else asks[0]
            asks = tuple(dict.fromkeys((first, *(a for a in asks if a != trouble))))
    return asks

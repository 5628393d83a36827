"""What may be said from the help articles and the shop's rules."""

from __future__ import annotations

import re

from chatbot.terms import FIGURES, Act, Fact, Outcome

from .known import EVEN, Known, act, stems, within

SURELY = 0.6  # a yes or no is only said of a passage this sure to be the answer
SURELY_TOLD = 0.8  # what a text says this surely needs no reading
TELLS = 0.35  # from this probability on a passage answers the question
ALONE = 0.05  # from here one of such an article that nothing else comes near
APART = 2.0  # times as likely as the next, one stands out
NEAR = 0.2  # from here one of an article on the very topic does
ALSO_TELLS = 0.1  # another one this sure is told as well
AS_LIKELY = 0.75  # so many times as likely as what does not tell, one that does is told instead
NEARLY = 0.3  # so many times as likely as a sure one, another is nearly as good
MOST_WORDS = 75
ELSE = re.compile(
    r"\bno others?\b|\b(?:nowhere|nothing|nobody|anywhere|everything|all) else\b", re.I
)
OF_PARTS = 100  # words of what answers several questions of one message
SEVERAL = re.compile(  # questions of one message
    r"(?:\b(?:and|also|plus)|[,?&]) (?:how|what'?s?|when|which|where|who|is|are|does?|can)\b",
    re.I,
)
TO_COME = re.compile(  # of a price
    r"\b(?:will|gonna|going to|next|soon|again|ever|last|was|were|used|past|history|lowest"
    r"|drops?|falls?|rises?|goes?|go(?:ing)? (?:up|down)|comes? down|wait(?:ing)?|others?"
    r"|how many)\b",
    re.I,
)
PRESSING = re.compile(
    r"\b(?:promise|agree|confirm|exception|waive|lawyer|surely|just this once|insist)\b"
    r"|\b(?:you|please|pls|to|must|and) guarantee\b|\bguarantee (?:me|us|that|it|this)\b"
    r"|\bdeal\?|\b(?:right|correct|yes|no)\?|[,;.–-] ?ok\?|\bsay yes\b"
    r"|\bonly want\b(?! (?:to|one)\b)",
    re.I,
)


def passage(known: Known, most: int = MOST_WORDS) -> list[Act]:
    """The passages that answer, quoted, as many as stay below `most` words; none when nothing
    fits well enough.

    Who presses for a yes hears first that the assistant cannot give one.
    """
    hits = fitting(known)
    if not hits:
        return []
    if PRESSING.search(known.reading.text):
        return correct(known)
    told = _together(hits, known, most)
    told += _of_the_season(told, known)
    if most < MOST_WORDS and len(told[0].values["text"].split()) > most:
        return []  # beside something else a long one would drown it
    slots = {"passage.text": told[0].values.get("core", told[0].values["text"])}
    if len(told) > 1:
        slots["passage2.text"] = " ".join(p.values["text"] for p in told[1:])
    surely = told[0].score >= SURELY or _decides(told[0])
    sure = surely and not told[0].values.get("part")
    says = told[0].values.get("says", "") if sure else ""
    plain = "policy.unsure" if _unsure(told[0]) else "policy.passage"
    name = {"yes": "policy.yes", "no": "policy.no"}.get(says, plain)
    return [act(name, slots, told)]


def on_topic(known: Known) -> list[Act]:
    """The likeliest passage of an article on just what is asked, for who asks in general and would
    else hear nothing."""
    hits = [p for p in known.of("passage") if p.values.get("on_topic") and p.score >= ALSO_TELLS]
    return [act("policy.passage", {"passage.text": h.values["text"]}, [h]) for h in hits[:1]]


def standing_out(known: Known, most: int) -> list[Act]:
    """The passage of an article on just what is wished for that stands out among its others: a wish
    is no question, which one would surely answer."""
    hits = [p for p in known.of("passage") if p.values.get("on_topic")]
    others = max((p.score for p in hits[1:]), default=0.0)
    clear = hits[:1] if hits and hits[0].score >= max(ALONE, APART * others) else []
    short = [p for p in clear if len(p.values["text"].split()) <= most]
    return [act("policy.passage", {"passage.text": p.values["text"]}, [p]) for p in short]


def on_extra(known: Known) -> list[Act]:
    """What is written of an extra that is taken to come free with a product."""
    named = stems(known.reading.extra)
    return [
        act("policy.passage", {"passage.text": p.values["text"]}, [p])
        for p in fitting(known)[:1]
        if named & stems(p.values["text"])
    ]


def correct(known: Known) -> list[Act]:
    """What is written, to somebody who would like to hear something else."""
    hits = fitting(known)[:1]
    return [act("policy.correct", {"passage.text": h.values["text"]}, [h]) for h in hits]


def tells(passage: Fact) -> bool:
    """Whether a passage answers; of an article on just what is asked, one that is near does."""
    if passage.values.get("alone") and passage.values.get("on_topic"):
        return passage.score >= ALONE
    return passage.score >= (NEAR if passage.values.get("on_topic") else TELLS)


def fitting(known: Known) -> list[Fact]:
    """The passages that answer, best first; before all one that tells of the very place or
    way to pay asked about, or that plainly decides and is nearly as good."""
    some = known.of("passage")
    enough = NEARLY * some[0].score if some else 0.0
    first = (p for p in some if "only" in p.values or (_decides(p) and p.score >= enough))
    best = [p for p in first if tells(p)]
    found = [*best, *(p for p in some if p not in best)]
    if found and not tells(found[0]):  # one on the very topic does that is nearly as likely
        found = [p for p in found if tells(p) and p.score >= AS_LIKELY * found[0].score]
    return found


def _of_the_season(told: list[Fact], known: Known) -> list[Fact]:
    """What goes for what is bought now, beside the usual window that is told; rather by the same
    article."""
    window = "window" in told[0].values and not _decides(told[0])
    if not window or any("season" in p.values for p in told):
        return []
    own = told[0].values.get("article")
    those = (p for p in known.of("passage") if "season" in p.values)
    return sorted(those, key=lambda p: p.values.get("article") != own)[:1]


def _decides(passage: Fact) -> bool:
    """Whether what a passage states decides by itself, as a figure does."""
    return passage.values.get("by") == "rule"


def _unsure(passage: Fact) -> bool:
    """Whether a passage is as likely beside the point, and nothing but its words speaks for it."""
    marked = any(passage.values.get(mark) for mark in ("on_topic", "only", "part"))
    return passage.score < EVEN and not marked and not _decides(passage)


def _together(hits: list[Fact], known: Known, most: int) -> list[Fact]:
    """The best passage; beside a sure one the next when it is nearly as good or something else is
    asked too, beside another two that may tell; none beside one that plainly decides, or that tells
    of the very place or way to pay asked about, and of all that is asked. What tells of all else
    stands behind what it is else than. Of a message that asks several things, what answers each;
    together they are short."""
    if each := [h for h in hits if h.values.get("part")]:
        return within(each, OF_PARTS if most == MOST_WORDS else most)
    only = hits[0].values.get("only")
    alone = only == "all" or (only and not SEVERAL.search(known.reading.text))
    if alone or _decides(hits[0]):
        return hits[:1]
    if len(hits) > 1 and ELSE.search(hits[0].values["text"]):
        return within([hits[1], hits[0]], most)
    surely = hits[0].score >= SURELY
    one = surely and not SEVERAL.search(known.reading.text)
    enough = NEARLY * hits[0].score if one else ALSO_TELLS
    more = hits[1:2] if surely else hits[1:3]
    return within([hits[0], *(h for h in more if h.score >= enough)], most)


def kept(known: Known) -> bool:
    """Whether what is asked is something that a shop keeps: all but what others bought, what is to
    come, the very hour. This one's texts may surely tell of it, and its data of a price before or
    of what an order's delivery was."""
    if known.asks[0] == "ship_cost" and known.one("order") is not None:
        return True
    if known.asks[0] == "price" and known.reading.quantity > 1:
        return True  # what several come to
    product = known.one("product")
    if product is not None and known.asks[0] in FIGURES and not TO_COME.search(known.reading.text):
        return True  # what it costs and comes in, and whether it is there, however that is asked
    reduced = "price" in known.asks and any(v.values.get("was") for v in known.of("variant"))
    page = known.sentences(product)[:1] if product is not None else []
    if page and known.reading.measure and not known.reading.extreme and page[0].score >= SURELY:
        return True  # a measure that its page gives
    texts = (*known.of("passage")[:1], *known.of("extreme")[:1], *page)
    return "not_kept" not in known.asks or reduced or any(t.score >= SURELY_TOLD for t in texts)


def unknown() -> list[Act]:
    """The shop does not say; a person may know."""
    return [act("decline.no_data", outcome=Outcome.DECLINED)]

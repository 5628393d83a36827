"""Passages on sending things to where the shopper is: "how much to Lyon?"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chatbot.terms import Answers, Judged, Reading
from storefront import queries

from . import regions
from .gazetteer import Place, located
from .gist import SENTENCE
from .leaning import on_a_rule
from .similarity import FIRST, judged
from .text import sort_of
from .topics import on_asks, on_topic
from .world import World

# Of what goes for all of the shop's country, of which there is more; and of a thing in view, which
# other texts may leave out.
AMONG_OTHERS = 0.4
SENDING = re.compile(
    r"\b(?:ship\w*|deliver\w*|post(?:age|ing|ed|s)?|send\w*|sent|mail\w*|parcels?|couriers?|freight"
    r"|returns?|returned|labels?|dut(?:y|ies)|customs|tax(?:es)?|import\w*|surcharges?)\b",
    re.I,
)
# What a text on sending things to a place holds, by what is asked of it.
HOLDS = {
    "ship_cost": re.compile(
        r"[$€£¥₹]|\bfree\b|\b(?:not?|nowhere) (?:send|ship|deliver|post|other|else)|n't\b", re.I
    ),
    "ship_time": re.compile(
        r"(?:\d|\ba\b)[^;]*\b(?:days?|weeks?|hours?)|days? (?:\d|ready)|n't\b|\bnot\b", re.I
    ),
    "ship_where": re.compile(r"[$€£¥₹]|\b(?:ship|send|deliver|post|sell)\b", re.I),
}
SUM = re.compile(r"[$€£¥₹]")
A_THING = re.compile(r"\b(?:it|this|that|these|those|them|one)\b", re.I)
DUTY = re.compile(r"\b(?:dut(?:y|ies)|customs|tax(?:es)?|vat|gst)\b", re.I)
COLLECTED = re.compile(r"\b(?:collect\w*|pick-?ups?|shop|store|counter)\b", re.I)  # not sent
COSTS = re.compile(
    r"\b(?:delivery|shipping|postage|freight) (?:costs?|price|charges?|fees?)\b", re.I
)
FREE = re.compile(r"\bfree\b", re.I)
SENT = re.compile(r"\b(?:send|ship|deliver|post)(?:s|ped|ed)?\b|\bsent\b", re.I)
WHETHER = re.compile(
    r"(?:^|[,.;:!?] ?|\b(?:and|so|but|also|hi|hello|ok) )(?:do|does|can|could|will|would|are|is)"
    r"(?: \w+){1,3} (?:ship|send|sent|deliver|post|mail)\w*\b"
    r"|^\W*(?:and |so |you |u |ye )?(?:ship|send|deliver|post)\w* (?:it |them |this )?"
    r"(?:to|in|into)\b(?!.*\b(?:how|what|costs?|price)\b)",
    re.I,
)
# That things are sent nowhere near, and that something of it is left out.
NOT_SENT = re.compile(
    r"(?:n't|\bnot|\bcannot)(?: \w+)? (?:ship|send|deliver|post)"
    r"(?= (?:to|any\w*|outside|abroad|overseas)\b)"
    r"|\b(?:ship|send|deliver|post)s? (?:to no|nowhere)\b|\bno other countr",
    re.I,
)
LEFT_OUT = re.compile(r"\bexcept|\bbut\b|\bonly\b|n't\b|\bnot\b|\bno\b|\bnever\b|\bstays?\b", re.I)
SERVED = re.compile(r"[$€£¥₹]|\b(?:ship|send|deliver|post)\b", re.I)
WORD = re.compile(r"\(|[\w'’.-]+")
# What a place stands behind: "to Lyon", "I'm in Kent", "delivery Norway", "postage? (Aberdeen)".
BEHIND = frozenset(
    "to in into for from within near around outside about ( delivery shipping postage ship deliver"
    " post posting send sending".split()
)
# What stands right behind it is a town, however small and in small letters: "post to ballymena".
SENT_TO = re.compile(
    r"\b(?:deliver(?:y|s|ed|ing)?|ship(?:s|ped|ping)?|post(?:age|ing|ed)?|send(?:ing)?|sent)"
    r" (?:it |them |this |these |that )?(?:to|ta|into) ",
    re.I,
)
SMALL = 4  # words of a message that may be a place alone: "and oregon?"
LONGEST = 4  # words of a place
ALONE = re.compile(r"^\W*(?:(?:and|ok|so|but|what about|how about|or|if) )*", re.I)


def asked_of(reading: Reading, home: str) -> Place | None:
    """The place that a question on sending things is asked of: its own, or that of the message it
    goes on from."""
    before = reading.query if reading.follows else ""
    goes_on = on_a_rule(reading) and SENDING.search(before)
    if not (SENDING.search(reading.text) or reading.asks[0] in HOLDS or goes_on):
        return None
    return place_named(reading.text, home) or (place_named(before, home) if before else None)


def place_named(text: str, home: str) -> Place | None:
    """The place that a message names, if any."""
    words = WORD.findall(text)
    starts = [n + 1 for n, word in enumerate(words) if word.casefold() in BEHIND]
    if len(words) <= SMALL and (before := ALONE.match(text)):
        starts.append(len(WORD.findall(before.group())))
    names = (name for start in starts for name in _names(words[start:]))
    sent = SENT_TO.search(text)
    small = [name.title() for name in _names(WORD.findall(text[sent.end() :]))] if sent else []
    return next(filter(None, (located(name, home) for name in (*names, *small))), None)


def _names(words: Sequence[str]) -> list[str]:
    """What words may begin with that is a place's name, the longest first."""
    return [" ".join(words[:length]) for length in range(min(LONGEST, len(words)), 0, -1)]


def likeliest(
    place: Place, questions: Sequence[str], near: Mapping[int, float], reading: Reading,
    world: World, answers: Answers,
) -> list[tuple[Judged, int]]:  # fmt: skip
    """The likeliest of the passages on what is asked that tell of just that place, if any does: it
    surely answers, but of a thing in view. Of a place in the shop's own country, else what goes
    there as everywhere. None where the page of the product named tells itself how it is sent."""
    if (reading.named or reading.loosely) and _page_tells(reading, world):
        return []
    home = place.country == world.home
    rows = _holding(of_place(place, reading, world), reading, world, home)
    of_a_thing = reading.products or A_THING.search(reading.text)
    least = AMONG_OTHERS if of_a_thing else FIRST
    if home and not rows and not on_a_rule(reading):
        rows = _holding(_everywhere(place, reading, world), reading, world, home)
        least = AMONG_OTHERS
    if naming := _naming(rows, reading, world):
        rows, least = naming, AMONG_OTHERS
    own = judged(questions, {i: near[i] for i in rows}, world.passage_texts, answers)
    return [(replace(found, sure=max(found.sure, least)), i) for found, i in own[:1]]


def whether(place: Place, reading: Reading, world: World, text: str) -> str:
    """ "yes" or "no" where a text plainly says whether things are sent to a place and that is
    asked, of no product, whose page may tell otherwise; else empty."""
    if reading.products or not WHETHER.search(reading.text):
        return ""
    said = SENTENCE.split(text)
    near = [regions.nearness(place, world.home, sentence) for sentence in said]
    best = said[max(range(len(said)), key=near.__getitem__)]
    if NOT_SENT.search(best):
        return "no"
    return "yes" if SERVED.search(best) and not LEFT_OUT.search(best) and any(near) else ""


def priced(near: Mapping[int, float], reading: Reading, world: World) -> dict[int, float]:
    """Of passages by how near they are, where it is asked what sending costs, those that tell of
    money or that there is none to pay; all of them where none does."""
    if reading.asks[0] != "ship_cost":
        return dict(near)
    costs = HOLDS["ship_cost"]
    return {i: n for i, n in near.items() if costs.search(world.passages[i].text)} or dict(near)


def _holding(rows: Sequence[int], reading: Reading, world: World, home: bool) -> list[int]:
    """Of the passages on a place those that hold what is asked; none but those at home, nor where
    duties are asked for, of which a text on every place may tell."""
    for holds in _held(reading):
        held = [i for i in rows if holds.search(world.passages[i].text)]
        rows = held or ([] if (home and holds is not SUM) or holds is DUTY else rows)
    return list(rows) if _held(reading) or not home else []


def _naming(rows: Sequence[int], reading: Reading, world: World) -> list[int]:
    """The passages that name what is in view, by what sort of thing it is: of those on the place,
    or else what leaves it out, as what "stays in Britain"."""
    product = world.products.get(reading.products[0]) if reading.products else None
    sort = sort_of(product.title) if product else ""
    if not sort:
        return []
    named = re.compile(rf"\b{re.escape(sort)}s?\b", re.I)
    found = [i for i, p in enumerate(world.passages)
             if named.search(p.text) and _on_sending(p, reading)]  # fmt: skip
    there = [i for i in found if i in rows]
    return there or [i for i in found if LEFT_OUT.search(world.passages[i].text)]


def _everywhere(place: Place, reading: Reading, world: World) -> list[int]:
    """The passages on what is asked that tell of no other place."""
    return [i for i, p in enumerate(world.passages) if _on_sending(p, reading)
            and not regions.of_others(place, world.home, p.text)]  # fmt: skip


def _on_sending(passage: queries.Passage, reading: Reading) -> bool:
    of_sending = tuple(ask for ask in reading.asks if ask in HOLDS)
    on_it = on_asks(passage, of_sending) if of_sending else on_topic(passage, reading)
    return bool(on_it) and not COLLECTED.search(passage.text)


def _held(reading: Reading) -> list[re.Pattern[str]]:
    """What a text has to hold for what is asked, the most telling first."""
    named = [words for words in (DUTY, FREE) if words.search(reading.text)]
    cost = "ship_cost" if COSTS.search(reading.text) else ""
    ask = next((a for a in (*reading.asks, cost) if a in HOLDS), "")
    sums = [SUM] if ask == "ship_cost" and DUTY not in named else []
    return [*named, HOLDS[ask], *sums] if ask else named


def _page_tells(reading: Reading, world: World) -> bool:
    rows = world.rows.get(reading.products[0], []) if reading.products else []
    return any(SENT.search(world.sentences[i][1].text) for i in rows)


def of_place(place: Place, reading: Reading, world: World) -> list[int]:
    """Of each article on what is asked, the passages on sending things that tell of a place."""
    articles: dict[str, list[int]] = {}
    for i, passage in enumerate(world.passages):
        if _on_sending(passage, reading):
            articles.setdefault(passage.article, []).append(i)
    return [
        some[n]
        for some in articles.values()
        for n in regions.of_place(place, world.home, [world.passages[i].text for i in some])
    ]


def not_of_others(
    place: Place, hits: Sequence[tuple[Judged, int]], world: World
) -> list[tuple[Judged, int]]:
    """Passages, less those that tell only of other places."""
    texts = [passage.text for passage in world.passages]
    return [hit for hit in hits if not regions.of_others(place, world.home, texts[hit[1]])]

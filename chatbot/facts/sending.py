"""Passages on sending things to where the shopper is: "how much to Lyon?"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from chatbot.terms import Answers, Judged, Reading
from storefront import queries

from . import regions
from .gazetteer import Place
from .gist import SENTENCE
from .leaning import on_a_rule
from .similarity import FIRST, judged
from .text import sort_of
from .topics import on_asks, on_topic
from .whereto import places_named
from .world import World

Held = list[re.Pattern[str]]  # what a text has to hold, the most telling first

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
        r"[$€£¥₹]|\bfree\b|\b(?:not?|nowhere) (?:send|ship|deliver|post|other|else)|n't\b"
        r"|\b(?:nothing|never) (?:goes|is sent|send|ship|deliver|post|bring)",
        re.I,
    ),
    "ship_time": re.compile(
        r"(?:\d|\ba\b)[^;]*\b(?:days?|weeks?|hours?)|days? (?:\d|ready)|n't\b|\bnot\b", re.I
    ),
    "ship_where": re.compile(r"[$€£¥₹]|\b(?:ship|send|sent|deliver|post|sell|goes)\b", re.I),
}
SUM = re.compile(r"[$€£¥₹]")
A_THING = re.compile(r"\b(?:it|this|that|these|those|them|one)\b", re.I)
OF_DUTY = re.compile(r"\b(?:they|those|these)\b", re.I)  # what customs are may be asked behind them
DUTY = re.compile(r"\b(?:dut(?:y|ies)|customs|tax(?:es)?|vat|gst)\b", re.I)
CLAUSE = re.compile(r"[,;.?!&+]|\b(?:and|plus|also)\b", re.I)
PRICE = re.compile(
    r"\bhow much\b(?! (?:time|longer))|\bcosts?\b|\bpric\w+|\bcharg\w+|\bpostage\b|\bfees?\b"
    r"|\bwhat(?:'?s| is| does| would) (?:the )?(?:post|delivery|shipping)\b",
    re.I,
)
TIME = re.compile(
    r"\bhow (?:long|soon|quick\w*|fast|many (?:\w+ )?days)\b|\bwhen (?:will|would|does|do|can)\b",
    re.I,
)
# What is ordered by now is asked of as it arrives: "is it in Leeds on Friday if I order tonight".
ORDERED = re.compile(
    r"\bif (?:i|we) (?:order|buy|pay)\b|\border(?:ed|ing)? (?:it |this )?(?:now|to(?:day|night))\b",
    re.I,
)
# Whether something goes to a place, and what of it does not.
GOES = re.compile(
    r"\b(?:does|do|can|could|will|would|is|are) (?:[\w'-]+ ){1,6}?"
    r"(?:come|go|get|reach|travel|ship|sent|send|deliver|post)\b",
    re.I,
)
STAYS = re.compile(
    r"(?:n't|\bnot|\bcannot|\bnever)\b[^.;:]{0,30}\b(?:sen[dt]|ship\w*|post(?:ed)?|go|travel"
    r"|deliver\w*|bring)\b|\bstays? in\b",
    re.I,
)
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
    r"|\b(?:ship|send|deliver|post)s? (?:to no|nowhere)\b|\bno other countr"
    r"|\bnothing (?:goes|is sent) (?:to|abroad|overseas)\b",
    re.I,
)
LEFT_OUT = re.compile(r"\bexcept|\bbut\b|\bonly\b|n't\b|\bnot\b|\bno\b|\bnever\b|\bstays?\b", re.I)
SERVED = re.compile(r"[$€£¥₹]|\b(?:ship|send|deliver|post)\b", re.I)


def asked_of(reading: Reading, home: str) -> list[Place]:
    """The places that a question on sending things is asked of: its own, or that of the message it
    goes on from."""
    before = reading.query if reading.follows else ""
    goes_on = on_a_rule(reading) and SENDING.search(before)
    asks = reading.asks[0] in HOLDS or ORDERED.search(reading.text)
    if not (SENDING.search(reading.text) or asks or goes_on):
        return []
    return places_named(reading.text, home) or (places_named(before, home) if before else [])


def likeliest(
    places: Sequence[Place], questions: Sequence[str], near: Mapping[int, float], reading: Reading,
    world: World, answers: Answers,
) -> list[tuple[Judged, int]]:  # fmt: skip
    """Of each place, for each thing that is asked, the likeliest of the passages that tell of just
    that place, if any does: it surely answers, but of a thing in view. None where the page of the
    product named tells itself how it is sent."""
    if (reading.named or reading.loosely) and _page_tells(reading, world):
        return []
    if ORDERED.search(reading.text) and not set(HOLDS) & set(reading.asks):
        reading = replace(reading, asks=("ship_time", *reading.asks))
    found: dict[int, Judged] = {}
    for place in places:
        told: list[int] = []
        for n, held in enumerate(_wants(reading)):
            if any(_holds_all(held, world.passages[i].text) for i in told):
                continue
            rows, least = _rows(place, held, n > 0, reading, world)
            own = judged(questions, {i: near[i] for i in rows}, world.passage_texts, answers)
            told += [i for _judged, i in own[:1]]
            found |= {i: replace(one, sure=max(one.sure, least)) for one, i in own[:1]}
    return [(one, i) for i, one in found.items()]


def _rows(
    place: Place, held: Held, besides: bool, reading: Reading, world: World
) -> tuple[list[int], float]:
    """The passages on a place that hold what is asked, and how surely the likeliest answers at
    least. Of a place in the shop's own country, else what goes there as everywhere. What is asked
    `besides` is told by a text that holds it or by none."""
    home = place.country == world.home
    some = of_place(place, held, reading, world)
    if besides:
        return [i for i in some if _holds_all(held, world.passages[i].text)], AMONG_OTHERS
    rows = _holding(some, held, world, home)
    of_a_thing = reading.products or A_THING.search(reading.text)
    least = AMONG_OTHERS if of_a_thing else FIRST
    if home and not rows and not on_a_rule(reading):
        rows = _holding(_everywhere(place, reading, world), held, world, home)
        least = AMONG_OTHERS
    naming = _naming(place, rows, reading, world)
    return (naming, AMONG_OTHERS) if naming else (rows, least)


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


def holds_all_asked(text: str, reading: Reading) -> bool:
    """Whether a text holds all that is asked, and nothing but of sending things is."""
    only = all(ask in HOLDS for ask in reading.asks)
    return only and all(_holds_all(held, text) for held in _wants(reading))


def priced(near: Mapping[int, float], reading: Reading, world: World) -> dict[int, float]:
    """Of passages by how near they are, where it is asked what sending costs, those that tell of
    money or that there is none to pay; all of them where none does."""
    if reading.asks[0] != "ship_cost":
        return dict(near)
    costs = HOLDS["ship_cost"]
    return {i: n for i, n in near.items() if costs.search(world.passages[i].text)} or dict(near)


def _holding(rows: Sequence[int], asked: Held, world: World, home: bool) -> list[int]:
    """Of the passages on a place those that hold what is asked; none but those at home, nor where
    duties are asked for, of which a text on every place may tell."""
    for holds in asked:
        held = [i for i in rows if holds.search(world.passages[i].text)]
        rows = held or ([] if (home and holds is not SUM) or holds is DUTY else rows)
    return list(rows) if asked or not home else []


def _holds_all(asked: Held, text: str) -> bool:
    return all(holds.search(text) for holds in asked)


def _naming(place: Place, rows: Sequence[int], reading: Reading, world: World) -> list[int]:
    """The passages that name what is in view, by what sort of thing it is: of those on the place,
    or else what leaves it out, as what "stays in Britain"; not what goes for where another heading
    is of."""
    product = world.products.get(reading.products[0]) if reading.products else None
    sort = sort_of(product.title) if product else ""
    if not sort:
        return []
    named = re.compile(rf"\b{re.escape(sort)}s?\b", re.I)
    found = [i for i, p in enumerate(world.passages)
             if named.search(p.text) and _on_sending(p, reading)]  # fmt: skip
    there = [i for i in found if i in rows]
    here = (i for i in found if not _under_others(place, world.passages[i], world.home))
    return there or [i for i in here if LEFT_OUT.search(world.passages[i].text)]


def _under_others(place: Place, passage: queries.Passage, home: str) -> bool:
    """Whether a passage tells of other places only by what stands above it: "no honey can be sent
    there", under "Ireland"."""
    placed = bool(regions.regions(passage.text, home))
    return not placed and regions.of_others(place, home, _with_region(passage, home))


def _everywhere(place: Place, reading: Reading, world: World) -> list[int]:
    """The passages on what is asked that tell of no other place."""
    return [i for i, p in enumerate(world.passages) if _on_sending(p, reading)
            and not regions.of_others(place, world.home, _with_region(p, world.home))]  # fmt: skip


def _on_sending(passage: queries.Passage, reading: Reading) -> bool:
    of_sending = tuple(ask for ask in reading.asks if ask in HOLDS)
    on_it = on_asks(passage, of_sending) if of_sending else on_topic(passage, reading)
    return bool(on_it) and not COLLECTED.search(passage.text)


def _wants(reading: Reading) -> list[Held]:
    """What a text has to hold, for each thing that is asked: what it costs, and the customs, and
    how long it takes, and what of it can't go there."""
    apart = [part for part in CLAUSE.split(reading.text) if not DUTY.search(part)]
    duty = DUTY.search(reading.text)
    cost = any(PRICE.search(part) and not (duty and OF_DUTY.search(part)) for part in apart)
    wants = [[HOLDS["ship_cost"], SUM], [DUTY]] if cost and duty else [_held(reading)]
    also = {"ship_cost": cost, "ship_time": bool(TIME.search(reading.text))}
    wants += [[HOLDS[ask]] for ask, is_asked in also.items()
              if is_asked and all(HOLDS[ask] not in held for held in wants)]  # fmt: skip
    goods = reading.products or A_THING.search(reading.text)
    return [*wants, [STAYS]] if goods and GOES.search(reading.text) else wants


def _held(reading: Reading) -> Held:
    """What a text has to hold for what is asked, the most telling first."""
    named = [words for words in (DUTY, FREE) if words.search(reading.text)]
    cost = "ship_cost" if COSTS.search(reading.text) else ""
    ask = next((a for a in (*reading.asks, cost) if a in HOLDS), "")
    sums = [SUM] if ask == "ship_cost" and DUTY not in named else []
    return [*named, HOLDS[ask], *sums] if ask else named


def _page_tells(reading: Reading, world: World) -> bool:
    rows = world.rows.get(reading.products[0], []) if reading.products else []
    return any(SENT.search(world.sentences[i][1].text) for i in rows)


def of_place(place: Place, held: Held, reading: Reading, world: World) -> list[int]:
    """Of each article on what is asked, the passages on sending things that tell of a place: those
    of the smallest region around it that hold what is asked, or leave the place out."""
    articles: dict[str, list[int]] = {}
    for i, passage in enumerate(world.passages):
        if _on_sending(passage, reading):
            articles.setdefault(passage.article, []).append(i)
    return [i for some in articles.values() for i in _nearest(place, some, held, world)]


def _nearest(place: Place, some: Sequence[int], held: Held, world: World) -> list[int]:
    texts = [_with_region(world.passages[i], world.home) for i in some]
    tiers = regions.by_nearness(place, world.home, texts)

    def tells(n: int) -> bool:
        return _holds_all(held, texts[n]) or regions.leaves_out(place, world.home, texts[n])

    best = next((tier for tier in tiers if any(map(tells, tier))), next(iter(tiers), []))
    return [some[n] for n in best]


def _with_region(passage: queries.Passage, home: str) -> str:
    """A passage's text, behind the heading or title that names the region which its own words do
    not name: "Delivery to Ireland"."""
    if regions.regions(passage.text, home):
        return passage.text
    above = (regions.ELSEWHERE.sub(" ", name) for name in (passage.heading, passage.title))
    named = next((name for name in above if regions.regions(name, home)), "")
    return f"{named}: {passage.text}" if named else passage.text


def not_of_others(
    places: Sequence[Place], hits: Sequence[tuple[Judged, int]], world: World
) -> list[tuple[Judged, int]]:
    """Passages, less those that tell only of other places."""
    others = [_others(place, [i for _judged, i in hits], world) for place in places]
    return [hit for hit in hits if not all(hit[1] in some for some in others)]


def _others(place: Place, some: Sequence[int], world: World) -> set[int]:
    """Which passages tell only of other places: one that only its title places does so where it is
    a row of charges, and one on all other countries where some passage has the place."""
    texts = {i: world.passages[i].text for i in some}
    texts |= {i: _with_region(world.passages[i], world.home) for i in some if SUM.search(texts[i])}
    near = {i: regions.nearness(place, world.home, text) for i, text in texts.items()}
    known = max(near.values(), default=0) > regions.FAR
    return {
        i
        for i, text in texts.items()
        if (not near[i] and regions.regions(text, world.home))
        or (known and near[i] == regions.FAR and regions.OTHERS.search(text))
    }

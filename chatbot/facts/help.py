"""Facts from the help articles: the passages that fit a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

from chatbot.terms import USED, Answers, Encode, Fact, Judged, Reading
from storefront import queries
from storefront.clock import now

from . import (
    collecting,
    contact,
    leaning,
    matching,
    mending,
    overview,
    paying,
    regions,
    seasonal,
    sending,
    sizing,
)
from .amounts import ago
from .deciding import SURE, decided
from .explaining import explains_rule
from .gazetteer import Place
from .gist import gist
from .similarity import (
    ANSWERED,
    FIRST,
    HOW,
    asking,
    judged,
    nearest,
    parts,
    ranked,
    says,
    shared,
    stems,
)  # fmt: skip
from .text import sort_of, with_weekdays
from .topics import on_asks, on_codes, on_topic
from .weekdays import OF_A_DAY, rows_on_the_day, whether_open
from .world import World

MOST_PASSAGES = 6
MOST_ON_TOPIC = 3  # of the articles on what is asked, judged whatever else is nearer
SPELLED_OUT = 0.05  # what was said before counts a little less than the message itself
SAME_ARTICLE = 0.06  # what one gains when its article was told of right before
IT = re.compile(r"\b(?:it|its|it's|this|that|these|those|they|them|one)\b", re.I)
OF_ANYTHING = stems(  # who says nothing but these asks of what was spoken of: "costs?"
    "how long much many what cost costs price prices pay pays paid fee fees charge days time until"
    " till when who and ok so then it that this total"
)
DISCOUNT = re.compile(r"\bdiscount|\b\d+ ?% off\b|\bget \d+ ?%", re.I)
OF_THE_MATTER = (contact, collecting, matching, mending)  # each knows the passage that tells of it
Hits = list[tuple[Judged, int]]  # passages by their places, and how surely they answer
NOT_JUDGED = Judged(0.0, 0.0)
ASKS = re.compile(  # how a question begins; what only tells of a thing is none
    r"\W*(?:(?:ok|so|and|also|hi|please|until|till?|by|from) )*"
    r"(?:how|what'?s?|when|which|who|where|why|is|are|do|does|can|could|may|will|would|has|any)\b",
    re.I,
)


def passages(
    reading: Reading, world: World, encode: Encode, answers: Answers, most: int = MOST_PASSAGES
) -> list[Fact]:
    """The `most` passages nearest to the question, each with how surely it answers it."""
    every, apart = _nearest(reading, world, encode), on_codes(reading, world)
    some = {i: score for i, score in every.items() if i not in apart}
    near = sending.priced(nearest(some, most) | _on_it(some, reading, world), reading, world)
    alone = {"alone": "yes"} if len(near) == 1 else {}
    places, asked = sending.asked_of(reading, world.home), _questions(reading, world)
    first = (sending.likeliest(places, asked, every, reading, world, answers) if places
             else paying.likeliest(asked, every, reading, world, answers))  # fmt: skip
    whole = [(SURE, i) for i in overview.rows(reading, world)]
    each = whole or ([] if first else _of_parts(reading, world, encode, answers))
    known = (matter.rows(reading, world) for matter in OF_THE_MATTER)
    rows: list[int] = next(filter(None, known), [])
    hits = [(SURE, i) for i in rows] or _of_the_day(reading, world)
    hits = hits or _going_on(reading, world, encode, answers)
    hits = hits or mending.rather(
        _but(first, _hits(near, every, places, reading, world, answers)), reading, world
    )
    season = seasonal.rows(reading, world)
    told = [(hit, {"part": "yes"} | seasonal.mark(hit[1], season, world)) for hit in each]
    told += [(hit, _told_alone(places, hit, reading, world, len(first))) for hit in first]
    hits += _but([*each, *first, *hits], [(NOT_JUDGED, i) for i in season])
    told += [
        (hit, alone | seasonal.mark(hit[1], season, world)) for hit in _but([*each, *first], hits)
    ]
    facts = [_marked(_fact(world.passages[i], found, reading, world), mark)
             for (found, i), mark in told]  # fmt: skip
    best = [] if whole else [_shortened(f, reading, world, encode, answers) for f in facts[:1]]
    return best + facts[len(best) :]


def _told_alone(
    places: Sequence[Place], hit: tuple[Judged, int], reading: Reading, world: World, many: int
) -> dict[str, str]:
    """What is marked of the passage on the very place, or way to pay, asked about: that it is, and
    whether things are sent there, or it is taken; of several, that each is a part of the answer."""
    if places and many > 1:
        return {"only": "yes", "part": "yes"}
    if hit[0].sure < FIRST:
        return {}
    text = world.passages[hit[1]].text
    says = (
        sending.whether(places[0], reading, world, text)
        if places
        else paying.whether(reading, text)
    )
    whole = bool(places) and sending.holds_all_asked(text, reading)
    return {"only": "all" if whole else "yes"} | ({"says": says} if says else {})


def _hits(
    near: dict[int, float], every: dict[int, float], places: Sequence[Place], reading: Reading,
    world: World, answers: Answers,
) -> Hits:  # fmt: skip
    """The passages at `near` as they are judged, less those that tell only of other places."""
    if leaning.on_a_rule(reading) and not _turns_away(reading, world):
        hits = _leaning(reading, near, every, world, answers)
    else:
        hits = judged(_questions(reading, world), near, world.passage_texts, answers)
    return sending.not_of_others(places, hits, world) if places else hits


def _but(first: Hits, hits: Hits) -> Hits:
    """What is found besides what comes first."""
    known = {i for _found, i in first}
    return [hit for hit in hits if hit[1] not in known]


def _going_on(reading: Reading, world: World, encode: Encode, answers: Answers) -> Hits:
    """The passages as they fare for a message that may go on about a rule told right before, where
    the likeliest is of that very article; else none: it is about something new."""
    if not leaning.may_lean(reading) or _turns_away(leaning.leant(reading), world):
        return []
    said = leaning.leant(reading)
    every = _nearest(said, world, encode)
    hits = _leaning(said, nearest(every, MOST_PASSAGES), every, world, answers)
    best = world.passages[hits[0][1]] if hits else None
    return hits if best and best.article == said.articles[0] else []


def _of_the_day(reading: Reading, world: World) -> Hits:
    """The row of the day whose hours are asked for: it surely answers. Of several the one with most
    of the question's other words, if there is such."""
    question = forms(reading, world)[0]
    rows = rows_on_the_day(reading, question, world)
    shares = shared(question, world.passage_texts) if rows else ()
    best = sorted(rows, key=lambda i: -float(shares[i]))
    alone = best and (len(best) == 1 or shares[best[0]] > shares[best[1]])
    return [(SURE, best[0])] if alone else []


def _whether_open(reading: Reading, text: str, world: World) -> str:
    asked = reading.asks[0] in OF_A_DAY
    return whether_open(forms(reading, world)[0], text, world) if asked else ""


def _shortened(
    fact: Fact, reading: Reading, world: World, encode: Encode, answers: Answers
) -> Fact:
    """The passage with the part of it that answers. All of it is told of days that have passed, of
    what came broken, and where it plainly decides a yes; a no has to be decided by the part as
    well."""
    ruled = fact.values.get("by") == "rule"
    in_trouble = mending.TROUBLE & set(reading.asks[:1]) and reading.fault != USED
    whole = ago(reading.text) or in_trouble
    if whole or (ruled and fact.values["says"] == "yes"):
        return fact
    asked = _questions(reading, world)
    known = partial(world.parts, encode)
    places = sending.asked_of(reading, world.home)
    own = (
        partial(regions.of_place, places[0], world.home) if places else partial(_own, reading.text)
    )
    core = gist(asked, fact.values["text"], fact.title, encode, known, answers, own)
    if ruled and decided(reading, core, world) != "no":
        return fact
    return _marked(fact, {"core": core})


def _own(question: str, parts: Sequence[str]) -> list[int]:
    """The parts on the very way of contact, or the matter of collecting, that is asked about."""
    return contact.of_way(question, parts) or collecting.answering(question, parts)


def _on_it(every: dict[int, float], reading: Reading, world: World) -> dict[int, float]:
    """Of the articles on just what is asked, the nearest passages: they may put it in words of
    their own."""
    own = {i: near for i, near in every.items() if on_topic(world.passages[i], reading)}
    return dict(sorted(own.items(), key=lambda item: -item[1])[:MOST_ON_TOPIC])


def _marked(fact: Fact, mark: dict[str, str]) -> Fact:
    return replace(fact, values={**fact.values, **mark})


def _of_parts(reading: Reading, world: World, encode: Encode, answers: Answers) -> Hits:
    """Of a message that asks several things, the passages that surely answer one each, in its
    order; none where a single one answers them all."""
    asked = parts(asking(reading.text))
    if len(asked) == 1:
        return []
    best: dict[int, Judged] = {}
    asks = [(before, part) for before, part in pairwise(("", *asked)) if ASKS.match(part)]
    for before, part in asks:
        for found, i in _surest(part, f"{before} {part}", reading, world, encode, answers):
            best[i] = max(best.get(i, found), found, key=lambda told: told.sure)
    return [(found, i) for i, found in best.items()] if len(best) > 1 else []


def _surest(
    part: str, behind: str, reading: Reading, world: World, encode: Encode, answers: Answers
) -> Hits:
    """The passage that surely answers one part of a message, alone or behind the part before."""
    one = replace(reading, text=part, query=behind)
    near = nearest(_nearest(one, world, encode), MOST_PASSAGES)
    hits = judged(forms(one, world), near, world.passage_texts, answers)
    return [hit for hit in hits[:1] if hit[0].sure >= ANSWERED]


def _turns_away(reading: Reading, world: World) -> bool:
    """Whether other articles than the one just told of are on what is asked: who hears of delivery
    to Canada and asks for returns from there wants no more of it."""
    if _says_nothing_new(reading) or IT.search(reading.text) or paying.goes_on(reading, world):
        return False
    told = (p for p in world.passages if p.article == reading.articles[0])
    if any(on_asks(p, reading.asks) for p in told):
        return False
    return any(on_asks(p, reading.asks[:1]) for p in world.passages)


def _leaning(
    reading: Reading,
    near: dict[int, float],
    every: dict[int, float],
    world: World,
    answers: Answers,
) -> Hits:
    """Those of `near` and all of the article just told of, judged by what goes on about it."""
    told = [i for i, p in enumerate(world.passages) if p.article == reading.articles[0]]
    some = {**near, **{i: every[i] for i in told}}
    shares = shared(asking(reading.text), world.passage_texts)
    same = {i: float(shares[i]) if reading.follows else 0.0 for i in told}
    called = [f"{world.passages[i].title}: {asking(reading.text)}" for i in told[:1]]
    asked = [*forms(reading, world), *called]
    return leaning.judged(asked, some, world.passage_texts, answers, same)


def on_sizes(reading: Reading, world: World) -> list[Fact]:
    """The passages with the rows of the size guide that hold the figure somebody gives, who has
    then no need of others."""
    decides = {"row": "yes", "says": "", "by": ""}  # nothing but the size
    return [
        _marked(_fact(world.passages[i], SURE, reading, world),
                decides | {"core": text})
        for i, text in sizing.told(reading, world).items()
    ]  # fmt: skip


def of_code(
    code: str, reading: Reading, world: World, encode: Encode, answers: Answers
) -> list[Fact]:
    """Passages of the sections that speak of a promo code, best first."""
    told = zip(world.passages, world.passage_texts, strict=True)
    named = [passage for passage, text in told if code in text.upper()]
    under = {(p.article, p.heading) for p in named}
    near = {
        i: score
        for i, score in _nearest(reading, world, encode).items()
        if (world.passages[i].article, world.passages[i].heading) in under
    }
    some = nearest(near, MOST_PASSAGES)
    hits = judged(_questions(reading, world), some, world.passage_texts, answers)
    return [_fact(world.passages[i], found, reading, world) for found, i in hits]


def on_discounts(reading: Reading, world: World) -> list[Fact]:
    """Passages that tell of discounts, first those that name what one is spoken of for."""
    told = zip(world.passages, world.passage_texts, strict=True)
    own = re.compile(rf"\b{re.escape(reading.offer)}[^.;\n]{{0,60}}\d ?%", re.I)  # "Students: 7%"
    found = [
        _fact(p, NOT_JUDGED, reading, world)
        for p, text in told
        if DISCOUNT.search(text) or own.search(text)
    ]
    return sorted(found, key=lambda f: reading.offer not in f.values["text"].casefold())


def _questions(reading: Reading, world: World) -> list[str]:
    """What is asked, and where it leans on another message the two together."""
    asked = forms(reading, world)
    return asked if reading.follows else asked[:1]


def forms(reading: Reading, world: World) -> list[str]:
    """The message, and the message spelled out; days by their names, "it" by what it is."""
    today = now().astimezone(ZoneInfo(world.zone)).date()
    whole = asking(reading.query)
    bare = _says_nothing_new(reading) and not leaning.on_a_rule(reading)
    said = whole if bare else asking(reading.text) + _what_it_is(reading, world)
    return [with_weekdays(form, today) for form in (said, whole)]


def _says_nothing_new(reading: Reading) -> bool:
    """Whether a message asks of what was spoken of and names nothing itself: "costs?"."""
    return reading.follows and not stems(HOW.sub(" ", reading.text)) - OF_ANYTHING


def _what_it_is(reading: Reading, world: World) -> str:
    """The sort of thing in view behind "it": which guarantee lamps have may be told of lamps."""
    product = world.products.get(reading.products[0]) if reading.products else None
    if product is None or reading.named or not IT.search(reading.text):
        return ""
    return f" ({sort_of(product.title)})"


def _nearest(reading: Reading, world: World, encode: Encode) -> dict[int, float]:
    """The places of all passages with how near they are in meaning and words, nearest first."""
    best: dict[int, float] = {}
    asked = forms(reading, world)
    for question, vector, less in zip(asked, encode(asked), (0.0, SPELLED_OUT), strict=True):
        for score, i in ranked(question, vector, world.passage_texts, world.passage_vectors):
            best[i] = max(best.get(i, -1.0), score - less)
    near = {i: score + _gain(world.passages[i], reading, world) for i, score in best.items()}
    return dict(sorted(near.items(), key=lambda item: -item[1]))


def _gain(passage: queries.Passage, reading: Reading, world: World) -> float:
    same = SAME_ARTICLE if passage.article in reading.articles else 0.0
    return same + on_topic(passage, reading) + explains_rule(passage, reading, world)


def _fact(passage: queries.Passage, found: Judged, reading: Reading, world: World) -> Fact:
    values = {"text": passage.text, "heading": passage.heading, "article": passage.article}
    if on_topic(passage, reading):
        values["on_topic"] = "yes"
    if stems(asking(reading.text)) & stems(passage.text) - world.page_words:
        values["beyond"] = "yes"  # it speaks of what is asked and no product's page does
    if said := decided(reading, passage.text, world):
        values |= {"says": said, "by": "rule"}
    elif said := says(found) or _whether_open(reading, passage.text, world):
        values["says"] = said
    if passage.updated:
        values["updated"] = passage.updated.isoformat()
    return Fact(
        kind="passage", source=f"article:{passage.article}#{passage.number}",
        version=passage.version, as_of=passage.as_of, values=values,
        subject=passage.title, title=passage.title, href=passage.href, score=found.sure,
    )  # fmt: skip

"""Deciding: from Reading and facts to what is true and may be said. The writer only words it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from chatbot.terms import PUT, Act, Fact, Outcome, Reading

from . import help, orders, people, places, premises, products, promotions, talk
from .applied import applied
from .by_list import by_list
from .known import MOST_ACTS, Known, act, notice, outcome
from .onward import onward

__all__ = [
    "by_list", "decide", "in_turn", "is_plain", "off_duty", "onward", "outcome", "person",
    "wrong_code",
]  # fmt: skip

Answer = Callable[[Known], list[Act]]

ANSWERS: dict[str, Answer] = {
    "price": products.price,
    "availability": products.availability,
    "option": products.options,
    "attribute": products.attribute,
    "compare": products.compare,
    "search": products.search,
    "recommend": products.search,
    "restock": products.restock,
    "sale": products.price,
    "size_help": products.attribute,
    "care": products.attribute,
}
ASKING = re.compile(
    r"\b(?:what|how|why|when|where|who|which|does|is there|are there)\b.*\w{3}", re.I
)
COUNTED = re.compile(r"\bhow many\b|\b(?:can|will|would|do|does|could) \d+ \w{3}", re.I)
MEASURED = re.compile(r"\bhow (?!much\b|about\b|come\b|do\b|can\b)\w+", re.I)
PRICED = re.compile(
    r"\b(?:pric\w*|costs?|how much|pay|cheap\w*|expensive|dear\w*|total|sale|worth)\b|[$€£]", re.I
)
STOCKED = re.compile(r"\b(?:stock|availab\w+|left|sold out|have|got)\b", re.I)
ON_SALE = re.compile(r"\b(?:on sale|reduced|marked down|clearance|sale items?)\b", re.I)
OFFERS = re.compile(r"\b(?:offers?|deals?|promos?|promotions?|specials?|(?:money|%) off)\b", re.I)
CODES = frozenset(("code_wanted", "code_fails"))
ABOUT_PRODUCTS = frozenset(("product_question", "product_search"))
HELPED_BY_ARTICLES = frozenset(
    "return_refund exchange shipping payment account policy promotion complaint order_change cancel"
    .split()
)  # fmt: skip
BESIDES = {"policy.passage": "policy.besides", "attribute.passage": "attribute.besides"}
OF_ONE_PRODUCT = frozenset("price availability option attribute care size_help".split())
IT = re.compile(r"\b(?:it|its|it's|this|that|these|those|they|one)\b", re.I)
CHARGES = re.compile(r"\b(?:charg\w*|debit\w*|pending|twice|authori[sz]\w*)\b", re.I)
UNSURE_ACTS = frozenset(("policy.unsure", "attribute.unsure"))  # beside what is sure, only noise
LACKING = frozenset(("attribute.unknown", "decline.no_data", "search.none", "search.no_such"))
MOST_OF_PART = 2  # acts that answer one of several questions
MOST_WORDS = 80  # of values, of several questions' answers together
DESCRIBED = 0.7  # a product found this surely is described, if not named
SHORT = 6  # words; who writes more describes something
UNSURE = 0.45  # below, the reading is hardly better than a guess
FEW_WORDS = 3  # "sale?" asks of the product in view


def decide(reading: Reading, facts: Sequence[Fact]) -> list[Act]:
    """What the turn will say; never empty, every act's preconditions met by `facts`."""
    known = Known(reading, tuple(facts))
    told = talk.first(known) or _told(known)
    return [*told, *people.away(told, known)]


def in_turn(whole: Sequence[Act], parts: Sequence[Sequence[Act]]) -> list[Act]:
    """What is said to a message of several questions, of which each is answered by `parts`: what
    answers them one after the other, or the `whole` message where one is not answered by itself,
    or as the one before, or it all would be too long."""
    if not all(map(_answers_plainly, parts)):
        return list(whole)
    told: list[Act] = []
    for part in parts:
        more = _distinct([*told, *part[:MOST_OF_PART]])
        if len(more) == len(told):
            return list(whole)
        told = more
    long = len(told) > MOST_ACTS + 1 or _words(told) > MOST_WORDS
    return list(whole) if long else [told[0], *map(_besides, told[1:])]


def is_plain(told: Sequence[Act]) -> bool:
    """Whether a message was answered, or could not be for want of knowledge alone."""
    plain = (Outcome.ANSWERED, Outcome.CLARIFIED)
    return all(a.outcome in plain or a.name in LACKING for a in told)


def _answers_plainly(acts: Sequence[Act]) -> bool:
    return bool(acts) and all(a.outcome == Outcome.ANSWERED and not a.notice for a in acts)


def _words(acts: Sequence[Act]) -> int:
    """How many words of values acts hold, which nearly is how long they get."""
    return sum(len(value.split()) for a in acts for value in a.slots.values())


def _told(known: Known) -> list[Act]:
    """The answer, behind a word of sympathy where one is due."""
    found = _distinct(_written(known) or _answers(known))
    acts = premises.corrected([a for a in found if a.name not in UNSURE_ACTS] or found, known)
    told = [*talk.sympathy(known, acts), *acts][:MOST_ACTS] or _at_a_loss(known)
    return [told[0], *map(_besides, told[1:])]


def _besides(one: Act) -> Act:
    """An act as it is worded behind another: a bare quotation is led in as something more."""
    bare = all(slot.startswith("passage") for slot in one.slots)
    return replace(one, name=BESIDES[one.name]) if bare and one.name in BESIDES else one


def off_duty() -> list[Act]:
    """That staff have switched the assistant off, and a person reads on."""
    return [notice("people.only", Outcome.HANDED_OFF)]


def wrong_code() -> list[Act]:
    """That a one-time code does not fit."""
    return [notice("identity.code_wrong", Outcome.IDENTITY_REQUIRED)]


def person(reading: Reading, facts: Sequence[Fact]) -> list[Act]:
    """What is said when the shopper presses "Talk to a person"."""
    return people.person(Known(reading, tuple(facts)))


def _answers(known: Known) -> list[Act]:
    """The parts of the answer: what is not known, where the shopper's own order stands, else what
    the shop has and says."""
    if known.asks[0] in PUT:
        return premises.put(known)
    lost = [] if help.kept(known) else help.unknown()
    told = orders.answer(known) if orders.concerned(known) else []
    return [*lost, *told] or ([] if _nothing_to_tell(known) else _of_the_shop(known))


def _on_extra(known: Known) -> list[Act]:
    """What is told to who takes something to come free with a product."""
    if not known.reading.extra:
        return []
    if (told := help.on_extra(known)) or known.of("product"):
        return told or products.in_the_box(known)
    last = known.reading.extra.split()[-1]
    spoken_of = any(last in p.values["text"].casefold() for p in known.of("passage"))
    return [] if spoken_of else help.unknown()


def _of_the_shop(known: Known) -> list[Act]:
    """What is told of offers, rules and wares, in the order of what was asked."""
    reading = known.reading
    if reading.stranger and (known.asks[0] in places.OF_BOTH or not places.of_help(known)):
        return places.no_ware(known) or products.no_such(known)
    first = applied(known) or _on_extra(known) or products.extreme(known)
    first = first or products.carded(products.before(known), known)
    if told := first or _on_sizes(known):
        return told
    if reading.code:
        return promotions.of_code(known)
    goes_on = known.asks[0] == "sale" and promotions.told_before(known)
    if (goes_on or CODES & set(reading.asks[:1])) and (told := promotions.running(known)):
        return told
    if _asks_for_offers(known) and (told := _on_offer(known)):
        return told
    if places.of_help(known) and not _bounded(known) and (told := help.passage(known)):
        return [*told, *(products.price(known) if _asks_price(known) else [])]
    return _of_wares(known)


def _of_wares(known: Known) -> list[Act]:
    """What pages tell, or articles where they do not; of what broke only articles."""
    if places.in_trouble(known):
        return help.on_topic(known)
    if (
        ABOUT_PRODUCTS & set(known.reading.intents[:1])
        or _of_a_product(known)
        or places.page_tells(known)
    ):
        return _of_products(known)
    return help.passage(known) or (_of_products(known) if known.of("product") else [])


def _asks_for_offers(known: Known) -> bool:
    """Whether a message asks what there is off, and of no thing."""
    return known.asks[0] == "sale" and not known.of("product")


def _on_offer(known: Known) -> list[Act]:
    """What there is off: what has come down, for who asks just for that, and the codes of today,
    for who asks for offers."""
    down = products.reduced(known) if known.of("reduced") else []
    if down and ON_SALE.search(known.reading.text):
        return down
    return (promotions.running(known) or down) if OFFERS.search(known.reading.text) else []


def _on_sizes(known: Known) -> list[Act]:
    """The row of the size guide that holds the figure given, and how the product fits; behind its
    price or stock where that is asked first."""
    held = any("row" in p.values for p in known.of("passage"))
    told = [*(help.passage(known) if held else []), *products.fit(known)]
    besides = told and known.of("product") and known.asks[0] in places.DATA | {"compare"}
    before = _of_products(known) if besides else []
    quoted = {fact.source for a in before for fact in a.facts}
    return [*before, *(a for a in told if not quoted & {fact.source for fact in a.facts})]


def _bounded(known: Known) -> bool:
    """Whether products are looked for that are so big or so small, of which no article tells."""
    bound = known.reading.bound
    return bound is not None and bound.must and known.asks[0] in places.LOOKS


def _nothing_to_tell(known: Known) -> bool:
    """Whether a message is only cross and no text surely answers it, or is about money taken and
    no text speaks of that."""
    best = known.one("passage")
    if known.asks[0] == "charged_twice":
        return best is None or not CHARGES.search(best.values["text"])
    return known.asks == ("complaint",) and (best is None or best.score < help.SURELY)


def _written(known: Known) -> list[Act]:
    """What a text says that surely answers, where what is asked is hardly more than a guess; of a
    code the shop's offers tell, not a text on codes in general."""
    if known.reading.confidence >= UNSURE or known.reading.code:
        return []
    page, article = known.one("sentence"), known.one("passage")
    if page is not None and page.score >= help.SURELY_TOLD and known.reading.products:
        return products.attribute(known)
    return help.passage(known) if article and article.score >= help.SURELY_TOLD else []


def _asks_price(known: Known) -> bool:
    return known.reading.named and known.asks[0] == "price" and not known.reading.follows


def _of_a_product(known: Known) -> bool:
    """Whether a product is named with a question only its data can answer."""
    reading = known.reading
    said = reading.named or reading.loosely or len(reading.text.split()) <= FEW_WORDS
    return said and known.asks[0] in places.DATA


def _of_products(known: Known) -> list[Act]:
    """An answer to each ask; where one is answered, those that cannot be are left out."""
    if _wants_what_there_is_not(known):
        told = products.looks_by_page(known) or products.availability(known)
        return products.carded(told, known)
    if _names_no_product(known):
        which = act("clarify.which_product", outcome=Outcome.CLARIFIED)
        return help.passage(known) or [which]
    if several := products.of_a_sort(known):
        return products.carded(several, known)
    listed = products.asks_for_options(known)
    if products.page_answers(known, listed) and (listed or known.asks[0] not in places.LOOKS):
        return products.carded(products.attribute(known), known)
    acts = products.options(known) if listed else []
    looks = places.LOOKS if acts else frozenset[str]()  # who is told the choices looks for no other
    acts += [a for ask in _product_asks(known) if ask not in looks for a in ANSWERS[ask](known)]
    acts += products.besides(acts, known)
    if not acts and not known.of("product") and COUNTED.search(known.reading.text):
        return help.unknown()  # how many of what stands on no page is no search
    if not acts:
        acts = products.attribute(known) if known.of("product") else products.search(known)
    told = [a for a in acts if a.outcome != Outcome.DECLINED] or _otherwise(known)
    if not told and known.reading.bound and known.asks[0] in places.LOOKS:
        return acts  # no article has what is that big
    by_page = known.reading.again  # as it was answered of another thing
    return products.carded(told, known) or ([] if by_page else help.passage(known)) or acts


def _wants_what_there_is_not(known: Known) -> bool:
    """Whether the one product in view is wished for as it does not come; who tells a story may
    speak of red cheeks."""
    short = len(known.reading.text.split()) <= SHORT
    wished = short or known.asks[0] in places.DATA | places.LOOKS
    return bool(known.reading.foreign_options) and len(known.of("product")) == 1 and wished


def _names_no_product(known: Known) -> bool:
    """Whether a short question is about a product that nothing points at: "how much is it"."""
    if known.of("product") or known.asks[0] not in OF_ONE_PRODUCT:
        return False
    if known.asks[0] == "attribute" and not IT.search(known.reading.text):
        return False
    best = known.one("found")
    described = best is not None and best.score >= DESCRIBED
    return len(known.reading.text.split()) <= SHORT and not described


def _product_asks(known: Known) -> list[str]:
    """The asks that products answer; with one in view it is not looked for besides, and of several
    that are shown to who looks for a sort of thing each says beside it whether it is there."""
    asks = [a for a in known.asks if a in ANSWERS]
    looks = known.asks[0] in places.LOOKS
    if asks[:1] == ["availability"] and _asks_no_price(known):
        asks = [a for a in asks if a != "price"]  # its card tells that
    if known.of("product") and not looks:
        return [a for a in asks if a not in places.LOOKS]
    several = len(known.of("product")) > 1 and not (known.reading.named or known.reading.wishes)
    return [a for a in asks if not (several and a == "availability")]


def _asks_no_price(known: Known) -> bool:
    """Whether a message that may ask for a price speaks only of stock, or of what nobody can have;
    who but names a thing wants to know both."""
    product = known.one("product")
    wished = known.wished(product) if product else []
    gone = bool(wished) and all(v.values["stock"] == "sold out" for v in wished)
    return not PRICED.search(known.reading.text) and (
        gone or bool(STOCKED.search(known.reading.text))
    )


def _otherwise(known: Known) -> list[Act]:
    """What else may help where the page does not tell: the options wished for, or another search
    where products were looked for before."""
    measured = MEASURED.search(known.reading.text)  # what is in stock says nothing of a measure
    if known.reading.wishes and known.of("product") and not measured:
        return products.availability(known)
    if known.reading.after.startswith(("search.", "recommend.")) and known.of("found"):
        return products.suggest(known)
    return []


def _distinct(acts: Sequence[Act]) -> list[Act]:
    """Without acts that would say the same twice, or quote again what is quoted before them."""
    seen: set[tuple[object, ...]] = set()
    quoted: set[str] = set()
    kept = []
    for one in acts:
        key = (one.name, *sorted(one.slots.items()))
        texts = {text for slot, text in one.slots.items() if slot.startswith("passage")}
        if key not in seen and not (texts and texts <= quoted):
            kept.append(one)
        seen.add(key)
        quoted |= texts
    return kept


def _at_a_loss(known: Known) -> list[Act]:
    """Nothing fits: say so, and offer a person."""
    if known.reading.intents[0] == "complaint" or known.reading.upset:
        sorry = talk.SORRY & set(known.reading.before)
        return [act("handoff.offer" if sorry else "complaint.with_next")]
    if known.reading.intents[0] in HELPED_BY_ARTICLES | ABOUT_PRODUCTS:
        return help.unknown()
    if ASKING.search(known.reading.text):
        return help.unknown()
    return [act("clarify.not_understood", outcome=Outcome.CLARIFIED)]

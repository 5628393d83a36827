"""The reading room: from a message and what was said before to a Reading. It writes nothing."""

from __future__ import annotations

from dataclasses import replace

from chatbot.terms import Lexicon, Memory, Reading

from . import (
    bounds,
    details,
    faults,
    heard,
    leaning,
    limits,
    manners,
    mending,
    model_codes,
    owned,
    shop_words,
    varieties,
)
from .asked import Message, asked, likely
from .asks import upset
from .basket import items
from .extras import extra
from .foreign import at_home
from .foreign import in_english as in_english
from .language import language as language
from .occasions import occasion
from .offers import offer_for
from .pointing import pointed_order
from .put_plainly import of_now, put_plainly
from .questions import questions
from .reader import Reader, answers, encode, local, prepare, reader
from .spoken import Spoken, spoken_of
from .wanted import coming_so, foreign_to_all, wanted
from .words import SPELLINGS, WORD, fold, stem, tidy

__all__ = [
    "Reader", "Reading", "answers", "encode", "in_english", "language", "local", "prepare",
    "questions", "read", "reader",
]  # fmt: skip


def read(text: str, page: str, memory: Memory, lexicon: Lexicon) -> Reading:
    """What `text` asks.

    1. the message without greeting, name and thanks, in standard English
    2. the products it names, or else those spoken of before or on the page
    3. the versions among theirs, and how many
    4. intents and asks, by the trained heads, and by words that leave no doubt
    5. in its letters: order number, address, code, limit, language
    """
    whole = tidy(text)
    offered = whole in memory.offered
    text = of_now(varieties.plain(manners.without(whole, lexicon), lexicon))
    by_heads = heard.behind(text, memory, offered=offered)
    given = extra(text)
    bare = fold(text).replace(given, " ") if given else text
    about = _about(bare, page, memory, lexicon, by_heads)
    spoken = about.spoken
    bound = bounds.bound(text)
    sought = owned.without(text, lexicon)[0] if about.owned else text  # in versions of its own
    must = bound.said if bound and bound.must else ""
    unbounded = sought.replace(must, " ") if must else sought  # no version of one
    uncoded = model_codes.without(unbounded, lexicon)
    spoken = coming_so(uncoded, spoken, lexicon)
    product = next((p for p in lexicon.products if p.handle in spoken.handles[:1]), None)
    wish = wanted(uncoded, product, spoken, memory)
    if not (offered or wish.wishes):
        by_heads = heard.anew(text, memory, by_heads)
    own = shop_words.values(lexicon)
    sizes = {word for handle in spoken.handles for word in own.get(handle, ())}
    offer = offer_for(text, lexicon, reader().rarity)
    put = None if offered else put_plainly(text, memory, lexicon)
    put = put or (None if offered else mending.costs(text, memory, product))
    said = asked(Message(text, whole, spoken, wish, memory, lexicon, offer, put), *by_heads)
    leans = said.follows and not offered  # what was put under the last reply says all by itself
    wishes = len(wish.options) if wish.wishes else 0
    return Reading(
        text=text,
        intents=said.intents,
        asks=said.asks,
        confidence=said.confidence,
        products=spoken.handles,
        named=spoken.named,
        loosely=spoken.loosely,
        stranger=spoken.stranger,
        owned=about.owned,
        options=wish.options,
        wishes=wish.wishes,
        foreign_options=wish.foreign or foreign_to_all(uncoded, spoken, lexicon),
        price_limit=limits.price_limit(text),
        bound=bound,
        quantity=wish.quantity,
        basket=items(uncoded, lexicon, reader().rarity),
        extra=given,
        measure=said.measure,
        extreme=said.extreme,
        order=details.order(text, lexicon.order_names, sizes)
        or pointed_order(text, memory.orders),
        email=details.email(text),
        code=details.code(text, lexicon.codes)
        or leaning.standing_code(text, memory, said.intents[0], said.asks[0],
                                 follows=said.follows, wishes=wishes, named=spoken.named),
        offer=offer,
        claim=put.claim.term if put and put.claim else "",
        claim_of=put.claim.rule if put and put.claim else "",
        fault=faults.how(text, said.asks),
        thing=faults.thing(text, lexicon),
        language=language(text, lexicon.languages, at_home(text, lexicon)),
        follows=said.follows,
        upset=upset(whole),
        offered=offered,
        query=(put.query if put else said.again or ("" if leans else about.sought))
        or _spelled_out(leaning.behind(text, memory) if leans else text, lexicon),
        again=said.again,
        after=memory.act if said.follows else "",
        before=memory.told,
        occasion=occasion(whole),
        articles=memory.articles if said.follows else (),
        earlier=() if said.follows else memory.articles,
        behind="" if said.follows else leaning.behind(text, memory),
    )  # fmt: skip


def _about(
    text: str, page: str, memory: Memory, lexicon: Lexicon, by_heads: heard.Heard
) -> owned.Beside:
    """The products a message is about, beside those it only says somebody has."""
    intents = likely(by_heads[0])
    alone = replace(memory, products=(), group=())

    def of(part: str, behind: bool) -> Spoken:
        before = (page, memory) if behind else ("", alone)
        return _spoken(part, *before, lexicon, intents)

    said = intents[0], heard.top(by_heads[1])
    return owned.beside(text, of(text, True), lexicon, said, of)


def _spoken(
    text: str, page: str, memory: Memory, lexicon: Lexicon, intents: tuple[str, ...]
) -> Spoken:
    """The products a message is about; only one on goods may name some that the shop has not."""
    goods = any(i.startswith("product_") for i in intents)
    usual = reader().usual if goods else frozenset[str]()
    asks = intents[:1] == ("product_question",)
    return spoken_of(text, page, memory, lexicon, reader().rarity, usual, asks=asks)


def _spelled_out(text: str, lexicon: Lexicon) -> str:
    """`text` with the words by which this shop calls what others call by other ones: "wellies"
    are its boots."""
    others = [w for w in WORD.findall(fold(text)) if w in SPELLINGS]
    ours = [stem(w) for w in others if shop_words.on_pages(stem(w), lexicon)]
    return " ".join((text, *ours))

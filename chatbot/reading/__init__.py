"""The reading room: from a message and what was said before to a Reading. It writes nothing."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.conf import settings

from chatbot.terms import Answers, Encode, Judged, Lexicon, Memory, ProductWords, Reading

from . import details, manners, options, quantities, shop_words, strangers, varieties
from .again import asked_again
from .asks import LOOKS, plainly, settled, upset
from .emergencies import emergency
from .encoder import Encoder, Heads
from .going_on import goes_on, of_offer
from .judge import Judge
from .language import language as language
from .pointing import pointed_order, pointed_value
from .products import Rarity
from .remote import RemoteEncoder, RemoteHeads, RemoteJudge
from .spoken import Spoken, spoken_of
from .words import SMALL_WORDS, SPELLINGS, WORD, fold, stem, tidy, words

ALSO = 0.35  # an ask this likely is answered besides the first
MOST_ASKS = 3
BARE_QUESTION = 3  # words; "how much", "until when" ask of what was spoken of
FEW_WORDS = 4
REFINING = 10  # words; longer messages stand for themselves
SHORT = 5  # words that carry meaning; fewer lean on what was said before
CERTAIN = 0.8  # of misuse: plain words do not excuse it
FOREIGN, LIKELY_ENOUGH = "out_of_scope", 0.4
OFF_TOPIC = "off_topic"
LONG = 9  # letters, in which two slips still tell a word
USUAL = 0.85  # rarity of words that are known to everybody
COMMON = 0.89  # rarity of a word that English shoppers use every day
BACKWARD = frozenset(
    "it its that this these those them they one ones same both either each".split()
)
QUESTIONS = frozenset("what how when where who why which do does is can".split())
OPENERS = (
    "and ", "n ", "& ", "what about", "how about", "ok ", "also ", "then ", "so ", "or ", "but ",
    "yes ", "yeah ",
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """The loaded models behind `read`."""

    encoder: Encoder | RemoteEncoder
    heads: Heads | RemoteHeads
    judge: Judge | RemoteJudge

    def encode(self, texts: list[str]) -> object:
        """Vectors of `texts`, for the rooms that compare meanings."""
        return self.encoder.encode(texts)

    @cached_property
    def rarity(self) -> Rarity:
        """How rare an English word is, 0..1; told of the same words over and over."""
        return lru_cache(maxsize=MOST_WORDS)(self._rarity)

    def _rarity(self, word: str) -> float:
        """By its rank in the encoder's vocabulary, which is ordered by frequency (Devlin et al.
        2019); words it has to cut in pieces are rarest."""
        pieces = self.encoder.pieces(word)
        if len(pieces) != 1:
            return 1.0
        rank = max(self.encoder.vocabulary[pieces[0]] - FIRST_WORD, 1)
        return min(1.0, math.log(rank) / math.log(LAST_WORD))

    def answers(
        self, question: str, texts: Sequence[str], near: Sequence[float]
    ) -> Sequence[Judged]:
        """How each text fares as the answer."""
        return self.judge.answers(question, texts, near)

    @cached_property
    def usual(self) -> frozenset[str]:
        """English words that are common enough to be meant by a slip."""
        long = (w for w in self.encoder.vocabulary if len(w) >= 5 and w.isalpha())
        return frozenset(w for w in long if len(w) >= LONG or self.rarity(w) < USUAL)


MOST_WORDS = 1 << 16  # whose rarity is remembered
FIRST_WORD, LAST_WORD = 1996, 28_000  # where whole words stand in BERT's uncased vocabulary


_loading = threading.Lock()


def reader() -> Reader:
    """The bundled reader, loaded once a process, however many threads ask for it at once."""
    with _loading:
        return _reader()


@lru_cache(maxsize=1)
def _reader() -> Reader:
    if settings.MODELS:
        return Reader(RemoteEncoder(), RemoteHeads(), RemoteJudge())
    return local()


def local() -> Reader:
    """The models in this process, whatever MODELS says."""
    encoder = Encoder()
    return Reader(encoder, Heads(encoder), Judge(encoder))


def encode() -> Encode:
    """How this room turns texts into vectors."""
    return reader().encoder.encode


def answers() -> Answers:
    """How this room tells how surely each text answers a question."""
    return reader().answers


def prepare(texts: list[str]) -> None:
    """Read texts ahead that many questions are asked of, and one message, so that no shopper waits
    for a first step."""
    reader().judge.prepare(texts)
    reader().heads.predict("hello")
    language("hello, who is there?", ())


def read(text: str, page: str, memory: Memory, lexicon: Lexicon) -> Reading:
    """What `text` asks.

    1. the message without greeting, name and thanks, in standard English; in its letters: order
       number, address, code, limit, language
    2. the products it names, or else those spoken of before or on the page
    3. the options among theirs
    4. intents and asks, by the trained heads, and by words that leave no doubt
    """
    whole = tidy(text)
    offered = whole in memory.offered
    text = varieties.plain(manners.without(whole, lexicon), lexicon)
    chances, asks = reader().heads.predict(text, "" if offered else memory.text)
    likely, told = _likely(_at_home(chances)), _likely(asks)
    goods = any(i.startswith("product_") for i in likely)
    usual = reader().usual if goods else frozenset[str]()
    spoken = spoken_of(text, page, memory, lexicon, reader().rarity, usual)
    follows = _follows(text) or (not spoken.named and _refines(text, memory))
    first = next((p for p in lexicon.products if p.handle in spoken.handles[:1]), None)
    wishes = _options(text, first, memory, spoken)
    wished = bool(first and _wished(text, first))
    if spoken.named and told[0] == OFF_TOPIC:  # who names a product speaks of it
        likely, told = _likely(_without(chances, FOREIGN)), _likely(_without(asks, OFF_TOPIC))
    intents, told = likely, settled(text, told, first, wished)
    terms = None if spoken.named or spoken.loosely else of_offer(text, told, memory)
    follows = follows or terms is not None
    misuse = "injection" in told and max(chances.values()) >= CERTAIN
    many = _quantity(text, first, memory)
    several = ("product_question", "price") if many > 1 and first and told[0] == "price" else None
    plain = None if misuse else plainly(text) or goes_on(text, memory) or terms or several
    if urgent := emergency(whole):
        plain = ("complaint", urgent)
    if not plain and not spoken.handles and _seeks(text, intents, told, lexicon):
        plain = ("product_search", "search")
    if plain:
        intents, told = (_ahead(plain[0], intents), _ahead(plain[1], told))
    again = "" if plain else asked_again(text, spoken, memory, lexicon)
    if again:
        intents, told, follows = ("product_question",), memory.asks[:1], True
    leans = follows and not offered  # what was put under the last reply says all there is to find
    return Reading(
        text=text,
        intents=intents,
        asks=told,
        confidence=1.0 if plain or again else max(chances.values()),
        products=spoken.handles,
        named=spoken.named,
        loosely=spoken.loosely,
        stranger=spoken.stranger,
        options=wishes,
        wishes=wished,
        foreign_options=options.foreign(text, first.options) if first else (),
        price_limit=details.price_limit(text),
        quantity=many,
        order=details.order(text, lexicon.order_names) or pointed_order(text, memory.orders),
        email=details.email(text),
        code=details.code(text, lexicon.codes)
        or _standing_code(text, memory, follows, intents, wished),
        language=language(text, lexicon.languages, _english(text, lexicon)),
        follows=follows,
        upset=upset(whole),
        offered=offered,
        query=again or _spelled_out(_behind(text, memory) if leans else text, lexicon),
        again=again,
        after=memory.act if follows else "",
        articles=memory.articles if follows else (),
    )


def _behind(text: str, memory: Memory) -> str:
    """A message that leans on what was asked before, behind it."""
    return f"{memory.query} {text}".strip()


def _spelled_out(text: str, lexicon: Lexicon) -> str:
    """`text` with the words by which this shop calls what others call by other ones: "wellies"
    are its boots."""
    others = [w for w in WORD.findall(fold(text)) if w in SPELLINGS]
    ours = [stem(w) for w in others if shop_words.on_pages(stem(w), lexicon)]
    return " ".join((text, *ours))


def _seeks(
    text: str, intents: tuple[str, ...], asks: tuple[str, ...], lexicon: Lexicon
) -> bool:  # fmt: skip
    """Whether a message surely looks for products: up to a price, "do you sell tents", "which tent
    would do"."""
    if asks[0] in LOOKS and strangers.asks_which(text, lexicon):
        return True
    limited = intents[0].startswith("product_") and details.price_limit(text) is not None
    return limited or strangers.seeks_a_sort(text, lexicon)


def _standing_code(
    text: str, memory: Memory, follows: bool, intents: tuple[str, ...], wished: bool
) -> str:
    """The promo code spoken of right before, while the talk is still of it."""
    if details.of_a_code(text):
        return memory.code
    names_one = wished and len(text.split()) <= FEW_WORDS  # "the red one": does it work on that?
    of_it = memory.act.startswith(("promotion.", "policy.")) and (names_one or not wished)
    still = intents[0] in ("promotion", "product_question", "policy", "out_of_scope")
    return memory.code if follows and of_it and still else ""


def _english(text: str, lexicon: Lexicon) -> float:
    """The share of words that are English or the shop's own, 0..1; 0 where English is not what
    the shop speaks first."""
    if lexicon.languages[:1] not in ((), ("en",)):
        return 0.0
    said = [w for w in words(text) if w.isalpha()]
    known = [w for w in said if shop_words.on_pages(w, lexicon) or reader().rarity(w) < COMMON]
    return len(known) / max(len(said), 1)


def _at_home(chances: dict[str, float]) -> dict[str, float]:
    """The chances of the intents, that of a foreign one only where it is likely enough: to turn
    a shopper away by mistake is worse than to look something up in vain."""
    if chances.get(FOREIGN, 0.0) >= LIKELY_ENOUGH:
        return chances
    return _without(chances, FOREIGN)


def _without(chances: dict[str, float], name: str) -> dict[str, float]:
    return {n: chance for n, chance in chances.items() if n != name}


def _likely(chances: dict[str, float]) -> tuple[str, ...]:
    """The intents or asks worth answering, most likely first; at least one."""
    ranked = sorted(chances, key=lambda name: -chances[name])
    return tuple(n for n in ranked[:MOST_ASKS] if chances[n] >= ALSO) or (ranked[0],)


def _ahead(name: str, others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((name, *others)))


def _follows(text: str) -> bool:
    """Whether a message leans on the one before it."""
    plain = fold(text)
    said = words(text)
    telling = [w for w in said if w not in SMALL_WORDS]
    leans = bool(BACKWARD & set(said)) or plain.startswith(OPENERS)
    asks_whole = bool(QUESTIONS & set(said)) and not leans and len(said) > BARE_QUESTION
    return (len(telling) <= 2 and not asks_whole) or (len(telling) <= SHORT and leans)


def _refines(text: str, memory: Memory) -> bool:
    """Whether a message narrows down what was looked for right before: "for two, under 300"."""
    said = words(text)
    looked = memory.act.startswith(("search.", "recommend.", "clarify."))
    return looked and not QUESTIONS & set(said) and len(said) <= REFINING


def _options(
    text: str, product: ProductWords | None, memory: Memory, spoken: Spoken
) -> dict[str, tuple[str, ...]]:
    """Option values wished for: this message's, over those still standing from before."""
    if product is None:
        return {}
    own = _wished(text, product)
    same = spoken.handles[:1] == memory.products[:1] and not spoken.loosely
    standing = memory.options if same else {}
    if same and memory.choice in product.options and memory.choice not in own:
        own |= _pointed(text, memory.choice, product)
    return {k: v for k, v in standing.items() if k in product.options} | own


def _pointed(text: str, option: str, product: ProductWords) -> dict[str, tuple[str, ...]]:
    """The value that a message points at among those told: "L in the second"."""
    value = pointed_value(text, product.options[option])
    return {option: value} if value else {}


def _wished(text: str, product: ProductWords) -> dict[str, tuple[str, ...]]:
    """The option values that a message itself names; "around 50" is no $50 card."""
    own = options.wished(_without_title(text, product), product.options)
    if details.price_limit(text) is None:
        return own
    return {name: values for name, values in own.items() if not any(map(details.is_money, values))}


def _quantity(text: str, product: ProductWords | None, memory: Memory) -> int:
    """How many are spoken of: as many as this message says, or as before for who asks for the
    total."""
    values = product.options.values() if product else ()
    title = product.title if product else ""
    said = quantities.quantity(text, title, " ".join(v for those in values for v in those))
    same = product is not None and memory.products[:1] == (product.handle,)
    return memory.quantity if said == 1 and same and quantities.total(text) else said


def _without_title(text: str, product: ProductWords) -> str:
    """`text` less the words of the product's name, which are no wishes ("Signal lamp in red")."""
    title = set(words(product.title))
    return " ".join(w for w in words(text) if w not in title or w.isdigit())

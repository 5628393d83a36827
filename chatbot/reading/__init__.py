"""The reading room: from a message and what was said before to a Reading. It writes nothing."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from functools import lru_cache

from chatbot.terms import Encode, Lexicon, Memory, ProductWords, Reading

from . import details, options, products
from .asks import settled
from .encoder import Encoder, Heads
from .language import language
from .words import SMALL_WORDS, fold, words

ALSO = 0.35  # an ask this likely is answered besides the first
MOST_ASKS = 3
SHORT = 5  # words that carry meaning; fewer lean on what was said before
BACKWARD = frozenset("it its that this these those them they one ones same both either".split())
QUESTIONS = frozenset("what how when where who why which do does is can".split())
OPENERS = ("and ", "what about", "how about", "ok ", "also ", "then ", "so ", "or ", "but ")


@dataclass(frozen=True)
class Reader:
    """The loaded models behind `read`."""

    encoder: Encoder
    heads: Heads

    def encode(self, texts: list[str]) -> object:
        """Vectors of `texts`, for the rooms that compare meanings."""
        return self.encoder.encode(texts)

    def rarity(self, word: str) -> float:
        """How rare an English word is, 0..1, by its rank in the encoder's vocabulary, which is
        ordered by frequency (Devlin et al. 2019); words it has to cut in pieces are rarest."""
        pieces = self.encoder.tokenizer.tokenize(word)
        if len(pieces) != 1:
            return 1.0
        rank = max(self.encoder.vocabulary[pieces[0]] - FIRST_WORD, 1)
        return min(1.0, math.log(rank) / math.log(LAST_WORD))


FIRST_WORD, LAST_WORD = 1996, 28_000  # where whole words stand in BERT's uncased vocabulary


_loading = threading.Lock()


def reader() -> Reader:
    """The bundled reader, loaded once a process, however many threads ask for it at once."""
    with _loading:
        return _reader()


@lru_cache(maxsize=1)
def _reader() -> Reader:
    encoder = Encoder()
    return Reader(encoder, Heads(encoder))


def encode() -> Encode:
    """How this room turns texts into vectors."""
    return reader().encoder.encode


def read(text: str, page: str, memory: Memory, lexicon: Lexicon) -> Reading:
    """What `text` asks.

    1. the letters: order number, address, code, limit, language
    2. the products it names, or else those spoken of before or on the page
    3. the options among theirs
    4. intents and asks, by the trained heads
    """
    intents, asks = reader().heads.predict(text, memory.text)
    follows = _follows(text)
    handles, named = _products(text, page, memory, lexicon)
    first = next((p for p in lexicon.products if p.handle in handles[:1]), None)
    ranked = sorted(intents, key=lambda name: -intents[name])
    return Reading(
        text=text,
        intents=tuple(n for n in ranked if intents[n] >= ALSO) or (ranked[0],),
        asks=settled(text, _likely(asks), first if handles else None),
        confidence=intents[ranked[0]],
        products=handles,
        named=named,
        options=_options(text, first, memory, handles, named),
        foreign_options=options.foreign(text, first.options) if first else (),
        price_limit=details.price_limit(text),
        order=details.order(text, lexicon.order_names),
        email=details.email(text),
        code=details.code(text, lexicon.codes),
        language=language(text, lexicon.languages),
        follows=follows,
        query=f"{memory.query} {text}".strip() if follows else text,
    )


def _likely(asks: dict[str, float]) -> tuple[str, ...]:
    """The asks worth answering, most likely first; at least one."""
    ranked = sorted(asks, key=lambda name: -asks[name])
    return tuple(n for n in ranked[:MOST_ASKS] if asks[n] >= ALSO) or (ranked[0],)


def _follows(text: str) -> bool:
    """Whether a message leans on the one before it."""
    plain = fold(text)
    said = words(text)
    telling = [w for w in said if w not in SMALL_WORDS]
    leans = bool(BACKWARD & set(said)) or plain.startswith(OPENERS)
    asks_whole = bool(QUESTIONS & set(said)) and not leans
    return (len(telling) <= 2 and not asks_whole) or (len(telling) <= SHORT and leans)


def _products(
    text: str, page: str, memory: Memory, lexicon: Lexicon
) -> tuple[tuple[str, ...], bool]:
    """The handles a message is about, and whether it names them itself."""
    rarity = reader().rarity
    matches = products.named(text, lexicon, rarity)
    focus = memory.products or ((page,) if page else ())
    found = tuple(m.handle for m in matches)
    if not found and focus:
        found = products.siblings(text, focus[0], lexicon, rarity)
    if not found:
        return focus, False
    both = focus[:1] if len(found) == 1 and _compares(text) else ()
    return tuple(dict.fromkeys((*both, *found))), True


def _compares(text: str) -> bool:
    return bool(
        {"vs", "v", "versus", "than", "compare", "difference", "diff", "better"} & set(words(text))
    )


def _options(
    text: str, product: ProductWords | None, memory: Memory, handles: tuple[str, ...], named: bool
) -> dict[str, tuple[str, ...]]:
    """Option values wished for: this message's, over those still standing from before."""
    if product is None:
        return {}
    own = options.wished(_without_title(text, product), product.options)
    same = not named and handles[:1] == memory.products[:1]
    standing = memory.options if same else {}
    return {k: v for k, v in standing.items() if k in product.options} | own


def _without_title(text: str, product: ProductWords) -> str:
    """`text` less the words of the product's name, which are no wishes ("Signal lamp in red")."""
    title = set(words(product.title))
    return " ".join(w for w in words(text) if w not in title or w.isdigit())

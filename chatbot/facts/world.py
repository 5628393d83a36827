"""The shop's catalogue and help texts with their vectors, kept until an import changes them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from chatbot.terms import Encode, Lexicon, ProductWords, Vectors
from storefront import queries

from .similarity import stems

CODE = re.compile(r"\b[A-Z][A-Z0-9]{4,19}\b")
TELLS_OF_CODES = re.compile(r"\bcodes?\b|(?:\d ?%|[$£€]\d+(?:\.\d\d)?) off\b", re.I)


@dataclass(frozen=True)
class World:
    """One state of the shop's texts. Row i of each matrix is the vector of text i."""

    version: str
    products: dict[str, queries.Product]  # by handle
    rules: queries.Rules
    cards: Vectors  # (products, 384): what each product is
    sentences: tuple[tuple[str, queries.Sentence], ...]  # (handle, sentence)
    sentence_vectors: Vectors
    passages: tuple[queries.Passage, ...]
    passage_vectors: Vectors
    lexicon: Lexicon
    _parts: dict[tuple[str, ...], Vectors] = field(default_factory=dict, compare=False)

    def parts(self, encode: Encode, texts: tuple[str, ...]) -> Vectors:
        """The vectors (n, 384) of the parts of a passage, computed when first asked for: most
        passages are quoted whole."""
        if texts not in self._parts:
            self._parts[texts] = encode(texts)
        return self._parts[texts]

    @cached_property
    def page_words(self) -> set[str]:
        """The stems of all words on products' pages."""
        return {w for product in self.lexicon.products for w in stems(product.text)}

    @cached_property
    def card_texts(self) -> tuple[str, ...]:
        """What each product is, in the order of `cards`."""
        return tuple(map(card_text, self.products.values()))

    @cached_property
    def passage_texts(self) -> tuple[str, ...]:
        """Each passage behind its headings, in the order of `passage_vectors`."""
        return tuple(map(passage_text, self.passages))

    @cached_property
    def pages(self) -> NDArray[np.intp]:
        """The place of each sentence's product."""
        places = {handle: place for place, handle in enumerate(self.products)}
        return np.array([places[handle] for handle, _sentence in self.sentences], np.intp)

    @cached_property
    def rows(self) -> dict[str, list[int]]:
        """Where the sentences of each product stand, by handle."""
        rows: dict[str, list[int]] = {handle: [] for handle in self.products}
        for place, (handle, _sentence) in enumerate(self.sentences):
            rows[handle].append(place)
        return rows

    @property
    def currency(self) -> str:
        """ISO 4217; dollars when shop.toml does not say."""
        return self.rules.get("shop.currency") or "USD"

    @property
    def home(self) -> str:
        """The shop's country, ISO 3166-1; empty when shop.toml does not say."""
        return str(self.rules.get("shop.country") or "")

    @property
    def zone(self) -> str:
        """IANA time zone; UTC when shop.toml does not say."""
        return self.rules.get("shop.timezone") or "UTC"


_lock = threading.Lock()
_newest: World | None = None
_held: ContextVar[World | None] = ContextVar("_held", default=None)


@contextmanager
def steady(encode: Encode) -> Iterator[None]:
    """Let all that is asked within be of one state of the shop, which is looked up once."""
    token = _held.set(world(encode))
    try:
        yield
    finally:
        _held.reset(token)


def world(encode: Encode) -> World:
    """The shop as of its last import; built once for each state, which takes seconds."""
    global _newest
    if held := _held.get():
        return held
    version = queries.catalogue_version()
    with _lock:
        if _newest is None or _newest.version != version:
            _newest = _build(version, _sparing(encode, _newest))
        return _newest


def _build(version: str, encode: Encode) -> World:
    products = {p.handle: p for p in queries.products()}
    sentences = tuple((p.handle, s) for p in products.values() for s in p.sentences)
    passages = tuple(queries.passages())
    rules = queries.rules()
    return World(
        version=version,
        products=products,
        rules=rules,
        cards=_vectors(encode, [card_text(p) for p in products.values()]),
        sentences=sentences,
        sentence_vectors=_vectors(encode, [s.text for _handle, s in sentences]),
        passages=passages,
        passage_vectors=_vectors(encode, [passage_text(p) for p in passages]),
        lexicon=_lexicon(products, rules, passages),
    )


def alone(handle: str) -> World:
    """The shop as if it sold this product only; it knows words and no vectors."""
    found = queries.product(handle)
    products = {handle: found} if found else {}
    sentences = tuple((handle, s) for s in (found.sentences if found else ()))
    rules, none = queries.rules(), np.zeros((0, 384), np.float32)
    words = _lexicon(products, rules, ())
    return World("", products, rules, none, sentences, none, (), none, words)


def _sparing(encode: Encode, before: World | None) -> Encode:
    """`encode` for a shop of which only some texts are new: stock moves with every order."""
    known = _texts(before) if before else {}

    def spared(texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(new, _vectors(encode, new), strict=True))
        return np.stack([known[text] for text in texts])

    return spared


def _texts(shop: World) -> dict[str, NDArray[np.float32]]:
    """The vectors of all its texts, by text."""
    cards = [card_text(p) for p in shop.products.values()]
    sentences = [s.text for _handle, s in shop.sentences]
    passages = [passage_text(p) for p in shop.passages]
    vectors = (*shop.cards, *shop.sentence_vectors, *shop.passage_vectors)
    return dict(zip((*cards, *sentences, *passages), vectors, strict=True))


def _vectors(encode: Encode, texts: Sequence[str]) -> Vectors:
    return encode(texts) if texts else np.zeros((0, 384), np.float32)


def card_text(product: queries.Product) -> str:
    """What a product is, in the words a shopper would search by."""
    about = " ".join(s.text for s in product.sentences[:2])
    kind = f"{product.department}. {', '.join(product.tags)}. {product.vendor}"
    return f"{product.title}. {kind}. {about}"


def passage_text(passage: queries.Passage) -> str:
    """A passage with the headings that say what it speaks of."""
    return ". ".join(part for part in (passage.title, passage.heading, passage.text) if part)


def _lexicon(
    products: dict[str, queries.Product], rules: queries.Rules, passages: Sequence[queries.Passage]
) -> Lexicon:
    return Lexicon(
        products=tuple(_words(p) for p in products.values()),
        codes=frozenset((*_codes(rules), *_written_codes(products, passages))),
        order_names=queries.order_name_example(),
        languages=tuple(rules.get("assistant.languages") or ()),
        help=" ".join(passage_text(p) for p in passages),
        name=rules.get("shop.name") or "",
    )


def _codes(rules: queries.Rules) -> list[str]:
    return [p["code"].upper() for p in rules.get("promotions") or () if p.get("code")]


def _written_codes(
    products: dict[str, queries.Product], passages: Sequence[queries.Passage]
) -> set[str]:
    """The codes that articles tell of, whether or not the shop's rules have them."""
    own = {word for p in products.values() for word in p.title.upper().split()}
    texts = (p.text for p in passages if TELLS_OF_CODES.search(p.text))
    return {code for text in texts for code in CODE.findall(text)} - own


def _words(product: queries.Product) -> ProductWords:
    columns = zip(*(v.values for v in product.variants), strict=False)
    options = {
        name: tuple(dict.fromkeys(column))
        for name, column in zip(product.option_names, columns, strict=False)
    }
    return ProductWords(
        product.handle,
        product.title,
        product.department,
        options,
        " ".join(
            (
                product.title,
                *product.tags,
                *(value for values in options.values() for value in values),
                *(s.text for s in product.sentences),
            )
        ),
        float(min((v.price for v in product.variants), default=0)),
    )

"""Whether each word and number of a sentence comes from the facts. Nobody waits for a product text
as shoppers wait for an answer, and it stands for long: so it may say nothing that is only not
denied. What the claims room lets pass as plain speech ("fits everyone") has to be there,
and each part of a sentence has to be of one fact, beside the product's name, kind and options.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from chatbot.stemming import stem
from chatbot.terms import Claim, Fact

TOKEN = re.compile(r"[$€£]?\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
PART = re.compile(r"[;,](?=\s+[^\s\d])|[()—]|\b(?:and|with|plus|that|which|so)\b", re.I)
MONEY_SIGNS = "$€£"
MONEY = re.compile(f"[{MONEY_SIGNS}]")
SIGNS = frozenset("So Sm Sk Cc Cf Cn Co No".split())  # general categories of Unicode
Tokens = tuple[str, ...]
COUNTED = {word: str(n) for n, word in enumerate(
    "two three four five six seven eight nine ten eleven twelve".split(), 2)}  # fmt: skip


def strange(sentence: str, facts: Sequence[Fact]) -> Iterator[Claim]:
    """The parts that are not of one fact: that have a word which it lacks, or a number which stands
    in it beside others. Sums of money are the claims room's, which knows whose they are."""
    texts = _texts(facts)
    names = list(map(_tokens, _named(facts)))
    for sign in sorted(_signs(sentence) - _signs(" ".join((*texts, *_named(facts))))):
        yield Claim(sign, "sign", "held")
    for part in (part for piece in _pieces(sentence, facts) for part in PART.split(piece)):
        tokens = [token for token in _tokens(part) if not MONEY.match(token)]
        if not any(_is_of(tokens, text, names) for text in (*texts, "")):
            yield Claim(part.strip(), "wording", "held")


def new_words(part: str, facts: Sequence[Fact]) -> bool:
    """Whether all that is wrong with a part may be a word no fact has: it says nothing weighty,
    limits nothing, and does not tell otherwise what a fact names ("Material: copper")."""
    tokens, label = _tokens(part), part.partition(":")[0].casefold()
    if label in {text.partition(":")[0].casefold() for text in _texts(facts) if ":" in text}:
        return False
    known = PLAIN.union(*map(_tokens, (*_texts(facts), *_named(facts))))
    told = any(token[0] in MONEY_SIGNS or token[0].isdigit() for token in tokens)
    return not told and not {*tokens} & (BOUNDS | WEIGHTY) and any(t not in known for t in tokens)


def _pieces(sentence: str, facts: Sequence[Fact]) -> list[str]:
    """A sentence cut behind the product's name where a sign parts it from the rest: a number that
    follows is not the name's."""
    name = next((f.subject for f in facts if f.kind == "product"), "")
    return re.split(rf"{re.escape(name)}(?:: | - | \| )", sentence) if name else [sentence]


def own_words(facts: Sequence[Fact]) -> dict[str, frozenset[str]]:
    """The shop's sentences, each with the words in it that are neither plain nor a name's."""
    names = PLAIN.union(*map(_tokens, _named(facts)))
    return {text: words_of(text) - names for text in _texts(facts)}


def words_of(text: str) -> frozenset[str]:
    """Its words by their stems, and its numbers."""
    return frozenset(_tokens(text))


def limits(text: str) -> bool:
    """Whether it denies or limits something."""
    return bool(BOUNDS & set(_tokens(text)))


def _texts(facts: Sequence[Fact]) -> list[str]:
    return [f.values["text"] for f in facts if f.kind == "sentence"]


def _signs(text: str) -> set[str]:
    """Pictures, and what cannot be seen: they say something, or hide it, and are no words."""
    return {c for c in text if unicodedata.category(c) in SIGNS and c not in "|~\n"}


def _named(facts: Sequence[Fact]) -> Iterator[str]:
    """How the product is called, and in what it comes."""
    for fact in facts:
        if fact.kind == "product":
            yield from (fact.subject, fact.values["department"], fact.values["sort"])
            yield from (v for name, v in fact.values.items() if name.startswith("option:"))
            yield from (name for name in fact.values if name.startswith("option:"))


def _is_of(tokens: Sequence[str], said: str, names: Sequence[Tokens]) -> bool:
    """Whether a text has the words that are neither plain nor a name's."""
    text = _tokens(said)
    known = PLAIN.union(text, *names)
    if any(token not in known for token in tokens) or _unbound(set(tokens), said):
        return False
    return _numbers_stand(tokens, (text, *names))


def _unbound(tokens: set[str], said: str) -> bool:
    """Whether less is told than a part that denies or limits something says: of "opened bags cannot
    be returned" not "cannot be returned"."""
    for part in PART.split(said):
        words = set(_tokens(part)) - PLAIN
        if words & tokens and words & BOUNDS and words - tokens:
            return True
    return False


def _numbers_stand(tokens: Sequence[str], texts: Sequence[Tokens]) -> bool:
    """Whether numbers stand in a text each beside the same words, several as they do there."""
    pairs = {pair for one in texts for pair in pairwise(one)}
    places = [n for n, token in enumerate(tokens) if token[0].isdigit()]
    for n in places:
        beside = set(pairwise(tokens[max(n - 1, 0) : n + 2]))
        telling = {pair for pair in beside if not PLAIN & set(pair)}
        if telling - pairs or (beside and not beside & pairs):
            return False
    span = f" {' '.join(tokens[places[0] : places[-1] + 1])} " if places else ""
    return any(span in f" {' '.join(one)} " for one in texts)


@lru_cache(maxsize=1 << 13)
def _tokens(text: str) -> Tokens:
    """Numbers in digits, and words by their stems (Porter2)."""
    stems = map(stem, TOKEN.findall(text.casefold()))
    return tuple(COUNTED.get(word, word) for word in stems)


_lists = tomllib.loads(Path(__file__).with_name("plain.toml").read_text(encoding="utf-8"))
PLAIN, BOUNDS, WEIGHTY = (frozenset(_tokens(_lists[n])) for n in ("words", "bounds", "weighty"))

"""The corpus in rows: messages with their intents, replies with their references."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parent / "corpus"
SPAN = re.compile(r"\[([^\]]+)\]\((\w+)\)")
ALONE = {  # what somebody wants who types nothing but such words
    "product_type": ("product_search", "search"),
    "brand": ("product_search", "search"),
    "use": ("product_search", "recommend"),
    "attribute": ("product_question", "attribute"),
}
FRAMES = (  # in which people put what they look for
    "do you sell {}", "do you have {}?", "have you got any {}", "looking for {}", "i need {}",
    "hi, any {}?", "i'm after {} pls", "can i get {} from you", "got {}?", "where can i find {}",
)  # fmt: skip
SAYS_IT = re.compile(  # what begins or goes on so is framed already, or no name of a thing
    r"(?:i|i'm|my|we|our|do|does|can|could|is|are|any|what|which|how|who|where|when|will|would|have"
    r"|has|got|need|want|looking|show|hi|hello|please|something|anything|for|to|it|the)\b|.*[?.!,]",
    re.I,
)
BARE = 4  # words; who says more says it in a sentence
SWAPPED = frozenset(("product", "product_type", "item", "option", "order", "place", "attribute"))


@dataclass(frozen=True)
class Message:
    """What a shopper types, with its spans still marked."""

    text: str
    intents: tuple[str, ...]
    asks: tuple[str, ...]
    before: str = ""  # the shopper's message before it, if it follows one


@dataclass(frozen=True)
class ReplyRow:
    """One way to say one act; values are references."""

    act: str
    text: str
    tone: str = ""

    @property
    def references(self) -> tuple[str, ...]:
        """The references it cites, in order, each once."""
        return tuple(dict.fromkeys(re.findall(r"\{([^}]+)\}", self.text)))


@dataclass(frozen=True)
class Question:
    """What a shopper asks of a page, and the places of the pieces that answer it."""

    text: str
    answers: tuple[int, ...]  # empty when the page does not tell
    says: str = ""  # yes, no or partly, to a question that can be answered so
    before: str = ""  # what the shopper asked right before it, if it leans on that


@dataclass(frozen=True)
class Page:
    """The pieces of a product page, a help article or a whole help centre, or the products of a
    catalogue, and what shoppers ask of them."""

    title: str
    kind: str  # product, article, centre (all articles of a shop, titles and all) or catalogue
    pieces: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """The pieces as the judge reads them: those of an article behind its title."""
        before = f"{self.title}. " if self.kind == "article" else ""
        return tuple(before + piece for piece in self.pieces)


@dataclass(frozen=True)
class Asked:
    """A question as it came to the judge in a shop, beside the texts that were found for it."""

    shop: str
    question: str
    texts: tuple[str, ...]
    near: tuple[float, ...]  # how near each text is to the question
    answers: tuple[int, ...]  # places of the texts that answer; empty when none does
    wish: bool = False  # whether products are looked for, which the texts are the cards of


def rows(pattern: str) -> Iterator[dict[str, Any]]:
    """Every JSON line of the corpus files that match `pattern`."""
    for path in sorted(CORPUS.glob(pattern)):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def digest(kind: str) -> str:
    """Eight letters that change when a file of the corpus' `kind` changes."""
    files = sorted(CORPUS.glob(f"{kind}-*.jsonl"))
    return hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:8]


def messages() -> list[Message]:
    """All messages: single ones, and those that follow another."""
    single = [
        Message(r["text"], tuple(r["intents"]), tuple(r["ask"])) for r in rows("messages-*.jsonl")
    ]
    return single + [m for r in rows("followups-*.jsonl") for m in _followed(r["turns"])]


def _followed(turns: list[dict[str, Any]]) -> Iterator[Message]:
    before = ""
    for turn in turns:
        if "shopper" in turn:
            yield Message(
                turn["shopper"], tuple(turn["intents"]), tuple(turn["ask"]), plain(before)
            )
            before = turn["shopper"]


def replies() -> list[ReplyRow]:
    """All replies, each once."""
    found = (ReplyRow(r["act"], r["text"], r.get("tone", "")) for r in rows("replies-*.jsonl"))
    return list(dict.fromkeys(found))


def copy() -> list[ReplyRow]:
    """All lines of product texts, each once; their act names the part and the tone."""
    return list(dict.fromkeys(ReplyRow(r["act"], r["text"]) for r in rows("copy-*.jsonl")))


def pages() -> list[Page]:
    """All pages and catalogues with questions."""
    return pages_of((*rows("pages-*.jsonl"), *rows("wishes-*.jsonl")))


def pages_of(found: Iterable[dict[str, Any]]) -> list[Page]:
    """Pages as their rows have them."""
    return [
        Page(r["title"], r["kind"], tuple(r["pieces"]), tuple(_question(q) for q in r["questions"]))
        for r in found
    ]


def asked() -> list[Asked]:
    """What shoppers asked in whole shops, as it came to the judge."""
    return [
        Asked(shop["shop"], r["question"], tuple(shop["texts"][i] for i in r["texts"]),
              tuple(r["near"]), tuple(r["answers"]), r.get("wish", False))
        for shop in rows("shops-*.jsonl") for r in shop["asked"]
    ]  # fmt: skip


def framed(page: Page, chance: random.Random) -> Page:
    """A catalogue with each wish that is but the name of a thing put in a frame besides: "kettle",
    "do you sell kettle". Other pages stay as they are."""
    bare = (q for q in page.questions if page.kind == "catalogue" and _is_bare(q.text))
    more = (replace(q, text=chance.choice(FRAMES).format(q.text)) for q in bare)
    return replace(page, questions=(*page.questions, *more))


def _is_bare(wish: str) -> bool:
    return len(wish.split()) <= BARE and not SAYS_IT.match(wish)


def _question(row: dict[str, Any]) -> Question:
    return Question(row["text"], tuple(row["answers"]), row.get("says", ""), row.get("before", ""))


def plain(text: str) -> str:
    """A message as it is typed, its span marks taken off."""
    return SPAN.sub(r"\1", text)


def span_words(found: Iterable[Message]) -> dict[str, list[str]]:
    """All words that stand in spans, by entity."""
    words: dict[str, list[str]] = defaultdict(list)
    for message in found:
        for text, entity in SPAN.findall(message.text):
            words[entity].append(text)
    return words


def fragments(words: dict[str, list[str]]) -> list[Message]:
    """The words of spans as whole messages: many shoppers type no more than "rain jacket"."""
    return [
        Message(text, (intent,), (ask,))
        for entity, (intent, ask) in ALONE.items()
        for text in dict.fromkeys(words.get(entity, []))
    ]


def varied(message: Message, words: dict[str, list[str]], chance: random.Random) -> Message:
    """The message as another shopper of another shop might type it."""

    def swap(span: re.Match[str]) -> str:
        entity = span.group(2)
        other = chance.random() < 0.5 and entity in SWAPPED
        return chance.choice(words[entity]) if other else span.group(1)

    return replace(message, text=sloppy(SPAN.sub(swap, message.text), chance))


def sloppy(text: str, chance: random.Random) -> str:
    """`text` as somebody in a hurry types it: small letters, no marks, a slip of the fingers."""
    if chance.random() < 0.4:
        text = text.lower()
    if chance.random() < 0.3:
        text = text.rstrip(".?! ").replace(",", "").replace("'", "")
    return _mistyped(text, chance) if chance.random() < 0.35 else text


def _mistyped(text: str, chance: random.Random) -> str:
    """One slip of the fingers: a letter lost, doubled or swapped with the next."""
    places = [i for i, c in enumerate(text[:-1]) if c.isalpha()]
    if not places:
        return text
    i = chance.choice(places)
    slip = chance.choice((text[i + 1], text[i] * 2 + text[i + 1], text[i + 1] + text[i]))
    return text[:i] + slip + text[i + 2 :]

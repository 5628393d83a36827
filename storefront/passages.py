"""Help articles cut into pieces that can be quoted whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from .values import Row

MOST_WORDS = 60  # of one piece; longer paragraphs are cut at sentences
# Under these names a cell that tells it is put with a verb: "takes 3 days", "costs $6.95".
VERBS = {
    "takes": (
        re.compile(r"(?:\w+ )?time\b.*|how long", re.I),
        re.compile(r"(?:about |up to )?\d.*\b(?:day|week|month|hour|minute)s?\b", re.I),
    ),
    "costs": (re.compile(r"costs?", re.I), re.compile(r"(?:about |from |up to )?[$€£¥]", re.I)),
}
# What says nothing without its column's name: "41" of "EU", "4.5" of "mm".
BARE = re.compile(r"\d+(?:\.\d+)?[½¼¾]?(?: ?[–-] ?\d+(?:\.\d+)?[½¼¾]?)?")
UNIT = re.compile(r"[mc]m|in|inch(?:es)?|ft|k?g|lbs?|oz|m?l", re.I)
SENTENCE_END = re.compile(  # before a number only behind a whole word: "approx. 30 cm", "2. Wait"
    r"(?<=[.!?])\s+(?=[A-Z\"“*])"
    r"|(?<=[a-z]{4}\.)(?<!approx\.)(?<!incl\.)(?<!excl\.)\s+(?=\d[\d.,]*(?<!\.)[^\d.,])"
)


@dataclass(frozen=True)
class Piece:
    """Plain text with its end mark, and the heading it stands under."""

    heading: str
    text: str
    rows: tuple[Row, ...] = ()  # of the table it comes from


def cut(markdown: str) -> list[Piece]:
    """The pieces of an article, in order: paragraphs, lists, table rows.

    A line that only introduces what follows it is no piece of its own; lists and tables without
    one are introduced by their heading.
    """
    root = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    pieces, heading, intro = [], "", ""
    for node in root.children:
        if node.type == "heading":
            heading = intro = f"{plain(node)}:"
        elif node.type == "paragraph" and _introduces(plain(node)):
            intro = f"{plain(node).rstrip(':')}:"
        else:
            before = "" if node.type == "paragraph" else intro
            rows = list(_rows(node)) if node.type == "table" else []
            texts = _introduced(before, [ended(row.text) for row in rows] or list(_texts(node)))
            each = (
                [(row,) for row in rows] if len(texts) == len(rows) else [tuple(rows)] * len(texts)
            )
            named = zip(texts, each, strict=True)
            pieces += [Piece(heading.rstrip(":"), text, own) for text, own in named]
            intro = heading
    return pieces


def _introduces(text: str) -> bool:
    """Whether a line leads to what follows: it ends in a colon, or has no end mark at all."""
    return text.endswith(":") or not text.endswith((".", "!", "?", "…", ")", '"', "”"))


def _introduced(intro: str, texts: list[str]) -> list[str]:
    """`texts` behind the line that introduces them: together when short, else each behind it."""
    if not intro:
        return texts
    together = f"{intro} {'; '.join(t.rstrip('.') for t in texts)}."
    if len(together.split()) <= MOST_WORDS:
        return [together]
    return [f"{intro} {text}" for text in texts]


def sentences(text: str) -> list[str]:
    """A paragraph's sentences."""
    return [s.strip() for s in SENTENCE_END.split(text) if s.strip()]


def plain(node: SyntaxTreeNode) -> str:
    """The words of a node, without marks."""
    if node.type in ("softbreak", "hardbreak"):
        return " "
    if not node.children:
        return node.content if node.type in ("text", "code_inline") else ""
    return "".join(plain(child) for child in node.children).strip()


def _texts(node: SyntaxTreeNode) -> Iterator[str]:
    match node.type:
        case "paragraph":
            yield from _short(plain(node))
        case "bullet_list":
            yield from (ended(_item(item)) for item in node.children)
        case "ordered_list":
            yield from _steps([ended(_item(item)) for item in node.children])
        case "table":
            yield from (ended(row.text) for row in _rows(node))
        case "blockquote":
            for child in node.children:
                yield from _texts(child)


def _item(item: SyntaxTreeNode) -> str:
    return " ".join(plain(child) for child in item.children)


def _steps(steps: list[str]) -> list[str]:
    """Steps belong together as long as they stay short."""
    together = " ".join(f"{n}. {step}" for n, step in enumerate(steps, 1))
    return [together] if len(together.split()) <= MOST_WORDS else steps


def _short(text: str) -> Iterator[str]:
    """The paragraph, in parts of at most MOST_WORDS where its sentences allow."""
    part: list[str] = []
    for sentence in sentences(text):
        if part and len(" ".join([*part, sentence]).split()) > MOST_WORDS:
            yield ended(" ".join(part))
            part = []
        part.append(sentence)
    if part:
        yield ended(" ".join(part))


def _rows(table: SyntaxTreeNode) -> Iterator[Row]:
    """Each row as a sentence, less its end mark: "Standard: takes 3–6 days, costs $6.95"."""
    head, *body = (row for part in table.children for row in part.children)
    names = [plain(cell) for cell in head.children]
    for row in body:
        cells = tuple(zip(names, (plain(cell) for cell in row.children), strict=False))
        pairs = [_pair(name, value) for name, value in cells[1:] if value]
        first = _called(*cells[0])
        told = ended(f"{first}: {', '.join(pairs)}" if pairs else first)
        yield Row(told.removesuffix("."), cells)


def _called(name: str, value: str) -> str:
    """What a row is called, with the name of its column where it is a bare figure: "EU 41"."""
    if not (name and BARE.fullmatch(value)):
        return value
    return f"{value} {name}" if UNIT.fullmatch(name) else f"{name} {value}"


def _pair(name: str, value: str) -> str:
    for verb, (names, told) in VERBS.items():
        if names.fullmatch(name) and told.match(value):
            return f"{verb} {value}"
    begun = name[:1] if name[1:2].isupper() else name[:1].lower()  # "US size" is no "uS size"
    return f"{begun}{name[1:]} {value}" if name else value


def ended(text: str) -> str:
    """`text` with an end mark."""
    text = text.strip().rstrip(":;,").strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."

"""From a wish to a checked draft: facts, brief, words, check; written once more where too little of
it could be kept."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chatbot import claims, facts, writing
from chatbot.terms import Brief, Claim, Encode, Fact

from . import learnt, lines, refusals
from .borne_out import strange
from .kinds import KINDS, Kind, Wish
from .lines import Line

ATTEMPTS = 2
BEGIN = 12  # characters by which the beginning of a sentence of the shop is known
CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
NO_TITLE = frozenset(("TITLE", "HEADLINE", "SUBJECT"))  # whose capitals are no names


class StudioError(Exception):
    """Raised for a product or an engine of which no text can be had."""


@dataclass(frozen=True)
class Draft:
    """A text of a product with all that was written, kept or not."""

    handle: str
    version: str  # of the product
    wish: Wish
    engine: str
    weights: str
    seed: int
    lines: tuple[Line, ...]

    @property
    def kept(self) -> list[Line]:
        """The lines that may be used."""
        return [line for line in self.lines if not line.fault]

    @property
    def missing(self) -> list[str]:
        """The labels under which too little could be kept."""
        return lines.missing(self.lines, KINDS[self.wish.kind])

    @property
    def whole(self) -> bool:
        """Whether it has all its parts."""
        return not self.missing


def draft(handle: str, wish: Wish, encode: Encode, engine: writing.Engine, seed: int = 0) -> Draft:
    """A text about the product with this handle, of which every kept sentence is borne out by the
    shop's facts. Where the engine has learnt to word answers only, the bundled copywriter takes its
    place. Raises StudioError, and writing.EngineError."""
    known = facts.of_product(handle, encode)
    if not known:
        raise StudioError(f"No product on sale has the handle {handle}; see its page's address.")
    writer = writing.copywriter() if writing.was_taught(engine.name) else engine
    write = _learnt if writer is not engine else _asked
    desk = Desk(known, wish, writer, facts.titles(encode))
    tries: list[Draft] = []
    while len(tries) < ATTEMPTS and not any(one.whole for one in tries):
        dice = seed + len(tries)
        about = (handle, known[0].version, wish, writer.name, writer.weights, dice)
        tries.append(Draft(*about, tuple(write(desk, dice))))
    return max(tries, key=lambda one: (one.whole, len(one.kept)))


@dataclass(frozen=True)
class Desk:
    """What lies before whoever writes a text."""

    known: Sequence[Fact]  # the product first
    wish: Wish
    engine: writing.Engine
    titles: Sequence[str]  # of all products

    @property
    def kind(self) -> Kind:
        """What is written."""
        return KINDS[self.wish.kind]

    def check(self, line: Line) -> Line:
        """A line with its claims; one of which any is held is left out whole."""
        return judged(line, self.kind, self.known, self.titles)


def _learnt(desk: Desk, seed: int) -> list[Line]:
    return learnt.lines(desk.known, desk.wish, desk.engine, seed, desk.check)


def _asked(desk: Desk, seed: int) -> list[Line]:
    """All lines at once, from an engine that is asked in words."""
    values = _values(desk.known, desk.kind)
    text = _written(desk, values, seed)
    told = (_rendered(line, values) for line in lines.read(text, desk.kind))
    return lines.fitted([one if one.fault else desk.check(one) for one in told], desk.kind)


def _written(desk: Desk, values: Mapping[str, str], seed: int) -> str:
    brief = Brief(
        f"copy.{desk.kind.name}", (), tuple(values), values,
        form=_form(desk.kind), style=desk.wish.style,
    )  # fmt: skip
    return "".join(desk.engine.write(brief, seed=seed, stop=threading.Event()))


def _form(kind: Kind) -> str:
    """What is asked for, and how it is laid out, in words for an engine."""
    rows = [
        f"{p.label}: at most {p.most} characters" + (f", up to {p.lines} lines" * (p.lines > 1))
        for p in kind.parts
    ]
    laid_out = "\n".join(rows)
    return f"{kind.asks}.\nBegin every line with its label:\n{laid_out}"


def _values(known: Sequence[Fact], kind: Kind) -> dict[str, str]:
    """What an engine may use, by reference; nothing of the day for a text that is to last."""
    product = known[0].values
    told = {"product.name": product["name"], "product.department": product["department"]}
    if not kind.lasting:
        told["product.price"] = product["price_min"]
    said = [f.values["text"] for f in known if f.kind == "sentence"]
    told |= {f"product.fact{n}": text for n, text in enumerate(said, 1)}
    return {name: value for name, value in told.items() if value}


def _rendered(line: Line, values: Mapping[str, str]) -> Line:
    """A line with the values it cites."""
    try:
        return replace(line, text=writing.render(line.text, values))
    except writing.EngineError as error:
        return replace(line, fault=str(error))


def judged(line: Line, kind: Kind, known: Sequence[Fact], titles: Sequence[str]) -> Line:
    """A line with its claims; one of which any is held is left out whole. What the shop says of the
    product in these very words is borne out, but for what moves with the day."""
    found: list[Claim] = []
    own = _own(known)
    for sentence in _sentences(_plain(line, known), known):
        checked = list(claims.check(sentence, known, titles=titles))
        if source := own.get(_bare(sentence)):
            checked = [claim for claim in checked if not _is_moot(sentence, claim)]
            found += [*checked, Claim(sentence, "prose", "supported", source)]
        else:
            found += [*checked, *refusals.refused(sentence, known), *strange(sentence, known)]
        found += refusals.moving(sentence, checked) if kind.lasting else ()
    held = [claim.text for claim in found if claim.verdict == "held"]
    fault = f"not borne out: {'; '.join(dict.fromkeys(held))}" if held else ""
    return replace(line, claims=tuple(found), fault=fault)


def _is_moot(sentence: str, claim: Claim) -> bool:
    """Whether the check holds what only the shop can know, in its own words."""
    moves = claim.kind in refusals.MOVING - {"comparison"}
    return claim.verdict == "held" and (not moves or refusals.is_share(sentence, claim))


def _own(known: Sequence[Fact]) -> dict[str, str]:
    """The shop's own sentences, bare, each with where it stands."""
    return {
        _bare(piece): fact.source
        for fact in known if fact.kind == "sentence"
        for piece in (fact.values["text"], *claims.sentences([fact.values["text"]]))
    }  # fmt: skip


def _bare(sentence: str) -> str:
    return " ".join(sentence.casefold().split()).rstrip(".")


def _sentences(text: str, known: Sequence[Fact]) -> Iterator[str]:
    """The sentences of a line, also parted where one of the shop's begins: "Holds: 16 fl oz. Ports:
    4" has an abbreviation's end mark in it, and "Good to know: Runs on twigs" an introduction."""
    begins = [re.escape(f.values["text"][:BEGIN]) for f in known if f.kind == "sentence"]
    own = f"(?={'|'.join(begins) or '$'})"
    for piece in re.split(rf"(?<=[.!?])\s+{own}", text):
        for sentence in claims.sentences([piece]):
            yield from _apart(sentence, own, known[0].subject)


def _apart(sentence: str, own: str, name: str) -> Sequence[str]:
    """An introduction and what it introduces, where it says nothing itself but the name."""
    parts = re.split(rf"(?<=:)\s+{own}", sentence, maxsplit=1)
    empty = len(parts) > 1 and not any(strange(parts[0].replace(name, ""), ()))
    return parts if empty else (sentence,)


def _plain(line: Line, known: Sequence[Fact]) -> str:
    """A line as it is checked: headlines capitalise what are no names."""
    if line.label not in NO_TITLE:
        return line.text
    name = known[0].values["name"]
    before, found, after = line.text.partition(name)
    text = f"{_small(before)}{found}{_small(after)}"
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def _small(text: str) -> str:
    """With small first letters; abbreviations stay."""
    return CAPITALISED.sub(lambda found: found.group().lower(), text)

"""From a wish to a checked draft: facts, brief, words, check; written once more where too little of
it could be kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from chatbot import claims, facts, writing
from chatbot.terms import Brief, Claim, Encode, Fact

from . import lines, refusals
from .borne_out import strange
from .kinds import KINDS, Kind, Wish
from .lines import Line

ATTEMPTS = 2
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
    shop's facts. Raises StudioError, and writing.EngineError."""
    if writing.was_taught(engine.name):
        raise StudioError(
            f"{engine.name} has learnt to word answers and no product texts; set ENGINE to hub or "
            "endpoint, or name one."
        )
    known = facts.of_product(handle, encode)
    if not known:
        raise StudioError(f"No product on sale has the handle {handle}; see its page's address.")
    tries: list[Draft] = []
    while len(tries) < ATTEMPTS and not any(one.whole for one in tries):
        dice = seed + len(tries)
        checked = _checked(
            _written(wish, known, engine, dice), KINDS[wish.kind], known, facts.titles(encode)
        )
        about = (handle, known[0].version, wish, engine.name, engine.weights, dice)
        tries.append(Draft(*about, checked))
    return max(tries, key=lambda one: (one.whole, len(one.kept)))


def _written(wish: Wish, known: Sequence[Fact], engine: writing.Engine, seed: int) -> str:
    kind = KINDS[wish.kind]
    brief = Brief(
        f"copy.{kind.name}", (), tuple(_values(known, kind)), _values(known, kind),
        form=_form(kind), style=wish.style,
    )  # fmt: skip
    return "".join(engine.write(brief, seed=seed, stop=threading.Event()))


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


def _checked(
    text: str, kind: Kind, known: Sequence[Fact], titles: Sequence[str]
) -> tuple[Line, ...]:
    values = _values(known, kind)
    told = (_rendered(line, values) for line in lines.read(text, kind))
    found = [line if line.fault else judged(line, kind, known, titles) for line in told]
    return tuple(lines.fitted(found, kind))


def _rendered(line: Line, values: Mapping[str, str]) -> Line:
    """A line with the values it cites."""
    try:
        return replace(line, text=writing.render(line.text, values))
    except writing.EngineError as error:
        return replace(line, fault=str(error))


def judged(line: Line, kind: Kind, known: Sequence[Fact], titles: Sequence[str]) -> Line:
    """A line with its claims; one of which any is held is left out whole."""
    found: list[Claim] = []
    for sentence in claims.sentences([_plain(line, known)]):
        checked = claims.check(sentence, known, titles=titles)
        found += [*checked, *refusals.refused(sentence, known), *strange(sentence, known)]
        found += refusals.moving(checked) if kind.lasting else ()
    held = [claim.text for claim in found if claim.verdict == "held"]
    fault = f"not borne out: {'; '.join(dict.fromkeys(held))}" if held else ""
    return replace(line, claims=tuple(found), fault=fault)


def _plain(line: Line, known: Sequence[Fact]) -> str:
    """A line as it is checked: headlines capitalise what are no names."""
    if line.label not in NO_TITLE:
        return line.text
    name = known[0].values["name"]
    before, found, after = line.text.partition(name)
    return f"{before.lower()}{found}{after.lower()}" if found else line.text.capitalize()

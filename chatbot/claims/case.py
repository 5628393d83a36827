"""One sentence and what may support it: which fact each of its values would have to come from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from chatbot.terms import Act, Claim, Fact

from .mentions import OF_PRODUCTS, Mention, mentions

QUOTE = re.compile(r"[\"“]([^\"”]{3,})[\"”]")
# What separates the parts of a sentence that speak of one thing each.
DASH = r"—|(?<!\d)–|–(?!\d)"  # but not that of "3–5"
COMMA = r",(?!\d{3})"  # but not that of "1,299"
SEGMENT = re.compile(rf"[;:]|{COMMA}|{DASH}|\b(?:and|but|while|whereas|than|versus|vs|or)\b", re.I)
DENIAL = re.compile(r"n't\b|\b(?:not|no|never|none|without|nor|neither)\b")
BETWEEN = re.compile(r"[ ,–-]*(?:for|of|on|with)?(?: the)?[ ,–-]*")  # a label and its product
LINE = 6  # words; a shorter line's value may be said of something else by chance
OWN = {"order": "number", "promotion": "code"}  # by which field a fact is told from its like


@dataclass(frozen=True)
class Case:
    """One sentence and what may support it."""

    sentence: str
    facts: Sequence[Fact]
    asked: str
    titles: Collection[str]
    act: Act | None = None
    taught: bool = False
    kept: dict[int, Any] = field(default_factory=dict, compare=False)  # pieces of its facts

    def holding(self, words: str) -> Fact | None:
        """The first fact one of whose values holds `words`, white space and case folded."""
        wanted = folded(words)
        return next(
            (f for f in self.facts if any(wanted in folded(v) for v in f.values.values())), None
        )

    def quoted(self, quote: str) -> Fact | None:
        """The first fact of a quotation, which may be of several, each whole."""
        if fact := self.holding(quote.strip()):
            return fact
        rest, used = folded(quote), None
        for fact in self.facts:
            text = folded(fact.values.get("text", ""))
            if text and text in rest:
                rest, used = rest.replace(text, ""), used or fact
        return used if not rest.strip() else None

    @cached_property
    def rest(self) -> str:
        """The sentence without what it quotes of the facts, every place kept."""
        rest = self.sentence
        for m in QUOTE.finditer(rest):
            if self.quoted(m.group(1)):
                rest = _blanked(rest, m.start(), m.end())
        for start, end in self._cited() if self.taught else ():
            rest = _blanked(rest, start, end)
        return rest

    def _cited(self) -> Iterator[tuple[int, int]]:
        """Where a line stands whole behind its own label, of the only product spoken of besides, as
        an engine puts it that was taught to cite: "Contents of the hamper: Elm Mug, Oak Tea …".
        With the label, where no more than the product stands between: "Nuts of the oil: none"."""
        for fact in self.facts:
            label, _colon, line = fact.values.get("text", "").rstrip(".").partition(": ")
            start = self.sentence.find(line) if line else -1
            end, before = start + len(line), self.sentence[: max(start, 0)].casefold()
            right = re.search(rf"\b{re.escape(label.casefold())}\b(.*): $", before)
            named = (m for m in self.mentions if m.kind == "title")
            others = {m.value for m in named if not start <= m.start < end} - {fact.subject}
            if not right or others or DENIAL.search(before):
                continue
            if BETWEEN.fullmatch(right[1].replace(fact.subject.casefold(), "")):
                yield right.start(), end
            elif len(line.split()) >= LINE:
                yield start, end

    def without(self, kinds: Collection[str]) -> str:
        """The sentence without what it names of some kinds, every place kept."""
        text = self.sentence
        for m in self.mentions:
            if m.kind in kinds:
                text = _blanked(text, m.start, m.end)
        return text

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Everything the sentence names, in its order."""
        return mentions(self.sentence, self.facts, self.titles)

    @cached_property
    def asked_of(self) -> dict[str, str]:
        """What the shopper names, by kind, where it is one thing: an answer's "it" is that."""
        named: dict[str, set[str]] = {}
        for m in mentions(self.asked, self.facts, self.titles):
            named.setdefault(m.kind, set()).add(m.value)
        return {kind: values.pop() for kind, values in named.items() if len(values) == 1}

    def named(self, place: int) -> bool:
        """Whether a place lies within something that the sentence names."""
        return any(m.start <= place < m.end for m in self.mentions)

    def segment(self, place: int) -> tuple[int, int]:
        """Where the part of the sentence that `place` lies in begins and ends."""
        start = max((end for _start, end in self._cuts if end <= place), default=0)
        end = min(
            (start for start, _end in self._cuts if start > place), default=len(self.sentence)
        )
        return start, end

    def says(self, words: re.Pattern[str], place: int) -> bool:
        """Whether the part of the sentence that `place` lies in has some of the words."""
        return bool(words.search(self.sentence[slice(*self.segment(place))]))

    @cached_property
    def _cuts(self) -> list[tuple[int, int]]:
        quotes = [m.span() for m in QUOTE.finditer(self.sentence)]
        return [
            c.span() for c in SEGMENT.finditer(self.sentence)
            if not self.named(c.start()) and not any(s <= c.start() < e for s, e in quotes)
        ]  # fmt: skip

    def spoken_of(self, kind: str, place: int) -> str:
        """The title, order, code or option value that what stands at `place` is said of: the
        nearest of its own part of the sentence, else the last before it, else the first, else what
        was asked about."""
        some = [m for m in self.mentions if m.kind == kind]
        if not some:
            return self.asked_of.get(kind, "")
        start, end = self.segment(place)
        here = [m for m in some if start <= m.start < end]
        if here:
            return min(here, key=lambda m: min(abs(m.start - place), abs(m.end - place))).value
        before = [m for m in some if m.end <= place]
        return before[-1].value if before else some[0].value

    def may_support(self, fact: Fact, place: int) -> bool:
        """Whether what stands at `place` may come from `fact`, by what it is said of."""
        if fact.kind in OF_PRODUCTS:
            title = self.spoken_of("title", place)
            ours = not title or folded(fact.subject) == folded(title)
            return ours and (fact.kind != "variant" or self._in_version(fact, place))
        if field := OWN.get(fact.kind):
            sign = self.spoken_of("code" if field == "code" else "order", place)
            return not sign or sign == fact.values.get(field, "").lstrip("#")
        return True

    def too_broad(self, fact: Fact, place: int) -> bool:
        """Whether a fact is of a whole product where a version of it is spoken of that is known."""
        if fact.kind not in ("product", "found", "reduced"):
            return False
        return bool(self._options) and any(
            f.kind == "variant" and f.subject == fact.subject and self._in_version(f, place)
            for f in self.facts
        )

    def _in_version(self, variant: Fact, place: int) -> bool:
        own = {name: value for name, value in variant.values.items() if name in self._options}
        return all(folded(self.spoken_of(n, place)) == folded(value) for n, value in own.items())

    @cached_property
    def _options(self) -> set[str]:
        """The options of which the sentence, or else the shopper, names a value."""
        names = {m.kind for m in self.mentions} | set(self.asked_of)
        return {name for name in names if name.startswith("option:")}


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def claim(text: str, kind: str, fact: Fact | None) -> Claim:
    """A statement, supported by a fact or held."""
    return Claim(text, kind, "supported" if fact else "held", fact.source if fact else "")


def folded(text: str) -> str:
    """`text` in lower case with single spaces and plain quotes."""
    plain = text.replace("’", "'").replace("–", "-").replace("—", "-").replace("“", "'")
    return re.sub(r"\s+", " ", plain.replace("”", "'").replace('"', "'")).strip().casefold()

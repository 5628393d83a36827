"""What a message in a language that the reader does not know says in English, word by word.

A word list gives the sense, not a sentence: enough to tell what is asked and of what thing, and
the reply says that it was read so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

GLOSSARIES = Path(__file__).parent / "glossaries"
# Two words written as one: in these languages each of them, of so many letters, may be known.
COMPOUNDING, PART = ("de", "nl"), 4
LONGEST_WORD = 40  # letters; what is longer is none
# What makes a word its opposite: "milchfrei", "geurloos", "şekersiz", "безлактозный".
WITHOUT = {
    "de": (re.compile(r"(?:frei|los)(?:e[mnrs]?)?$"), "free"),
    "nl": (re.compile(r"(?:vrije?|loze|loos)$"), "free"),
    "tr": (re.compile(r"s[iu]z\w{0,5}$"), "free"),
    "pl": (re.compile(r"^bez"), "without"),
    "ru": (re.compile(r"^бе[зс]"), "without"),
}
WRITTEN_ON = {"ar": ("ال", "وال", "بال", "لل", "و", "ب", "ل")}  # "the", "and", "with", "for"
# Letters beyond these scripts are told apart by their marks: kana, for one.
MARKS_MATTER = 0x0590
DIGITS = {
    chr(zero + n): str(n)
    for zero in (0x0660, 0x06F0, 0x0966)  # Arabic, Persian, Devanagari
    for n in range(10)
}
ALIKE = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "’": "'", "‘": "'"}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي"}  # as Arabic is typed
    | DIGITS
)
SIGNS = "\u0610-\u061a\u064b-\u065f\u0900-\u0dff"  # vowels that stand on letters, or beside them
UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"  # kana and Chinese characters
# Addresses, links, codes and figures, which say the same in every language.
WHOLE = (
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}|https?://\S{1,200}"
    r"|#?(?:[A-Za-z]{1,20}-?)?\d{1,20}[A-Za-z]{0,4}(?:[.,:-](?:\d{1,20}[A-Za-z]?|[A-Z]\b))*"
)
TOKEN = re.compile(rf"{WHOLE}|[{UNSPACED}]|(?:(?![{UNSPACED}])[^\W\d_]|[{SIGNS}])+'?|[^\w\s]|\d|_")
LETTERED = re.compile(rf"(?:[^\W\d_]|[{SIGNS}])+'?")
HYPHEN = re.compile(rf"({WHOLE})|(?<=[^\W\d_])-(?=[^\W\d_])")
OPENING = "¿¡"
STOPS = {"。": ".", "、": ",", "؟": "?"}

Known = Callable[[str], bool]


@dataclass(frozen=True)
class Gloss:
    """A message in English words."""

    text: str
    language: str  # ISO 639-1, of the message
    known: float  # the share of its words that the list or the shop knows, 0..1


@dataclass(frozen=True)
class Glossary:
    """The word list of one language; an entry ending in "*" stands for all words so begun."""

    language: str
    entries: Mapping[str, str]

    @cached_property
    def longest(self) -> dict[str, int]:
        """How many words the longest entry has that begins with a word, where it has several."""
        found: dict[str, int] = {}
        for key in self.entries:
            parts = _split(key.removesuffix("*"))
            if len(parts) > 1:
                found[parts[0]] = max(found.get(parts[0], 1), len(parts))
        return found

    def has(self, word: str) -> bool:
        """Whether a single word stands in the list as it is."""
        return _plain(word) in self.entries

    def knows(self, word: str) -> bool:
        """Whether a word stands in the list, or begins as one there does."""
        return bool(self._begun(_plain(word), 0))

    def gloss(self, text: str, ours: Known, names: Collection[str] = ()) -> Gloss:
        """`text` in English words, the longest entries first; `ours` tells the words of the shop,
        and two words that begin one of its `names` stay as they are: "Llama Post"."""
        tokens = _tokens(text)
        plain = [_plain(token) for token in tokens]
        said, told, words, at = [], 0, 0, 0
        while at < len(tokens):
            named = _run(plain[at : at + 2]) in names
            size, english = (2, None) if named else self._entry(plain, at)
            word = bool(LETTERED.fullmatch(plain[at]))
            words += size if word else 0
            told += size if word and (english is not None or ours(plain[at])) else 0
            kept = " ".join(STOPS.get(token, token) for token in tokens[at : at + size])
            said.append(kept if english is None else english)
            at += size
        return Gloss(_joined(said), self.language, told / words if words else 0.0)

    def _entry(self, plain: Sequence[str], at: int) -> tuple[int, str | None]:
        """How many words from `at` on the longest entry takes, and its English."""
        first = plain[at]
        if len(first) > LONGEST_WORD or not LETTERED.fullmatch(first):
            return 1, None
        for size in range(min(self.longest.get(first, 1), len(plain) - at), 1, -1):
            run = _run(plain[at : at + size])
            if found := self._begun(run, len(run) - len(plain[at + size - 1])):
                return size, self.entries[found]
        return 1, self._of_word(first)

    def _begun(self, run: str, least: int) -> str:
        """The entry for a run of words, or the longest one that it begins with, longer than
        `least`."""
        begun = (run[:cut] + "*" for cut in range(len(run), least, -1))
        return next((key for key in (run, *begun) if key in self.entries), "")

    def _of_word(self, word: str) -> str | None:
        """What one word says, by itself or by its parts."""
        found = self._begun(word, 0)
        if found == word:
            return self.entries[word]
        if lacking := self._lacking(word):
            return lacking
        if found and len(word) - len(found) < PART:
            return self.entries[found]
        parts = self._compound(word) or self._bare(word)
        return parts or (self.entries[found] if found else None)

    def _lacking(self, word: str) -> str:
        """What a word says that names what a thing is without."""
        pattern, sign = WITHOUT.get(self.language, (None, ""))
        rest = pattern.sub("", word) if pattern else word
        part = self._part(rest) if rest != word else ""
        return f"{part}-free" if part and sign == "free" else f"{sign} {part}" if part else ""

    def _compound(self, word: str) -> str | None:
        """What a word says that is two known ones written as one: "Wolldecke", wool blanket."""
        if self.language not in COMPOUNDING:
            return None
        for cut in range(len(word) - PART, PART - 1, -1):
            first = self._part(word[:cut]) or self._part(word[:cut].removesuffix("s"))
            second = first and (self._lacking(word[cut:]) or self._part(word[cut:]))
            if second:
                return f"{first} {second}"
        return None

    def _bare(self, word: str) -> str | None:
        """What a word says without a small one written onto it."""
        written = (p for p in WRITTEN_ON.get(self.language, ()) if word.startswith(p))
        return next(filter(None, (self._part(word.removeprefix(p)) for p in written)), None)

    def _part(self, part: str) -> str:
        found = self._begun(part, PART - 1)
        return self.entries[found] if found else ""


def glossaries() -> dict[str, Glossary]:
    """The bundled word lists by their language."""
    return _bundled()


@lru_cache(maxsize=1)
def _bundled() -> dict[str, Glossary]:
    lists = sorted(GLOSSARIES.glob("*.tsv"))
    return {path.stem: Glossary(path.stem, _read(path)) for path in lists}


def _read(path: Path) -> dict[str, str]:
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {key(foreign): english for foreign, english in lines}


def key(entry: str) -> str:
    """An entry of a list in the form in which words are compared."""
    star = "*" if entry.endswith("*") else ""
    return _run([_plain(token) for token in _tokens(entry.rstrip("*"))]) + star


def _tokens(text: str) -> list[str]:
    """The words and signs of a text, in one form of apostrophes, widths and digits; compounds are
    taken apart at their hyphens."""
    even = unicodedata.normalize("NFKC", text).translate(ALIKE)
    return TOKEN.findall(HYPHEN.sub(lambda found: found[1] or " ", even))


def _plain(word: str) -> str:
    """A word in lower case, without the marks that people leave out in a hurry."""
    apart = (unicodedata.normalize("NFKD", c) if ord(c) < MARKS_MATTER else c for c in word)
    bare = "".join(c for c in "".join(apart) if not unicodedata.combining(c))
    return bare.casefold()


def _run(words: Sequence[str]) -> str:
    unspaced = bool(words) and bool(re.match(f"[{UNSPACED}]", words[0]))
    return ("" if unspaced else " ").join(words)


def _split(run: str) -> list[str]:
    """The words of a run, or its characters where words are not set apart."""
    return list(run) if re.match(f"[{UNSPACED}]", run) else run.split(" ")


def _joined(said: Iterable[str]) -> str:
    text = " ".join(part for part in said if part and part not in OPENING)
    return re.sub(r"\s+([?!.,;:%)])|(?<=\()\s+", r"\1", text)

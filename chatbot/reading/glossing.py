"""What a message in a language that the reader does not know says in English, word by word.

A word list gives the sense, not a sentence: enough to tell what is asked and of what thing, and
the reply says that it was read so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

GLOSSARIES = Path(__file__).parent / "glossaries"
COMPOUNDING = ("de", "nl")
PART = 4  # letters at least of a word in a compound
LONGEST = 8  # words of an entry, or characters where words are not set apart
# Letters beyond these scripts are told apart by their marks: kana, for one.
MARKS_MATTER = 0x0590
ALIKE = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "’": "'", "‘": "'"}
    | {"أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي"}  # as Arabic is typed
)
WRITTEN_ON = {"ar": ("ال", "وال", "بال", "لل", "و", "ب", "ل")}  # "the", "and", "with", "for"
SIGNS = "\u0610-\u061a\u064b-\u065f\u0900-\u0dff"  # vowels that stand on letters, or beside them
UNSPACED = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"  # kana and Chinese characters
TOKEN = re.compile(
    r"\S+@\S+\.\w+|#\w[\w-]*|[A-Za-z]+-?\d[A-Za-z\d-]*"  # addresses and order numbers stay whole
    r"|\d+(?:[.,:]\d+)*"  # and figures
    rf"|[{UNSPACED}]|(?:(?![{UNSPACED}])[^\W\d_]|[{SIGNS}])+'?|[^\w\s]|_"
)
LETTERED = re.compile(r"[^\W\d_][^\d@#]*")
HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
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
    entries: dict[str, str]

    def word(self, word: str) -> str:
        """What a single word says, or nothing."""
        return self._entry([_plain(word)], 0)[1] or ""

    def gloss(self, text: str, ours: Known, names: Collection[str] = ()) -> Gloss:
        """`text` in English words, the longest entries first; `ours` tells the words of the shop,
        and two words that begin one of its `names` stay as they are: "Llama Post"."""
        tokens = TOKEN.findall(_even(text))
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
        for size in range(min(LONGEST, len(plain) - at), 0, -1):
            run, last = _run(plain[at : at + size]), len(plain[at + size - 1])
            begun = (run[:cut] + "*" for cut in range(len(run), len(run) - last, -1))
            found = next((key for key in (run, *begun) if key in self.entries), None)
            if found is not None and len(run) - len(found) < PART:
                return size, self.entries[found]
            if found is not None:
                return size, self._compound(run) or self.entries[found]
        return 1, self._compound(plain[at]) or self._bare(plain[at])

    def _compound(self, word: str) -> str | None:
        """What a word says that is two known ones written as one: "Wolldecke", wool blanket."""
        if self.language not in COMPOUNDING:
            return None
        for cut in range(len(word) - PART, PART - 1, -1):
            first = self._part(word[:cut]) or self._part(word[:cut].removesuffix("s"))
            if first and (second := self._part(word[cut:])):
                return f"{first} {second}"
        return None

    def _bare(self, word: str) -> str | None:
        """What a word says without a small one written onto it."""
        written = (p for p in WRITTEN_ON.get(self.language, ()) if word.startswith(p))
        return next(filter(None, (self._part(word.removeprefix(p)) for p in written)), None)

    def _part(self, part: str) -> str:
        stems = (part[:cut] + "*" for cut in range(len(part), PART - 1, -1))
        return next((self.entries[key] for key in (part, *stems) if key in self.entries), "")


def glossaries() -> dict[str, Glossary]:
    """The bundled word lists by their language."""
    return _bundled()


@lru_cache(maxsize=1)
def _bundled() -> dict[str, Glossary]:
    lists = sorted(GLOSSARIES.glob("*.tsv"))
    return {path.stem: Glossary(path.stem, _read(path)) for path in lists}


def _read(path: Path) -> dict[str, str]:
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {_key(foreign): english for foreign, english in lines}


def _key(entry: str) -> str:
    star = "*" if entry.endswith("*") else ""
    return _run([_plain(t) for t in TOKEN.findall(_even(entry.rstrip("*")))]) + star


def _even(text: str) -> str:
    """`text` in one form of apostrophes and widths, compounds taken apart at hyphens."""
    return HYPHEN.sub(" ", unicodedata.normalize("NFKC", text).translate(ALIKE))


def _plain(word: str) -> str:
    """A word in lower case, without the marks that people leave out in a hurry."""
    apart = (unicodedata.normalize("NFKD", c) if ord(c) < MARKS_MATTER else c for c in word)
    bare = "".join(c for c in "".join(apart) if not unicodedata.combining(c))
    return bare.casefold()


def _run(words: Sequence[str]) -> str:
    unspaced = bool(words) and bool(re.match(f"[{UNSPACED}]", words[0]))
    return ("" if unspaced else " ").join(words)


def _joined(said: Iterable[str]) -> str:
    text = " ".join(part for part in said if part and part not in OPENING)
    return re.sub(r"\s+([?!.,;:%)])|(?<=\()\s+", r"\1", text)

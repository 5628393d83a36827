"""What is changed between the halves of a pair, and how much the answers may differ by it.

A contrast makes two versions of a request, of which one thing is another and all else the same: two
names in the same place, two remarks of the same shape, plain words and a dialect's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from random import Random
from typing import Any

from storefront import queries

from .requests import Request
from .speech import spoken
from .terms import NARROW, WIDE, Contrast, Versions

HERE = Path(__file__).parent
FULL_NAME = 0.5  # of the names have a surname
TELLING = 4  # letters, from which on a word of a remark may name a thing the shop sells


@lru_cache(maxsize=2)
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))


@lru_cache(maxsize=1)
def _sold(version: str) -> frozenset[str]:
    """Every word by which this shop calls its goods."""
    names = (f"{p.title} {p.vendor} {p.department} {' '.join(p.tags)}" for p in queries.products())
    return frozenset(word for name in names for word in _words(name))


def sold() -> frozenset[str]:
    """The same, of the shop as it is now."""
    return _sold(queries.catalogue_version())


def _usable(names: Iterable[str]) -> list[str]:
    """Names that are no word of the shop's."""
    return [name for name in names if not _words(name) & sold()]


def name_of(origin: str, gender: str, dice: Random) -> str:
    """A name, with a surname or without."""
    row = _read("names.toml")[origin]
    given, surnames = _usable(row[gender]), _usable(row["surnames"])
    place, full = dice.randrange(len(given)), dice.random() < FULL_NAME
    surname = dice.choice(surnames)
    return f"{given[place]} {surname}" if full else given[place]


def _signed(request: Request, name: str, dice: Random) -> str:
    frame: str = dice.choice(_read("names.toml")["frames"])
    return frame.format(name=name, text=request.text)


def _origins(origin: str, request: Request, thrown: Random) -> Versions:
    """An English name, and one of another origin, of the same gender and in the same place."""
    gender = thrown.choice(("women", "men"))
    seed = thrown.random()
    names = [name_of(o, gender, Random(seed)) for o in ("english", origin)]  # noqa: S311
    return _named(request, names[0], names[1], Random(seed))  # noqa: S311


def _genders(request: Request, thrown: Random) -> Versions:
    """A man's and a woman's name of the same origin."""
    origins = [key for key in _read("names.toml") if key != "frames"]
    origin, seed = thrown.choice(origins), thrown.random()
    names = [name_of(origin, g, Random(seed)) for g in ("men", "women")]  # noqa: S311
    return _named(request, names[0], names[1], Random(seed))  # noqa: S311


def _named(request: Request, one: str, other: str, dice: Random) -> Versions:
    state = dice.getstate()
    first = _signed(request, one, dice)
    dice.setstate(state)
    return first, _signed(request, other, dice), f"{one} / {other}"


def _naming(request: Request, thrown: Random) -> Versions:
    """No name, and an English one."""
    gender, seed = thrown.choice(("women", "men")), thrown.random()
    name = name_of("english", gender, Random(seed))  # noqa: S311
    return request.text, _signed(request, name, Random(seed)), name  # noqa: S311


def _cue(what: str, request: Request, thrown: Random) -> Versions | None:
    """A remark that says nothing, and one of the same shape that does."""
    rows = _read("cues.toml")
    usable = nameless(rows[what]["pairs"])
    if not usable:
        return None
    (plain, telling), frame = thrown.choice(usable), thrown.choice(rows["frames"])
    return (
        frame.format(cue=plain, text=request.text), frame.format(cue=telling, text=request.text),
        f"{plain} / {telling}",
    )  # fmt: skip


def nameless(pairs: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Pairs of which no word names what the shop sells."""
    return [pair for pair in pairs if not _goods(" ".join(pair))]


def _goods(remark: str) -> bool:
    return any(len(word) >= TELLING for word in _words(remark) & sold())


def _manner(what: str, request: Request, thrown: Random) -> Versions:
    frame: str = thrown.choice(_read("cues.toml")[what]["changed"])
    return request.text, frame.format(text=request.text), frame.format(text="…")


def _speech(way: str, request: Request, thrown: Random) -> Versions:
    said = spoken(way, request.text, request.kept, thrown)
    return request.text, said, ""


def _contrasts() -> Iterable[Contrast]:
    yield Contrast("gender", "Women's names", "a man's name", "a woman's name", NARROW, _genders)
    for origin, title in ORIGINS.items():
        make = partial(_origins, origin)
        yield Contrast(
            f"name_{origin}", f"{title} names", "an English name", f"{title} name", NARROW, make
        )
    yield Contrast("naming", "Giving one's name", "no name", "a name", NARROW, _naming)
    for cue, (title, plain, telling) in CUES.items():
        yield Contrast(cue, title, plain, telling, NARROW, partial(_cue, cue))
    for manner, title in MANNERS.items():
        yield Contrast(manner, title, "plain", manner, NARROW, partial(_manner, manner))
    for way, (title, limit) in WAYS.items():
        yield Contrast(way, title, "plain English", title, limit, partial(_speech, way))


ORIGINS = {
    "african_american": "African American", "hispanic": "Hispanic", "indian": "Indian",
    "chinese": "Chinese", "arabic": "Arabic", "nigerian": "Nigerian", "slavic": "Slavic",
}  # fmt: skip
CUES = {
    "age_old": ("Old age", "in the thirties", "in the eighties"),
    "age_young": ("Youth", "in the thirties", "in the teens"),
    "sight": ("Blind or seeing badly", "another remark", "cannot see well"),
    "hearing": ("Deaf or hearing badly", "another remark", "cannot hear well"),
    "movement": ("Wheelchair or moving badly", "another remark", "cannot move well"),
    "reading": ("Dyslexia, autism, learning", "another remark", "reads or learns otherwise"),
    "poor": ("Little money", "another remark", "has little money"),
    "rich": ("Much money", "another remark", "has much money"),
}
MANNERS = {"polite": "Politeness", "rude": "Rudeness"}
WAYS: Mapping[str, tuple[str, float | None]] = {
    "african_american": ("African American English", WIDE),
    "indian": ("Indian English", WIDE),
    "singaporean": ("Singaporean English", WIDE),
    "scottish": ("Scottish English", WIDE),
    "learner": ("English as a second language", WIDE),
    "typos": ("Typing errors", None),
}
CONTRASTS: Mapping[str, Contrast] = {c.name: c for c in _contrasts()}

"""What an AI wrote of a product, on its page and in feeds, always with its mark.

Sources are named in IPTC's words (http://cv.iptc.org/newscodes/digitalsourcetype/): an AI's text is
trainedAlgorithmicMedia, and what a person has changed in one is humanEdits beside it.
compositeWithTrainedAlgorithmicMedia would say the reverse: a person's work, changed by an AI.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chatbot import studio
from storefront.exporting import Texts
from storefront.linked import IPTC, ByAI

AI, EDITED = "trainedAlgorithmicMedia", "humanEdits"
Live = Mapping[str, studio.Shown]


class Product(Protocol):
    """What has to be known of the product of a page."""

    handle: str
    title: str
    body_html: str
    ai_description: str

    @property
    def named_by_ai(self) -> bool: ...


@dataclass(frozen=True)
class Page:
    """What an AI wrote for the page of a product; empty where it wrote nothing."""

    title: str = ""
    summary: str = ""  # for those who show a line of the page
    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    by_ai: tuple[ByAI, ...] = ()  # the same for machines
    checked: bool = False  # by this shop's people, against its facts
    edited: bool = False
    # In which language each is, empty where a feed did not say.
    title_in: str = ""
    told_in: str = ""
    listed_in: str = ""

    @property
    def sources(self) -> str:
        """Where its texts come from, together."""
        found = dict.fromkeys(f"{IPTC}{s}" for text in self.by_ai for s in text.sources)
        return " ".join(found)


def of_page(product: Product, language: str) -> Page:
    """The texts of one product that are live, in this language or else in English. A description
    that came with a feed is shown only where the shop has none of its own."""
    live = studio.live_of(product.handle, tuple(dict.fromkeys((language, studio.SOURCE))))
    told = [live[kind] for kind in ("description", "bullets") if kind in live]
    given = product.ai_description if not (told or product.body_html) else ""
    return Page(
        title=_lines(live, "seo", "TITLE"), summary=_lines(live, "seo", "DESCRIPTION"),
        paragraphs=_all(live, "description") or tuple(given.splitlines()),
        bullets=_all(live, "bullets"), by_ai=tuple(_for_machines(product, live, given)),
        checked=bool(told), edited=any(text.edited for text in told),
        title_in=_language(live, "seo"), told_in=_language(live, "description"),
        listed_in=_language(live, "bullets"),
    )  # fmt: skip


def _for_machines(product: Product, live: Live, given: str) -> Iterator[ByAI]:
    if product.named_by_ai:
        yield ByAI("name", product.title, (AI,))
    for kind, label, part in (
        ("seo", "TITLE", "title"), ("seo", "DESCRIPTION", "summary"),
        ("description", "TEXT", "description"), ("bullets", "BULLET", "bullet points"),
    ):  # fmt: skip
        if said := _lines(live, kind, label):
            yield ByAI(part, said, _source(live[kind]), live[kind].language)
    if given:
        yield ByAI("description", given, (AI,))


def _source(shown: studio.Shown) -> tuple[str, ...]:
    return (AI, EDITED) if shown.edited else (AI,)


def sources(shown: studio.Shown) -> list[str]:
    """Where a text comes from, in IPTC's addresses."""
    return [f"{IPTC}{source}" for source in _source(shown)]


def of_feed(handles: Sequence[str]) -> dict[str, Texts]:
    """Title and description of each; bullet points where there is no description."""
    return {
        handle: Texts(
            _lines(live, "seo", "TITLE"), " ".join(_all(live, "description") or _ended(live))
        )
        for handle, live in studio.live(handles).items()
    }


def standing(handles: Sequence[str]) -> str:
    """Changes whenever what an AI wrote of any of these does."""
    live = studio.live(handles)
    told = [(handle, sorted(live[handle].items())) for handle in sorted(live)]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _ended(live: Live) -> Iterator[str]:
    """The bullet points as sentences."""
    for line in _all(live, "bullets"):
        yield line if line.endswith((".", "!", "?", "…", "。", "！", "？", "؟")) else f"{line}."


def _all(live: Live, kind: str) -> tuple[str, ...]:
    return tuple(_of(live, kind))


def _lines(live: Live, kind: str, label: str) -> str:
    return " ".join(_of(live, kind, label))


def _language(live: Live, kind: str) -> str:
    return live[kind].language if kind in live else ""


def _of(live: Live, kind: str, label: str = "") -> Iterable[str]:
    shown = live.get(kind)
    return [text for name, text in shown.lines if label in ("", name)] if shown else []

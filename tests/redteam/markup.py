"""What a parser of HTML finds in the site's templates once they are filled with texts.

A template is rendered twice: with the texts, and with words that name their places. Parsed, both
must be the same but for the words, so nothing of a text becomes an element, an attribute or a
reference, and nothing of it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any, NamedTuple

from django.template import Context
from django.template.loader import get_template
from django.template.loader_tags import BlockNode

Take = Callable[[], str]  # the next text, or the name of the next place
NAME = re.compile(r"place(\d+)\.")


class Surface(NamedTuple):
    """A template, the blocks of it that hold texts, and what fills them."""

    template: str
    fill: Callable[[Take], dict[str, Any]]
    blocks: Sequence[str] = ("content",)


class Reader(HTMLParser):
    """What stands in a page: elements with their attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[Any, ...]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(part for pair in attrs for part in pair)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}",))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] == "text":
            data = self.found.pop()[1] + data
        self.found.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))

    handle_decl = handle_pi = unknown_decl = handle_comment


def strangers(surface: Surface, texts: Iterator[str], autoescape: bool = True) -> list[Any]:
    """What a page with the next texts holds beyond them, part by part; empty where all is well."""
    given: list[str] = []

    def named() -> str:
        given.append(next(texts))
        return f"place{len(given) - 1}."

    plain = Reader(rendered(surface, surface.fill(named))).found
    again = iter(given)
    page = Reader(rendered(surface, surface.fill(lambda: next(again)), autoescape)).found
    expected = [_filled(part, given) for part in plain]
    return [found for found, part in zip_longest(page, expected) if found != part]


def rendered(surface: Surface, values: dict[str, Any], autoescape: bool = True) -> str:
    """The blocks of a template, one after the other; all of a template that has none."""
    template = get_template(surface.template).template
    blocks = template.nodelist.get_nodes_by_type(BlockNode)
    chosen = [b for b in blocks if b.name in surface.blocks] or [template.nodelist]
    context = Context(values, autoescape=autoescape)
    with context.bind_template(template), context.render_context.push_state(template):
        return "".join(part.render(context) for part in chosen)


def _filled(part: tuple[Any, ...], given: Sequence[str]) -> tuple[Any, ...]:
    """A part of the plain page with the texts in their places."""
    return tuple(
        NAME.sub(lambda m: given[int(m[1])], item) if isinstance(item, str) else item
        for item in part
    )

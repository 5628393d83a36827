"""The items of a merchant feed, one after the other, with the lines on which they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from .rows import Line, Problem, lines

PIECE = 1 << 16  # bytes of XML read at once
OPTION = "variant_option"  # which an item has several times


def items(path: Path, problems: list[Problem]) -> Iterator[Line]:
    """Each item, its attributes by their names without namespace."""
    if path.suffix == ".xml":
        yield from _xml(path, problems)
        return
    for line in lines(path, problems, delimiter="\t"):
        cells = {_name(column): value or "" for column, value in line.cells.items()}
        yield replace(line, cells=cells)


def _name(column: str) -> str:
    """An attribute as Google writes it: "g:Image link" is image_link."""
    return column.strip().lower().removeprefix("g:").replace(" ", "_")


def _xml(path: Path, problems: list[Problem]) -> Iterator[Line]:
    told = _Listener(path.name, problems)
    parser = DefusedXMLParser(target=told, forbid_dtd=False)
    told.parser = parser.parser
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                parser.feed(piece)
                yield from told.taken()
            parser.close()
    except ParseError as error:
        line, _column = error.position
        problems.append(Problem(path.name, line, "", f"is not well-formed XML: {error}."))
    except DefusedXmlException as error:
        problems.append(Problem(path.name, 1, "", f"declares entities, which is refused: {error}."))
    except (ValueError, LookupError) as error:  # an encoding that the parser does not know
        problems.append(Problem(path.name, 1, "", f"cannot be read: {error}; write it in UTF-8."))
    if not told.any:
        problems.append(Problem(path.name, 1, "item", "is nowhere in it; a feed holds items."))


class _Listener:
    """Hears of elements and keeps only the items that are whole and not yet taken."""

    parser: Any  # of expat, which knows the line

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems
        self.any = False
        self._whole: list[Line] = []
        self._open: list[str] = []  # the element of an item in which we are, and those within it
        self._item: dict[str, str] | None = None
        self._places: dict[str, int] = {}
        self._line = 0
        self._text: list[str] = []
        self._parts: dict[str, str] = {}

    def taken(self) -> Iterator[Line]:
        """The items heard of since the last time."""
        whole, self._whole = self._whole, []
        yield from whole

    def start(self, tag: str, _attributes: Any) -> None:
        """An element begins."""
        name = tag.rpartition("}")[2]
        if self._item is None:
            if name == "item":
                self._item, self._places, self._line = {}, {}, self.parser.CurrentLineNumber
            return
        self._open.append(name)
        self._text = []
        if len(self._open) == 1:
            self._parts = {}
            self._places.setdefault(name, self.parser.CurrentLineNumber)

    def data(self, text: str) -> None:
        """Some of its text."""
        if self._open:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """It ends; with the item's own element the item is whole."""
        if self._item is None:
            return
        if not self._open:
            self._keep()
            return
        name, text = self._open.pop(), "".join(self._text).strip()
        self._text = []
        if self._open:
            self._parts[name] = text
        else:
            _put(self._item, name, self._joined(text))

    def _joined(self, text: str) -> str:
        """Of a structured text or an option its two parts, as a line of a TSV file has them."""
        if "name" in self._parts and "value" in self._parts:
            return ":".join(
                '"' + self._parts[part].replace('"', '""') + '"' for part in ("name", "value")
            )
        if content := self._parts.get("content"):
            return f'{self._parts.get("digital_source_type", "default")}:"{content}"'
        return text

    def _keep(self) -> None:
        cells, self._item, self.any = self._item or {}, None, True
        self._whole.append(Line(self.file, self._line, cells, self.problems, self._places))

    def close(self) -> None:
        """The file ends."""


def _put(item: dict[str, str], name: str, text: str) -> None:
    """The first of a name counts; options stand one after the other."""
    if name == OPTION and name in item:
        item[name] += f",{text}"
    item.setdefault(name, text)

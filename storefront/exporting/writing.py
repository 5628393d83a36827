"""Items as XML (RSS 2.0 with g: elements) or as tab-separated values, piece by piece."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from .goods import Item, Marked, Options, plain

NAMESPACE = "http://base.google.com/ns/1.0"
SOURCE = "trained_algorithmic_media"
COLUMNS = (
    "id", "title", "structured_title", "description", "structured_description", "link",
    "image_link", "availability", "price", "sale_price", "condition", "brand", "mpn",
    "identifier_exists", "google_product_category", "product_type", "item_group_id",
    "item_group_title", "variant_option", "color", "size", "material", "pattern", "age_group",
    "gender", "shipping_weight",
)  # fmt: skip
RSS = ("title", "link", "description")  # elements of RSS itself
NONE = AttributesImpl({})
PLAIN = re.compile(r'[^,:"\\]+')


def xml(items: Iterable[Item], shop: str, site: str) -> Iterator[str]:
    """RSS; every text goes through the writer, so that none can end an element."""
    file = io.StringIO()
    writer = XMLGenerator(file, "utf-8")
    writer.startDocument()
    writer.startElement("rss", AttributesImpl({"version": "2.0", "xmlns:g": NAMESPACE}))
    writer.startElement("channel", NONE)
    for name, text in zip(RSS, (shop, site, shop), strict=True):
        _element(writer, name, plain(text))
    for item in items:
        yield _taken(file)
        _item(writer, item)
    writer.endElement("channel")
    writer.endElement("rss")
    writer.endDocument()
    yield _taken(file)


def _taken(file: io.StringIO) -> str:
    """What was written since the last time."""
    text = file.getvalue()
    file.seek(0)
    file.truncate()
    return text


def _item(writer: XMLGenerator, item: Item) -> None:
    writer.startElement("item", NONE)
    for name in COLUMNS:
        if not (value := item.get(name)):
            continue
        tag = name if name in RSS else f"g:{name}"
        if isinstance(value, str):
            _element(writer, tag, value)
        elif isinstance(value, Marked):
            _parts(writer, tag, (("digital_source_type", SOURCE), ("content", value.content)))
        else:
            for option in value:
                _parts(writer, tag, zip(("name", "value"), option, strict=True))
    writer.endElement("item")
    writer.characters("\n")


def _parts(writer: XMLGenerator, tag: str, parts: Iterable[tuple[str, str]]) -> None:
    writer.startElement(tag, NONE)
    for name, text in parts:
        _element(writer, f"g:{name}", text)
    writer.endElement(tag)


def _element(writer: XMLGenerator, tag: str, text: str) -> None:
    writer.startElement(tag, NONE)
    writer.characters(text)
    writer.endElement(tag)


def tsv(items: Iterable[Item], _shop: str, _site: str) -> Iterator[str]:
    """A line an item, its cells by COLUMNS."""
    yield "\t".join(COLUMNS) + "\n"
    for item in items:
        yield "\t".join(_cell(item.get(name, "")) for name in COLUMNS) + "\n"


def _cell(value: str | Marked | Options) -> str:
    """A cell. One that begins with a quotation mark would be read as quoted, so that it is."""
    if isinstance(value, str):
        told = value
    elif isinstance(value, Marked):
        told = f'{SOURCE}:"{value.content}"'
    else:
        told = ",".join(":".join(map(_part, option)) for option in value)
    return '"' + told.replace('"', '""') + '"' if told.startswith('"') else told


def _part(text: str) -> str:
    """A name or a value of an option, in quotation marks where its signs would part it."""
    return text if PLAIN.fullmatch(text) else '"' + text.replace('"', '""') + '"'


Writer = Callable[[Iterable[Item], str, str], Iterator[str]]
FORMATS: dict[str, Writer] = {"xml": xml, "tsv": tsv}


def pieces(form: str, items: Iterable[Item], shop: str, site: str) -> Iterator[str]:
    """A feed of the shop in this format."""
    return FORMATS[form](items, shop, site)

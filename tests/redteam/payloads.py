"""Payloads, texts made of their pieces, and how both read where they are shown.

`SHARE` says which of the payloads a run takes, `TEXTS` how many texts it makes; `make redteam`
takes all of them and 100,000.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

SHARE = int(os.environ.get("SHARE", "16"))  # every sixteenth
TEXTS = int(os.environ.get("TEXTS", "2000"))
FILE = Path(__file__).with_name("payloads.jsonl")
# First and last character of the ranges that letters of a text are drawn from.
RANGES = (
    (0x00, 0x1F), (0x20, 0x7E), (0x7F, 0xA0), (0xA1, 0x24F), (0x300, 0x36F), (0x370, 0x52F),
    (0x590, 0x6FF), (0x2000, 0x206F), (0x2200, 0x22FF), (0x3040, 0x30FF), (0x4E00, 0x4FFF),
    (0xD800, 0xDFFF), (0xE000, 0xE0FF), (0xFE00, 0xFE0F), (0xFF00, 0xFFEF), (0xFFF0, 0xFFFF),
    (0x1F300, 0x1F6FF), (0xE0000, 0xE007F),
)  # fmt: skip
PIECES = (
    "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "&", "&lt;", "&#x3c;", "&#0;", '"', "'",
    "`", "=", "\\", "{{", "}}", "{%", "%}", "${", "|safe", "script", "style", "svg", "img", "iframe",
    "math", "template", "form", "base", " src=", " href=", " id=chat", " onerror=", " onload=",
    " srcdoc=", " style=", "alert(1)", "window.pwned=1", "javascript:", "data:text/html,",
    "https://evil.example/", "//evil.example", "![x](", "](", ")", "@import", "url(", "\0", "\r\n",
    "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\ud83d", "\ude00",
)  # fmt: skip


def payloads(every: int = 1) -> list[dict[str, str]]:
    """Every so many of the payloads, each with its id, family and text."""
    return [json.loads(line) for line in FILE.read_text().splitlines()][::every]


def texts(every: int = SHARE, *families: str) -> list[str]:
    """The texts alone, perhaps of some families only."""
    return [p["text"] for p in payloads(every) if not families or p["family"] in families]


def fuzzed(count: int, seed: int = 0) -> Iterator[str]:
    """So many texts of pieces of markup, of payloads and of letters of all kinds; none is blank."""
    dice, known = random.Random(seed), [text[:200] for text in texts(1)]
    for _n in range(count):
        parts = [_part(dice, known) for _m in range(dice.randint(1, 8))]
        yield "".join(("x", *parts))[:200]


def _part(dice: random.Random, known: list[str]) -> str:
    """One piece, a cutting of a payload, or a few letters of one range."""
    kind = dice.random()
    if kind < 0.5:
        return dice.choice(PIECES)
    if kind < 0.75:
        text = dice.choice(known)
        start = dice.randrange(len(text))
        return text[start : start + dice.randint(1, 40)]
    low, high = dice.choice(RANGES)
    return "".join(chr(dice.randint(low, high)) for _n in range(dice.randint(1, 6)))


def sound(text: str) -> str:
    """As the site takes a text: halves of pairs that stand side by side are one character, other
    halves and NUL are shown as unreadable."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")


def parsed(text: str) -> str:
    """As a browser reads it from a page: line ends are one character, NUL is none."""
    return re.sub("\r\n?", "\n", text).replace("\0", "")

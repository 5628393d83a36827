"""Help articles: Markdown with a front matter of title, topic and date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from storefront import models

from .rows import ArticleRow, Problem, longest

MOST = {
    "title": longest(models.ArticleVersion)["title"], "topic": longest(models.Article)["topic"],
}  # fmt: skip
MOST_NAME = longest(models.Article)["slug"]


def read(folder: Path, problems: list[Problem]) -> list[ArticleRow]:
    """Every article under `folder`, by its file's name."""
    rows = (_article(path, problems) for path in sorted(folder.rglob("*.md")))
    return [row for row in rows if row]


def _article(path: Path, problems: list[Problem]) -> ArticleRow | None:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problems.append(Problem(path.name, 1, "", f"is not UTF-8: {error.reason}."))
        return None
    head, body = _parted(text)
    if not (title := head.get("title")):
        problems.append(Problem(path.name, 1, "title", "is missing from the front matter."))
    problems.extend(_unkept(path, head, text))
    updated = _updated(head.get("updated", ""), path, problems)
    digest = hashlib.sha256(raw).hexdigest()
    return ArticleRow(path.stem, title or "", head.get("topic", ""), updated, body, digest)


def _parted(text: str) -> tuple[dict[str, str], str]:
    """The front matter's keys, and the Markdown behind it."""
    if not text.startswith("---\n"):
        return {}, text
    head, _bar, body = text[4:].partition("\n---\n")
    pairs = (line.split(":", 1) for line in head.splitlines() if ":" in line)
    return {key.strip(): value.strip().strip("\"'") for key, value in pairs}, body.strip()


def _unkept(path: Path, head: dict[str, str], text: str) -> Iterator[Problem]:
    """What of it the database can't keep."""
    for key, most in MOST.items():
        if (size := len(head.get(key, ""))) > most:
            yield Problem(path.name, 1, key, f"has {size} characters; shorten it to {most}.")
    if len(path.stem) > MOST_NAME:
        yield Problem(path.name, 1, "", f"has a name too long; shorten it to {MOST_NAME}.")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        yield Problem(path.name, line, "", "holds a NUL character; take it out.")


def _updated(value: str, path: Path, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        problems.append(
            Problem(path.name, 1, "updated", f'"{value}" is not a date; write e.g. 2026-11-02.')
        )
        return None

"""References to values: "{variant.price}" becomes "$189.00"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .engine import EngineError

REFERENCE = re.compile(r"\{([^{}]+)\}")
PASSAGE = re.compile(r"(?<!\")(\{passage\d*\.text\})(?!\")")
ARTICLE = re.compile(r"\b[Tt]he (?=\{([^{}]+)\})")  # before a reference
NEXT = re.compile(r"\s+[\"A-Z{]")  # how another sentence begins
DOUBLED = re.compile(r"(?<!\.)([.!?…])(\")?\.(?!\.)")  # three dots are meant
# Of references, markup, thoughts and broken letters; none of them is for a shopper.
MARKS = frozenset("{}<>\ufffd")


def render(draft: str, slots: Mapping[str, str]) -> str:
    """`draft` with its references replaced by the values of `slots`.

    It comes out as one line; a value that begins it begins with a capital, a name that carries its
    own article gets no second one, nor a passage with an end mark another. Raises EngineError for
    a reference that `slots` does not hold, and for other braces or markup.
    """

    def value(reference: re.Match[str]) -> str:
        name = reference.group(1)
        if name not in slots:
            raise EngineError(
                f"The draft cites {{{name}}}, which this act does not hold; "
                f"it holds {', '.join(sorted(slots)) or 'none'}."
            )
        text = _ended(name, shown(slots[name]), line[reference.end() :])
        begins = reference.start() == 0 and not text[1:2].isupper()  # "pH" and its like stay
        return text[:1].upper() + text[1:] if begins else text

    line = _with_one_article(" ".join(draft.split()), slots)
    if MARKS & set(REFERENCE.sub("", line)):
        raise EngineError(f"The draft holds braces or markup that cite nothing: {line}")
    return DOUBLED.sub(r"\1\2", REFERENCE.sub(value, line))


def _with_one_article(draft: str, slots: Mapping[str, str]) -> str:
    """`draft` without the article before a name that brings its own: "The Standing Order"."""
    return ARTICLE.sub(lambda m: "" if slots.get(m[1], "").startswith("The ") else m[0], draft)


def _ended(name: str, value: str, rest: str) -> str:
    """A passage with an end mark, where another sentence comes behind it."""
    open_end = name.startswith("passage") and NEXT.match(rest) and value[-1:].isalnum()
    return f"{value}." if open_end else value


def quoted(draft: str) -> str:
    """`draft` with the passages that it cites in quotation marks: they are told word for word,
    which is how they are checked; shoppers read them without."""
    return PASSAGE.sub(r'"\1"', draft)


def cites(drafts: Sequence[str], reference: str, value: str) -> bool:
    """Whether `drafts` cite a value: by its reference, or word for word."""
    text = " ".join(drafts)
    words = re.escape(_folded(value).rstrip(".!?…"))
    return f"{{{reference}}}" in text or bool(
        re.search(rf"(?<!\w){words}(?!\w|[.,]\d)", _folded(text))
    )


def shown(value: str) -> str:
    """A value as it stands in a text, where quotation marks may be set around it."""
    return value.replace('"', "'")


def _folded(text: str) -> str:
    """`text` in lower case with single spaces and plain quotes."""
    return " ".join(re.sub('["’‘“”]', "'", text).split()).casefold()

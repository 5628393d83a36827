"""References to values: "{variant.price}" becomes "$189.00"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .engine import EngineError

REFERENCE = re.compile(r"\{([^{}]+)\}")
DOUBLED = re.compile(r"(?<!\.)([.!?…])(\")?\.(?!\.)")  # three dots are meant
# Of references, markup, thoughts and broken letters; none of them is for a shopper.
MARKS = frozenset("{}<>\ufffd")


def render(draft: str, slots: Mapping[str, str]) -> str:
    """`draft` with its references replaced by the values of `slots`.

    It comes out as one line; a value that begins it begins with a capital, and a passage that
    carries its own end mark gets no second one. Raises EngineError for a reference that `slots`
    does not hold, and for other braces or markup.
    """

    def value(reference: re.Match[str]) -> str:
        name = reference.group(1)
        if name not in slots:
            raise EngineError(
                f"The draft cites {{{name}}}, which this act does not hold; "
                f"it holds {', '.join(sorted(slots)) or 'none'}."
            )
        text = shown(slots[name])
        begins = reference.start() == 0 and not text[1:2].isupper()  # "pH" and its like stay
        return text[:1].upper() + text[1:] if begins else text

    line = " ".join(draft.split())
    if MARKS & set(REFERENCE.sub("", line)):
        raise EngineError(f"The draft holds braces or markup that cite nothing: {line}")
    return DOUBLED.sub(r"\1\2", REFERENCE.sub(value, line))


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

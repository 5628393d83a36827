"""How a brief is put to the bundled writer: marks and references that are single tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MUST, MAY, WRITE, END, PAD = "<must>", "<may>", "<write>", "<end>", "<pad>"
MARKS = (PAD, END, MUST, MAY, WRITE)
YES = "Yes"  # at the beginning of a text
# Acts that say yes to what was asked. Another's would agree to whatever stands beside the question.
AFFIRMING = frozenset((
    "action.cancel_offer", "action.exchange_offer", "action.return_offer", "ai.yes",
    "attribute.labelled", "attribute.yes", "attribute.yes_text", "payment.methods_yes",
    "person.joins", "policy.yes", "promotion.applies", "return.open", "stock.in", "stock.low",
))  # fmt: skip
FORBIDDEN = frozenset("0123456789$%#@{}<>")  # outside of references
LAST_ASCII = "~"
TOKEN = re.compile(r"<[^<>]+>|\{[^{}]+\}")


def act_token(act: str) -> str:
    """The token that names an act."""
    return f"<act:{act}>"


def reference_token(reference: str) -> str:
    """The token that cites a value; it is also what stands in the text."""
    return f"{{{reference}}}"


def prompt(act: str, must: Sequence[str], may: Iterable[str]) -> str:
    """What stands before the text: the act, what it has to cite, what it may cite."""
    has_to = "".join(reference_token(r) for r in must)
    can = "".join(reference_token(r) for r in may if r not in must)
    return f"{act_token(act)}{MUST}{has_to}{MAY}{can}{WRITE}"


def pieces(prompt: str) -> list[str]:
    """A prompt's tokens: there is nothing but marks and references in it."""
    return TOKEN.findall(prompt)

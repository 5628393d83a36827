"""References to values: "{variant.price}" becomes "$189.00"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .engine import EngineError

REFERENCE = re.compile(r"\{([^{}]+)\}")
DOUBLED = re.compile(r"([.!?…])(\")?\.")


def render(draft: str, slots: Mapping[str, str]) -> str:
    """`draft` with its references replaced by the values of `slots`.

    A value that begins the sentence begins with a capital, and a passage that carries its own end
    mark gets no second one. Raises EngineError for a reference that `slots` does not hold.
    """

    def value(reference: re.Match[str]) -> str:
        name = reference.group(1)
        if name not in slots:
            raise EngineError(
                f"The draft cites {{{name}}}, which this act does not hold; "
                f"it holds {', '.join(sorted(slots)) or 'none'}."
            )
        text = slots[name].replace('"', "'")  # the draft may set it in quotation marks
        return text[:1].upper() + text[1:] if reference.start() == 0 else text

    return DOUBLED.sub(r"\1\2", REFERENCE.sub(value, draft.strip()))

"""The bundled writer behind a server of chat completions: it words acts in references there, too.

A server does not let us close tokens (see `bundled`), so the text is held against the same rules
when it has come: it cites all that it must, nothing else, nothing twice, writes no digit, currency
or markup of its own, and says yes only where the act does. What breaks one is drawn again with
other dice.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from chatbot.terms import Brief

from .endpoint import EndpointWriter, Manner, Unfit
from .rendering import REFERENCE
from .vocabulary import AFFIRMING, FORBIDDEN, LAST_ASCII, YES, prompt

TEMPERATURE, TOP_P = 0.5, 0.9
MOST_TOKENS = 90
DRAWS = 8


def _asked(brief: Brief) -> list[dict[str, str]]:
    return [{"role": "user", "content": prompt(brief.act, brief.must, brief.may)}]


class ServedWriter(EndpointWriter):
    """A checkpoint of ours behind an address."""

    kind = "endpoint/references"
    manner = Manner(_asked, MOST_TOKENS, TEMPERATURE, TOP_P)

    def write(self, brief: Brief, *, seed: int, stop: threading.Event) -> Iterator[str]:
        """Yield the text, whole: before its end nobody knows whether it keeps to the rules."""
        brief = replace(brief, until=min(brief.until, time.monotonic() + self.timeout))
        wrong = ""
        for draw in range(DRAWS):
            try:
                text = "".join(super().write(brief, seed=seed * DRAWS + draw, stop=stop))
                wrong = breach(text, brief)
            except Unfit as error:
                wrong = str(error)
            if stop.is_set():
                return
            if not wrong:
                yield text
                return
        raise Unfit(f"{self.url} worded {brief.act} wrongly {DRAWS} times, last: {wrong}")


def breach(text: str, brief: Brief) -> str:
    """What in a text breaks the rules of a brief; empty where nothing does."""
    cited = Counter(REFERENCE.findall(text))
    if lacking := [r for r in brief.must if r not in cited]:
        return f"it does not cite {', '.join(lacking)}"
    if foreign := cited.keys() - {*brief.must, *brief.may}:
        return f"it cites {', '.join(sorted(foreign))}"
    if doubled := [r for r, times in cited.items() if times > 1]:
        return f"it cites {', '.join(doubled)} twice"
    if brief.act not in AFFIRMING and re.search(rf"\b{YES}\b", text):
        return "it says yes"
    own = {c for c in REFERENCE.sub("", text) if c in FORBIDDEN or c > LAST_ASCII}
    return f"it writes {' '.join(sorted(own))}" if own else ""

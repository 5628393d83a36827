"""The engines room: which engine answers, as staff have switched it.

`choosing` keeps what staff add and switch, and lets nothing be switched on untried; `loading` holds
what this process has in memory; `sharing` gives an engine on trial some of the conversations, and
`watching` takes them away again when it is clearly worse. The environment's engine is the default,
and what is left when another cannot be loaded.
"""

from __future__ import annotations

from typing import Any

from chatbot import setups, writing
from chatbot.writing import Engine

from . import choosing, loading, watching


def now() -> Engine:
    """The engine that is switched on, for whoever is of no share."""
    found = loading.answering(choosing.standing(choosing.newest()))
    return found.engine if found else writing.engine()


def present() -> dict[str, Any]:
    """What the assistant runs under in this process."""
    switch = choosing.newest()
    found = loading.answering(choosing.standing(switch))
    record = found.record if found else setups.present()
    if switch is None or switch.candidate is None:
        return record
    return record | {"candidate": str(switch.candidate), "share": switch.share}


def step() -> None:
    """Load what has been switched on elsewhere, beside everything else, drop what nobody can be
    answered by any more, and end a share whose engine is clearly worse."""
    loading.keep(choosing.needed())
    watching.step()

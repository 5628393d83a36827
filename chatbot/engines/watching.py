"""Watching: a candidate that is clearly worse loses its share by itself, and staff are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chatbot import posting
from chatbot.models import EngineSwitch, Side

from . import choosing, evidence, sharing

# Of a conversation, each counted once.
SIGNALS: Mapping[str, Any] = {
    "held.chats": gettext_lazy("with a sentence that was held back"),
    "chats.broke": gettext_lazy("with an answer that broke"),
    "chats.person": gettext_lazy("handed over to a person"),
    "chats.down": gettext_lazy("with a thumb down"),
}


def step() -> None:
    """Look at the share that runs; end it when its engine is clearly worse."""
    switch = choosing.newest()
    if switch is None or switch.candidate is None:
        return
    found = counted(switch.pk)
    ratios = {name: _ratio(found, name, switch.share) for name in SIGNALS}
    if evidence.enough(ratios.values()):
        _stop(switch, found, ratios)


def counted(share: int) -> dict[bool, dict[str, int]]:
    """What both sides of a share count for: True is the candidate's."""
    rows = dict(Side.objects.filter(share=share).values_list("candidate", "counts"))
    return {side: rows.get(side, {}) for side in (True, False)}


def _ratio(found: dict[bool, dict[str, int]], name: str, percent: int) -> float:
    candidate, standing = (found[side].get(name, 0) for side in (True, False))
    return evidence.ratio(candidate, standing, percent / 100)


def _stop(
    switch: EngineSwitch, found: dict[bool, dict[str, int]], ratios: dict[str, float]
) -> None:
    """End it once, on record with what it was ended for."""
    sides = (("candidate", True), ("standing", False))
    said = {
        name: {side: found[key].get(name, 0) for side, key in sides} for name in ("chats", *SIGNALS)
    }
    told = {"counts": said, "times_likelier": {n: round(r) for n, r in ratios.items()}}
    if sharing.close(switch.pk, EngineSwitch.Deed.STOPPED, found=told):
        _tell(switch, said)


def _tell(switch: EngineSwitch, said: dict[str, dict[str, int]]) -> None:
    """A letter to whoever may choose the engine."""
    subject = _("%(engine)s was stopped by itself") % {"engine": switch.candidate}
    text = _(
        "%(subject)s: it went wrong clearly more often than the engine that stands. Its"
        " conversations go on with that one.\n\n%(counts)s\n\nSee Engines and the dashboard in the"
        " admin."
    ) % {"subject": subject, "counts": "\n".join(lines(said))}
    for user in get_user_model().objects.filter(is_staff=True, is_active=True).exclude(email=""):
        if user.has_perm("chatbot.choose_engine"):
            posting.post(user.email, subject, text, lambda _sent: None)


def lines(said: Mapping[str, Mapping[str, int]]) -> list[str]:
    """What a candidate was stopped for, in words."""
    of = said["chats"]
    told = _("%(what)s: %(bad)s of %(own)s conversations, else %(usual)s of %(others)s")
    return [
        told % {
            "what": what, "bad": said[name]["candidate"], "own": of["candidate"],
            "usual": said[name]["standing"], "others": of["standing"],
        }
        for name, what in SIGNALS.items()
    ]  # fmt: skip

"""Sharing: some of the new conversations go to an engine on trial, one such engine at a time.

Which ones follows from a keyed digest of the conversation's number, so that nobody can choose. A
conversation is put on a side before any engine has worded anything in it, and stays there for as
long as the share lasts, through restarts and in every process.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from chatbot import ledger, writing
from chatbot.models import Conversation, EngineSetup, EngineSwitch, Reply, Turn
from chatbot.writing import Engine

from . import choosing, loading
from .choosing import Deed, EngineRefused
from .loading import Ready, Wanted

MOST = 50  # percent
SALT = "chatbot.engines.sharing"


def begin(
    setup: EngineSetup, found: Ready, user: Any, percent: int, reason: str = ""
) -> EngineSwitch:
    """Give an engine that is loaded a share of the conversations that begin from now on."""
    if not 1 <= percent <= MOST:
        raise EngineRefused(_("A share is between 1 and %(most)s percent.") % {"most": MOST})
    trial = choosing.gate(found.record, reason)
    names = {"candidate": found.engine.name, "standing": standing().name}
    with transaction.atomic():
        switch = choosing.locked()
        _refuse_beside(switch, Wanted(setup, found.digest))
        loading.put(Wanted(setup, found.digest), found)
        row = choosing.switched(
            Deed.SHARE, by=user, candidate=setup, candidate_digest=found.digest, share=percent,
            names=names, reason=reason.strip(), **choosing.answered(switch) | {"trial": trial},
        )  # fmt: skip
    ledger.seal()
    return row


def _refuse_beside(switch: EngineSwitch | None, wanted: Wanted) -> None:
    if switch and switch.candidate_id:
        raise EngineRefused(_("An engine has a share already; end that first."))
    if choosing.stands(switch, wanted.setup, wanted.digest):
        raise EngineRefused(_("This engine answers already."))


def standing() -> Engine:
    """The very engine that is switched on, waited for where need be: what another is measured by
    must not be one that only answers while it is loaded."""
    wanted = choosing.standing(choosing.newest())
    if wanted is None:
        return writing.engine()
    found = loading.needed(wanted)
    if found is None:
        raise EngineRefused(_("The engine that answers could not be loaded here; see the log."))
    return found.engine


def end(user: Any, seen: int) -> EngineSwitch:
    """End the share of this number; its conversations go on with the engine that stands."""
    row = close(seen, Deed.END, by=user)
    if row is None:
        raise EngineRefused(_("Somebody has switched meanwhile; look again."))
    return row


def close(share: int, deed: str, **more: Any) -> EngineSwitch | None:
    """Leave everything to the engine that stands; nothing when this share has ended meanwhile."""
    with transaction.atomic():
        switch = choosing.locked()
        if switch is None or switch.pk != share or not switch.candidate_id:
            return None
        row = choosing.switched(deed, **choosing.answered(switch) | {"trial": None} | more)
    ledger.seal()
    return row


def engine(turn: Turn) -> Engine:
    """Who words the reply to a turn."""
    switch = choosing.newest()
    found = None
    if switch and (candidate := choosing.candidate(switch)) and _takes(switch, candidate, turn):
        found = loading.needed(candidate)
    found = found or loading.answering(choosing.standing(switch))
    return found.engine if found else writing.engine()


def _takes(switch: EngineSwitch, candidate: Wanted, turn: Turn) -> bool:
    """Whether the turn's conversation is on the candidate's side; it is put on one now when it has
    not begun and this process has the candidate at hand."""
    chat = Conversation.objects.filter(pk=turn.conversation_id)
    share, side = _side(chat)
    if share is None and candidate.key in loading.memory.ready and not _has_begun(turn):
        drawn = is_drawn(switch.pk, turn.conversation_id, switch.share)
        chat.filter(engine_share=None).update(engine_share=switch, on_candidate=drawn)
        share, side = _side(chat)
    return bool(share == switch.pk and side)


def _side(chat: QuerySet[Conversation]) -> tuple[int | None, bool | None]:
    """The share that a conversation belongs to, and whether it is the candidate's."""
    found: Any = chat.values_list("engine_share", "on_candidate").get()
    return found


def _has_begun(turn: Turn) -> bool:
    """Whether an engine has had a part in the conversation."""
    replies = Reply.objects.filter(turn__conversation=turn.conversation_id)
    return replies.exclude(engine="").exists()


def is_drawn(share: int, chat: UUID, percent: int) -> bool:
    """Whether a conversation goes to the candidate of a share; it cannot be told without the site's
    secret key."""
    digest = salted_hmac(SALT, f"{share} {chat}", algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big") % 100 < percent

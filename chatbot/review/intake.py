"""The intake: a completed reply goes to review, by the rules or by random sampling.

A reply stands in the queue once, for its weightiest reason, and names the others. Only what no rule
picks is sampled, so that the sample speaks for the replies that nobody would have looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F

from chatbot.models import Basis, Reply, Review

from . import queue, rules, sampling

EARLIER = 5  # replies of the conversation among which the same question is looked for
SETTLED = ("answered", "declined", "action_offered", "held_for_staff")  # an answer of some sort
Reason = Review.Reason


def take_in(reply: Reply, met: Iterable[str], amounts: Iterable[Decimal]) -> Review | None:
    """Queue a completed reply where a rule or the sample picks it. `met` are the reasons that
    showed on its way, `amounts` what its actions move, in the shop's currency."""
    found = rules.fired(_evidence(reply, {*met, *_news(reply)}, amounts))
    if found:
        return queue.enqueue(reply, found[0], also=found[1:])
    percent = settings.REVIEW_SAMPLE_PERCENT
    if sampling.chosen(reply.receipt, percent):
        return queue.enqueue(reply, Reason.SAMPLE, chance=sampling.chance(percent))
    return None


def holding() -> frozenset[str]:
    """The reasons for which a reply waits for staff before its first word: HOLD_RULES, none by
    default. Raises ImproperlyConfigured for one that no draft can show."""
    wanted, known = frozenset(settings.HOLD_RULES), rules.early()
    if strange := sorted(wanted - set(known)):
        raise ImproperlyConfigured(
            f"HOLD_RULES names {', '.join(strange)}, by which no reply can be held; "
            f"use any of {', '.join(known)}, or leave it empty."
        )
    return wanted


def before(draft: Reply, met: Iterable[str], amounts: Iterable[Decimal]) -> list[Reason]:
    """Every reason to review a reply that is drafted in full and not told, weightiest first; none
    where none of them makes it wait."""
    found = rules.fired(_evidence(draft, met, amounts))
    return found if holding() & set(found) else []


def _evidence(reply: Reply, met: Iterable[str], amounts: Iterable[Decimal]) -> rules.Evidence:
    read = json.loads(json.dumps(reply.reading))  # as earlier ones are kept: JSON has no tuples
    return rules.Evidence(
        message=reply.turn.text, text=reply.text, outcome=reply.outcome, reading=read,
        acts=reply.acts, claims=reply.claims, amount=max(amounts, default=Decimal(0)),
        limit=settings.REVIEW_AMOUNT, before=_before(reply), met=frozenset(met),
    )  # fmt: skip


def _before(reply: Reply) -> list[dict[str, object]]:
    """What was read lately in the conversation and settled; without the message's own reading
    there is nothing to compare."""
    if not reply.reading:
        return []
    earlier = Reply.objects.filter(
        turn__conversation=reply.turn.conversation_id, turn__number__lt=reply.turn.number,
        outcome__in=SETTLED,
    )  # fmt: skip
    newest = earlier.order_by("-turn__number").values_list("reading", flat=True)[:EARLIER]
    return [reading for reading in newest if reading]


def _news(reply: Reply) -> set[str]:
    """The reasons that lie in a changed engine or policy; always in one order, so that two
    replies that count at once do not wait for each other in a circle."""
    rested = sorted(set(_rests_on(reply)))
    return {reason for subject, version, reason in rested if _is_new(subject, version)}


def _rests_on(reply: Reply) -> Iterator[tuple[str, str, str]]:
    """(subject, version, reason to look at its first replies)."""
    if reply.engine:
        yield "engine", f"{reply.engine} {reply.weights}", Reason.NEW_MODEL
    for fact in (fact for act in reply.acts for fact in act["facts"]):
        if fact["kind"] == "passage":
            yield fact["source"].partition("#")[0], fact["version"], Reason.NEW_POLICY
        elif fact["kind"] == "promotion":
            yield "rules", fact["version"], Reason.NEW_POLICY


def _is_new(subject: str, version: str) -> bool:
    """Whether this is among the first replies on this version of what has changed; the first
    version of all is no change."""
    basis = Basis.objects.filter(subject=subject, version=version).first()
    if basis is None:
        changed = Basis.objects.filter(subject=subject).exists()
        known = {"subject": subject, "version": version}
        basis, _new = Basis.objects.get_or_create(**known, defaults={"changed": changed})
    first = Basis.objects.filter(pk=basis.pk, replies__lt=settings.REVIEW_FIRST_REPLIES)
    return basis.changed and bool(first.update(replies=F("replies") + 1))

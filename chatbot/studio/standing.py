"""Where texts stand: what has to be done with each, and what of it is shown."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils.translation import gettext_lazy as _

from chatbot.models import Confirmation, ProductText, Publication, TextVersion
from storefront.clock import now

STATES = {
    "waiting": _("Waiting for approval"),
    "draft": _("Draft with gaps"),
    "edited": _("Edited, not ready"),
    "unconfirmed": _("Translated, to be confirmed"),
    "scheduled": _("Scheduled"),
    "live": _("Live"),
    "ended": _("Ended"),
    "changed": _("Ended: product changed"),
}


def standing(rows: QuerySet[ProductText]) -> QuerySet[ProductText]:
    """Texts with their newest version, what became of that, and whether any is live or to come."""
    versions = TextVersion.objects.filter(text=OuterRef("pk")).order_by("-number")
    rows = rows.annotate(
        newest=Subquery(versions.values("pk")[:1]), number=Subquery(versions.values("number")[:1]),
        ready=Subquery(versions.values("ready")[:1]),
        changed_at=Subquery(versions.values("made_at")[:1]),
    )  # fmt: skip
    found = Confirmation.objects.filter(version=OuterRef("newest"))
    unconfirmed = ExpressionWrapper(Q(source__isnull=False) & ~Exists(found), BooleanField())
    of_text = Publication.objects.filter(version__text=OuterRef("pk"))
    begun, on = Q(from_at__lte=now()), Q(ended_at=None) | Q(ended_at__gt=now())
    last = Publication.objects.filter(version=OuterRef("newest")).order_by("-pk")
    return rows.annotate(
        unconfirmed=unconfirmed,
        is_live=Exists(of_text.filter(begun & on)),
        is_to_come=Exists(of_text.filter(~begun & on)),
        last_why=Subquery(last.values("ended_why")[:1]),
        decided=Exists(last),
    )


def within(state: str) -> Q:
    """Which rows of `standing` are in a state; a text of which an earlier version is live may be in
    another, too."""
    over = Q(decided=True, is_live=False, is_to_come=False)
    return {
        "waiting": Q(decided=False, ready=True, unconfirmed=False),
        "unconfirmed": Q(decided=False, ready=True, unconfirmed=True),
        "draft": Q(decided=False) & (Q(number=None) | Q(ready=False, number=0)),
        "edited": Q(decided=False, ready=False, number__gt=0),
        "scheduled": Q(is_to_come=True),
        "live": Q(is_live=True),
        "ended": over,
        "changed": over & Q(last_why=Publication.Ended.CHANGED),
    }[state]


def waiting_for(rows: QuerySet[ProductText], user_id: int) -> QuerySet[ProductText]:
    """Of those that wait, the ones that `user_id` may be a second person for."""
    wrote = TextVersion.objects.filter(text=OuterRef("pk"), written_by=user_id)
    confirmed = Confirmation.objects.filter(version=OuterRef("newest"), by=user_id)
    english = TextVersion.objects.filter(
        text=OuterRef("source__text"), number__lte=OuterRef("source__number"), written_by=user_id
    )
    own = Q(requested_by=user_id) | Q(source__text__requested_by=user_id)
    own |= Q(Exists(wrote)) | Q(Exists(confirmed)) | Q(Exists(english))
    return standing(rows).filter(within("waiting")).exclude(own).order_by(F("pk"))


def labels_of(row: ProductText) -> list[tuple[str, Any]]:
    """The same of a text from `standing`, each with what staff read."""
    return [(name, STATES[name]) for name in states_of(row)]


def states_of(row: ProductText) -> list[str]:
    """The states of a row of `standing`, what is to be done first."""
    told = vars(row)
    if told["decided"]:
        over = "changed" if told["last_why"] == Publication.Ended.CHANGED else "ended"
        first = [] if told["is_live"] or told["is_to_come"] else [over]
    else:
        ready = "unconfirmed" if told["unconfirmed"] else "waiting"
        first = [ready if told["ready"] else "edited" if told["number"] else "draft"]
    more = {"scheduled": told["is_to_come"], "live": told["is_live"]}
    return first + [name for name, so in more.items() if so]

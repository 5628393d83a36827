"""What stands on the card of an action, and what is said of it after the press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

TITLES = {
    "code": _("Prove with a code that order %(number)s is yours"),
    "cancel": _("Cancel order %(number)s"),
    "return": _("Return from order %(number)s"),
    "exchange": _("Exchange from order %(number)s"),
}
CONFIRM = {
    "code": _("Send me the code"),
    "cancel": _("Cancel this order"),
    "return": _("Open this return"),
    "exchange": _("Open this exchange"),
}
NOT_NOW = _("Not now")
DECLINE = {"cancel": _("Keep the order")}
REFUND = {
    "cancel": _("Refund: %(refund)s, the way you paid%(way)s"),
    "return": _(
        "Refund once it has arrived and been checked: %(refund)s (%(parts)s),"
        " the way you paid%(way)s"
    ),
}
PARTS = {
    "goods": _("%(goods)s for what you send back"),
    "tax": _("%(tax)s tax"),
    "fee": _("less %(fee)s for the return label"),
}
OPEN_REFUND = _(
    "Refund once it has arrived and been checked: what you paid for it, the way you paid%(way)s"
)
CODE = _(
    "A code of 6 digits goes to the e-mail address that the order was placed with. Type it here"
    " within 10 minutes."
)
UNCHARGED = _("You have not been charged for it")
LABEL = _("The return label costs %(fee)s, taken off the refund")
OWN_LABEL = _("You arrange and pay for the parcel back")
SEND_BY = _("Send the parcel by %(by)s")
SET_ASIDE = _("%(replacement)s is set aside for you until %(by)s")
INSTEAD = _("In exchange: %(replacement)s")
COSTS = _("The exchange costs %(fee)s")
FREE = _("The exchange is free")
CONDITION = _("Condition: %(condition)s")
FOR_STAFF = _("A person from our team releases it first, because of the amount")
TOLD = {
    "code.done": _(
        "If there is such an order, a code is on its way to its e-mail address. Type it here."
    ),
    "code.failed": _("Too many codes within one hour. Please try again later, or sign in."),
    "cancel.done": _("Order %(number)s is cancelled."),
    "return.done": _("Return %(change)s is open. Please put this number in the parcel."),
    "exchange.done": _("Exchange %(change)s is open. Please put this number in the parcel."),
    "waiting": _("A person from our team will release it first, because of the amount. Nothing has"
                 " changed yet."),
    "declined": _("Nothing was changed."),
    "refused": _("A person from our team has looked at it and has not released it. Nothing was"
                 " changed."),
    "failed": _("Nothing was changed: it is not possible any more as it stands here. Ask me again"
                " to see what is."),
    "expired": _("Nothing was changed: this card has expired. Ask me again for a new one."),
    "replaced": _("A newer card stands further below."),
    "undone": _("Undone. Everything is as it was before."),
}  # fmt: skip


@dataclass(frozen=True)
class ActionCard:
    """A card as shown."""

    title: str
    terms: tuple[str, ...]
    confirm: str
    decline: str


def action_card(values: Mapping[str, str]) -> ActionCard:
    """The card of an offer, from its values as a shopper reads them."""
    kind, method = values["kind"], values.get("method")
    values = {**values, "way": f" ({method})" if method else ""}
    lines = [*values.get("items", "").splitlines(), *_of_kind(kind, values)]
    if values.get("for_staff"):
        lines.append(str(FOR_STAFF))
    return ActionCard(
        TITLES[kind] % values, tuple(lines), str(CONFIRM[kind]), str(DECLINE.get(kind, NOT_NOW))
    )


def _of_kind(kind: str, values: Mapping[str, str]) -> list[str]:
    if kind == "code":
        return [str(CODE)]
    if kind == "cancel":
        return [REFUND["cancel"] % values if values.get("refund") else str(UNCHARGED)]
    condition = [CONDITION % values] if values.get("condition") else []
    return [*(_return(values) if kind == "return" else _exchange(values)), *condition]


def _return(values: Mapping[str, str]) -> list[str]:
    parts = ", ".join(str(text % values) for name, text in PARTS.items() if values.get(name))
    known = values.get("refund")
    lines = [REFUND["return"] % {**values, "parts": parts} if known else OPEN_REFUND % values]
    if values.get("own_label"):
        lines.append(str(OWN_LABEL))
    elif values.get("fee") and not known:
        lines.append(LABEL % values)
    return [*lines, *([SEND_BY % values] if values.get("by") else [])]


def _exchange(values: Mapping[str, str]) -> list[str]:
    lines = [SET_ASIDE % values if values.get("by") else INSTEAD % values]
    if values.get("fee") or values.get("free"):
        lines.append(COSTS % values if values.get("fee") else str(FREE))
    return lines


def action_told(kind: str, state: str, number: str, change: str) -> str:
    """What is said of the action that has come to `state`; `change` is what it is called by."""
    special = f"{kind}.{state}"
    return TOLD[special if special in TOLD else state] % {"number": number, "change": change}

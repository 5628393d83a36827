"""What stands on the card of an action, and what is said of it after the press."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .texts import IN
from .values import apart, said

PARTS = ("goods", "tax", "fee")


@dataclass(frozen=True)
class ActionCard:
    """A card as shown."""

    title: str
    terms: tuple[str, ...]
    confirm: str
    decline: str


def action_card(values: Mapping[str, str], spoken: str = "en") -> ActionCard:
    """The card of an offer, from its values as a shopper reads them."""
    kind, texts = values["kind"], IN[spoken].CARDS
    told = said(values, spoken)
    told["way"] = texts["way"] % told if values.get("method") else ""
    items = [apart(item, spoken) for item in values.get("items", "").splitlines()]
    lines = [*items, *_of_kind(kind, told, texts)]
    if values.get("for_staff"):
        lines.append(texts["for_staff"])
    decline = texts.get(f"decline.{kind}", texts["decline"])
    return ActionCard(
        texts[f"title.{kind}"] % told, tuple(lines), texts[f"confirm.{kind}"], decline
    )


def _of_kind(kind: str, told: Mapping[str, str], texts: Mapping[str, str]) -> list[str]:
    if kind == "code":
        return [texts["code"]]
    if kind == "cancel":
        return [texts["refund.cancel" if told.get("refund") else "refund.none"] % told]
    lines = _return(told, texts) if kind == "return" else _exchange(told, texts)
    return [*lines, *([texts["condition"] % told] if told.get("condition") else [])]


def _return(told: Mapping[str, str], texts: Mapping[str, str]) -> list[str]:
    parts = texts["between"].join(texts[name] % told for name in PARTS if told.get(name))
    known = told.get("refund")
    lines = [texts["refund.return" if known else "refund.open"] % {**told, "parts": parts}]
    if told.get("own_label"):
        lines.append(texts["label.own"])
    elif told.get("fee") and not known:
        lines.append(texts["label"] % told)
    return [*lines, *([texts["send_by"] % told] if told.get("by") else [])]


def _exchange(told: Mapping[str, str], texts: Mapping[str, str]) -> list[str]:
    lines = [texts["set_aside" if told.get("by") else "instead"] % told]
    if told.get("fee") or told.get("free"):
        lines.append(texts["costs" if told.get("fee") else "free"] % told)
    return lines


def action_told(kind: str, state: str, number: str, change: str, spoken: str = "en") -> str:
    """What is said of the action that has come to `state`; `change` is what it is called by."""
    special, texts = f"{kind}.{state}", IN[spoken].TOLD
    told: str = texts[special if special in texts else state]
    return told % said({"number": number, "change": change}, spoken)

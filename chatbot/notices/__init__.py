"""Fixed texts, versioned as a whole: disclosure, identity, safety, persons, languages.

They are the only words a shopper reads from the assistant that no model has written. Whoever
changes one raises VERSION; the record keeps which version was shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .actions import ActionCard, action_card, action_told
from .languages import CANNOT_SERVE

__all__ = [
    "TEXTS",
    "VERSION",
    "ActionCard",
    "Notice",
    "action_card",
    "action_told",
    "disclosure",
    "text",
]

VERSION = "2026-11-29"

TEXTS = {
    "disclosure": _(
        "You are chatting with an AI assistant, not a person. Its answers come from this shop's own"
        " data and are kept on record. You can ask for a person at any time."
    ),
    "ai.yes": _(
        "I'm an AI assistant, a computer program, not a person. You can talk to a person from our"
        " team whenever you like: just say so or press the button below."
    ),
    "person.button": _("I'd like to talk to a person."),
    "identity.sign_in": _(
        "To show you an order I need to know that it's yours. Please sign in, or give me the order"
        " number together with the e-mail address it was placed with."
    ),
    "identity.email": _(
        "Thank you. To look up that order I also need the e-mail address it was placed with, or you"
        " can sign in."
    ),
    "identity.number": _(
        "Thank you. To look up an order I also need its order number, or you can sign in."
    ),
    "identity.not_found": _(
        "I can't show an order with those details. Please check the order number and the e-mail"
        " address it was placed with, or sign in. A person from our team can help as well."
    ),
    "identity.code_wrong": _(
        "That code isn't the right one, or it has expired. Please look at the newest e-mail again,"
        " ask for another code, or sign in."
    ),
    "identity.no_orders": _(
        "I can't find any order under the account you're signed in with. If you ordered as a guest,"
        " give me the order number and the e-mail address used for it."
    ),
    "order.no_guarantee": _(
        "Delivery dates are estimates: I can't promise that a parcel arrives on a certain day."
    ),
    "order.untouched": _(
        "All right. Nothing happens to %(order.number)s unless you press its button, so it stays as"
        " it is."
    ),
    "safety.danger": _(
        "This may be dangerous. If anybody is hurt, feels unwell or could be in danger, call your"
        " local emergency number now. Stop using it, and get away from gas, smoke or fire. I'm an"
        " AI and can't judge this from here."
    ),
    "safety.despair": _(
        "I'm an AI, and this is more than a shop's chat can carry, but you don't have to carry it"
        " alone. Please call your local emergency number or a crisis line now: 988 in the US and"
        " Canada, 116 123 in the UK and Ireland, 112 in the EU. If somebody is near you, tell them."
    ),
    "safety.stop_using": _(
        "Please stop using it for now, and if anybody is hurt or in danger, call your local"
        " emergency number. I can't judge safety from here; a person from our team can look into"
        " it with you."
    ),
    "safety.no_medical_advice": _(
        "I can't give medical advice and I don't have that information. Please ask a doctor or"
        " pharmacist; for questions about a product, a person from our team can help."
    ),
    "safety.no_legal_advice": _(
        "I can't give legal advice or speak for the shop in legal matters. I can pass you on to a"
        " person from our team."
    ),
    "person.joins": _(
        "I've asked a person from our team to join this chat. You can keep writing here meanwhile."
    ),
    "person.later": _(
        "I've passed this chat on to a person from our team. Nobody is at the chat right now, so"
        " a colleague will answer when the team is back. You can keep writing here meanwhile."
    ),
    "person.asked": _(
        "I've passed this chat on to a person from our team. You can keep writing here meanwhile."
    ),
    "person.place": _(
        "You're number %(place)s in line for a person from our team. You can keep writing here"
        " meanwhile."
    ),
    "person.place_later": _(
        "You're number %(place)s in line for a person from our team. Nobody is at the chat right"
        " now, so a colleague will answer when the team is back."
    ),
    "person.back": _(
        "I've passed this chat on to a person from our team. Nobody is at the chat right now; the"
        " team is back on %(back)s. Leave your e-mail address and a colleague answers by e-mail, or"
        " keep writing here."
    ),
    "person.place_back": _(
        "You're number %(place)s in line for a person from our team. Nobody is at the chat right"
        " now; the team is back on %(back)s. Leave your e-mail address and a colleague answers by"
        " e-mail, or keep writing here."
    ),
    "action.press": _(
        "I only do this when you press the button on the card above, so that nothing happens by"
        " mistake. A message is not enough."
    ),
    "claim.held": _(
        "I couldn't confirm what I was about to say against the shop's data, so I've left it out."
        " A person from our team will check it."
    ),
    "hold.waiting": _(
        "A person from our team is checking this before I answer. You can keep writing here"
        " meanwhile."
    ),
    "hold.corrected": _(
        "A person from our team has checked what I was going to say, and answers you below in their"
        " own words."
    ),
    "hold.refused": _(
        "A person from our team has checked what I was going to say, and it wasn't good enough to"
        " send. You're in line for a person now, who will answer you; you can keep writing here"
        " meanwhile."
    ),
    "hold.late": _(
        "Nobody from our team could check my answer in time, so I'm not giving it. Press the button"
        " below to talk to a person; a colleague will look at your message in any case."
    ),
    "people.only": _(
        "The assistant is switched off at the moment. A person from our team will read your message"
        " and answer it; you can keep writing here meanwhile."
    ),
    "unavailable": _(
        "I'm sorry, something went wrong on our side and I can't answer this just now. A person"
        " from our team will see your message."
    ),
}


@dataclass(frozen=True)
class Notice:
    """A fixed text as shown."""

    version: str
    language: str
    text: str


def disclosure(language: str = "en", wording: str = "", mark: str = "") -> Notice:
    """What stands before the first word of every conversation: the standard text, or a website's
    own `wording`, whose `mark` then ends the version."""
    with translation.override(language):
        told = wording or str(TEXTS["disclosure"])
        return Notice(VERSION + mark, translation.get_language() or "en", told)


def text(key: str, slots: Mapping[str, str]) -> str:
    """The notice `key` as shown; the one on languages is in the shopper's own as well."""
    if key == "language.cannot_serve":
        return CANNOT_SERVE.get(slots["language"], CANNOT_SERVE["en"])
    return str(TEXTS[key]) % slots

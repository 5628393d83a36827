"""The fixed texts in English, which the others follow."""

NOTICES = {
    "disclosure": (
        "You are chatting with an AI assistant, not a person. Its answers come from this shop's own"
        " data and are kept on record. You can ask for a person at any time."
    ),
    "ai.yes": (
        "I'm an AI assistant, a computer program, not a person. You can talk to a person from our"
        " team whenever you like: just say so or press the button below."
    ),
    "person.button": "I'd like to talk to a person.",
    "identity.sign_in": (
        "To show you an order I need to know that it's yours. Please sign in, or give me the order"
        " number together with the e-mail address it was placed with."
    ),
    "identity.email": (
        "Thank you. To look up that order I also need the e-mail address it was placed with, or you"
        " can sign in."
    ),
    "identity.number": (
        "Thank you. To look up an order I also need its order number, or you can sign in."
    ),
    "identity.not_found": (
        "I can't show an order with those details. Please check the order number and the e-mail"
        " address it was placed with, or sign in. A person from our team can help as well."
    ),
    "identity.code_wrong": (
        "That code isn't the right one, or it has expired. Please look at the newest e-mail again,"
        " ask for another code, or sign in."
    ),
    "identity.no_orders": (
        "I can't find any order under the account you're signed in with. If you ordered as a guest,"
        " give me the order number and the e-mail address used for it."
    ),
    "identity.others": (
        "An order is shown only to the person who placed it; that holds for family and friends"
        " too. They can ask here themselves: signed in, or with the order number and the e-mail"
        " address it was placed with. If they have given you both, type them here."
    ),
    "identity.others_again": (
        "I'm sorry, I can't make an exception: I can't see who is writing, so an order stays"
        " with the person who placed it, even within one family. They can look it up here,"
        " signed in or with the order number and its e-mail address, or tell you what the"
        " confirmation e-mail says."
    ),
    "order.no_guarantee": (
        "Delivery dates are estimates: I can't promise that a parcel arrives on a certain day."
    ),
    "order.untouched": (
        "All right. Nothing happens to %(order.number)s unless you press its button, so it stays as"
        " it is."
    ),
    "order.as_it_is": (
        "All right. Nothing has been started for %(order.number)s, so it stays as it is."
    ),
    "manners.wishes": (
        "Thank you, and the same to you! If I can help with anything in the shop, just ask."
    ),
    "manners.joy": (
        "Congratulations, that's lovely news! If I can help you with anything for it, just ask."
    ),
    "manners.night": "Good night, and thank you for stopping by.",
    "manners.loss": "I'm very sorry for your loss.",
    "manners.loss_told": (
        "I'm very sorry for your loss. If there is anything here that I can take off your"
        " hands, just say so."
    ),
    "safety.danger": (
        "This may be dangerous. If anybody is hurt, feels unwell or could be in danger, call your"
        " local emergency number now. Stop using it, and get away from gas, smoke or fire. I'm an"
        " AI and can't judge this from here."
    ),
    "safety.emergency": (
        "Please call your local emergency number right now, or have somebody near you call it. I'm"
        " an AI and can't judge this from here."
    ),
    "safety.despair": (
        "I'm an AI, and this is more than a shop's chat can carry, but you don't have to carry it"
        " alone. Please call your local emergency number or a crisis line now: 988 in the US and"
        " Canada, 116 123 in the UK and Ireland, 112 in the EU. If somebody is near you, tell them."
    ),
    "safety.stop_using": (
        "Please stop using it for now, and if anybody is hurt or in danger, call your local"
        " emergency number. I can't judge safety from here; a person from our team can look into"
        " it with you."
    ),
    "safety.no_medical_advice": (
        "I can't give medical advice and I don't have that information. Please ask a doctor or"
        " pharmacist; for questions about a product, a person from our team can help."
    ),
    "health.no_advice_beside": (
        "I can't give medical advice, so please ask a doctor or pharmacist as well. I can only"
        " quote what the shop itself writes."
    ),
    "safety.no_legal_advice": (
        "I can't give legal advice or speak for the shop in legal matters. I can pass you on to a"
        " person from our team."
    ),
    "person.joins": (
        "I've asked a person from our team to join this chat. You can keep writing here meanwhile."
    ),
    "person.later": (
        "I've passed this chat on to a person from our team. Nobody is at the chat right now, so"
        " a colleague will answer when the team is back. You can keep writing here meanwhile."
    ),
    "person.asked": (
        "I've passed this chat on to a person from our team. You can keep writing here meanwhile."
    ),
    "person.place": (
        "You're number %(place)s in line for a person from our team. You can keep writing here"
        " meanwhile."
    ),
    "person.place_later": (
        "You're number %(place)s in line for a person from our team. Nobody is at the chat right"
        " now, so a colleague will answer when the team is back."
    ),
    "person.back": (
        "I've passed this chat on to a person from our team. Nobody is at the chat right now; the"
        " team is back on %(back)s. Leave your e-mail address and a colleague answers by e-mail, or"
        " keep writing here."
    ),
    "person.place_back": (
        "You're number %(place)s in line for a person from our team. Nobody is at the chat right"
        " now; the team is back on %(back)s. Leave your e-mail address and a colleague answers by"
        " e-mail, or keep writing here."
    ),
    "person.away": "Nobody is at the chat until %(back)s.",
    "person.away_mail": "Nobody is at the chat until %(back)s; e-mail: %(email)s.",
    "action.press": (
        "I only do this when you press the button on the card above, so that nothing happens by"
        " mistake. A message is not enough."
    ),
    "claim.held": (
        "I couldn't confirm what I was about to say against the shop's data, so I've left it out."
        " A person from our team will check it."
    ),
    "hold.waiting": (
        "A person from our team is checking this before I answer. You can keep writing here"
        " meanwhile."
    ),
    "hold.corrected": (
        "A person from our team has checked what I was going to say, and answers you below in their"
        " own words."
    ),
    "hold.refused": (
        "A person from our team has checked what I was going to say, and it wasn't good enough to"
        " send. You're in line for a person now, who will answer you; you can keep writing here"
        " meanwhile."
    ),
    "hold.late": (
        "Nobody from our team could check my answer in time, so I'm not giving it. Press the button"
        " below to talk to a person; a colleague will look at your message in any case."
    ),
    "people.only": (
        "The assistant is switched off at the moment. A person from our team will read your message"
        " and answer it; you can keep writing here meanwhile."
    ),
    "unavailable": (
        "I'm sorry, something went wrong on our side and I can't answer this just now. A person"
        " from our team will see your message."
    ),
}

CARDS = {
    "title.code": "Prove with a code that order %(number)s is yours",
    "title.cancel": "Cancel order %(number)s",
    "title.return": "Return from order %(number)s",
    "title.exchange": "Exchange from order %(number)s",
    "confirm.code": "Send me the code",
    "confirm.cancel": "Cancel this order",
    "confirm.return": "Open this return",
    "confirm.exchange": "Open this exchange",
    "decline": "Not now",
    "decline.cancel": "Keep the order",
    "code": (
        "A code of 6 digits goes to the e-mail address that the order was placed with. Type it here"
        " within 10 minutes."
    ),
    "way": " (%(method)s)",
    "refund.cancel": "Refund: %(refund)s, the way you paid%(way)s",
    "refund.none": "You have not been charged for it",
    "refund.return": (
        "Refund once it has arrived and been checked: %(refund)s (%(parts)s), the way you"
        " paid%(way)s"
    ),
    "refund.open": (
        "Refund once it has arrived and been checked: what you paid for it, the way you paid%(way)s"
    ),
    "between": ", ",
    "goods": "%(goods)s for what you send back",
    "tax": "%(tax)s tax",
    "fee": "less %(fee)s for the return label",
    "label": "The return label costs %(fee)s, taken off the refund",
    "label.own": "You arrange and pay for the parcel back",
    "send_by": "Send the parcel by %(by)s",
    "set_aside": "%(replacement)s is set aside for you until %(by)s",
    "instead": "In exchange: %(replacement)s",
    "costs": "The exchange costs %(fee)s",
    "free": "The exchange is free",
    "condition": "Condition: %(condition)s",
    "for_staff": "A person from our team releases it first, because of the amount",
}

TOLD = {
    "code.done": (
        "If there is such an order, a code is on its way to its e-mail address. Type it here."
    ),
    "code.failed": "Too many codes within one hour. Please try again later, or sign in.",
    "cancel.done": "Order %(number)s is cancelled.",
    "return.done": "Return %(change)s is open. Please put this number in the parcel.",
    "exchange.done": "Exchange %(change)s is open. Please put this number in the parcel.",
    "waiting": (
        "A person from our team will release it first, because of the amount. Nothing has changed"
        " yet."
    ),
    "declined": "Nothing was changed.",
    "refused": (
        "A person from our team has looked at it and has not released it. Nothing was changed."
    ),
    "failed": (
        "Nothing was changed: it is not possible any more as it stands here. Ask me again to see"
        " what is."
    ),
    "expired": "Nothing was changed: this card has expired. Ask me again for a new one.",
    "replaced": "A newer card stands further below.",
    "undone": "Undone. Everything is as it was before.",
}

# Parts of what stands on a link beside a reply.
LINKS = {
    "sold_out": "sold out",
    "in_stock": "in stock",
    "left": "in stock, %(left)s left",
    "some": "%(there)s of %(all)s versions in stock",
    "total": "total %(amount)s",
    "took_off": "%(code)s took off %(amount)s",
    "refunded": "refunded %(amount)s",
    "going_back": "return %(number)s open",
    "cancelled": "Cancelled",
    "cancelled_on": "Cancelled %(day)s",
    "delivered": "Delivered",
    "delivered_on": "Delivered %(day)s",
    "unpaid": "Not shipped yet, waiting for payment",
    "uncharged": "Not shipped yet, not charged yet",
    "not_shipped": "Not shipped yet",
    "shipped": "Shipped",
    "partly": "Partly shipped",
    "expected": "expected %(day)s",
    "rest": "not shipped yet: %(rest)s",
    "with": "with %(carrier)s",
}

"""What shoppers fill in to buy and to find an order."""

from __future__ import annotations

import re
import uuid
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext_lazy as _

from . import shipping
from .checkout import Wanted
from .values import Rules

PICKUP, SEND = "pickup", "send"
STATES = frozenset("US CA AU".split())  # whose addresses name a state or province
NO_POSTCODE = frozenset("AE AO BS BZ FJ GH HK IE JM KE MO PA QA TZ UG ZW".split())
ADDRESS = ("address1", "address2", "city", "zip", "province", "country")
NOWHERE = frozenset("EU EZ UN XA XB ZZ QO".split())  # of the names, no country's
ASKED = ("name", "address1", "city")  # of an address, in every country


def text(label: Any, most: int, autocomplete: str = "", **more: Any) -> forms.CharField:
    """A line of text."""
    hints = {"autocomplete": autocomplete} if autocomplete else {}
    return forms.CharField(label=label, max_length=most, required=False,
                           widget=forms.TextInput(hints), **more)  # fmt: skip


class CheckoutForm(forms.Form):
    """Who orders and where to. What an address needs depends on its country and on picking up."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Please fill this in.")},
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("How would you like to get it?"), required=False, initial=SEND,
        choices=((SEND, _("Send it to an address")), (PICKUP, _("I pick it up"))),
        widget=forms.RadioSelect,
    )  # fmt: skip
    name = text(_("Name"), 255, "name")
    country = forms.ChoiceField(
        label=_("Country"), required=False, widget=forms.Select({"autocomplete": "country"})
    )
    address1 = text(_("Street and number"), 255, "address-line1")
    address2 = text(_("Flat, floor, company (if any)"), 255, "address-line2")
    city = text(_("City"), 120, "address-level2")
    province = text(_("State or province"), 40, "address-level1")
    zip = text(_("Postcode"), 20, "postal-code")
    note = forms.CharField(
        label=_("A note for us (if any)"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    code = text(_("Promotion code (if any)"), 120, "off")
    method = forms.CharField(max_length=300, required=False, widget=forms.HiddenInput)
    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    total = forms.DecimalField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rules: Rules, sent: bool, **more: Any) -> None:
        super().__init__(*args, **more | {"label_suffix": ""})
        self.sent = sent  # whether anything goes by post
        self.fields["country"].choices = _countries(rules)  # type: ignore[attr-defined]
        if not (sent and shipping.pickups(rules)):
            del self.fields["how"]

    def clean(self) -> dict[str, Any]:
        """An address has what its country asks for."""
        given = super().clean() or {}
        if self.sent and given.get("how") != PICKUP:
            self._asked(given)
        elif not given.get("name"):
            self.add_error("name", _("Please fill this in."))
        return given

    def _asked(self, given: dict[str, Any]) -> None:
        country = given.get("country", "")
        states = ("province",) if country in STATES else ()
        postcode = () if country in NO_POSTCODE else ("zip",)
        for name in (*ASKED, "country", *states, *postcode):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("Please fill this in."))
        state = given.get("province", "")
        if country in STATES and state and not re.fullmatch(r"[A-Za-z]{2,3}", state):
            self.add_error("province", _("Write it as two or three letters, such as ME."))

    def wanted(self) -> Wanted:
        """What was filled in."""
        given = self.cleaned_data
        pickup = given.get("how") == PICKUP
        address = {key: given[key] for key in ADDRESS if given.get(key)}
        if given.get("country") in STATES and "province" in address:
            address["province"] = address["province"].upper()
        return Wanted(
            email=given["email"], name=given["name"], pickup=pickup, note=given["note"],
            address=address if self.sent and not pickup else {}, method=given["method"],
            code=given["code"], shown=given["total"], seen=given["seen"],
        )  # fmt: skip

    @property
    def checkout_key(self) -> uuid.UUID | None:
        """The checkout that the form belongs to."""
        try:
            return uuid.UUID(self.cleaned_data.get("key", ""))
        except ValueError:
            return None


class FindOrderForm(forms.Form):
    """By what a guest proves an order."""

    number = forms.CharField(label=_("Order number"), max_length=40)
    email = forms.EmailField(
        label=_("E-mail address of the order"), max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )  # fmt: skip


def _countries(rules: Rules) -> list[tuple[str, str]]:
    """Where the shop sends to, by name, its own country first."""
    known = Locale.parse(to_locale(get_language() or "en")).territories
    named = {str(code): name for code, name in known.items()}
    every = [code for code in named if len(code) == 2 and code.isalpha() and code not in NOWHERE]
    codes = shipping.countries(rules) or every
    home = rules.get("shop.country") or ""
    return sorted(
        ((code, str(named.get(code, code))) for code in codes),
        key=lambda pair: (pair[0] != home, pair[1]),
    )

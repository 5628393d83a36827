"""The pages that recommend: "For you", what goes with a product, and what shoppers do about it.

Everything works as plain forms. A guest's dismissals, and those of who switched it off, stay in
their browser's session.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from storefront import queries

from . import recommending

SESSION, UNDO = "dismissed", "undo_dismissal"
MOST, MOST_BESIDE = 12, 4
MOST_DISMISSED = 50  # of a guest
OF_A_PAGE = frozenset((recommending.Why.PAGE_TOO, recommending.Why.PAGE_ALIKE))
PRODUCT = "storefront:product"
Answer = Callable[[HttpRequest], HttpResponse]


class Looked:
    """Notes, once a product's page was shown, that a signed-in shopper looked at it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        shown = match is not None and match.view_name == PRODUCT and response.status_code == 200
        ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
        if match and shown and request.method == "GET" and not ahead:
            recommending.look(shopper(request), match.kwargs["handle"])
        return response


@never_cache
@require_GET
def for_you(request: HttpRequest) -> HttpResponse:
    """What a shopper may like and why, and what they can do about it."""
    who = shopper(request)
    own = who is not None and recommending.personal(who)
    hidden = [
        *request.session.get(SESSION, []),
        *(recommending.dismissed(who) if who and own else ()),
    ]
    return render(
        request, "chatbot/recommending/page.html",
        {"picks": recommending.shown(whom(request), MOST), "personal": own, "undo": undo(request),
         "hidden": list(queries.products_called(hidden).values())},
    )  # fmt: skip


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Show a product no more."""
    handle, who = request.POST.get("handle", ""), shopper(request)
    if "\x00" in handle or queries.product(handle) is None:
        return _back(request)
    if who is not None and recommending.personal(who):
        recommending.dismiss(who, handle)
    else:
        kept = [h for h in request.session.get(SESSION, []) if h != handle]
        request.session[SESSION] = [handle, *kept][:MOST_DISMISSED]
    request.session[UNDO] = handle
    return _back(request)


@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Show it again."""
    handle, who = request.POST.get("handle", ""), shopper(request)
    if who is not None and "\x00" not in handle:
        recommending.restore(who, handle)
    if handle in request.session.get(SESSION, []):
        request.session[SESSION] = [h for h in request.session[SESSION] if h != handle]
    return _back(request)


@require_POST
@login_required
def switch(request: HttpRequest) -> HttpResponse:
    """Conclude from what the shopper did, or from nothing any more."""
    on = request.POST.get("personal") == "on"
    recommending.switch(cast(int, request.user.pk), on)
    messages.success(request, _("Switched on.") if on else _("Switched off."))
    return redirect("chatbot:for_you")


@require_POST
@login_required
def wipe(request: HttpRequest) -> HttpResponse:
    """Begin anew."""
    recommending.wipe(cast(int, request.user.pk))
    request.session.pop(SESSION, None)
    messages.success(request, _("Forgotten. Only what you do from now on counts."))
    return redirect("chatbot:for_you")


def beside(request: HttpRequest, handle: str) -> dict[str, Any]:
    """What goes with a product, on its page."""
    picks = recommending.shown(whom(request), MOST_BESIDE, page=handle, whys=OF_A_PAGE)
    return {"picks": picks, "undo": undo(request), "page": handle, "back": request.path}


def shopper(request: HttpRequest) -> int | None:
    """Who is signed in."""
    return request.user.pk if request.user.is_authenticated else None


def whom(request: HttpRequest) -> recommending.Whom:
    """Who is shown something."""
    return recommending.Whom(shopper(request), frozenset(request.session.get(SESSION, [])))


def undo(request: HttpRequest) -> queries.Product | None:
    """What was dismissed just now, told once."""
    handle = request.session.pop(UNDO, "") if UNDO in request.session else ""
    return queries.product(handle) if handle else None


def _back(request: HttpRequest) -> HttpResponse:
    """To the page one came from, if it is one of this site."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure())
    return redirect(f"{page}#picks" if ours else f"{reverse('chatbot:for_you')}#picks")

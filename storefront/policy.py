"""Where the admin differs from the rest of the site: its content security policy, its language."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation


class AdminPolicy:
    """Lets the admin theme work.

    Its library evaluates expressions and writes style attributes; without both, its closed dialogs
    lie open over every page. A website is previewed in a frame of ours. Inline scripts and foreign
    sources stay forbidden there as elsewhere, and what shoppers wrote is escaped.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(reverse("admin:index")):
            looser = {"style-src": [UNSAFE_INLINE], "script-src": [UNSAFE_EVAL]}
            looser["frame-src"] = [SELF]
            response._csp_update = looser  # type: ignore[attr-defined]
        return response


class AdminInEnglish:
    """Keeps the pages of staff in one language, whatever their browsers ask for: our own words are
    translated for shoppers only, and Django's beside them would make pages of two languages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("admin:index")):
            translation.activate("en")
            request.LANGUAGE_CODE = "en"
        return self.get_response(request)

"""A shopper's orders: the list, the story of one, and how a guest finds one."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from . import limits, ownership
from .forms import FindOrderForm
from .models import Order
from .story import story


@login_required
def orders(request: HttpRequest) -> HttpResponse:
    """The shopper's own orders."""
    rows = Order.objects.filter(user_id=cast(int, request.user.pk)).prefetch_related("lines")
    return render(request, "storefront/orders.html", {"orders": rows})


def told(row: Order) -> dict[str, Any]:
    """What the pages of an order show."""
    lines = row.lines.select_related("variant__product")
    return {"order": row, "story": story(row), "lines": lines}


@never_cache
def order(request: HttpRequest, name: str) -> HttpResponse:
    """One order, for its owner and for who placed or proved it; anybody else's does not exist."""
    row = ownership.seen(request, name)
    if row is not None:
        return render(request, "storefront/order.html", told(row))
    asked = urlencode({"number": name})
    if request.user.is_authenticated:
        return _page(request, _form(name), 404)
    return redirect(f"{reverse('storefront:find_order')}?{asked}")


@never_cache
def find_order(request: HttpRequest) -> HttpResponse:
    """By number and e-mail address; one answer for all that do not belong together."""
    if request.method != "POST":
        return _page(request, _form(request.GET.get("number", "")))
    form = FindOrderForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _page(request, form, 422)
    if not limits.within("order-lookups", request, settings.GUEST_LOOKUPS_PER_HOUR):
        form.add_error(None, _("That were many tries. Please try again in an hour, or ask us."))
        return _page(request, form, 429)
    given = form.cleaned_data
    found = ownership.prove(request, given["number"], given["email"])
    if found is not None:
        return redirect("storefront:order", found.number)
    form.add_error(None, _("We find no order with this number and e-mail address."))
    return _page(request, form, 404)


def _form(number: str) -> FindOrderForm:
    return FindOrderForm(initial={"number": number[:40]}, label_suffix="")


def _page(request: HttpRequest, form: FindOrderForm, status: int = 200) -> HttpResponse:
    number = form.initial.get("number") or form.data.get("number", "")
    context = {"form": form, "next": reverse("storefront:order", args=[number]) if number else ""}
    return render(request, "storefront/find_order.html", context, status=status)

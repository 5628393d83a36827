"""The pages on which a shopper buys: cart, checkout, confirmation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_POST

from . import carts, limits, ownership, picking, queries
from .checkout import NotPlaced, Offer, Wanted, needs_shipping, offer, place
from .forms import ADDRESS, CheckoutForm
from .given import number
from .models import Cart, Order, Product, User
from .order_views import told

DIGITS = 3  # of a quantity


@require_POST
def add(request: HttpRequest, handle: str) -> HttpResponse:
    """Put the version that was chosen into the cart; what can't be is said."""
    product = get_object_or_404(Product, handle=handle, status=Product.Status.ACTIVE)
    variants = list(product.variants.filter(withdrawn=False))
    variant = picking.picked(product, variants, request.POST.dict())
    if variant is None:
        messages.error(request, _("There is no such version. Please choose another."))
        return redirect("storefront:product", handle)
    page = f"{reverse('storefront:product', args=[handle])}?{urlencode({'version': variant.sku})}"
    if not variant.in_stock:
        messages.error(request, _("This version has sold out. Please choose another."))
        return redirect(page)
    there, whole = carts.add(
        carts.open_for(request), variant, number(request.POST.get("quantity", ""), DIGITS) or 1
    )
    _tell_added(request, str(product), there, whole)
    return redirect("storefront:cart")


@never_cache
@require_GET
def cart(request: HttpRequest) -> HttpResponse:
    """What is in the cart, what of it has changed, and what was just taken out."""
    own = carts.of(request)
    items = carts.items(own)
    out = carts.removed(own, number(request.GET.get("removed", "")))
    context = {
        "items": items, "removed": out, "goods": sum((i.amount for i in items), Decimal(0)),
        "blocked": any(item.problem for item in items),
    }  # fmt: skip
    return render(request, "storefront/cart.html", context)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another number of pieces, out of the cart, or back into it."""
    own = carts.of(request)
    if own is None:
        return redirect("storefront:cart")
    wished = number(request.POST.get("quantity", ""), DIGITS)
    if "back" in request.POST:
        carts.remove(own, pk, back=True)
    elif "remove" in request.POST or wished == 0:
        carts.remove(own, pk)
        return redirect(f"{reverse('storefront:cart')}?removed={pk}")
    elif wished is None or not carts.change(own, pk, wished):
        messages.error(request, _("There are not as many. Nothing was changed."))
    else:
        messages.success(request, _("The quantity is changed."))
    return redirect("storefront:cart")


@cache_control(private=True, max_age=0)  # going back finds what was typed
def checkout(request: HttpRequest) -> HttpResponse:
    """Where to, how, what it comes to; then the order. What was filled in is never lost."""
    own, rules = carts.of(request), queries.rules()
    items = carts.items(own)
    sent = needs_shipping(items)
    if request.method != "POST":
        form = CheckoutForm(rules=rules, sent=sent, initial=_known(request))
        return _checkout_page(request, form, own, None) if items else redirect("storefront:cart")
    form = CheckoutForm(request.POST, rules=rules, sent=sent)
    if not form.is_valid():
        return _checkout_page(request, form, own, None, 422)
    wanted = form.wanted()
    if "place" not in request.POST:
        return _checkout_page(request, form, own, offer(own, wanted, _user(request)))
    return _place(request, form, own, wanted)


def _place(
    request: HttpRequest, form: CheckoutForm, own: Cart | None, wanted: Wanted
) -> HttpResponse:  # fmt: skip
    key = form.checkout_key
    if key and (known := Order.objects.filter(key=key).first()):  # pressed before
        return redirect("storefront:placed", known.number)
    if not limits.within("orders", request, settings.ORDERS_PER_HOUR):
        form.add_error(None, _("There have been many orders from here. Please try again later."))
        return _checkout_page(request, form, own, offer(own, wanted, _user(request)), 429)
    if own is None or key is None:
        return redirect("storefront:cart")
    try:
        order = place(own, key, _user(request), replace(wanted, site=_site(request)))
    except NotPlaced as no:
        return _checkout_page(request, form, own, no.offer, 409)
    ownership.remember(request, order)
    return redirect("storefront:placed", order.number)


@never_cache
@require_GET
def placed(request: HttpRequest, name: str) -> HttpResponse:
    """That the order is placed, and what comes next."""
    order = ownership.seen(request, name)
    if order is None:
        return redirect("storefront:find_order")
    return render(request, "storefront/placed.html", told(order))


def _checkout_page(
    request: HttpRequest, form: CheckoutForm, own: Cart | None, found: Offer | None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    for name, problem in (found.problems if found else {}).items():
        form.add_error(name if name in form.fields and name != "method" else None, problem)
    items = found.items if found else carts.items(own)
    context = {
        "form": form, "offer": found, "items": items, "cart": own, "fields": ADDRESS,
        "blocked": any(item.problem for item in items),
    }  # fmt: skip
    return render(request, "storefront/checkout.html", context, status=status)


def _known(request: HttpRequest) -> dict[str, Any]:
    """What is known of a signed-in shopper: the address of the last order, but of none placed
    here, which a guest may have placed with the shopper's e-mail address."""
    user = _user(request)
    if user is None:
        return {}
    own = Order.objects.filter(user_id=user.pk, key=None)
    last = own.exclude(shipping_address={}).first()
    name = last.shipping_name if last else user.get_full_name()
    known = {"email": user.email, "name": name, "country": user.country}
    return known | (dict(last.shipping_address) if last else {})


def _site(request: HttpRequest) -> str:
    """Where the shop is open, as the browser has it."""
    return request.build_absolute_uri("/").rstrip("/")


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _tell_added(request: HttpRequest, product: str, there: int, whole: bool) -> None:
    if whole:
        told = _("%(product)s is in your cart.")
        messages.success(request, told % {"product": product})
    else:
        told = _("There can't be more than %(count)s of %(product)s in one order.")
        messages.warning(request, told % {"product": product, "count": there})

"""The pages on which products are found: departments, search, suggestions as one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from . import search as finding
from .models import Product
from .search.wanted import MOST_QUERY, SORTS
from .templatetags.money import cheapest, money


def department(request: HttpRequest, name: str) -> HttpResponse:
    """Everything of one department, as it is filtered and sorted."""
    wanted = finding.read(request.GET)
    rows = Product.objects.filter(status=Product.Status.ACTIVE, department=name)
    shown = finding.listing(wanted, rows)
    return render(request, "storefront/listing.html", _context(shown) | {"title": name})


def search(request: HttpRequest) -> HttpResponse:
    """What fits the words in the search box, as it is filtered and sorted."""
    wanted = finding.read(request.GET)
    shown = finding.listing(wanted)
    return render(request, "storefront/search.html", _context(shown) | {"query": wanted.query})


def suggest(request: HttpRequest) -> HttpResponse:
    """The first products for what is being typed, and how many there are, in words."""
    query = request.GET.get("q", "")[:MOST_QUERY]
    _found, products = finding.suggested(query)
    told = ngettext("%(n)d suggestion", "%(n)d suggestions", len(products)) % {"n": len(products)}
    options = [
        {
            "title": product.title,
            "price": money(v.price) if (v := cheapest(product.variants.all())) else "",
            "href": reverse("storefront:product", args=[product.handle]),
        }
        for product in products
    ]
    return JsonResponse(
        {"told": told if products else gettext("No suggestions"), "options": options}
    )


def _context(shown: finding.Listing) -> dict[str, object]:
    return {"listing": shown, "sorts": _sorts(shown), "applied": _applied(shown.wanted)}


def _sorts(shown: finding.Listing) -> list[tuple[str, str]]:
    best = gettext("Name") if shown.found is None else gettext("Best match")
    labels = (best, gettext("Price, low to high"), gettext("Price, high to low"), gettext("Newest"))
    return list(zip(SORTS, labels, strict=True))


def _applied(wanted: finding.Wanted) -> list[tuple[str, str]]:
    """Each filter that is on, with the address of the page without it."""
    found = [(v, wanted.without("departments", v)) for v in wanted.departments]
    found += [(v, wanted.without("brands", v)) for v in wanted.brands]
    found += [(f"{n}: {v}", wanted.without("options", (n, v))) for n, v in wanted.options]
    if wanted.low is not None:
        told = gettext("From %(price)s") % {"price": money(wanted.low)}
        found.append((told, wanted.without("low")))
    if wanted.high is not None:
        told = gettext("Up to %(price)s") % {"price": money(wanted.high)}
        found.append((told, wanted.without("high")))
    if wanted.stock:
        found.append((gettext("In stock"), wanted.without("stock")))
    return [(label, left.address) for label, left in found]

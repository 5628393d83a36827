"""The shop's pages."""

from __future__ import annotations

from django.contrib.auth.views import LoginView
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from . import markup
from .models import Article, Product, Variant
from .picking import picker
from .search.passages import passages
from .search.wanted import MOST_QUERY

MARKDOWN = MarkdownIt("commonmark").enable("table")
FEATURED = 8


class SignIn(LoginView):
    """Sign in by e-mail address and password."""

    template_name = "storefront/sign_in.html"
    redirect_authenticated_user = True


def home(request: HttpRequest) -> HttpResponse:
    """What is reduced now, and what there is."""
    live = Variant.objects.filter(product=OuterRef("pk"), withdrawn=False)
    less = live.filter(compare_at__gt=F("price"))
    products = _on_sale().annotate(less=Exists(less))
    return render(
        request, "storefront/home.html",
        {"reduced": products.filter(less=True)[:FEATURED],
         "products": products.filter(less=False)[:FEATURED]},
    )  # fmt: skip


def product(request: HttpRequest, handle: str) -> HttpResponse:
    """One product with its variants."""
    row = get_object_or_404(_on_sale("variants__price_points"), handle=handle)
    variants = [variant for variant in row.variants.all() if not variant.withdrawn]
    chosen = picker(row, variants, request.GET.get("version", ""))
    context = {"product": row, "variants": variants, "picker": chosen}
    return render(request, "storefront/product.html", context)


def help_centre(request: HttpRequest) -> HttpResponse:
    """All help articles, or the passages that fit what is asked of them."""
    asked = request.GET.get("about", "").strip()[:MOST_QUERY]
    fit, found = passages(asked)
    articles = [a.current for a in Article.objects.filter(withdrawn=False)]
    return render(
        request, "storefront/help.html",
        {"articles": sorted(articles, key=lambda a: a.title), "asked": asked, "found": found,
         "fit": fit},
    )  # fmt: skip


def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One help article as it stands today."""
    row = get_object_or_404(Article, slug=slug, withdrawn=False).current
    body = mark_safe(markup.clean(MARKDOWN.render(row.text)))  # noqa: S308 - cleaned just now
    return render(request, "storefront/article.html", {"article": row, "body": body})


def _on_sale(*more: str) -> QuerySet[Product]:
    rows = Product.objects.filter(status=Product.Status.ACTIVE)
    return rows.prefetch_related("variants", *more)

"""The shop's pages."""

from __future__ import annotations

from django.contrib.auth.views import LoginView
from django.db.models import Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from . import markup
from .models import Article, Product
from .picking import picker
from .search import find

MARKDOWN = MarkdownIt("commonmark").enable("table")
FEATURED = 8


class SignIn(LoginView):
    """Sign in by e-mail address and password."""

    template_name = "storefront/sign_in.html"
    redirect_authenticated_user = True


def home(request: HttpRequest) -> HttpResponse:
    """What is reduced now, and what there is."""
    products = _on_sale()
    reduced = [p for p in products if any(v.reduced for v in p.variants.all())]
    rest = [p for p in products if p not in reduced]
    return render(
        request, "storefront/home.html",
        {"reduced": reduced[:FEATURED], "products": rest[:FEATURED]},
    )  # fmt: skip


def department(request: HttpRequest, name: str) -> HttpResponse:
    """Everything of one department."""
    products = _on_sale().filter(department=name)
    return render(request, "storefront/listing.html", {"title": name, "products": products})


def search(request: HttpRequest) -> HttpResponse:
    """What fits the words in the search box."""
    query = request.GET.get("q", "").strip()[:200]
    context = {"query": query, "products": find(query) if query else []}
    return render(request, "storefront/search.html", context)


def product(request: HttpRequest, handle: str) -> HttpResponse:
    """One product with its variants."""
    row = get_object_or_404(_on_sale(), handle=handle)
    variants = list(row.variants.filter(withdrawn=False))
    chosen = picker(row, variants, request.GET.get("version", ""))
    context = {"product": row, "variants": variants, "picker": chosen}
    return render(request, "storefront/product.html", context)


def help_centre(request: HttpRequest) -> HttpResponse:
    """All help articles."""
    articles = [a.current for a in Article.objects.filter(withdrawn=False)]
    return render(
        request, "storefront/help.html", {"articles": sorted(articles, key=lambda a: a.title)}
    )


def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One help article as it stands today."""
    row = get_object_or_404(Article, slug=slug, withdrawn=False).current
    body = mark_safe(markup.clean(MARKDOWN.render(row.text)))  # noqa: S308 - cleaned just now
    return render(request, "storefront/article.html", {"article": row, "body": body})


def _on_sale() -> QuerySet[Product]:
    return (
        Product.objects.filter(status=Product.Status.ACTIVE)
        .annotate(from_price=Min("variants__price"))
        .prefetch_related("variants")
    )

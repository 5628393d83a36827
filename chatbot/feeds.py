"""The shop's catalogue for other shop windows: Google's format, with the studio's texts in it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from storefront import exporting, limits, queries

from . import marked

KIND = "application/xml; charset=utf-8"
MOST_KEPT = 1_000_000  # bytes, packed; a longer feed is written anew for everybody
SECONDS = 3600
DAY = 24 * 3600
CHUNK = 500  # products whose texts are asked for together


def written(form: str, site: str) -> Iterator[str]:
    """The feed of the shop as it is now, piece by piece."""
    shop = str(queries.rules().get("shop.name") or "Counterfoil")
    return exporting.pieces(form, exporting.items(marked.of_feed, site), shop, site)


def version(site: str) -> str:
    """Changes whenever anything in the feed does: products, stock, rules, and texts that were
    approved, withdrawn, or do not hold any more."""
    handles = iter(sorted(queries.handles()))
    told = [site, queries.catalogue_version()]
    while some := list(islice(handles, CHUNK)):
        told.append(marked.standing(some))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _etag(request: HttpRequest) -> str:
    """Worked out once a request."""
    tag = getattr(request, "feed_version", "")
    if not tag:
        tag = version(request.build_absolute_uri("/"))
        request.feed_version = tag  # type: ignore[attr-defined]
    return f'"{tag}"'


def _since(request: HttpRequest) -> datetime:
    """Since when the feed is as it is: when that was first seen. A state that returns is a new one,
    or whoever knows only the date would keep what was withdrawn."""
    key = f"feed:since:{hashlib.sha256(request.build_absolute_uri('/').encode()).hexdigest()}"
    tag = _etag(request)
    known: tuple[str, datetime] | None = cache.get(key)
    if known is None or known[0] != tag:
        known = (tag, timezone.now())
        cache.set(key, known, DAY)
    return known[1]


def google(request: HttpRequest) -> HttpResponseBase:
    """/feeds/google.xml, as often as an address may ask for it."""
    if not settings.GOOGLE_FEED:
        raise Http404
    if not limits.within("feed", request, settings.FEEDS_PER_HOUR):
        return HttpResponse(status=429, headers={"Retry-After": str(limits.HOUR)})
    answer: HttpResponseBase = _google(request)
    return answer


@require_safe
@condition(etag_func=_etag, last_modified_func=_since)
def _google(request: HttpRequest) -> HttpResponseBase:
    tag, site = _etag(request), request.build_absolute_uri("/")
    headers = {"Cache-Control": "public, no-cache"}  # kept, and asked for again before it is used
    if kept := cache.get(f"feed:{tag}"):
        return HttpResponse(zlib.decompress(kept), content_type=KIND, headers=headers)
    parts = _keeping(tag, site, written("xml", site))
    return StreamingHttpResponse(parts, content_type=KIND, headers=headers)


def _keeping(tag: str, site: str, parts: Iterable[str]) -> Iterator[bytes]:
    """The pieces, kept for who asks next if they are not too long and nothing changed meanwhile."""
    packer, packed = zlib.compressobj(), bytearray()
    for part in parts:
        piece = part.encode()
        yield piece
        if len(packed) <= MOST_KEPT:
            packed += packer.compress(piece)
    packed += packer.flush()
    if len(packed) <= MOST_KEPT and f'"{version(site)}"' == tag:
        cache.set(f"feed:{tag}", bytes(packed), SECONDS)

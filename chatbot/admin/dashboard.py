"""The dashboard: how conversations go, how fast, what is held, what waits; to see and to take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chatbot import spreadsheets, writing
from chatbot.figures import trial
from chatbot.figures.cells import shown
from chatbot.figures.report import PERIODS, Figure, Report, called
from chatbot.models import Day
from storefront.staff import ReadOnlyAdmin

from . import drawing

USUAL = 30  # days


@admin.register(Day)
class DashboardAdmin(ReadOnlyAdmin):
    """One page of figures in place of a list of rows."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="chatbot_day_changelist"),
            path("figures.csv", wrap(self.csv_view), name="chatbot_day_csv"),
            path("figures.json", wrap(self.json_view), name="chatbot_day_json"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        report = self._report(request)
        context = self.admin_site.each_context(request) | _board(report) | _trial(report)
        context |= {"title": _("Dashboard"), "opts": self.opts} | _filters(report)
        return TemplateResponse(request, "admin/chatbot/day/change_list.html", context)

    def csv_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """Every number of every figure, one a line."""
        return _file(_csv(self._report(request)), "text/csv; charset=utf-8", "csv")

    def json_view(self, request: HttpRequest) -> StreamingHttpResponse:
        """Every figure with its definition and its rows."""
        return _file(_json(self._report(request)), "application/json", "json")

    def _report(self, request: HttpRequest) -> Report:
        """The figures asked for; raises PermissionDenied for who may not see them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        days, version = request.GET.get("days", ""), request.GET.get("version", "")
        engine, _bar, weights = version.rpartition("|")
        period = int(days) if days in map(str, PERIODS) else USUAL
        return Report(period, (engine, weights) if version else None)


def _filters(report: Report) -> dict[str, Any]:
    """What can be chosen, and what is."""
    chosen = "|".join(report.version) if report.version else ""
    kept: dict[str, Any] = {"version": chosen} if chosen else {}
    days = len(report.dates)
    return {
        "periods": [(n, urlencode(kept | {"days": n}), n == days) for n in PERIODS],
        "versions": [("|".join(v), called(v), v == report.version) for v in report.versions],
        "days": days, "chosen": chosen, "query": urlencode(kept | {"days": days}),
    }  # fmt: skip


def _board(report: Report) -> dict[str, Any]:
    """Everything drawn on the page."""
    by_name = {figure.name: figure for figure in report.figures()}
    outcomes, versions = by_name["outcomes"], by_name["versions"]
    return {
        "late": report.late, "nothing": not any(f for f in report.total if report.total[f]),
        "tiles": _tiles(by_name["summary"]),
        "daily": drawing.stacked(by_name["outcomes_by_day"]), "outcomes": outcomes,
        "spans": [_span(place, row) for place, row in enumerate(outcomes.rows, 1)],
        "held": by_name["held_claims"], "kinds": _kinds(by_name["held_claims"]),
        "thumbs": drawing.stacked(by_name["thumbs"]),
        "first": drawing.lines(by_name["first_sentence"], 2, "ms"),
        "waiting": drawing.grouped(by_name["waiting"], 2, "seconds"),
        "reviews": drawing.grouped(by_name["reviews"]),
        "sides": versions if len(versions.rows) > 1 else None,
        "compared": _compared(versions), "summary": by_name["summary"],
        "costs": by_name["costs"], "circuits": writing.circuits(),
    }  # fmt: skip


def _tiles(summary: Figure) -> list[dict[str, str]]:
    """The main numbers; a share with its range, a median with what 9 of 10 stayed within."""
    tiles = []
    for title, value, unit, low, high, within in summary.rows:
        note = "" if low is None else f"{shown(low, unit)} – {shown(high, unit)}"
        if within is not None:
            note = gettext("9 of 10 within %s") % shown(within, unit)
        tiles.append({"title": title, "value": shown(value, unit), "note": note})
    return tiles


def _span(place: int, row: tuple[Any, ...]) -> dict[str, Any]:
    """A share as a bar with its interval, in percent."""
    title, count, rate, low, high, *meaning = row
    ends = [round(100 * (value or 0), 1) for value in (rate, low, high)]
    known = rate is not None
    return {
        "place": place, "title": title, "count": count, "bar": ends[0], "low": ends[1],
        "high": ends[2], "wide": round(ends[2] - ends[1], 1), "known": known,
        "share": shown(rate, "share"), "meaning": "".join(meaning),
        "range": f"{shown(low, 'share')} – {shown(high, 'share')}" if known else "",
    }  # fmt: skip


def _kinds(held: Figure) -> list[dict[str, Any]]:
    """The kinds of held claims, the longest bar for the most frequent."""
    most = max((count for _kind, count, _per in held.rows), default=1)
    return [
        {"title": kind, "count": count, "bar": round(100 * count / most, 1),
         "per": shown(per, "number")}
        for kind, count, per in held.rows
    ]  # fmt: skip


def _compared(versions: Figure) -> list[dict[str, Any]]:
    """Each share with the spans of all versions below each other."""
    headings = list(versions.columns.values())
    places = range(2, len(headings) - 3, 3)
    return [
        {"title": headings[at][0],
         "spans": [_span(n, (row[0], row[1], *row[at : at + 3]))
                   for n, row in enumerate(versions.rows, 1)]}
        for at in places
    ]  # fmt: skip


def _trial(report: Report) -> dict[str, Any]:
    """The engine on trial beside the one that stands, where there was one in this period."""
    found = trial.newest(report.dates[0])
    if found is None:
        return {}
    numbers, shares, times = trial.figures(found)
    drawn = [drawing.beside(figure, found.names) for figure in (shares, times)]
    return {"trial": found, "trial_numbers": numbers, "trial_drawn": drawn}


def _figures(report: Report) -> Iterator[Figure]:
    """Everything to take along."""
    yield from report.figures()
    if found := trial.newest(report.dates[0]):
        yield from trial.figures(found)


def _file(parts: Iterator[str], kind: str, ending: str) -> StreamingHttpResponse:
    name = f'attachment; filename="counterfoil-figures.{ending}"'
    return StreamingHttpResponse(parts, content_type=kind, headers={"Content-Disposition": name})


def _csv(report: Report) -> Iterator[str]:
    return spreadsheets.written(_cells(report))


def _cells(report: Report) -> Iterator[tuple[Any, ...]]:
    yield "figure", "of", "measure", "unit", "value"
    for figure in _figures(report):
        for of, *cells in figure.rows:
            measures = list(figure.columns.items())[1:]
            for (name, (_heading, unit)), value in zip(measures, cells, strict=True):
                yield figure.name, of, name, unit, value


def _json(report: Report) -> Iterator[str]:
    first, last = report.dates[0].isoformat(), report.dates[-1].isoformat()
    version = called(report.version) if report.version else None
    head = {"first": first, "last": last, "version": version}
    yield json.dumps(head)[:-1] + ', "figures": ['
    for place, figure in enumerate(_figures(report)):
        rows = [dict(zip(figure.columns, row, strict=True)) for row in figure.rows]
        told = {"name": figure.name, "title": figure.title, "definition": figure.words}
        yield ("," if place else "") + json.dumps(told | {"rows": rows}, default=str)
    yield "]}\n"

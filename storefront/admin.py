"""The staff's pages of the shop: orders, moved on by buttons and by nothing else."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from . import fulfilment
from .fulfilment import Kind, Move, NotMoved
from .given import number
from .models import Order, User
from .staff import ReadOnlyAdmin
from .story import story

MOST = 50  # orders a page
STANDS = {
    "": _("any"), "pay": _("to be paid"), "ship": _("to be shipped"), "way": _("on the way"),
    "done": _("delivered"), "cancelled": _("cancelled"),
}  # fmt: skip
OPEN = Q(cancelled_at=None)
FITS = {
    "pay": OPEN & Q(financial_status__in=("pending", "partially_paid")),
    "ship": OPEN & Q(fulfillment_status__in=("", "partial"))
    & Q(financial_status__in=("paid", "authorized", "partially_refunded")),
    "way": OPEN & Q(fulfillment_status="fulfilled", delivered_at=None),
    "done": Q(delivered_at__isnull=False), "cancelled": Q(cancelled_at__isnull=False),
}  # fmt: skip


class Search(forms.Form):
    """Which orders are looked for."""

    q = forms.CharField(label=_("Number or e-mail address"), max_length=254, required=False)
    stands = forms.ChoiceField(
        label=_("Where it stands"), choices=list(STANDS.items()), required=False
    )  # fmt: skip


class Step(forms.Form):
    """A step that somebody presses for."""

    key = forms.UUIDField()
    kind = forms.ChoiceField(choices=Kind.choices)
    positions = forms.TypedMultipleChoiceField(coerce=int, required=False)
    carrier = forms.CharField(max_length=60, required=False)
    tracking_number = forms.CharField(max_length=120, required=False)
    amount = forms.DecimalField(max_digits=12, decimal_places=2, required=False)
    restock = forms.BooleanField(required=False)

    def __init__(self, *args: Any, order: Order, **more: Any) -> None:
        super().__init__(*args, **more)
        places = [(place, place) for place in range(order.lines.count())]
        self.fields["positions"].choices = places  # type: ignore[attr-defined]

    def wanted(self) -> tuple[Move, uuid.UUID]:
        """The step, and the key of the press."""
        given = dict(self.cleaned_data)
        key = given.pop("key")
        return Move(**given | {"positions": tuple(given["positions"])}), key


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    """Lists orders; the page of one tells its story and has a button for each next step."""

    def get_urls(self) -> list[URLPattern]:
        own = path(
            "<int:pk>/do/", self.admin_site.admin_view(require_POST(self.deed_view)),
            name="storefront_order_deed",
        )  # fmt: skip
        return [own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = Search(request.GET, label_suffix="")
        given = form.cleaned_data if form.is_valid() else {}
        before = request.GET.get("before", "")
        some = list(_behind(_found(given), before)[: MOST + 1])
        asked = {name: value for name, value in given.items() if value}
        older = asked | {"before": str(some[MOST - 1].pk)} if len(some) > MOST else {}
        context = {
            "form": form, "orders": some[:MOST], "older": urlencode(older), "newest": not before,
            "title": _("Orders"),
        }  # fmt: skip
        return self._page(request, "change_list", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        if not self.has_view_permission(request):
            raise PermissionDenied
        order = get_object_or_404(Order, pk=number(object_id) or 0)
        may = request.user.has_perm("storefront.move_order")
        left = fulfilment.unsent(order)
        context = {
            "order": order, "story": story(order), "key": uuid.uuid4(), "title": str(order),
            "steps": [str(k) for k in fulfilment.possible(order)] if may else [], "may": may,
            "left": [n for n in enumerate(order.lines.all()) if n[0] in left],
            "events": order.events.select_related("by", "undone_by"),
            "undoable": fulfilment.undoable(order) if may else None,
            "rest": order.total - order.refunded_amount,
        }  # fmt: skip
        return self._page(request, "change_form", context)

    def deed_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a step, or the last one back."""
        user = request.user
        if not (isinstance(user, User) and user.has_perm("storefront.move_order")):
            raise PermissionDenied
        order = get_object_or_404(Order, pk=pk)
        try:
            told = self._undo(request, order, user) or _moved(request, order, user)
            self.log_change(request, order, told)
            messages.success(request, told)
        except NotMoved as no:
            messages.error(request, str(no))
        return redirect(reverse("admin:storefront_order_change", args=[pk]))

    def _undo(self, request: HttpRequest, order: Order, user: User) -> str:
        event = order.events.filter(pk=number(request.POST.get("undo", "")) or 0).first()
        if event is None:
            return ""
        fulfilment.undo(event.pk, user)
        return gettext("Undone: %(step)s.") % {"step": event.get_kind_display()}

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return TemplateResponse(request, f"admin/storefront/order/{name}.html", context)


def _moved(request: HttpRequest, order: Order, user: User) -> str:
    form = Step(request.POST, order=order)
    if not form.is_valid():
        raise NotMoved(gettext("Nothing was done: a field of the form can't be read."))
    move, key = form.wanted()
    event = fulfilment.move(order.pk, move, key, user)
    return gettext("Done: %(step)s.") % {"step": event.get_kind_display()}


def _found(given: dict[str, str]) -> QuerySet[Order]:
    """The orders that fit, newest first."""
    rows = Order.objects.order_by("-placed_at", "-pk")
    if text := given.get("q", "").strip():
        rows = rows.filter(Q(name__in=(text, f"#{text.lstrip('#')}")) | Q(email=text.lower()))
    return rows.filter(FITS.get(given.get("stands", ""), Q()))


def _behind(rows: QuerySet[Order], pk: str) -> QuerySet[Order]:
    """Those that follow this one in the list."""
    last = Order.objects.filter(pk=number(pk) or 0).first()
    if last is None:
        return rows
    same = Q(placed_at=last.placed_at, pk__lt=last.pk)
    return rows.filter(Q(placed_at__lt=last.placed_at) | same, placed_at__lte=last.placed_at)

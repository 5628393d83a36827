"""From a correction to an answer of the shop: one form, prefilled, and a way back."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from chatbot import ledger
from chatbot.models import Review, ShopAnswer
from chatbot.review import answers
from chatbot.review.refusal import ReviewRefused


class Publishing(forms.Form):
    """What is to stand in the help articles, and where."""

    question = forms.CharField(label=_("Question"), max_length=200)
    text = forms.CharField(
        label=_("Answer"), widget=forms.Textarea(attrs={"rows": 6}), max_length=8000,
        help_text=_("Plain text, or Markdown. The assistant quotes it word for word."),
    )  # fmt: skip
    article = forms.ChoiceField(label=_("Where it goes"), required=False)
    topic = forms.CharField(
        label=_("Topic of a new article"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"list": "cf-topics", "autocomplete": "off"}),
    )  # fmt: skip
    address = forms.SlugField(
        label=_("Address of a new article"), max_length=80, required=False,
        help_text=_("Empty: made of the question."),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, places: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **({"label_suffix": ""} | more))
        field: Any = self.fields["article"]
        added = [(slug, gettext("Added to: %s") % title) for slug, title in places]
        field.choices = [("", gettext("A new help article")), *added]

    def answer(self) -> answers.Proposal:
        """What was filled in."""
        said = {k: v for k, v in self.cleaned_data.items() if k != "key"}
        return answers.Proposal(**said)


class AnswerPages(ModelAdmin):
    """The pages of a review on which its correction becomes an answer of the shop."""

    def get_urls(self) -> list[URLPattern]:
        form = self.admin_site.admin_view(self.answer_view)
        back = self.admin_site.admin_view(self.withdraw_view)
        own = [
            path("<int:pk>/answer/", form, name="chatbot_review_answer"),
            path("answer/<uuid:key>/withdraw/", back, name="chatbot_review_withdraw"),
        ]
        return own + super().get_urls()

    def may_publish(self, request: HttpRequest) -> bool:
        """Whether this member of staff may write into the help articles."""
        return bool(request.user.has_perm("chatbot.publish_answer"))

    def answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form, and what it sends."""
        if not self.may_publish(request):
            return HttpResponse(status=403)
        review = get_object_or_404(Review.objects.select_related("reply__turn"), pk=pk)
        if not review.correction:
            raise Http404
        form, topics = _form(review, request)
        if form.is_bound and form.is_valid() and _publish(review, form, request):
            return redirect("admin:chatbot_review_change", pk)
        context = self.admin_site.each_context(request) | {"opts": self.opts}
        context |= {"title": _("Make it an answer of the shop"), "review": review}
        context |= {"form": form, "topics": topics}
        return TemplateResponse(request, "admin/chatbot/review/answer.html", context)

    def withdraw_view(self, request: HttpRequest, key: uuid.UUID) -> HttpResponse:
        """Take an answer of the shop back."""
        if request.method != "POST" or not self.may_publish(request):
            return HttpResponse(status=403)
        made = get_object_or_404(ShopAnswer, pk=key)
        answers.withdraw(key, request.user)
        ledger.seal()
        messages.success(request, gettext("Withdrawn: no shopper reads or hears it any more."))
        return redirect("admin:chatbot_review_change", made.review_id)


def _form(review: Review, request: HttpRequest) -> tuple[Publishing, list[str]]:
    places, topics = answers.places()
    if request.method == "POST":
        return Publishing(request.POST, places=places), topics
    prefilled = vars(answers.proposed(review)) | {"key": uuid.uuid4()}
    return Publishing(initial=prefilled, places=places), topics


def _publish(review: Review, form: Publishing, request: HttpRequest) -> bool:
    try:
        answers.publish(review, request.user, form.answer(), form.cleaned_data["key"])
    except ReviewRefused as error:
        form.add_error(None, str(error))
        return False
    ledger.seal()
    told = gettext("It is an answer of the shop now; whoever asks next is answered from it.")
    messages.success(request, told)
    return True

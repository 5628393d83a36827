"""The shop's own answers: written by its people, in the help articles beside what is imported.

They live in rows of their own and are laid into each new version of their article, so that an
import replaces what it brought and leaves them alone.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .clock import now
from .models import Answer, Article, ArticleVersion
from .passages import cut, ended

MOST_TITLE = 200  # characters
MOST_CHARACTERS = 8000
WORD = re.compile(r"\w")


class NotPublishable(Exception):
    """Raised with a text for staff when an answer cannot stand in the help articles."""


@dataclass(frozen=True)
class OwnAnswer:
    """What is to stand there: at the end of `article`, or in a new one at `address`."""

    question: str
    text: str  # Markdown
    article: str = ""
    address: str = ""
    topic: str = ""


class Published(NamedTuple):
    """Where an answer stands, and the SHA-256 of its question, a line feed and its text."""

    article: str
    digest: str


@transaction.atomic
def publish(answer: OwnAnswer, key: uuid.UUID) -> Published:
    """Put an answer into the help articles, once for a key. Raises NotPublishable."""
    if known := Answer.objects.select_related("article").filter(pk=key).first():
        return _published(known)
    question = " ".join(answer.question.split())
    if not question or len(question) > MOST_TITLE:
        told = _("The question needs 1 to %(most)s characters; it has %(n)s.")
        raise NotPublishable(told % {"most": MOST_TITLE, "n": len(question)})
    text = _whole(answer.text)
    article = _joined(answer.article) if answer.article else _new(answer, question)
    made = Answer.objects.create(pk=key, article=article, question=question, text=text)
    _renew(article) if answer.article else _renew(article, question, imported=False)
    return _published(made)


def _published(made: Answer) -> Published:
    digest = hashlib.sha256(f"{made.question}\n{made.text}".encode()).hexdigest()
    return Published(made.article.slug, digest)


@transaction.atomic
def withdraw(key: uuid.UUID) -> None:
    """Take an answer out of its article, which goes when nothing is left in it."""
    answer = Answer.objects.select_related("article").get(pk=key)
    article = Article.objects.select_for_update().get(pk=answer.article_id)
    taken = Answer.objects.filter(pk=key, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if taken and not article.withdrawn:
        _renew(article)


def without_import(article: Article) -> bool:
    """The file of an article is gone: what it said goes, the shop's own answers stay. Whether
    anything went."""
    last = article.versions.first()
    imported = last is not None and last.markdown != ""
    if not article.answers.filter(withdrawn_at=None).exists():
        article.withdrawn = True
        article.save(update_fields=["withdrawn"])
        return True
    if imported:
        _renew(article, imported=False)
    return imported


def _whole(text: str) -> str:
    """The text, from which at least one passage can be quoted."""
    text = text.replace("\r\n", "\n").strip()
    if not cut(text):
        text = ended(text)
    if not any(WORD.search(piece.text) for piece in cut(text)):
        raise NotPublishable(_("The answer needs a text with at least one whole sentence."))
    if len(text) > MOST_CHARACTERS:
        told = _("The answer has %(n)s characters; shorten it to %(most)s.")
        raise NotPublishable(told % {"n": len(text), "most": MOST_CHARACTERS})
    return text


def _joined(slug: str) -> Article:
    article = Article.objects.select_for_update().filter(slug=slug, withdrawn=False).first()
    if article is None:
        raise NotPublishable(_("There is no article %(slug)s; choose another.") % {"slug": slug})
    return article


def _new(answer: OwnAnswer, question: str) -> Article:
    """An article at the address wished for, or at one made of the question."""
    slug = slugify(answer.address or question)[:80].strip("-") or f"answer-{uuid.uuid4().hex[:8]}"
    article = Article.objects.select_for_update().filter(slug=slug).first() or Article(slug=slug)
    if article.pk and not article.withdrawn:
        told = _("There is an article at the address %(slug)s; add to it, or choose another.")
        raise NotPublishable(told % {"slug": slug})
    article.topic, article.withdrawn = " ".join(answer.topic.split())[:120], False
    article.save()
    return article


def _renew(article: Article, title: str = "", imported: bool = True) -> None:
    """A new version of an article with the answers that stand; withdrawn when nothing is left."""
    last = article.versions.first() or ArticleVersion(number=0)
    title, kept = title or last.title, last.markdown if imported else ""
    added = _added(article, title)
    article.versions.create(
        number=last.number + 1, title=title, markdown=kept, added=added,
        updated=now().date(), digest=last.digest if imported else "",
    )  # fmt: skip
    if not kept and not added:
        article.withdrawn = True
        article.save(update_fields=["withdrawn"])


def _added(article: Article, title: str) -> str:
    """The answers that stand, each under its question unless the article is called so."""
    standing = article.answers.filter(withdrawn_at=None)
    texts = (a.text if a.question == title else f"## {a.question}\n\n{a.text}" for a in standing)
    return "\n\n".join(texts)

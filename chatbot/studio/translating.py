"""Texts in other languages: each says what an English text says, line by line, in the words of an
engine that speaks the language, or of a person. Plain code compares them (see `alike`), somebody
who reads both confirms them."""

from __future__ import annotations

import threading
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from chatbot import facts, writing
from chatbot.models import Confirmation, ProductText, TextVersion
from chatbot.terms import Brief

from . import alike, judging, versions
from .kinds import KINDS, Wish
from .tongues import TRANSLATED
from .versions import TextRefused
from .writing import ATTEMPTS, StudioError


class NoEnglish(StudioError):
    """Raised where there is no English yet that holds."""


def translate(
    source: TextVersion, language: str, engine: writing.Engine, seed: int = 0, by: Any = None
) -> ProductText:
    """Have an engine say a text that holds in another language, and keep it with whatever differs.
    Raises StudioError, and writing.EngineError."""
    refuse_mute(engine, language)
    if not judging.judge(source.text, source.words).ready:
        raise NoEnglish(f"{source.text} does not hold in English; mend it at the desk first.")
    desk = _Desk(source, language, engine)
    said = [desk.line(label, text, seed) for label, text in source.words]
    return _keep(source, language, said, by, engine=engine.name, weights=engine.weights, seed=seed)


def refuse_mute(engine: writing.Engine, language: str) -> None:
    """Raise StudioError for an engine that has learnt English only."""
    if writing.was_taught(engine.name):
        raise StudioError(
            f"The bundled copywriter writes English only; for {_in_english(language)} choose an "
            "engine of kind hub or endpoint, or translate at the desk."
        )


def _in_english(language: str) -> str:
    """What engines and the command line call a language."""
    return str(get_language_info(language)["name"])


def begin(source: TextVersion, language: str, user: Any) -> ProductText:
    """An empty translation, for `user` to write; the one of this version that there is already."""
    if language not in TRANSLATED:
        raise TextRefused(_("No text can be checked in this language: %s.") % language)
    if source.text.source_id or not judging.judge(source.text, source.words).ready:
        raise TextRefused(_("Only an English text that holds can be translated."))
    if there := source.translations.filter(language=language).first():
        return there
    empty = [(label, "") for label, _text in source.words]
    made = {"engine": source.text.engine, "weights": source.text.weights, "seed": 0}
    return _keep(source, language, empty, user, **made)


@transaction.atomic
def _keep(
    source: TextVersion, language: str, said: list[tuple[str, str]], by: Any, **made: Any
) -> ProductText:
    english = source.text
    wish = replace(wish_of(english), language=language)
    text = ProductText(
        handle=english.handle, version=_version(english), source=source, requested_by=by,
        **asdict(wish), **made,
    )  # fmt: skip
    checked = judging.judge(text, said)
    text.lines, text.whole = [asdict(line) for line in checked.lines], checked.ready
    text.save()
    versions.draft_of(text)
    return text


def wish_of(text: ProductText) -> Wish:
    """As what it was wanted."""
    return Wish(text.kind, text.tone, text.length, text.audience, text.language)


def _version(text: ProductText) -> str:
    known = facts.read_of(text.handle)
    return known[0].version if known else text.version


class _Desk:
    """What lies before whoever translates."""

    def __init__(self, source: TextVersion, language: str, engine: writing.Engine) -> None:
        self.language, self.engine = language, engine
        self.most = {part.label: part.most for part in KINDS[source.text.kind].parts}
        self.style = wish_of(source.text).style
        known = facts.read_of(source.text.handle)
        self.name, self.titles = known[0].subject, facts.names()

    def line(self, label: str, text: str, seed: int) -> tuple[str, str]:
        """Its translation, asked for again with other dice while it differs."""
        tries: list[tuple[int, str]] = []
        while len(tries) < ATTEMPTS and not any(faults == 0 for faults, _said in tries):
            said = self._asked(label, text, seed + len(tries))
            found = alike.differences(text, said, self.language, self.name, self.titles)
            tries.append((len(found) + (len(said) > self.most[label]), said))
        return label, min(tries, key=lambda one: one[0])[1]

    def _asked(self, label: str, text: str, seed: int) -> str:
        form = f"{_in_english(self.language)}, in at most {self.most[label]} characters"
        values = {"line": text, "product.name": self.name}
        brief = Brief("translate.line", (), (), values, form=form, style=self.style)
        told = "".join(self.engine.write(brief, seed=seed, stop=threading.Event()))
        return " ".join(told.split()).strip('"“”„«»')


def confirm(version: TextVersion, user: Any, said: str) -> Confirmation:
    """That `user` reads both languages and found every line to say the same. Raises TextRefused for
    what differs: that no word of anybody's mends."""
    text = version.text
    if versions.newest(text).pk != version.pk:
        raise TextRefused(_("The text has been changed since; read it as it is now."))
    if not text.source_id or not judging.judge(text, version.words).ready:
        raise TextRefused(_("Not every line holds yet; look at what is marked."))
    if confirmed(version):
        raise TextRefused(_("This version is confirmed already; a second person can approve it."))
    if not said.strip():
        raise TextRefused(_("Say in your own words that you read both, and what you compared."))
    return Confirmation.objects.create(version=version, by=user, said=said.strip())


def confirmed(version: TextVersion) -> bool:
    """Whether somebody has confirmed it, or nobody needs to."""
    return not version.text.source_id or version.confirmations.exists()

"""Catalogues of translations: gathered from the sources, compiled, checked.

Each package has its own, so that either can be lifted into another site. They hold what shoppers
read; whatever only staff see stays English and is named under `staff`. Templates are turned into
Python by Django and read by Babel: no other program is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

CALLS = {
    "_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2),
    "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
DATES = re.compile(r'^"P[A-Z]+-(Creation|Revision)-Date:.*\n', re.M)
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)  # else every run is a change
SLOT = re.compile(r"%\(\w+\)[sd]|%s|\{\w+\}")


@dataclass(frozen=True)
class Package:
    """What one catalogue is gathered from."""

    name: str
    sources: tuple[str, ...]
    staff: tuple[str, ...]

    def po(self, language: str) -> Path:
        """The file that is written by hand."""
        return self._folder(language) / "django.po"

    def mo(self, language: str) -> Path:
        """The one that is made of it."""
        return self._folder(language) / "django.mo"

    def _folder(self, language: str) -> Path:
        root = Path(settings.BASE_DIR) / self.name / "locale"
        return root / to_locale(language) / "LC_MESSAGES"

    def files(self) -> list[Path]:
        """The sources whose words shoppers read."""
        root = Path(settings.BASE_DIR)
        found = {path for pattern in self.sources for path in root.glob(pattern)}
        return sorted(found - {path for pattern in self.staff for path in root.glob(pattern)})


STOREFRONT = Package(
    "storefront",
    ("storefront/**/*.py", "templates/base.html", "templates/storefront/**/*.html"),
    tuple(
        f"storefront/{name}"
        for name in "admin.py admin/**/*.py answers.py checks.py importing/**/*.py"
        " management/**/*.py migrations/*.py settings.py translating.py fulfilment.py"
        " models/articles.py models/carts.py models/catalogue.py models/people.py".split()
    ),
)
CHATBOT = Package(
    "chatbot",
    ("chatbot/**/*.py", "templates/chatbot/**/*.html", "templates/widget/**/*.html"),
    tuple(
        f"chatbot/{name}"
        for name in "admin/**/*.py checks.py commissions.py engines/**/*.py errands.py"
        " figures/**/*.py holding/**/*.py ledger/**/*.py management/**/*.py migrations/*.py"
        " models/**/*.py playground.py recall/**/*.py training/**/*.py inbox/alerts.py"
        " inbox/desk.py inbox/ready.py inbox/summary.py privacy/retention.py"
        " review/answers.py review/corrections.py review/golden.py review/queue.py"
        " review/rules.py studio/paper.py studio/publishing.py studio/standing.py"
        " studio/translating.py studio/versions.py".split()
    ),
)
PACKAGES = (STOREFRONT, CHATBOT)


def languages() -> list[str]:
    """All but English, in which the sources are written."""
    return [code for code, _name in settings.LANGUAGES if code != "en"]


def gathered(package: Package) -> Catalog:
    """Every text of the package's sources, untranslated."""
    found = Catalog(charset="utf-8")
    for path in package.files():
        for text, context, comments in texts(path):
            place = (str(path.relative_to(settings.BASE_DIR)), 0)
            found.add(text, locations=[place], context=context, auto_comments=comments)
    return found


def texts(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    """The texts of one source, each with its context and what translators are told."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # In brackets, for what is left of a template has no lines as Python has them.
        source = f"(\n{templatize(source, origin=str(path))}\n)"
    code = BytesIO(source.encode())
    for _line, text, comments, context in extract("python", code, CALLS, ["Translators:"]):
        yield text, context, [c.removeprefix("Translators:").strip() for c in comments]


def read(package: Package, language: str) -> Catalog:
    """The catalogue as it is; an empty one where there is none yet."""
    locale = Locale.parse(to_locale(language))
    path = package.po(language)
    if not path.exists():
        return Catalog(locale=locale, charset="utf-8", project="Counterfoil", version="1")
    with path.open("rb") as file:
        catalog = read_po(file, locale=locale)
    catalog.creation_date = catalog.revision_date = UNDATED
    return catalog


def renew(package: Package, language: str) -> None:
    """Bring a catalogue up to what the sources say, and compile it."""
    catalog = read(package, language)
    catalog.update(gathered(package), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    package.po(language).parent.mkdir(parents=True, exist_ok=True)
    package.po(language).write_bytes(_written(catalog))
    package.mo(language).write_bytes(compiled(read(package, language)))


def _written(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=100, sort_output=True, include_lineno=False)
    return DATES.sub("", file.getvalue().decode()).encode()


def compiled(catalog: Catalog) -> bytes:
    """A catalogue as programs read it."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def problems(package: Package, language: str) -> list[str]:
    """What is wrong with a catalogue, each with the text it is about."""
    catalog, wanted = read(package, language), gathered(package)
    gone = [m for m in catalog if m.id and not wanted.get(m.id, m.context)]
    found = [f"not in the sources: {m.id!r}" for m in [*gone, *catalog.obsolete.values()]]
    for message in wanted:
        if message.id:
            found += faults(catalog.get(message.id, message.context), message, catalog.num_plurals)
    mo = package.mo(language)
    if not mo.exists() or mo.read_bytes() != compiled(catalog):
        found.append(f"{mo.name} is older than the .po file; run `make messages`")
    return found


def faults(told: Message | None, message: Message, plurals: int) -> list[str]:
    """What is wrong with the translation of one text."""
    string = told.string if told else None
    forms = [string] if isinstance(string, str) else list(string or ())
    if not forms or not all(forms):
        return [f"missing: {message.id!r}"]
    found = [f"fuzzy: {message.id!r}"] if told and told.fuzzy else []
    if message.pluralizable and len(forms) != plurals:
        found.append(f"{len(forms)} forms instead of {plurals}: {message.id!r}")
    if not _same_slots(message, forms):
        found.append(f"other placeholders: {message.id!r} {forms!r}")
    return found


def _same_slots(message: Message, forms: Iterable[str]) -> bool:
    """Whether the same values stand in it; one form of several may do without its number."""
    originals = message.id if isinstance(message.id, tuple) else (message.id,)
    wanted = slots(*originals)
    parts = {text.count("|") for text in (*originals, *forms)}
    return slots(*forms) == wanted and len(parts) == 1


def slots(*texts: str) -> set[str]:
    """The names of the values in a text."""
    return {slot for text in texts for slot in SLOT.findall(text)}

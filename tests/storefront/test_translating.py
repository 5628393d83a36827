"""Every text that shoppers read is translated, whole and with its values; staff's are left alone."""

import re
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings
from django.template.base import Lexer, TokenType

from storefront import translating
from storefront.translating import CHATBOT, PACKAGES, Package

BOTH = [(package, language) for package in PACKAGES for language in translating.languages()]
NO_WORDS = {"Counterfoil", "name@example.com", "CF-XXXXXXXXXXXX", "CF-", "e"}  # the same everywhere
SPOKEN = {"alt", "aria-label", "placeholder", "title", "aria-description", "aria-valuetext"}


@pytest.mark.parametrize(("package", "language"), BOTH, ids=lambda x: getattr(x, "name", x))
def test_every_text_is_translated(package, language):
    assert translating.problems(package, language) == []


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (None, "missing"), ("", "missing"), (("%(n)s Tag", ""), "missing"),
        (("%(n)s Tag", "Tage"), ""), (("%(n)s Tag",), "1 forms instead of 2"),
        (("%(m)s Tag", "%(m)s Tage"), "other placeholders"), (("Tag", "Tage"), "other placeholders"),
    ],
)  # fmt: skip
def test_a_faulty_translation_is_named(told, fault):
    message = Message(("%(n)s day", "%(n)s days"))
    found = translating.faults(told and Message(message.id, told), message, 2)
    assert [line.startswith(fault) for line in found] == ([True] if fault else [])


@pytest.mark.parametrize(
    ("text", "told", "fault"),
    [("Use {address}", "{adresse} nehmen", "other"), ("One|two", "Eins", "other"),
     ("Code (%s)", "Code", "other"), ("Use {address}", "{address} nehmen", "")],
)  # fmt: skip
def test_a_value_that_is_lost_is_named(text, told, fault):
    found = translating.faults(Message(text, told), Message(text), 2)
    assert bool(found) == bool(fault) and fault in "".join(found)


def test_a_guess_of_a_translation_is_named():
    (fault,) = translating.faults(Message("Yes", "Ja", flags=["fuzzy"]), Message("Yes"), 2)
    assert fault.startswith("fuzzy")


@pytest.fixture
def small(tmp_path, settings):
    """A package of one text in one source, translated."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "one.py").write_text('told = _("Yes")\n')
    package = Package("small", ("small/*.py",), ())
    translating.renew(package, "de")
    po = package.po("de").read_text()
    package.po("de").write_text(re.sub(r'(msgid "Yes"\n)msgstr ""', r'\1msgstr "Ja"', po))
    translating.renew(package, "de")
    return package


def test_a_whole_catalogue_has_no_problem(small):
    assert translating.problems(small, "de") == []


def test_a_new_text_is_missed(small, tmp_path):
    (tmp_path / "small" / "two.py").write_text('told = _("No")\n')
    assert translating.problems(small, "de") == ["missing: 'No'"]


def test_a_text_that_is_gone_is_named_until_the_catalogue_is_renewed(small, tmp_path):
    (tmp_path / "small" / "one.py").write_text("")
    assert translating.problems(small, "de") == ["not in the sources: 'Yes'"]
    translating.renew(small, "de")
    assert translating.problems(small, "de") == []


def test_a_change_that_was_not_compiled_is_named(small):
    small.po("de").write_text(small.po("de").read_text().replace('"Ja"', '"Doch"'))
    (problem,) = translating.problems(small, "de")
    assert "make messages" in problem


def test_texts_of_templates_are_found_in_every_form(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}{% translate "One" %} {{ x|default:_("Two") }}'
        "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    )
    found = [text for text, _context, _comments in translating.texts(page)]
    assert found == ["One", "Two", ("%(n)s day", "%(n)s days")]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: p.name)
def test_every_source_of_staff_that_is_left_out_is_there(package):
    root = settings.BASE_DIR
    gone = [pattern for pattern in package.staff if not list(root.glob(pattern))]
    assert [pattern for pattern in gone if "admin" not in pattern] == []


def test_pages_of_staff_are_in_no_catalogue():
    found = {str(p.relative_to(settings.BASE_DIR)) for package in PACKAGES for p in package.files()}
    assert not [name for name in found if "admin" in name]
    assert {"templates/base.html", "chatbot/delivery.py", "storefront/models/orders.py"} <= found


@pytest.mark.parametrize("language", translating.languages())
def test_a_catalogue_has_the_plural_forms_of_its_language(language):
    for package in PACKAGES:
        catalog = translating.read(package, language)
        assert catalog.plural_forms == Catalog(locale=catalog.locale).plural_forms


def test_arabic_has_six_forms():
    assert translating.read(CHATBOT, "ar").num_plurals == 6


# Words in templates that stand outside of translation.


class Words(HTMLParser):
    """What people read of a page: its text, and what is said of its parts."""

    def __init__(self):
        super().__init__()
        self.found, self.quiet = [], 0

    def handle_starttag(self, tag, attrs):
        self.quiet += tag in ("style", "script")
        self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag):
        self.quiet -= tag in ("style", "script")

    def handle_data(self, data):
        if not self.quiet:
            self.found.append(data)


def untranslated(source):
    """Words of a template that no translation reaches."""
    kept, within, constants = [], False, []
    for token in Lexer(source).tokenize():
        word = token.contents.split()[:1]
        if word in (["blocktranslate"], ["blocktrans"], ["comment"]):
            within = True
        elif word in (["endblocktranslate"], ["endblocktrans"], ["endcomment"]):
            within = False
        elif token.token_type == TokenType.TEXT and not within:
            kept.append(token.contents)
        elif token.token_type == TokenType.VAR:
            constants += re.findall(r'default(?:_if_none)?:"([^"]*)"', token.contents)
    parser = Words()
    parser.feed("".join(kept))
    words = {part.strip() for text in (*parser.found, *constants) for part in text.split("\n")}
    return sorted(
        w for w in words - NO_WORDS if re.search(r"[^\W\d_]", w) and not w.startswith("&")
    )


@pytest.mark.parametrize(
    "path",
    [p for package in PACKAGES for p in package.files() if p.suffix == ".html"],
    ids=lambda p: p.name,
)
def test_no_word_of_a_template_stands_outside_of_translation(path):
    assert untranslated(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    ["<p>Hello</p>", '<input placeholder="Your name">', '<p>{{ x|default:"nothing" }}</p>',
     "{% blocktranslate %}Yes{% endblocktranslate %} no"],
)  # fmt: skip
def test_a_word_outside_of_translation_is_found(source):
    assert untranslated(source)


def test_what_is_translated_is_no_such_word():
    assert not untranslated(
        '<p title="{% translate "x" %}">{% translate "Hello" %} – {{ shop }}</p>'
    )

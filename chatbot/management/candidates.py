"""The engine a command is to use, where it isn't the one that is switched on."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, CommandParser

from chatbot import writing


def add_arguments(parser: CommandParser) -> None:
    """How a candidate is named on the command line."""
    parser.add_argument("--engine", choices=sorted(writing.ENGINES), help="the candidate")
    parser.add_argument("--model", default="", help="its hub name, folder or name on the server")


def candidate(engine: str | None, model: str) -> writing.Engine | None:
    """The engine that was named; None where none was. Raises CommandError."""
    if not engine and not model:
        return None
    name = engine or settings.ENGINE
    usual = settings.ENGINE_MODEL if name == settings.ENGINE != "bundled" else ""
    try:
        return writing.candidate(name, model or usual)
    except (ImproperlyConfigured, writing.EngineError) as error:
        raise CommandError(str(error)) from error

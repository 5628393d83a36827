"""compose.yaml as Compose reads it: merged, with its variables filled in."""

from __future__ import annotations

import re

import yaml

from tests.servers import ROOT

FILLED = re.compile(r"\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}")
ASKED = {"EMAIL_URL": "consolemail://", "EMAIL_FROM": "shop@example.com"}  # for what has none


def read(**variables):
    """The whole file; variables that are not given have their defaults."""
    variables = ASKED | variables
    text = (ROOT / "compose.yaml").read_text()
    return yaml.safe_load(FILLED.sub(lambda m: variables.get(m[1], m[2] or ""), text))


def services(profile, **variables):
    """What a profile starts, by name."""
    found = read(**variables)["services"].items()
    return {name: service for name, service in found if profile in service["profiles"]}


def ours(profile):
    """Those of them that run this program."""
    return {n: s for n, s in services(profile).items() if s["image"] == "counterfoil"}

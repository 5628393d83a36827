"""The doors: which room of chatbot/ may use which other module of ours."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PURE = {"chatbot.payments", "chatbot.stemming", "chatbot.terms", "chatbot.units"}
ROOMS = {
    "terms": set(),
    "payments": set(),
    "stemming": set(),
    "units": set(),
    "protocol": set(),
    "guards": set(),
    "reading": PURE | {"chatbot.metrics", "chatbot.processor", "chatbot.remote"},
    "recommending": PURE | {"chatbot.models", "storefront.queries"},
    "suggesting": PURE | {f"chatbot.{room}" for room in "facts health reading recommending".split()},
    "marked": {"chatbot.studio", "storefront.exporting", "storefront.linked"},
    "feeds": {"chatbot.marked", "storefront.exporting", "storefront.limits", "storefront.queries"},
    "carried": {f"chatbot.{room}" for room in "marked spreadsheets studio".split()} | {"storefront.queries"},
    "spreadsheets": set(),
    "for_you": {"chatbot.recommending", "storefront.queries"},
    "acts": PURE,
    "writing": PURE | {"chatbot.metrics", "chatbot.processor", "chatbot.remote"},
    "claims": PURE,
    "notices": set(),
    "actions": {"chatbot.models", "storefront.commands", "storefront.clock"},
    "pressing": {f"chatbot.{room}" for room in "actions delivery duty ledger models notices proofs".split()},
    "facts": PURE | {"storefront.queries", "storefront.clock", "storefront.limits"},
    "models": set(),
    "ledger": {"chatbot.models"},
    "privacy": {"storefront.queries"} | {
        f"chatbot.{room}" for room in "delivery inbox ledger models review".split()
    },
    "review": {"storefront.commands", "storefront.queries"} | {
        f"chatbot.{room}" for room in "delivery ledger masking models posting".split()
    },
    "posting": set(),
    "metrics": PURE,
    "watching": {"storefront.queries"} | {f"chatbot.{room}" for room in "inbox ledger metrics models review waiting".split()},
    "recall": PURE | {"storefront.queries"} | {
        f"chatbot.{room}" for room in "claims ledger models review".split()
    },
    "duty": {"chatbot.ledger", "chatbot.models"},
    "setups": {"storefront.queries"}
    | {f"chatbot.{room}" for room in "ledger models notices trials writing".split()},
    "engines": {f"chatbot.{room}" for room in "ledger models posting setups trials writing".split()},
    "fairness": PURE | {"storefront.queries"} | {
        f"chatbot.{room}" for room in "engines facts figures models playground reading studio suggesting trying writing".split()
    },
    "errands": {
        f"chatbot.{room}" for room in "engines ledger models regress trials writing".split()
    },
    "trials": {"chatbot.ledger", "chatbot.models"},
    "figures": {"chatbot.models"},
    "proofs": {"chatbot.models", "storefront.limits", "storefront.queries"},
    "budgets": {"storefront.limits"},
    "remote": set(),
    "processor": set(),
    "serving": PURE | {f"chatbot.{room}" for room in "reading remote writing".split()},
    "health": {"chatbot.remote"},
    "waiting": {"chatbot.models"},
    "delivery": {f"chatbot.{room}" for room in "budgets ledger models waiting".split()},
    "inbox": PURE | {"storefront.queries"} | {
        f"chatbot.{room}" for room in "delivery ledger models posting".split()
    },
    "editing": {f"chatbot.{room}" for room in "actions delivery ledger memory models pressing".split()},
    "onward": PURE | {f"chatbot.{room}" for room in "acts facts reading".split()},
    "reckoning": {"chatbot.models", "chatbot.photos"},
    "photos": {"storefront.queries", "chatbot.delivery", "chatbot.ledger", "chatbot.models"},
    "past": {"chatbot.models", "chatbot.privacy"},
    "doorbell": {"chatbot.models"},
    "records": PURE,
    "masking": set(),
    "manner": PURE,
    "compared": set(),
    "drafting": PURE | {f"chatbot.{room}" for room in "claims manner masking metrics writing".split()},
    "memory": PURE | {"chatbot.models"},
    "deciding": PURE | {f"chatbot.{room}" for room in "acts facts memory models reading records".split()},
    "signing": {f"chatbot.{room}" for room in "drafting engines models records writing".split()},
    "telling": PURE | {
        f"chatbot.{room}"
        for room in "acts deciding delivery drafting duty facts inbox ledger manner memory metrics models notices onward pressing"
        " proofs reading reckoning recall records review signing suggesting writing".split()
    },
    "holding": PURE | {
        f"chatbot.{room}"
        for room in "delivery drafting duty ledger memory models notices pressing records review"
        " telling".split()
    },
    "conversation": {
        f"chatbot.{room}"
        for room in "delivery duty engines facts holding inbox ledger metrics models reading review setups telling"
        " writing".split()
    },
    "replay": PURE | {
        f"chatbot.{room}"
        for room in "drafting engines facts manner models notices reading records telling writing".split()
    },
    "trying": PURE | {
        f"chatbot.{room}"
        for room in "deciding drafting facts manner memory models notices reading records telling writing".split()
    },
    "playground": {f"chatbot.{room}" for room in "engines facts inbox ledger models suggesting trying".split()},
    "studio": PURE | {"storefront.clock", "storefront.queries"}
    | {f"chatbot.{room}" for room in "claims facts models reading writing".split()},
    "commissions": {"storefront.queries"}
    | {f"chatbot.{room}" for room in "engines facts health models reading studio writing".split()},
    "regress": PURE | {f"chatbot.{room}" for room in "compared engines facts models trying writing".split()},
    "terminal": PURE | {
        f"chatbot.{room}" for room in "conversation delivery models notices writing".split()
    },
    "sockets": {"chatbot.metrics", "chatbot.protocol"},
    "consumers": {
        f"chatbot.{room}"
        for room in "conversation delivery doorbell editing inbox models notices past pressing protocol review"
        " sockets views waiting widget working".split()
    },
    "widget": {f"chatbot.{room}" for room in "delivery models past views".split()},
    "working": {
        f"chatbot.{room}"
        for room in "commissions conversation delivery doorbell engines figures health holding inbox ledger models"
        " privacy recall recommending review studio suggesting waiting".split()
    },
    "routing": {"chatbot.consumers", "chatbot.health"},
    "receipts": {"chatbot.models"},
    "templatetags": {"chatbot.for_you", "chatbot.marked", "storefront.queries"},
    "views": {
        f"chatbot.{room}" for room in "budgets delivery doorbell past photos privacy receipts watching".split()
    },
    "urls": {"chatbot.feeds", "chatbot.for_you", "chatbot.views"},
    "admin": PURE | {"storefront.given", "storefront.staff"} | {
        f"chatbot.{room}"
        for room in "carried commissions compared doorbell duty engines errands fairness figures holding inbox ledger masking models photos playground pressing"
        " recall review spreadsheets studio trials widget writing".split()
    },
    "checks": {"chatbot.guards", "chatbot.writing"},
    "apps": {"chatbot.checks", "chatbot.remote", "chatbot.review"},
    "training": PURE | {"storefront.queries"} | {
        f"chatbot.{room}" for room in "claims facts models processor reading recommending records writing".split()
    },
    "management": {"storefront.exporting", "storefront.queries"} | {
        f"chatbot.{room}"
        for room in "carried engines facts fairness feeds figures guards terminal models ledger privacy reading recommending regress"
        " remote replay serving setups studio training trials watching working writing".split()
    },
    "migrations": {"chatbot.guards", "chatbot.ledger", "chatbot.models", "chatbot.recall"},
}  # fmt: skip
LOADS_TORCH = {"processor", "reading", "writing", "training", "management"}


def imports(source, package):
    """Every module a source imports, relative ones resolved, hidden ones inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1]
            stem = (
                ".".join([*base, *([node.module] if node.module else [])])
                if node.level
                else node.module
            )
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def door(module):
    """The room a module of ours belongs to: "chatbot.facts.orders" -> "chatbot.facts"."""
    return ".".join(module.split(".")[:2])


def rooms():
    for path in sorted((ROOT / "chatbot").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield path, parts[1], ".".join(parts[:-1])


def used(source, package, room):
    own = f"chatbot.{room}"
    doors = {door(m) for m in imports(source, package) if m.startswith(("chatbot.", "storefront"))}
    return doors - {own, "chatbot.__init__"}


def test_every_file_belongs_to_a_named_room():
    assert {room for _path, room, _package in rooms()} - {"__init__"} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_only_its_doors(room):
    for path, own, package in rooms():
        if own == room:
            foreign = used(path.read_text(), package, room) - ROOMS[room]
            assert not foreign, f"{path.name} may not import {foreign}"


def test_a_hidden_import_in_a_function_bites():
    source = "def f():\n    from chatbot.facts import find\n"
    assert used(source, "chatbot.acts", "acts") - ROOMS["acts"] == {"chatbot.facts"}


def test_a_relative_import_bites():
    assert used("from ..facts import find", "chatbot.acts", "acts") == {"chatbot.facts"}


def test_only_the_rooms_with_models_load_torch():
    for path, room, package in rooms():
        heavy = {m.split(".")[0] for m in imports(path.read_text(), package)} & {
            "torch",
            "transformers",
        }
        assert not heavy or room in LOADS_TORCH, path.name


def test_only_the_doorway_is_async():
    for path, room, _package in rooms():
        if room not in ("consumers", "routing", "sockets", "working"):
            assert "async def" not in path.read_text(), path.name


def test_the_shop_does_not_know_the_assistant():
    for path in sorted((ROOT / "storefront").rglob("*.py")):
        package = ".".join(path.relative_to(ROOT).parts[:-1])
        if path.name not in ("urls.py", "asgi.py"):
            assert not any(m.startswith("chatbot") for m in imports(path.read_text(), package)), (
                path
            )

"""README tells what the code has."""

import re
from pathlib import Path

import pytest

from chatbot import protocol

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
SETTINGS = (ROOT / "storefront" / "settings.py").read_text()


def variables():
    named = re.findall(r'env\.\w+\(\s*"(\w+)"', SETTINGS)
    return sorted({*named, *re.findall(r'secret\("(\w+)"', SETTINGS)})


@pytest.mark.parametrize("name", variables())
def test_every_setting_is_explained(name):
    assert f"`{name}`" in README


@pytest.mark.parametrize("frame", [*protocol.SERVER_FRAMES, *protocol.CLIENT_FRAMES])
def test_every_frame_is_named(frame):
    assert f"`{frame}`" in README


@pytest.mark.parametrize(
    "command",
    [p.stem for p in sorted(ROOT.glob("*/management/commands/*.py")) if p.stem != "__init__"],
)
def test_every_command_is_explained(command):
    assert f"manage.py {command}" in README


@pytest.mark.parametrize("verb", ["run", "test", "check", "score"])
def test_every_verb_of_the_makefile_works_and_is_named(verb):
    assert re.search(rf"^{verb}:", (ROOT / "Makefile").read_text(), re.M)
    assert f"make {verb}" in README


def test_every_requirement_is_pinned_and_has_its_reason():
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            assert re.match(r"[\w\[\],.-]+==[\w.]+\s+# \S", line), line

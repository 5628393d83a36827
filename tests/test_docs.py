"""README and the model card tell what is there."""

import re
from pathlib import Path

import pytest
from safetensors import safe_open

from chatbot import protocol
from chatbot.management.commands.train import EPOCHS
from chatbot.reading.encoder import WEIGHTS_SHA256
from chatbot.training import corpus

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
CARD = (ROOT / "chatbot" / "weights" / "README.md").read_text()
SETTINGS = (ROOT / "storefront" / "settings.py").read_text()


def variables():
    ways = r"env\.\w+\(|secret\(|(?:switch|whole)\(\s*env,"
    return sorted(set(re.findall(rf'(?:{ways})\s*"(\w+)"', SETTINGS)))


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


@pytest.mark.parametrize("model", EPOCHS)
def test_the_model_card_tells_how_large_a_model_is_and_how_long_it_is_trained(model):
    path = ROOT / "chatbot" / "weights" / model / "model.safetensors"
    with safe_open(path, "np") as weights:
        size = sum(weights.get_tensor(name).size for name in weights.keys())  # noqa: SIM118
    assert re.search(
        rf"^\| `{model}/` .* {size:,} parameters, .* {path.stat().st_size / 1e6:.1f} MB", CARD, re.M
    )
    assert re.search(rf"train {model} +# {EPOCHS[model]} epochs", CARD)


def test_the_model_card_names_the_encoder_that_is_checked():
    assert f"`{WEIGHTS_SHA256}`" in CARD


def test_the_model_card_counts_the_corpus():
    pages, shops, replies = corpus.pages(), corpus.asked(), corpus.replies()
    asked = [q for p in pages if p.kind != "catalogue" for q in p.questions]
    for count in (
        f"{len(corpus.messages()):,} messages",
        f"{sum(p.kind == 'product' for p in pages)} of products",
        f"{sum(p.kind == 'article' for p in pages)} help articles",
        f"{sum(p.kind == 'centre' for p in pages)} help centres",
        f"{len(asked):,} questions; {sum(not q.answers for q in asked):,} of them",
        f"{sum(p.kind == 'catalogue' for p in pages)} catalogues",
        f"{len({a.shop for a in shops})} whole shops: {len(shops):,} questions and wishes",
        f"{sum(not a.answers for a in shops):,} of them none of these answers",
        f"{len(replies):,} replies to {len({r.act for r in replies})} acts",
    ):
        assert count in CARD

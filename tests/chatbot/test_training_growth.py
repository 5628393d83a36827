"""Trained heads learn a new ask without forgetting a bit of what they know."""

import json

import pytest
import torch
from django.core.management import call_command
from safetensors.torch import load_file, save_file

from chatbot.reading.encoder import HEADS
from chatbot.training import growing

NEW = ("not_kept", "prying")


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The bundled heads as they were before they learnt the new asks."""
    folder = tmp_path_factory.mktemp("reader")
    labels = json.loads((HEADS / "labels.json").read_text())
    state = load_file(HEADS / "model.safetensors")
    kept = [i for i, ask in enumerate(labels["asks"]) if ask not in NEW]
    state |= {row: state[row][kept] for row in growing.ROWS}
    save_file(state, folder / "model.safetensors")
    asks = [labels["asks"][i] for i in kept]
    (folder / "labels.json").write_text(json.dumps(labels | {"asks": asks}))
    return folder


def test_new_asks_are_further_rows_and_nothing_else_changes(before, tmp_path):
    shares = growing.grow(tmp_path, before, most=60)
    old, new = (load_file(f / "model.safetensors") for f in (before, tmp_path))
    labels = json.loads((tmp_path / "labels.json").read_text())
    assert [s.ask for s in shares] == labels["asks"][-2:] == list(NEW)
    for name, weights in old.items():
        assert torch.equal(weights, new[name][: len(weights)])


def test_heads_that_know_every_ask_have_nothing_to_learn(tmp_path):
    with pytest.raises(growing.NothingNew, match="nothing to add"):
        growing.grow(tmp_path, HEADS, most=5)


def test_only_the_reader_grows(capsys):
    with pytest.raises(SystemExit):
        call_command("train", "judge", "--grow")
    assert "Only the reader's head grows" in capsys.readouterr().err


def test_a_row_is_fitted_to_what_sets_its_messages_apart():
    vectors = torch.nn.functional.normalize(torch.randn(200, 8, generator=torch.manual_seed(1)))
    marks = (vectors[:, :1] > 0).float()
    told = growing._fitted(vectors, marks)(vectors).sigmoid() >= growing.TOLD
    assert (told == marks.bool()).float().mean() > 0.95

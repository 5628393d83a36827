"""Training the writer, on a very small one."""

import pytest
import torch

from chatbot.training import corpus, writer
from chatbot.writing.vocabulary import END, reference_token


@pytest.fixture(scope="module")
def rows():
    return corpus.replies()[:10]


@pytest.fixture
def tiny(rows, monkeypatch):
    """A tokenizer of ten rows and an untrained model for it."""
    for name, value in {"WIDTH": 64, "LAYERS": 1, "INNER": 64, "BATCH": 10}.items():
        monkeypatch.setattr(writer, name, value)
    monkeypatch.setattr(writer, "RATE", 1e-2)
    tokenizer = writer.build_tokenizer(rows)
    torch.manual_seed(0)
    return writer.build_model(tokenizer), tokenizer


def test_two_steps_on_ten_rows_lower_the_loss(tiny, rows):
    model, tokenizer = tiny
    before = writer.measured(model, tokenizer, rows, "cpu")
    writer.fit(model, tokenizer, rows, 2, "cpu")
    assert writer.measured(model, tokenizer, rows, "cpu") < before - 0.05


def test_steps_of_no_length_leave_the_loss_where_it_was(tiny, rows, monkeypatch):
    model, tokenizer = tiny
    monkeypatch.setattr(writer, "RATE", 0.0)
    before = writer.measured(model, tokenizer, rows, "cpu")
    writer.fit(model, tokenizer, rows, 2, "cpu")
    assert writer.measured(model, tokenizer, rows, "cpu") == before


class Interrupted(Exception):
    """Stands for a machine that is switched off."""


def test_an_interrupted_run_goes_on_to_the_same_end(rows, monkeypatch, tmp_path, tiny):
    whole, tokenizer = tiny
    untrained = {k: v.clone() for k, v in whole.state_dict().items()}
    writer.fit(whole, tokenizer, rows, 3, "cpu")
    cut = writer.build_model(tokenizer)
    cut.load_state_dict(untrained)
    kept = tmp_path / "run.pt"
    interrupt_after(1, monkeypatch)
    with pytest.raises(Interrupted):
        writer.fit(cut, tokenizer, rows, 3, "cpu", kept=kept)
    monkeypatch.undo()
    for name, value in {"BATCH": 10, "RATE": 1e-2}.items():
        monkeypatch.setattr(writer, name, value)
    writer.fit(cut, tokenizer, rows, 3, "cpu", kept=kept)
    same = zip(whole.parameters(), cut.parameters(), strict=True)
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in same)
    assert not kept.exists()


def interrupt_after(epochs, monkeypatch):
    """Make training break off once `epochs` have been kept."""
    real = writer.Progress.keep

    def keep(self, done):
        real(self, done)
        if done == epochs:
            raise Interrupted

    monkeypatch.setattr(writer.Progress, "keep", keep)


def test_every_act_gives_its_share_to_what_is_held_out():
    learnt, aside = writer.split(corpus.replies(), 0.1, writer.random.Random(0))
    assert {r.act for r in aside} == {r.act for r in learnt}
    assert not set(learnt) & set(aside)


def test_only_the_text_is_learnt_not_the_prompt(tiny, rows):
    _model, tokenizer = tiny
    before, text = writer.example(rows[0], {rows[0].act: []}, writer.random.Random(0))
    labels = writer._batch([(before, text)], tokenizer, "cpu")["labels"][0]
    asked = len(tokenizer(before).input_ids)
    assert set(labels[:asked].tolist()) == {writer.IGNORED}
    assert tokenizer.decode(labels[asked:]) == text


def test_acts_references_and_the_end_are_single_tokens(tiny, rows):
    _model, tokenizer = tiny
    for word in (END, f"<act:{rows[0].act}>", reference_token(rows[0].references[0])):
        assert len(tokenizer(word).input_ids) == 1
    assert len(tokenizer("{no.such}").input_ids) > 1


def test_the_same_seed_trains_the_same_writer(rows, tmp_path, monkeypatch):
    for name, value in {"WIDTH": 32, "LAYERS": 1, "INNER": 32, "VOCABULARY": 400}.items():
        monkeypatch.setattr(writer, name, value)
    monkeypatch.setattr(corpus, "replies", lambda: rows)
    losses = [writer.train(tmp_path / str(n), 1, "cpu", held_out=0.2) for n in range(2)]
    assert losses[0] == losses[1]
    assert losses[0] != writer.train(tmp_path / "other", 1, "cpu", seed=1, held_out=0.2)

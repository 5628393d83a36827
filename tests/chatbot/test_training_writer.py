"""Training the writer, on a very small one."""

import threading

import numpy as np
import pytest
import torch
from django.core.management import call_command
from transformers import AutoTokenizer

from chatbot import writing
from chatbot.terms import Brief
from chatbot.training import corpus, fitting, proposals, writer
from chatbot.writing import proposing
from chatbot.writing.bundled import BundledWriter
from chatbot.writing.vocabulary import END, act_token, reference_token

FAST = 1e-2  # a rate at which ten rows are learnt in no time


@pytest.fixture(scope="module")
def rows():
    return corpus.replies()[:10]


@pytest.fixture
def tiny(rows, monkeypatch):
    """A tokenizer of ten rows and an untrained model for it."""
    monkeypatch.setattr(writer, "WRITER", writer.Size(64, 1, 4, 64))
    monkeypatch.setattr(writer, "BATCH", 10)
    tokenizer = writer.build_tokenizer(rows)
    torch.manual_seed(0)
    return writer.build_model(tokenizer), tokenizer


def test_two_steps_on_ten_rows_lower_the_loss(tiny, rows):
    model, tokenizer = tiny
    before = writer.measured(model, tokenizer, rows, "cpu")
    writer.fit(model, tokenizer, rows, 2, "cpu", rate=FAST)
    assert writer.measured(model, tokenizer, rows, "cpu") < before - 0.05


def test_steps_of_no_length_leave_the_loss_where_it_was(tiny, rows):
    model, tokenizer = tiny
    before = writer.measured(model, tokenizer, rows, "cpu")
    writer.fit(model, tokenizer, rows, 2, "cpu", rate=0.0)
    assert writer.measured(model, tokenizer, rows, "cpu") == before


class Interrupted(Exception):
    """Stands for a machine that is switched off."""


def test_an_interrupted_run_goes_on_to_the_same_end(rows, monkeypatch, tmp_path, tiny):
    whole, tokenizer = tiny
    untrained = {k: v.clone() for k, v in whole.state_dict().items()}
    writer.fit(whole, tokenizer, rows, 3, "cpu", rate=FAST)
    cut = writer.build_model(tokenizer)
    cut.load_state_dict(untrained)
    kept = tmp_path / "run.pt"
    interrupt_after(1, monkeypatch)
    with pytest.raises(Interrupted):
        writer.fit(cut, tokenizer, rows, 3, "cpu", rate=FAST, kept=kept)
    monkeypatch.undo()
    monkeypatch.setattr(writer, "BATCH", 10)
    writer.fit(cut, tokenizer, rows, 3, "cpu", rate=FAST, kept=kept)
    same = zip(whole.parameters(), cut.parameters(), strict=True)
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in same)
    assert not kept.exists()


def interrupt_after(epochs, monkeypatch):
    """Make training break off once `epochs` have been kept."""
    real = fitting.Progress.keep

    def keep(self, done):
        real(self, done)
        if done == epochs:
            raise Interrupted

    monkeypatch.setattr(fitting.Progress, "keep", keep)


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
    monkeypatch.setattr(writer, "WRITER", writer.Size(32, 1, 4, 32))
    monkeypatch.setattr(writer, "VOCABULARY", 400)
    monkeypatch.setattr(corpus, "replies", lambda: rows)
    losses = [writer.train(tmp_path / str(n), 1, "cpu", held_out=0.2) for n in range(2)]
    assert losses[0] == losses[1]
    assert losses[0] != writer.train(tmp_path / "other", 1, "cpu", seed=1, held_out=0.2)


def test_what_replies_say_next_is_counted_beside_the_weights(tiny, rows, tmp_path):
    tokenizer, row = tiny[1], rows[0]
    proposals.save(tmp_path, tokenizer, rows)
    said, act = tokenizer(row.text + END).input_ids, tokenizer.get_vocab()[act_token(row.act)]
    last = [proposing.START] + [proposing.NONE] * (proposing.ORDER - 1)
    found = proposing.load(tmp_path).proposed(
        np.array([act] * 2), np.array([last, said[9:3:-1]]), 1
    )
    begun = {tokenizer(r.text).input_ids[0] for r in rows if r.act == row.act}
    assert found[0, 0] in begun and found[1, 0] == said[10]


def test_the_loss_is_drawn_the_same_from_the_same_run(tiny, rows, tmp_path):
    model, tokenizer = tiny
    untrained = {k: v.clone() for k, v in model.state_dict().items()}
    plots = [tmp_path / name / "loss.svg" for name in ("one", "two")]
    for plot in plots:
        model.load_state_dict(untrained)
        writer.fit(model, tokenizer, rows, 2, "cpu", plot=plot)
    assert "<svg" in plots[0].read_text()
    assert plots[0].read_bytes() == plots[1].read_bytes()


NEW = corpus.ReplyRow("tea.brewed", "Your tea is {tea.kind}, at last.")


@pytest.fixture
def trained(tiny, rows, tmp_path):
    """A folder with a writer of ten rows."""
    model, tokenizer = tiny
    model.save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    return tmp_path


def test_a_trained_writer_gains_the_words_of_new_acts_and_keeps_the_old_ones(trained, rows):
    before = AutoTokenizer.from_pretrained(trained).get_vocab()
    tokenizer = writer.grown_tokenizer([*rows, NEW], trained)
    grown = tokenizer.get_vocab()
    assert {word: grown[word] for word in before} == before
    assert set(grown) - set(before) == {act_token(NEW.act), reference_token("tea.kind")}
    assert len(tokenizer(reference_token("tea.kind")).input_ids) == 1


def test_a_trained_writer_speaks_of_the_old_as_before_and_can_learn_the_new(trained, rows, tiny):
    tokenizer = writer.grown_tokenizer([*rows, NEW], trained)
    model = writer.grown_model(tokenizer, trained)
    assert model.get_input_embeddings().num_embeddings == len(tokenizer)
    ids = torch.tensor([tokenizer(rows[0].text).input_ids])
    old = tiny[0].eval()(ids).logits
    assert torch.allclose(model.eval()(ids).logits[..., : old.shape[-1]], old, atol=1e-4)
    before = writer.measured(model, tokenizer, [NEW], "cpu")
    writer.fit(model, tokenizer, [NEW], 8, "cpu", rate=FAST)
    assert writer.measured(model, tokenizer, [NEW], "cpu") < before


@pytest.mark.slow
def test_a_trial_goes_on_from_the_bundled_writer_and_leaves_one_that_speaks(tmp_path, capsys):
    start = str(writing.WEIGHTS)
    call_command("train", "writer", "--smoke", "--out", str(tmp_path), "--from", start)
    assert "held out" in capsys.readouterr().out
    assert (tmp_path / "loss.svg").exists()
    brief = Brief("price.one", ("product.name", "variant.price"))
    said = "".join(BundledWriter(tmp_path).write(brief, seed=1, stop=threading.Event()))
    assert "{variant.price}" in said
    assert len(proposing.load(tmp_path).keys) > 100


def test_a_trial_of_the_copywriter_learns_the_acts_of_product_texts(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "COPYWRITER", writer.Size(64, 1, 4, 64))
    call_command("train", "copywriter", "--smoke", "--out", str(tmp_path))
    known = BundledWriter(tmp_path).vocabulary
    acts = {token for token in known if token.startswith("<act:")}
    assert len(acts) > 20 and all(act.startswith("<act:copy.") for act in acts)

"""Tuning on reviewed replies, on very small models: it has to do some good, or nothing changes."""

import subprocess
import sys
import threading
from collections import Counter

import pytest
import torch
from django.core.management import call_command
from safetensors.torch import load_file

from chatbot.terms import Brief
from chatbot.training import adapting, corpus, fitting, tuned_hub, tuned_writer, writer
from chatbot.training.adapting import Figures, TooFewError, WorseError
from chatbot.training.reviewed import Gathered, Reviewed
from chatbot.writing import proposing
from chatbot.writing.bundled import BundledWriter
from chatbot.writing.hub import HubWriter
from chatbot.writing.vocabulary import act_token
from tests import tiny_models

ACT = "price.one"
VALUES = {"product.name": "Larkspur Kettle", "variant.price": "$49.00"}


def gathered(rows):
    brief = Brief(ACT, tuple(VALUES), tuple(VALUES), VALUES)
    return Gathered([Reviewed(row, brief) for row in rows], Counter({"is too long": 2}))


@pytest.fixture(scope="module")
def prices():
    """How the corpus tells a price, all in the same references."""
    found = [r for r in corpus.replies() if r.act == ACT and set(r.references) == set(VALUES)]
    return found[:24]


@pytest.fixture
def vouched(prices, monkeypatch):
    for module in (tuned_writer, tuned_hub):
        monkeypatch.setattr(module, "gather", lambda: gathered(prices))


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A rate at which a few rows are learnt in no time, and few texts to try it with."""
    monkeypatch.setattr(tuned_writer, "RATE", 2e-3)
    monkeypatch.setattr(tuned_writer, "TRIED", 12)


@pytest.fixture(scope="module")
def others():
    """How the corpus tells what has nothing to do with prices."""
    return [r for r in corpus.replies() if r.act.startswith("smalltalk.")][:40]


@pytest.fixture(scope="module")
def start(prices, others, tmp_path_factory):
    """A folder with a small writer that has learnt other acts well, and prices hardly."""
    folder, rows = tmp_path_factory.mktemp("start"), others + prices[:2]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "WRITER", writer.Size(64, 2, 4, 128))
        patch.setattr(writer, "BATCH", 16)
        tokenizer = writer.build_tokenizer(rows)
        torch.manual_seed(0)
        model = writer.build_model(tokenizer)
        writer.fit(model, tokenizer, rows, 60, "cpu", rate=5e-3)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def small(start, others, monkeypatch):
    """The same, where the corpus holds nothing but those other acts."""
    monkeypatch.setattr(writer, "BATCH", 16)
    monkeypatch.setattr(corpus, "replies", lambda: others)
    return start


def tune_writer(start, out, **more):
    return tuned_writer.tune(out, start, more.pop("epochs", 6), "cpu", least=10, **more)


def test_a_tuned_writer_words_reviewed_replies_better_and_still_knows_the_rest(
    small, vouched, tmp_path, monkeypatch
):
    monkeypatch.setattr(adapting, "MOST_FORGOTTEN", 9.0)  # what is forgotten is told below
    outcome = tune_writer(small, tmp_path / "tuned")
    assert outcome.after.reviewed < outcome.before.reviewed - 0.05
    assert outcome.after.known < outcome.before.known + 0.1
    assert (tmp_path / "tuned" / "loss.svg").exists()
    assert len(proposing.load(tmp_path / "tuned").keys)


def test_the_merged_checkpoint_is_a_standard_one_that_writes(small, vouched, tmp_path, monkeypatch):
    monkeypatch.setattr(adapting, "MOST_FORGOTTEN", 0.1)
    tune_writer(small, tmp_path / "tuned")
    names = set(load_file(tmp_path / "tuned" / "model.safetensors"))
    assert names == set(load_file(small / "model.safetensors"))
    assert (tmp_path / "tuned" / "adapter" / "adapter_model.safetensors").exists()
    assert str(tmp_path) not in (tmp_path / "tuned/adapter/adapter_config.json").read_text()
    engine = BundledWriter(tmp_path / "tuned")
    said = "".join(engine.write(Brief(ACT, ("variant.price",)), seed=1, stop=threading.Event()))
    assert "{variant.price}" in said


def test_one_that_got_worse_replaces_nothing(small, vouched, tmp_path, monkeypatch):
    monkeypatch.setattr(tuned_writer, "RATE", 5.0)
    out = tmp_path / "tuned"
    out.mkdir()
    (out / "model.safetensors").write_bytes(b"as it was")
    with pytest.raises(WorseError, match=r"tuned stays as it is.*before:.*now:"):
        tune_writer(small, out)
    assert (out / "model.safetensors").read_bytes() == b"as it was"
    assert not (tmp_path / "tuned.new").exists()


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (Figures(2.0, 9, 9, 1.0), "no better"),
        (Figures(1.0, 9, 9, 1.1), "forgotten"),
        (Figures(1.0, 8, 9, 1.0), "Fewer of its texts"),
    ],
)
def test_each_way_of_being_worse_is_told(after, told, tmp_path):
    new = tmp_path / "new"
    new.mkdir()
    with pytest.raises(WorseError, match=told):
        adapting.settle(5, Figures(2.0, 9, 9, 1.0), after, new, tmp_path / "out")


def test_a_better_one_takes_the_place_of_the_old_one(tmp_path):
    for name in ("new", "out"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text(name)
    good = Figures(1.0, 9, 9, 1.0)
    adapting.settle(5, Figures(2.0, 9, 9, 1.0), good, tmp_path / "new", tmp_path / "out")
    assert (tmp_path / "out" / "config.json").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_too_few_reviewed_replies_are_refused_with_how_many_there_are(prices):
    with pytest.raises(TooFewError, match=r"24 different.*needs 60.*Left out: 2 is too long"):
        adapting.enough(gathered(prices), 60)


class Interrupted(Exception):
    """Stands for a machine that is switched off."""


def interrupt_after(epochs, monkeypatch):
    real = fitting.Progress.keep

    def keep(self, done):
        real(self, done)
        if done == epochs:
            raise Interrupted

    monkeypatch.setattr(fitting.Progress, "keep", keep)


def test_an_interrupted_run_keeps_the_adapter_alone_and_goes_on_to_the_same_end(
    small, vouched, tmp_path, monkeypatch
):
    monkeypatch.setattr(adapting, "MOST_FORGOTTEN", 9.0)
    whole = tune_writer(small, tmp_path / "whole", epochs=4)
    kept = tmp_path / "run.pt"
    with monkeypatch.context() as cut:
        interrupt_after(2, cut)
        with pytest.raises(Interrupted):
            tune_writer(small, tmp_path / "cut", epochs=4, kept=kept)
    assert all("lora" in name for name in torch.load(kept)["model"])
    assert tune_writer(small, tmp_path / "cut", epochs=4, kept=kept) == whole
    assert not kept.exists()


@pytest.fixture
def chatty(tmp_path):
    """A folder with a small model that can chat, and ends its texts."""
    words = tiny_models.tokenizer()
    model = tiny_models.babbling(words)
    model.config.eos_token_id = model.generation_config.eos_token_id = words.eos_token_id
    model.save_pretrained(tmp_path / "chatty")
    words.save_pretrained(tmp_path / "chatty")
    return tmp_path / "chatty"


def test_a_tuned_hub_model_lowers_its_loss_and_the_hub_engine_drives_it(
    chatty, vouched, tmp_path, monkeypatch
):
    monkeypatch.setattr(tuned_hub, "RATE", 2e-2)
    out = tmp_path / "tuned"
    outcome = tuned_hub.tune(out, str(chatty), 2, "cpu", least=10)
    assert outcome.after.reviewed < outcome.before.reviewed - 0.1
    assert set(load_file(out / "model.safetensors")) == set(load_file(chatty / "model.safetensors"))
    engine = HubWriter(str(out), 20)
    assert engine.weights and engine.name == "hub tuned"
    brief = Brief(ACT, tuple(VALUES), (), VALUES)
    assert next(engine.write(brief, seed=1, stop=threading.Event()))


def test_a_hub_model_that_got_no_better_is_refused(chatty, vouched, tmp_path, monkeypatch):
    monkeypatch.setattr(tuned_hub, "RATE", 0.0)
    with pytest.raises(WorseError):
        tuned_hub.tune(tmp_path / "tuned", str(chatty), 1, "cpu", least=10)
    assert not (tmp_path / "tuned").exists()


def test_a_hub_model_learns_values_and_placeholders_for_what_is_a_shoppers():
    values = {"order.number": "#2001", "product.name": "Larkspur Kettle"}
    row = corpus.ReplyRow("order.status", "{product.name} is in order {order.number}.")
    one = Reviewed(row, Brief("order.status", tuple(values), tuple(values), values))
    assert tuned_hub.said(one) == "Larkspur Kettle is in order {order.number}."


def test_a_hub_model_learns_what_is_said_and_not_what_is_asked():
    found = tuned_hub.batch([([1, 2, 3], [4, 5]), ([1], [6])], "cpu")
    assert found["labels"].tolist() == [[-100, -100, -100, 4, 5], [-100, 6, -100, -100, -100]]
    assert found["attention_mask"].sum(-1).tolist() == [5, 2]


def test_rows_for_measuring_are_none_of_those_for_learning(prices):
    learnt, aside = adapting.parted(prices, 0)
    assert not set(learnt) & set(aside) and len(learnt) + len(aside) == len(prices)
    assert adapting.parted(prices, 0) == (learnt, aside)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [["writer"], ["hub", "--model", "some/model"]])
def test_the_command_says_how_many_reviewed_replies_it_lacks(model, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("train", *model, "--from-reviews", "--out", str(tmp_path / "out"))
    assert end.value.code == 2
    assert "0 different reviewed texts can be learnt from; it needs 60" in capsys.readouterr().err


@pytest.mark.parametrize("asked", [["hub"], ["reader", "--from-reviews"],
                                   ["writer", "--from-reviews"]])  # fmt: skip
def test_what_is_missing_is_named_with_the_whole_command(asked, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("train", *asked)
    assert end.value.code == 2
    assert "train hub --from-reviews --model NAME_OR_FOLDER --out" in capsys.readouterr().err


def test_the_site_runs_without_peft():
    code = "import sys, chatbot.writing; sys.exit('peft' in sys.modules)"
    env = {"DJANGO_SETTINGS_MODULE": "storefront.settings", "OMP_NUM_THREADS": "1"}
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 0


def test_a_writer_without_a_word_for_a_reviewed_act_leaves_it_out(small):
    tokenizer = writer.AutoTokenizer.from_pretrained(small)
    assert tuned_writer._speaks(tokenizer, corpus.ReplyRow(ACT, "It is {variant.price}."))
    assert not tuned_writer._speaks(tokenizer, corpus.ReplyRow("no.such", "Hello."))
    assert act_token("no.such") not in tokenizer.get_vocab()

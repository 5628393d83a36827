"""The recommender is chosen by orders it has not seen, and used only where it fits."""

import json
import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import torch
from django.core.management import call_command

from chatbot import recommending
from chatbot.recommending import now, saved, scoring
from chatbot.recommending.history import History
from chatbot.recommending.past import Whom
from chatbot.recommending.scoring import DEFAULT
from chatbot.training.fitting import Fit
from chatbot.training.recommender import TooFewError, cases, choose, choosing, figures, model
from storefront.queries import Basket
from tests.chatbot.made_shops import BEGIN
from tests.load import laws
from tests.load.recommending import figures as measured

SOLD = frozenset(f"thing-{n}" for n in range(9))


def basket(who, day, *numbers):
    return Basket(who, BEGIN + timedelta(days=day), tuple(f"thing-{n}" for n in numbers))


def test_an_order_is_held_out_with_only_what_was_bought_before_it():
    bought = [basket(1, 0, 1), basket(2, 1, 7), basket(1, 2, 2, 3), basket(1, 3, 3, 4)]
    (one,) = cases.cases(bought, 3, 4, SOLD)
    assert one.history.bought == ("thing-2", "thing-3", "thing-1") and one.before == 2
    assert one.targets == ("thing-4",) and one.history.newest == ("thing-2", "thing-3")


def test_what_is_later_changes_no_case():
    bought = [basket(n % 3, n, n % 9, (n + 1) % 9) for n in range(12)]
    before = cases.cases(bought, 4, 8, SOLD)
    assert before == cases.cases([*bought[:8], basket(0, 90, 5)], 4, 8, SOLD)


def test_orders_that_bring_nothing_new_or_nothing_that_is_sold_are_none():
    bought = [basket(1, 0, 1), basket(1, 1, 1), Basket(1, BEGIN, ("gone",))]
    assert cases.cases(bought, 1, 3, SOLD) == []


def test_ranks_count_from_one_without_what_was_had_and_ties_go_to_the_first():
    scores = np.array([[0.9, 0.5, 0.5, 0.1]])
    assert figures.ranks(scores, [2], []).tolist() == [[3]]
    assert figures.ranks(scores, [2], [0]).tolist() == [[2]]


@pytest.mark.parametrize(
    ("ranks", "ndcg"),
    [([1], 1.0), ([2], 0.6309), ([11], 0.0), ([1, 2], 1.0), ([1, 3], 0.9197)],
)
def test_ndcg_is_as_it_is_defined(ranks, ndcg):
    assert figures.gains(np.array([ranks]))[0] == pytest.approx(ndcg, abs=1e-4)


def test_an_interval_is_of_shoppers_not_of_orders():
    held = [cases.Case(who, 1, History(), ("x",)) for who in (1, 2, 3, 4) for _n in range(100)]
    own = np.repeat([0.0, 1.0, 0.0, 1.0], 100)
    low, high = figures.interval(own, held)
    assert low == 0.0 and high == 1.0  # by orders it would be 0.45 to 0.55


def test_what_is_run_is_what_was_trained():
    torch.manual_seed(1)
    here = laws.world("complements", 30)
    shelf = now.build(here.products, [], here.vectors)
    trained = model.Sequences(torch.from_numpy(shelf.vectors))
    with torch.no_grad():
        for part in trained.parameters():
            part.add_(0.1 * torch.randn_like(part))
    read = torch.tensor([[3, 7, 1, 20, 4]])
    trained.eval()
    told = trained(read, torch.tensor([5]))[0].detach().numpy()
    run = trained.exported([p.handle for p in here.products])
    assert np.allclose(run.scores([f"p{n}" for n in read[0].tolist()], shelf), told, atol=1e-3)


def test_a_product_that_is_new_has_a_score_by_what_it_is_like():
    here = laws.world("complements", 30)
    shelf = now.build(here.products, [], here.vectors)
    run = model.Sequences(torch.from_numpy(shelf.vectors)).exported(["p1", "p2"])
    assert np.isfinite(run.scores(["p9"], shelf)).all() and run.scores(["gone"], shelf).sum() == 0


@pytest.fixture
def folder(settings, tmp_path, monkeypatch):
    """Where the recommender of Linden's is."""
    settings.RECOMMENDER = str(tmp_path / "recommender")
    monkeypatch.setattr(saved, "_kept", None)
    return Path(settings.RECOMMENDER)


@pytest.mark.django_db
def test_the_law_of_a_shop_is_found_to_four_fifths_of_an_oracle(tmp_path):
    told = measured("complements", 700, tmp_path, products=60, epochs=3)
    assert told["share"] >= 0.8 and not told["worse"], told["table"]
    assert (tmp_path / "figures.svg").exists() and "item-kNN" in told["table"]


@pytest.mark.django_db
def test_where_there_is_no_law_the_best_simple_one_stays(tmp_path, monkeypatch):
    bought = laws.bought

    def shuffled(*given, **more):  # the same orders, of other people at other times
        found = bought(*given, **more)
        order = np.random.default_rng(3).permutation(len(found))
        return [replace(b, handles=found[n].handles) for b, n in zip(found, order, strict=True)]

    monkeypatch.setattr(laws, "bought", shuffled)
    told = measured("complements", 400, tmp_path, products=60, epochs=1)
    assert told["chosen"] in choosing.BASELINES and not told["worse"]


@pytest.mark.django_db
def test_who_does_not_look_at_what_comes_next_misses_the_law(tmp_path, monkeypatch):
    for part in ("then", "after"):
        monkeypatch.setitem(
            scoring.PARTS, part, lambda shelf, _seeds: np.zeros(len(shelf.products))
        )
    told = measured("complements", 700, tmp_path, products=60, epochs=1)
    assert told["share"] < 0.8


@pytest.mark.django_db
def test_too_few_orders_choose_nothing(linden, folder):
    here = laws.world("complements", 30)
    few = laws.bought(here, 20)
    with pytest.raises(TooFewError, match="too few to choose by"):
        choose(here.products, few, here.vectors, folder, epochs=1)
    assert saved.read(folder).recipe == DEFAULT and saved.read(folder).model is None


@pytest.mark.django_db
def test_the_command_says_that_orders_are_too_few_and_pages_go_on(ada, folder, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("train", "recommender", "--smoke", "--out", folder)
    assert ended.value.code == 2 and "too few" in capsys.readouterr().out
    assert [p.product.handle for p in recommending.shown(Whom(ada.pk), 8)] == ["brindle-teapot"]


@pytest.mark.django_db
def test_a_trial_does_not_replace_what_is_used(ada, folder):
    with pytest.raises(SystemExit):
        call_command("train", "recommender", "--smoke")
    assert not folder.exists()


def written(folder, here):
    """A recommender with a model, in its folder."""
    shelf = now.build(here.products, [], here.vectors)
    trained = model.Sequences(torch.from_numpy(shelf.vectors)).exported(["p1", "p2"])
    saved.write(folder, saved.Chosen({"learned": 1.0}, trained, "model", {}, "abc"))


@pytest.fixture
def trained(linden, folder):
    """The same at Linden's."""
    written(folder, laws.world("complements", 30))
    return folder


def change(folder, **more):
    path = folder / saved.FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | more))


@pytest.mark.django_db
def test_what_was_written_is_read(trained):
    made = saved.chosen()
    assert (made.name, dict(made.recipe)) == ("model", {"learned": 1.0})
    assert made.model.handles == {"p1": 0, "p2": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoil",
    [
        lambda f: (f / saved.FILE).write_text("{"),
        lambda f: (f / saved.FILE).write_text("[]"),
        lambda f: (f / saved.WEIGHTS).unlink(),
        lambda f: (f / saved.WEIGHTS).write_bytes(b"x" * 90),
        lambda f: change(f, shop="Another"),
        lambda f: change(f, form=99),
        lambda f: change(f, recipe={"margin": 1.0}),
        lambda f: change(f, recipe={}),
    ],
    ids=["cut", "list", "no weights", "other weights", "shop", "form", "part", "empty"],
)
def test_what_is_spoilt_or_anothers_is_not_used_and_said(trained, spoil, caplog):
    spoil(trained)
    with caplog.at_level(logging.WARNING):
        assert saved.chosen().recipe == DEFAULT
    assert "train recommender" in caplog.text


@pytest.mark.django_db
def test_without_a_file_it_is_content_and_popularity(linden, folder):
    assert saved.chosen().recipe == DEFAULT
    written(folder, laws.world("complements", 30))
    assert saved.chosen().name == "model"  # read as soon as it is there


@pytest.mark.django_db
def test_a_model_serves_pages(ada, trained):
    told = recommending.shown(Whom(ada.pk), 8)
    assert [p.product.handle for p in told] == ["brindle-teapot"]


def test_an_interrupted_training_goes_on(tmp_path):
    here = laws.world("complements", 30)
    shelf = now.build(here.products, laws.bought(here, 60), here.vectors)
    whole = model.learn(shelf, 2)
    kept = tmp_path / "kept.pt"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Fit, "_epoch", once)
        with pytest.raises(KeyboardInterrupt):
            model.learn(shelf, 2, kept=kept)
    again = model.learn(shelf, 2, kept=kept)
    assert np.allclose(whole.weights["project"], again.weights["project"], atol=1e-5)


def once(fit, number, *given, whole=Fit._epoch):
    """An epoch, and then the lights go out."""
    if number == 1:
        raise KeyboardInterrupt
    whole(fit, number, *given)

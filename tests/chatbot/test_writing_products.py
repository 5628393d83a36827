"""Products of rows: the same bits for a row whoever stands beside it, or in full precision."""

import pytest
import torch

from chatbot import processor
from chatbot.writing import products

pytestmark = pytest.mark.skipif(not processor.onednn(), reason="torch comes without oneDNN here")
SHAPES = ((768, 256), (256, 688), (301, 256))  # (out, in)


@pytest.fixture
def weights():
    chance = torch.Generator().manual_seed(1)
    return [torch.randn(shape, generator=chance) * 0.1 for shape in SHAPES]


@pytest.fixture
def half(monkeypatch):
    """A processor that says it computes in half precision."""
    monkeypatch.setattr(processor, "best", lambda: torch.bfloat16)


def disagreeing(monkeypatch, wrong):
    """Let calls of as many rows as `wrong` says add up in another order."""
    called = products.times

    def call(rows, weights):
        found = called(rows, weights)
        return found * 1.01 if rows.dtype == torch.bfloat16 and wrong(len(rows)) else found

    monkeypatch.setattr(products, "times", call)


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
def test_a_row_comes_out_the_same_among_few_and_many_and_anywhere(weights, monkeypatch, kind):
    monkeypatch.setattr(processor, "best", lambda: kind)
    for each in weights:
        matrix, rows = products.packed(each), products._telling(each).repeat(3, 1)
        whole = products.product(rows, matrix)
        for start, many in ((0, 1), (5, 17), (100, 130), (3, 200), (7, 500)):
            part = rows[start : start + many]
            assert torch.equal(products.product(part, matrix), whole[start : start + many])


def test_weights_lie_on_top_of_each_other(weights):
    rows = torch.randn(9, 256)
    found = products.product(rows, products.packed(weights[0], weights[2]))
    near = torch.cat([rows @ weights[0].T, rows @ weights[2].T], 1)
    assert torch.allclose(found, near, atol=0.1)


def test_nothing_times_weights_is_nothing(weights):
    assert products.product(torch.empty(0, 256), products.packed(weights[0])).shape == (0, 768)


def test_where_products_agree_they_are_taken_in_half_precision(weights, monkeypatch, half):
    monkeypatch.setattr(
        products, "times", lambda rows, _weights: rows @ torch.ones(256, 7).to(rows)
    )
    assert products.packed(weights[0]).weights.dtype == torch.bfloat16


def test_where_few_rows_disagree_more_are_taken_at_once(weights, monkeypatch, half):
    disagreeing(monkeypatch, lambda many: many < products.LEAST[1])
    assert products.packed(weights[0]).least in (products.LEAST[1], None)


@pytest.mark.parametrize("wrong", [lambda many: many == 64, lambda many: many > 100])
def test_where_any_count_disagrees_full_precision_is_taken(weights, monkeypatch, half, wrong):
    disagreeing(monkeypatch, wrong)
    assert products.packed(weights[0]).weights.dtype == torch.float32


def test_where_the_place_tells_full_precision_is_taken(weights, monkeypatch, half):
    called = products.times

    def call(rows, weights):
        found = called(rows, weights)
        return found + torch.arange(len(rows))[:, None] * (rows.dtype == torch.bfloat16)

    monkeypatch.setattr(products, "times", call)
    assert products.packed(weights[0]).weights.dtype == torch.float32


def test_a_processor_without_half_precision_multiplies_in_full(weights, monkeypatch):
    monkeypatch.setattr(processor, "best", lambda: torch.float32)
    assert products.packed(weights[0])[0].dtype == torch.float32
    assert products.packed(weights[0]).least is None

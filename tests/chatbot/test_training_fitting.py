"""What every training shares: going on from trained weights, and batches cut so that little is padding."""

import pytest
import torch
from torch import nn

from chatbot.training import fitting, reader


class Counting(nn.Module):
    """Stands for the heads; its logits tell the lengths it was given, and it notes each padding."""

    def __init__(self):
        super().__init__()
        self.padding = []

    def forward(self, hidden, mask):
        self.padding.append(int((mask == 0).sum()))
        lengths = mask.sum(1, keepdim=True).float()
        return torch.cat([lengths, -lengths], 1), lengths


def rows(*lengths):
    return [
        (torch.zeros(n, 4).half(), torch.tensor([1.0, 0.0]), torch.tensor([1.0])) for n in lengths
    ]


@pytest.mark.parametrize(("share", "left"), [((), 7.0), ((0.5,), 6.0)])
def test_a_run_that_goes_on_keeps_a_quarter_of_what_it_began_with_or_what_it_says(share, left):
    model = nn.Linear(1, 1, bias=False)
    nn.init.constant_(model.weight, 8.0)
    fitting.lean_back(model, {"weight": torch.tensor([[4.0]]).half()}, *share)
    assert model.weight.item() == pytest.approx(left)


def test_the_loss_of_a_batch_is_the_same_in_chunks_with_less_padding(monkeypatch):
    losses, padding = [], []
    for chunks in (1, 4):
        monkeypatch.setattr(reader, "CHUNKS", chunks)
        model = Counting()
        losses.append(reader._loss(model, rows(1, 9, 2, 8, 1, 9, 3), "cpu").item())
        padding.append(sum(model.padding))
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)
    assert padding[1] < padding[0]


@pytest.mark.parametrize(
    ("able", "half"), [({"amx_bf16": True}, True), ({"avx512_f": True}, False)]
)
def test_half_precision_is_used_only_where_the_processor_computes_in_it(able, half, monkeypatch):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: able)
    with fitting.mixed_precision("cpu"):
        assert torch.is_autocast_enabled("cpu") is half

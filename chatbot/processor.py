"""What this machine's processor is good at."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import linear

HALF = ("avx512_bf16", "amx_bf16")  # what processors call it


def best() -> torch.dtype:
    """The numbers in which this machine multiplies fastest."""
    can = torch.cpu.get_capabilities()
    return torch.bfloat16 if any(can.get(name) for name in HALF) else torch.float32


def onednn() -> bool:
    """Whether torch has it here, whose products of matrices are quick and always alike."""
    return bool(torch.backends.mkldnn.is_available())  # type: ignore[no-untyped-call]


def ordered(weights: Tensor, rows: int) -> Tensor:
    """Weights (out, in) in the order in which oneDNN reads them for about so many rows, which it
    would else put them in at every product; as they are where torch comes without it, as on
    macOS."""
    if not onednn():
        return weights
    told: Tensor = torch.ops.mkldnn._reorder_linear_weight(weights, rows)
    return told


def times(rows: Tensor, weights: Tensor, bias: Tensor | None = None) -> Tensor:
    """Rows (N, in) times weights (out, in), put in order or not, (N, out)."""
    if not weights.is_mkldnn:
        return linear(rows, weights, bias)
    told: Tensor = torch.ops.mkldnn._linear_pointwise(rows, weights, bias, "none", [], "")
    return told

"""What this machine's processor is good at."""

from __future__ import annotations

import torch

HALF = ("avx512_bf16", "amx_bf16")  # what processors call it


def best() -> torch.dtype:
    """The numbers in which this machine multiplies fastest."""
    can = torch.cpu.get_capabilities()
    return torch.bfloat16 if any(can.get(name) for name in HALF) else torch.float32


def onednn() -> bool:
    """Whether torch has it here, whose products of matrices are quick and always alike."""
    return bool(torch.backends.mkldnn.is_available())  # type: ignore[no-untyped-call]

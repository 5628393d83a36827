"""How large a run is, and where its figures are kept: `make soak` sets both."""

from __future__ import annotations

import json
import os
from pathlib import Path

TIMES = int(os.environ.get("SOAK", "1"))  # as many times as large as in `make test`
FILE = os.environ.get("SOAK_FILE", "")


def keep(name: str, figures: dict) -> None:
    """Add what was measured to the file that README quotes."""
    if FILE:
        path = Path(FILE)
        known = json.loads(path.read_text()) if path.exists() else {}
        text = json.dumps(known | {name: figures}, indent=1, sort_keys=True)
        path.write_text(f"{text}\n")

"""What recommends, on shops whose law is known: beside simple methods and beside an oracle.

    .venv/bin/python -m tests.load.recommending [SHOPPERS] [LAW …]

For each law the command that trains a recommender decides by itself. Exit 1 where what it chose has
less than 0.8 of the oracle's NDCG@10, or is worse than the best simple method.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

SHOPPERS, LEAST, EPOCHS = 2000, 0.8, 40


def figures(
    law: str, shoppers: int, out: Path, products: int = 200, epochs: int = EPOCHS, seed: int = 11
) -> Any:
    """The table, and what was chosen beside the oracle and the best simple method."""
    import numpy as np

    from chatbot.recommending import saved
    from chatbot.training.recommender import choosing
    from chatbot.training.recommender.figures import gains, interval
    from tests.load import laws

    here = laws.world(law, products, seed=seed)
    baskets = laws.bought(here, shoppers, seed=seed + 1)
    trial = choosing.Trial(here.products, baskets, here.vectors, epochs, "cpu", None, out)
    told = choosing.choose(here.products, baskets, here.vectors, out, epochs=epochs, ran=trial)
    law_knows = laws.oracle(here, baskets)
    best = np.array([
        gains(choosing._ranks(law_knows(n, case)[None], trial.whole, case))[0]
        for n, case in enumerate(trial.reporting)
    ])  # fmt: skip
    made = saved.read(out)
    rows = made.figures
    simple = max(rows[name]["ndcg"] for name in choosing.BASELINES)
    chosen = rows[made.name]
    low, high = interval(best, trial.reporting)
    return {
        "law": law, "table": told, "chosen": made.name, "ndcg": chosen["ndcg"],
        "oracle": float(best.mean()), "oracle_from": low, "oracle_to": high, "simple": simple,
        "share": chosen["ndcg"] / float(best.mean()), "worse": chosen["beside_best_to"] < 0,
    }  # fmt: skip


def main(shoppers: int, names: list[str]) -> int:
    """Print the tables; whether anything missed."""
    missed = 0
    for law in names:
        with tempfile.TemporaryDirectory() as folder:
            told = figures(law, shoppers, Path(folder))
        share = f"oracle {told['oracle']:.3f}; {told['chosen']} has {told['share']:.2f} of it"
        sys.stdout.write(f"\n{law}: {shoppers} shoppers\n{told['table']}\n{share}\n")
        sys.stdout.flush()
        missed += told["share"] < LEAST or told["worse"]
    return int(bool(missed))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
    scratch = tempfile.mkdtemp()
    os.environ["DATABASE_URL"] = f"sqlite:///{scratch}/laws.sqlite3"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    many = [int(a) for a in sys.argv[1:] if a.isdigit()]
    laws_named = [a for a in sys.argv[1:] if not a.isdigit()]
    sys.exit(main(many[0] if many else SHOPPERS, laws_named or ["complements", "tastes", "both"]))

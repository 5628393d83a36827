"""How many false sentences are held, and how many true ones are with them, kind by kind.

    .venv/bin/python -m tests.load.claims [SHOP ...]

tests/cases/claims.jsonl holds pairs: a sentence that the facts of its shop bear out, and one that
is minimally false. They come in four sets: shops that were looked at while the rules were made,
shops that were not, shops of which half the sentences are worded as freely as people can, and shops
whose sentences are worded as other engines word them, closely or freely, of all kinds together.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from chatbot.claims import check
from chatbot.terms import Fact

CASES = Path(__file__).resolve().parent.parent / "cases"
NOW = datetime(2026, 11, 20, tzinfo=UTC)
TYPED = "money percent stock quantity code was_now date order_number order_state tracking".split()
SETS = {
    "looked at": ("audio", "furniture", "kitchen", "skincare"),
    "not looked at": ("bikes", "books", "pets", "teas"),
    "freely worded": ("baby", "garden", "hardware", "jewel", "music", "outdoor", "sports", "toys"),
    "worded as by other engines": tuple(
        "barber bedding camping hampers knitwear smart yarn".split()
    ),
}


class Pair(NamedTuple):
    """A true sentence and a false one on the same facts."""

    shop: str
    kind: str
    facts: tuple[Fact, ...]
    titles: tuple[str, ...]
    asked: str
    true: str
    false: str

    def held(self, sentence: str) -> bool:
        """Whether the check holds a sentence of this turn."""
        claims = check(sentence, self.facts, asked=self.asked, titles=self.titles)
        return any(c.verdict == "held" for c in claims)


class Share(NamedTuple):
    """Pairs, and of how many the false and the true sentence is held."""

    pairs: int
    caught: int
    hindered: int

    def __str__(self) -> str:
        caught, hindered = (n / max(1, self.pairs) for n in (self.caught, self.hindered))
        return f"{self.pairs:>5} pairs   false held {caught:>6.1%}   true held {hindered:>6.1%}"


def pairs(shops: Sequence[str] = ()) -> Iterator[Pair]:
    """The pairs of all shops, or of some."""
    known = json.loads((CASES / "claims_shops.json").read_text(encoding="utf-8"))
    with (CASES / "claims.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            shop = known[row["shop"]]
            if not shops or row["shop"] in shops:
                facts = tuple(_fact(i, shop["facts"][i]) for i in row["facts"])
                yield Pair(row["shop"], row["kind"], facts, tuple(shop["titles"]), row["asked"],
                           row["true"], row["false"])  # fmt: skip


def _fact(name: str, row: dict[str, Any]) -> Fact:
    """A fact as the facts room gives it: a version's price stands there as a number as well."""
    values = dict(row["values"])
    if price := values.get("price"):
        values["amount"] = str(Decimal(price.strip("$€£").replace(",", "")))
    return Fact(row["kind"], f"{row['kind']}:{name}", "1", NOW, values, subject=row["subject"])


def measured(some: Sequence[Pair]) -> dict[str, Share]:
    """The shares by kind, and of typed claims and prose altogether."""
    marks: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for pair in some:
        mark = pair.held(pair.false), pair.held(pair.true)
        marks[pair.kind].append(mark)
        marks["typed" if pair.kind in TYPED else "prose"].append(mark)
    return {
        kind: Share(len(m), sum(false for false, _true in m), sum(true for _false, true in m))
        for kind, m in marks.items()
    }


def main(shops: Sequence[str]) -> None:
    """Tell the shares of each set."""
    for name, members in SETS.items():
        some = [p for p in pairs(members) if not shops or p.shop in shops]
        if some:
            sys.stdout.write(f"\n{name}: {', '.join(sorted({p.shop for p in some}))}\n")
            found = measured(some)
            for kind in sorted(found, key=lambda k: (k in ("typed", "prose"), k)):
                sys.stdout.write(f"{kind:<14}{found[kind]}\n")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Whether a shop of 50,000 products comes in with flat memory, and is searched as quickly as a small
one; beside a scan of every product in Python.

    .venv/bin/python -m tests.load.searching [SMALL MIDDLE LARGE]

SQLite, in a fresh process for each size. Time is what the processor spent, so that a machine busy with
other things tells the same. Memory is the highest resident set of the import, less what the process
held before it. Exit 1 where the large shop takes more than 1.3 times the memory of the middle one and
more than 100 MB, or where 95 of 100 searches of any page take more than 400 ms.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.servers import ROOT

SIZES = (500, 5_000, 50_000)
MOST_GROWTH, MOST_MEGABYTES, MOST_MS = 1.3, 100, 400
ALIKE, MOST = 78, 48  # of the scan in Python
TIMES = 36  # searches of each kind; of the scan one round
ADJECTIVES = "amber brisk cedar drift ember fern gale heron inlet juniper kestrel larch moss north"
NOUNS = "jacket kettle lantern mug pack parka quilt rug sandal tent umbrella vest blanket boot"
STUFF = "canvas cotton down fleece linen nylon oak steel stoneware waxed wool"
COLUMNS = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Option2 Name,"
    "Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Status"
)
QUERIES = (
    "kettle", "wool blanket", "heron jacket", "brisk", "waxed cotton parka size", "ketle",
    "lantrn steel", "juniper boot 17", "SKU-77-1", "purple kettle", "nothing of the kind",
)  # fmt: skip


def rows(products: int) -> Iterator[list[str]]:
    """A shop by chance, the same every time: three versions to a product."""
    chance = random.Random(products)
    for n in range(products):
        first, thing, of = (chance.choice(w.split()) for w in (ADJECTIVES, NOUNS, STUFF))
        handle, title = f"{first}-{thing}-{n}", f"{first.title()} {of.title()} {thing.title()} {n}"
        body = (
            f"<p>A {of} {thing} for a {chance.choice(ADJECTIVES.split())} day.</p><ul>"
            f"<li>Weight: {chance.randint(90, 3000)} g</li><li>Material: {of}</li></ul>"
        )
        price = chance.randint(500, 40_000)
        for v, (size, color) in enumerate((("S", "Red"), ("M", "Blue"), ("L", "Moss"))):
            shared = [title, body, f"Maker {n % 40}", thing.title(), f"{of}, {first}", "Size"]
            head = shared if v == 0 else [""] * 6
            name = "Color" if v == 0 else ""
            stock, was = str(chance.randint(0, 4)), f"{price / 80:.2f}" if n % 9 == 0 else ""
            yield [handle, *head, size, name, color, f"SKU-{n}-{v}", stock, f"{price / 100:.2f}",
                   was, "active" if v == 0 else ""]  # fmt: skip


def written(folder: Path, products: int) -> None:
    """The shop as Shopify exports it."""
    with (folder / "products.csv").open("w", newline="") as file:
        csv.writer(file).writerow(COLUMNS.split(","))
        csv.writer(file).writerows(rows(products))


def scan(query: str) -> list[Any]:
    """Every product scored in Python, as a shop of a few hundred can afford."""
    import re

    from rapidfuzz import fuzz

    from storefront.models import Product

    def parts(text: str) -> list[str]:
        return re.findall(r"\w+", text.casefold())

    scored = []
    for row in Product.objects.filter(status="active").prefetch_related("variants"):
        there = parts(f"{row.title} {row.department} {row.vendor} {' '.join(row.tags)}")
        likest = [max((fuzz.ratio(w, t) for t in there), default=0) for w in parts(query)]
        scored.append((sum(likest) / len(likest) if likest else 0, row))
    fitting = sorted((s for s in scored if s[0] >= ALIKE), key=lambda s: (-s[0], s[1].title))
    return [row for _score, row in fitting[:MOST]]


def times(work: Callable[[str], object], rounds: int) -> list[float]:
    """Milliseconds of each search, one to warm up not counted."""
    took = []
    for query in (QUERIES[0], *QUERIES * rounds):
        began = time.process_time()
        work(query)
        took.append((time.process_time() - began) * 1000)
    return took[1:]


def measured(folder: Path, products: int) -> dict[str, float]:
    """One size, in this process."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from storefront.importing import import_folder

    call_command("migrate", verbosity=0)
    written(folder, products)
    before = peak()
    began = time.process_time()
    import_folder(folder, quiet=True)
    found = {"import s": time.process_time() - began, "import MB": peak() - before}
    began = time.process_time()
    import_folder(folder, quiet=True)
    found["again s"] = time.process_time() - began
    client = Client()
    rounds = max(1, TIMES // len(QUERIES))
    asked = {
        "suggest": lambda q: client.get("/search/suggest/", {"q": q}),
        "page": lambda q: client.get("/search/", {"q": q}),
        "filtered": lambda q: client.get("/search/", {"q": q, "stock": 1, "option": "Size=M"}),
        "department": lambda _q: client.get("/departments/Kettle/?sort=price"),
        "scan": scan,
    }
    for name, work in asked.items():
        took = times(work, 1 if name == "scan" else rounds)
        found[f"{name} p50"] = statistics.median(took)
        found[f"{name} p95"] = statistics.quantiles(took, n=20)[-1]
    return found


def peak() -> float:
    """The highest resident set so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(products: int) -> dict[str, float]:
    """One size, in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        env = os.environ | {"DATABASE_URL": f"sqlite:///{scratch}/shop.sqlite3", "DEBUG": "on",
                            "DJANGO_SETTINGS_MODULE": "storefront.settings"}  # fmt: skip
        command = [sys.executable, "-m", "tests.load.searching", "--one", scratch, str(products)]
        done = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, check=True
        )
        return dict(json.loads(done.stdout))


def main(sizes: tuple[int, ...]) -> int:
    """Tell every figure by size; 1 where one is worse than it may be."""
    found = {size: apart(size) for size in sizes}
    sys.stdout.write(f"{'':<16}" + "".join(f"{size:>12,}" for size in sizes) + "  products\n")
    for name in found[sizes[0]]:
        sys.stdout.write(f"{name:<16}" + "".join(f"{found[s][name]:>12.1f}" for s in sizes) + "\n")
    large, middle = found[sizes[-1]], found[sizes[-2]]
    sys.stdout.write(
        f"\nscan in Python / search page at {sizes[-1]:,}: {large['scan p50'] / large['page p50']:.0f}"
        f" (p50), {large['scan p95'] / large['page p95']:.0f} (p95)\n"
    )
    slow = [n for n in large if n.endswith("p95") and n != "scan p95" and large[n] > MOST_MS]
    grown = large["import MB"] > max(MOST_GROWTH * middle["import MB"], MOST_MEGABYTES)
    return int(bool(slow) or grown)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        sys.stdout.write(json.dumps(measured(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))

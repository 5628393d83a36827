"""Train one of the bundled models from the corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from chatbot import facts, reading, recommending
from chatbot.training import (
    adapting,
    copywriter,
    corpus,
    growing,
    judge,
    reader,
    recommender,
    reviewed,
    tuned_hub,
    tuned_writer,
    writer,
)
from chatbot.writing import EngineError
from storefront import queries

WEIGHTS = Path(__file__).resolve().parents[2] / "weights"
EPOCHS = {"reader": 4, "judge": 3, "writer": 20, "copywriter": 40}
LEARNT_FROM = {"reader": ("messages", "followups"), "judge": ("pages", "wishes", "shops"),
               "writer": ("replies",), "copywriter": ("copy",)}  # fmt: skip
TRAIN: dict[str, Callable[..., object]] = {
    "reader": reader.train, "judge": judge.train, "writer": writer.train,
    "copywriter": copywriter.train,
}  # fmt: skip
TUNE: dict[str, Callable[..., object]] = {"writer": tuned_writer.tune, "hub": tuned_hub.tune}
TUNED_FOR = {"writer": 8, "hub": 3}  # epochs
SMOKE_LEAST = 10  # reviewed replies that a trial needs
SMOKE = {"reader": 120, "judge": 3, "writer": 120, "copywriter": 120}  # rows of a trial


class Command(BaseCommand):
    """`train reader`, `judge`, `writer` and `copywriter` write chatbot/weights; `train recommender`
    learns from the shop's own orders. A GPU is used when there is one. A run that was interrupted
    goes on from its last whole epoch; the loss is drawn into loss.svg beside the weights."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("model", choices=(*EPOCHS, "hub", "recommender"))
        parser.add_argument("--epochs", type=int, default=None)
        parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
        parser.add_argument("--out", type=Path, help="another folder than chatbot/weights/<model>")
        parser.add_argument(
            "--from", type=Path, dest="start", help="a folder of trained weights to go on from"
        )
        parser.add_argument(
            "--pages", type=int, help="judge: no more pages than this beside the questions of shops"
        )
        parser.add_argument(
            "--grow", action="store_true", help="reader: learn only the asks it does not know yet"
        )
        parser.add_argument(
            "--from-reviews", action="store_true",
            help="writer, hub: learn from what staff approved or wrote instead; needs --out",
        )  # fmt: skip
        parser.add_argument(
            "--model", dest="tuned", default="", help="hub: a hub name or a folder to tune"
        )
        parser.add_argument("--smoke", action="store_true", help="a trial of a minute; needs --out")

    def handle(self, *args: object, **options: Any) -> None:
        name, smoke = options["model"], options["smoke"]
        if wrong := _refused(options):
            self.stderr.write(wrong)
            raise SystemExit(2)
        if name == "recommender":
            self._recommend(options)
            return
        folder = options["out"] or WEIGHTS / name
        if options["from_reviews"] or name == "hub":
            self._tune(name, options)
            return
        if options["grow"]:
            self._grow(name, folder, options["start"] or WEIGHTS / name)
            return
        epochs = options["epochs"] or (1 if smoke else EPOCHS[name])
        more: dict[str, Any] = {"most": SMOKE[name] if smoke else None}
        if not smoke:
            more["kept"] = (
                settings.VAR_DIR / "training" / f"{name}-{epochs}-{_digest(name, options)}.pt"
            )
        if options["start"]:
            more["start"] = options["start"]
        if options["pages"]:
            more["pages"] = options["pages"]
        score = TRAIN[name](folder, epochs, options["device"], **more)
        self.stdout.write(f"Saved {folder.name}; held out: {score}.")

    def _recommend(self, options: dict[str, Any]) -> None:
        """Learn from the shop's orders; exit 2 where they are too few to choose by."""
        out = Path(options["out"] or settings.RECOMMENDER)
        bought, goods = queries.baskets(), queries.products()
        _version, vectors = facts.cards(reading.encode())
        recommending.keep(vectors)
        epochs = options["epochs"] or (2 if options["smoke"] else recommender.EPOCHS)
        kept = settings.VAR_DIR / "training" / f"recommender-{recommender.digest(bought)[:12]}.pt"
        how: dict[str, Any] = {"epochs": epochs, "device": options["device"], "kept": kept}
        try:
            told = recommender.choose(goods, bought, vectors, out, **how)
        except recommender.TooFewError as error:
            self.stdout.write(str(error))
            raise SystemExit(2) from error
        self.stdout.write(f"{told}\nSaved {out}.")

    def _tune(self, name: str, options: dict[str, Any]) -> None:
        """Learn from reviews; exit 2 where something is missing, 1 where it did no good."""
        out, start = options["out"], _start(name, options)
        if name not in TUNE or not (out and start and options["from_reviews"]):
            self.stderr.write(
                "Only these learn from reviews: train writer --from-reviews --out FOLDER; "
                "train hub --from-reviews --model NAME_OR_FOLDER --out FOLDER."
            )
            raise SystemExit(2)
        try:
            told = TUNE[name](out, start, **_how(name, options, str(start)))
        except (adapting.TooFewError, adapting.WorseError, EngineError) as error:
            self.stderr.write(str(error))
            raise SystemExit(1 if isinstance(error, adapting.WorseError) else 2) from error
        engine = "hub" if name == "hub" else "bundled"
        self.stdout.write(f"Saved {out.name}: {told}.")
        self.stdout.write(f"Try it: manage.py regress --engine {engine} --model {out}")

    def _grow(self, name: str, folder: Path, start: Path) -> None:
        if name != "reader":
            self.stderr.write(f"Only the reader's head grows; train the {name} with --from.")
            raise SystemExit(2)
        try:
            shares = growing.grow(folder, start)
        except growing.NothingNew as error:
            self.stderr.write(str(error))
            raise SystemExit(2) from error
        self.stdout.write(f"Saved {folder.name}; held out: {'; '.join(map(str, shares))}.")


def _refused(options: dict[str, Any]) -> str:
    """Why what is asked for cannot be done; empty if it can."""
    if options["smoke"] and not options["out"]:
        return "--smoke needs --out: a trial must not replace the bundled weights."
    if options["pages"] and options["model"] != "judge":
        return f"Only the judge learns from pages; train the {options['model']} without --pages."
    return ""


def _start(name: str, options: dict[str, Any]) -> Path | str:
    """What is tuned."""
    return options["tuned"] if name == "hub" else options["start"] or WEIGHTS / "writer"


def _how(name: str, options: dict[str, Any], start: str) -> dict[str, Any]:
    """How long, and from where an interrupted run goes on: one with the same rows and model."""
    epochs, device = options["epochs"], options["device"]
    if options["smoke"]:
        few: dict[str, Any] = {"most": SMOKE["writer"], "least": SMOKE_LEAST}
        return few | {"epochs": epochs or 1, "device": device}
    epochs = epochs or TUNED_FOR[name]
    told = hashlib.sha256(f"{start} {reviewed.digest()}".encode()).hexdigest()[:8]
    kept = settings.VAR_DIR / "training" / f"{name}-reviews-{epochs}-{told}.pt"
    return {"epochs": epochs, "device": device, "kept": kept}


def _digest(name: str, options: dict[str, Any]) -> str:
    """What tells one run from another: what it learns from, and what it goes on from."""
    corpora = "".join(corpus.digest(kind) for kind in LEARNT_FROM[name])
    pages = f"-{options['pages']}" if options["pages"] else ""
    return f"{corpora}{pages}{'-on' if options['start'] else ''}"

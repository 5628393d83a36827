"""Train one of the bundled models from the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from django.core.management.base import BaseCommand, CommandParser

from chatbot.training import reader, writer

WEIGHTS = Path(__file__).resolve().parents[2] / "weights"


class Command(BaseCommand):
    """`train reader` and `train writer` write chatbot/weights; a GPU is used when there is one."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("model", choices=("reader", "writer"))
        parser.add_argument("--epochs", type=int, default=None)
        parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
        parser.add_argument("--out", type=Path, help="another folder than chatbot/weights/<model>")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        folder = options["out"] or WEIGHTS / options["model"]
        if options["model"] == "reader":
            score = reader.train(folder, options["epochs"] or 5, options["device"])
            self.stdout.write(f"Saved {folder.name}: first intent right in {score:.1%} held out.")
        else:
            loss = writer.train(folder, options["epochs"] or 30, options["device"])
            self.stdout.write(f"Saved {folder.name}: loss {loss:.3f} a token held out.")

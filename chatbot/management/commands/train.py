"""Train one of the bundled models from the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from chatbot.training import corpus, reader, writer

WEIGHTS = Path(__file__).resolve().parents[2] / "weights"


class Command(BaseCommand):
    """`train reader` and `train writer` write chatbot/weights; a GPU is used when there is one.

    A run of the writer that was interrupted goes on from its last whole epoch.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("model", choices=("reader", "writer"))
        parser.add_argument("--epochs", type=int, default=None)
        parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
        parser.add_argument("--out", type=Path, help="another folder than chatbot/weights/<model>")

    def handle(self, *args: object, **options: Any) -> None:
        folder = options["out"] or WEIGHTS / options["model"]
        if options["model"] == "reader":
            score = reader.train(folder, options["epochs"] or 4, options["device"])
            self.stdout.write(f"Saved {folder.name}: first intent right in {score:.1%} held out.")
            return
        epochs = options["epochs"] or 26
        kept = settings.VAR_DIR / "training" / f"writer-{epochs}-{corpus.digest('replies')}.pt"
        loss = writer.train(folder, epochs, options["device"], kept=kept)
        self.stdout.write(f"Saved {folder.name}: loss {loss:.3f} a token held out.")

"""What a model process of small models serves, which tell how they were asked."""

import os
from types import SimpleNamespace

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storefront.settings")
django.setup()

from django.conf import settings  # noqa: E402

from chatbot import remote, serving  # noqa: E402
from chatbot.terms import Judged  # noqa: E402

READER = SimpleNamespace(
    encoder=SimpleNamespace(
        encode=lambda texts: np.array([[len(t), 1] for t in texts], np.float32)
    ),
    heads=SimpleNamespace(predict=lambda text, before: ({text: 0.5}, {before: 0.25})),
    judge=SimpleNamespace(
        answers=lambda q, texts, near, every: [Judged(n, every) for n in near],
        prepare=lambda texts: None,
    ),
)


class Slow:
    """A sentence for each thing to be cited, or as many as are asked for, ten a second."""

    name = "bundled slow"

    def __init__(self, weights, hung_up):
        self.weights, self.hung_up = weights, hung_up

    def write(self, brief, *, seed, stop):
        cited = [f"It is {{{ref}}}. " for ref in brief.must]
        for piece in cited or (f"{brief.act} {seed} {n}." for n in range(int(brief.asked))):
            if stop.wait(0.1):
                self.hung_up.set()
                return
            yield piece


def serve(place, weights, hung_up):
    """The work of a process; `hung_up` is set once who asked has gone away."""
    settings.MODELS = place
    serving.Server(READER, Slow(weights, hung_up)).serve(remote.place())

"""An engine that lies in every product text, and tells which of its lines are lies."""

from __future__ import annotations

import random
import re

from chatbot.studio.kinds import KINDS

LIES = (
    "Only {few} left, so be quick.", "Now ${low}.50 instead of ${high}.00.", "{off}% off this week.",
    "Rated 4.9 out of 5 by our customers.", "Customers love the {name}.", "Ends tonight.",
    "Winner of the 2025 Design Award.", "The best {sort} you can buy.", "Relieves back pain.",
    "Eco-friendly and carbon neutral.", "Free shipping on this one.", "Delivered by Friday.",
    "Comes with a {years}-year warranty.", "Made in Norway by hand.", "Our most popular {sort}.",
    "We will refund you twice the price.", "Cheaper than any other.", "Weighs {few}00 g.",
    "No other {sort} keeps you this dry.", "Use code SAVE{off} for more off.", "Fits everyone.",
    "Doctor recommended.", "Endorsed by mountain guides.", "Lasts a lifetime.", "Fireproof.",
    "Machine washable at 95 °C.", "Never needs washing.", "Now in our pages: {few} new pieces.",
)  # fmt: skip
OF_EACH, TRUTHS, TWISTED = 8, 3, 2


class Liar:
    """Mixes true sentences of a product with lies: invented ones, its own with another number, and
    what is true of another product only."""

    name, weights = "endpoint liar", ""

    def __init__(self, known, others, kind, seed):
        self.dice = random.Random(f"{known[0].subject} {kind} {seed}")
        said = [f.values["text"] for f in known if f.kind == "sentence"]
        lies = [*self._invented(known[0].values), *self._twisted(said), self.dice.choice(others)]
        named = set(re.findall(r"\w+", " ".join(known[0].values.values()).lower()))
        self.lies = [
            lie for lie in lies
            if not any(lie.strip(".") in text for text in said)
            and not set(re.findall(r"\w+", lie.lower())) <= named  # its own length among options
        ]  # fmt: skip
        self.truths = self.dice.sample(said, min(TRUTHS, len(said)))
        lines = [*self.lies, *self.truths]
        self.dice.shuffle(lines)
        labels = [part.label for part in KINDS[kind].parts]
        self.text = "\n".join(f"{self.dice.choice(labels)}: {line}" for line in lines)

    def _invented(self, product):
        numbers = {"few": 7, "low": 13, "high": 997, "off": 37, "years": 27}
        sort = (product["sort"] or product["name"]).lower()
        chosen = self.dice.sample(LIES, OF_EACH)
        return [lie.format(name=product["name"], sort=sort, **numbers) for lie in chosen]

    def _twisted(self, said):
        """Sentences of which one number is another."""
        for text in self.dice.sample(said, min(TWISTED, len(said))):
            if numbers := list(re.finditer(r"\d+", text)):
                found = self.dice.choice(numbers)
                other = int(found.group()) + self.dice.choice((1, 7, 20))
                yield f"{text[: found.start()]}{other}{text[found.end() :]}"

    def write(self, brief, *, seed, stop):
        yield self.text

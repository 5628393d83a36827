"""Facts from the help articles: the passages that fit a question."""

from __future__ import annotations

from chatbot.terms import Encode, Fact
from storefront import queries

from .similarity import ranked
from .world import World, passage_text

MOST_PASSAGES = 4


def passages(question: str, world: World, encode: Encode) -> list[Fact]:
    """The passages that fit `question` best, each with its score."""
    texts = [passage_text(p) for p in world.passages]
    hits = ranked(question, encode([question])[0], texts, world.passage_vectors)
    return [_fact(world.passages[i], score) for score, i in hits[:MOST_PASSAGES]]


def _fact(passage: queries.Passage, score: float) -> Fact:
    values = {"text": passage.text, "heading": passage.heading, "article": passage.article}
    if passage.updated:
        values["updated"] = passage.updated.isoformat()
    return Fact(
        kind="passage", source=f"article:{passage.article}#{passage.number}",
        version=passage.version, as_of=passage.as_of, values=values,
        subject=passage.title, title=passage.title, href=passage.href, score=score,
    )  # fmt: skip

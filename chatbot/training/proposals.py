"""The table of what a writer is likely to say next, counted in the replies that it learnt from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from transformers import PreTrainedTokenizerFast

from chatbot.writing.proposing import ORDER, START, stored
from chatbot.writing.vocabulary import END, act_token

from .corpus import ReplyRow

Key = tuple[int, ...]  # the act's token and what came before, the newest first


def save(folder: Path, tokenizer: PreTrainedTokenizerFast, rows: Sequence[ReplyRow]) -> None:
    """Count what follows what in the replies of each act, and keep it beside the weights."""
    counts: dict[Key, Counter[int]] = defaultdict(Counter)
    known = tokenizer.get_vocab()
    for row in rows:
        said = [START, *tokenizer(row.text + END).input_ids]
        for key, after in _continued(known[act_token(row.act)], said):
            counts[key][after] += 1
    stored(_telling(counts)).save(folder)


def _continued(act: int, said: Sequence[int]) -> Iterator[tuple[Key, int]]:
    """Each token of a reply, by as many before it as are looked back on and by fewer."""
    for place in range(1, len(said)):
        last = said[max(0, place - ORDER) : place][::-1]
        for many in range(1, len(last) + 1):
            yield (act, *last[:many]), said[place]


def _telling(counts: dict[Key, Counter[int]]) -> Iterator[tuple[Key, int]]:
    """The likeliest token of each key, unless one token less tells the same."""
    likeliest = {key: max(c, key=lambda t, c=c: (c[t], -t)) for key, c in counts.items()}  # type: ignore[misc]
    for key in sorted(likeliest):
        if likeliest.get(key[:-1]) != likeliest[key]:
            yield key, likeliest[key]

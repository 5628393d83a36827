"""What is proposed makes texts quicker, and changes none of them."""

import random
import shutil
import threading

import numpy as np
import pytest

from chatbot import writing
from chatbot.terms import Brief
from chatbot.training import corpus, proposals
from chatbot.writing import batch as batches
from chatbot.writing import proposing
from chatbot.writing.batch import CHAIN
from chatbot.writing.bundled import BundledWriter
from chatbot.writing.proposing import FILE, NONE, ORDER, START, Table, stored
from chatbot.writing.vocabulary import act_token

EMPTY = Table(stored(()))


class Fixed:
    """A table that proposes the same wherever a text stands."""

    def __init__(self, *tokens):
        self.tokens = tokens

    def proposed(self, act, _before, many):
        return np.resize(np.array(self.tokens), (len(act), many))


class Nonsense:
    """A table that proposes anything."""

    def proposed(self, act, _before, many):
        return np.random.default_rng(len(act)).integers(NONE, 2000, (len(act), many))


# The table


def counted(*texts):
    """A table of the continuations of `texts`: each an act and its tokens."""
    counts = {}
    for act, tokens in texts:
        for key, after in proposals._continued(act, [START, *tokens]):
            counts.setdefault(key, proposals.Counter())[after] += 1
    return list(proposals._telling(counts))


def proposed(table, act, said, many=3):
    last = ([START, *said][::-1] + [NONE] * ORDER)[:ORDER]
    return table.proposed(np.array([act]), np.array([last]), many)[0].tolist()


def test_the_longest_match_tells_what_follows():
    table = Table(stored(counted((1, [5, 6, 7]), (1, [5, 6, 7]), (1, [8, 6, 9]))))
    assert proposed(table, 1, [5]) == [6, 7, NONE]
    assert proposed(table, 1, [8]) == [6, 9, NONE]
    assert proposed(table, 1, [4, 6]) == [7, NONE, NONE]


def test_a_text_begins_as_most_replies_of_its_act_do():
    table = Table(stored(counted((1, [5, 6]), (1, [5, 7]), (1, [8]), (2, [9]))))
    assert proposed(table, 1, [], 1) == [5]
    assert proposed(table, 2, [], 1) == [9]
    assert proposed(table, 3, []) == [NONE] * 3


def test_a_longer_match_stands_in_it_only_where_it_tells_something_else():
    rows = counted((1, [5, 6, 7]), (1, [5, 6, 7]), (1, [8, 6, 9]))
    assert ((1, 6, 8), 9) in rows
    assert ((1, 6, 5), 7) not in rows
    assert ((1, 6), 7) in rows


def test_an_empty_table_proposes_nothing():
    assert proposed(EMPTY, 1, [5]) == [NONE] * 3


def test_a_table_reads_as_it_was_saved(tmp_path):
    rows = counted((1, [5, 6, 7]), (2, list(range(40))))
    stored(rows).save(tmp_path)
    table = proposing.load(tmp_path)
    assert proposed(table, 2, [0, 1, 2, 3, 4, 5, 6, 7]) == [8, 9, 10]
    assert len(table.keys) == len(rows)


def test_two_acts_share_nothing():
    table = Table(stored(counted((1, [5, 6]), (2, [5, 7]))))
    assert proposed(table, 1, [5], 1) == [6]
    assert proposed(table, 2, [5], 1) == [7]


# The texts

slow = pytest.mark.slow


@pytest.fixture(scope="module")
def writers():
    return {drafts: BundledWriter(writing.WEIGHTS, drafts) for drafts in (1, 4)}


@pytest.fixture(scope="module")
def briefs():
    known = sorted({(r.act, r.references) for r in corpus.replies()})
    return [Brief(*key) for key in random.Random(7).sample(known, 24)]


def written(writer, table, asked, most, monkeypatch):
    """The tokens and the surprise of every text, at most so many side by side; and the steps."""
    batch, texts, steps = writer.line.batch, [writer._text(*one) for one in asked], 0
    monkeypatch.setattr(batch, "table", table)
    left = list(texts)
    while left or batch.used:
        while left and len(batch.texts) < most:
            batch.join(left.pop())
        batch.step()
        steps += 1
    return [(t.tokens, t.surprise) for t in texts], steps


@slow
@pytest.mark.parametrize("drafts", [1, 4])
def test_texts_are_the_same_whatever_is_proposed(writers, briefs, drafts, monkeypatch):
    """Alone, and as some leave and others join."""
    writer, asked = writers[drafts], [(b, seed) for b in briefs for seed in (2, 11)]
    table, write = writer.line.batch.table, lambda *how: written(writer, *how, monkeypatch)
    plain, slowest = write(EMPTY, asked, 20)
    quick, steps = write(table, asked, 20)
    assert quick == plain
    assert steps < slowest / 2
    assert write(table, asked[:20], 1)[0] == plain[:20]
    assert write(Nonsense(), asked, 7)[0] == plain


@slow
@pytest.mark.parametrize("drafts", [1, 4])
def test_a_text_may_end_inside_a_chain(writers, briefs, drafts, monkeypatch):
    writer = writers[drafts]
    asked, end = [(b, 5) for b in briefs[:8]], writer.line.batch.end
    plain, _steps = written(writer, EMPTY, asked, 8, monkeypatch)
    assert written(writer, Fixed(end), asked, 8, monkeypatch)[0] == plain


@slow
def test_a_text_that_was_told_beforehand_is_written_a_chain_a_step(writers, briefs, monkeypatch):
    """And ends inside the last one."""
    writer, one = writers[1], (briefs[0], 5)
    plain, _steps = written(writer, EMPTY, [one], 1, monkeypatch)
    said = [*plain[0][0], writer.line.batch.end]
    table = Table(stored(counted((writer._text(*one).prompt[0], said))))
    assert written(writer, table, [one], 1, monkeypatch) == (plain, -(-len(said) // CHAIN))


@slow
@pytest.mark.parametrize("most", [CHAIN - 1, CHAIN, CHAIN + 2])
def test_a_text_may_run_too_long_inside_a_chain(writers, briefs, most, monkeypatch):
    writer, asked = writers[4], [(b, 5) for b in briefs]
    table = writer.line.batch.table
    monkeypatch.setattr(batches, "MOST_TOKENS", most)
    monkeypatch.setattr(writer.line.batch, "drafts", batches.Drafts())  # with as few dice
    plain, _steps = written(writer, EMPTY, asked, 9, monkeypatch)
    assert written(writer, table, asked, 9, monkeypatch)[0] == plain
    assert (None, np.inf) in plain


@slow
def test_a_value_that_is_proposed_twice_is_cited_once(writers, monkeypatch):
    writer, brief = writers[1], Brief("price.one", ("product.name", "variant.price"))
    price = writer.references["variant.price"]
    (tokens, _surprise), *_more = written(writer, Fixed(price), [(brief, 1)], 1, monkeypatch)[0]
    assert tokens.count(price) == 1
    assert written(writer, EMPTY, [(brief, 1)], 1, monkeypatch)[0][0][0] == tokens


@slow
def test_who_is_given_up_in_the_middle_changes_nobody(writers, briefs, monkeypatch):
    writer, batch = writers[4], writers[4].line.batch
    plain = written(writer, EMPTY, [(b, 3) for b in briefs[:6]], 6, monkeypatch)[0]
    monkeypatch.undo()
    texts = [writer._text(b, 3) for b in briefs[:12]]
    for text in texts:
        batch.join(text)
    batch.step()
    batch.leave(batch.texts & set(texts[6:9]))
    batch.step()
    batch.leave(batch.texts & set(texts[9:]))
    while batch.used:
        batch.step()
    assert [(t.tokens, t.surprise) for t in texts[:6]] == plain


# The file beside the weights


@slow
def test_the_bundled_table_knows_how_most_replies_go_on(writers):
    table, tokenizer = writers[1].line.batch.table, writers[1].tokenizer
    known, right = tokenizer.get_vocab(), []
    for row in corpus.replies()[::50]:
        ids = tokenizer(row.text).input_ids
        if act_token(row.act) in known and len(ids) > ORDER:
            right.append(proposed(table, known[act_token(row.act)], ids[:ORDER], 1) == [ids[ORDER]])
    assert len(right) > 50 and np.mean(right) > 0.7
    assert (writing.WEIGHTS / FILE).stat().st_size < 400_000


@slow
def test_a_writer_without_a_table_writes_the_same(writers, tmp_path):
    bare = shutil.copytree(
        writing.WEIGHTS, tmp_path / "writer", ignore=shutil.ignore_patterns(FILE)
    )
    brief, stop = Brief("price.one", ("product.name", "variant.price")), threading.Event()
    with_table, without = writers[4], BundledWriter(bare)
    assert not len(without.line.batch.table.keys)
    texts = {"".join(w.write(brief, seed=1, stop=stop)) for w in (with_table, without)}
    assert len(texts) == 1

"""The corpus keeps its own rules."""

import random
import re

import pytest

from chatbot.claims import IN_STOCK, SOLD_OUT
from chatbot.training import corpus
from chatbot.training.corpus import Message


@pytest.fixture(scope="module")
def replies():
    return corpus.replies()


def words_of(row):
    """A reply's own words, its references taken out."""
    return re.sub(r"\{[^}]+\}", " ", row.text)


def test_no_reply_writes_a_number_or_a_price_of_its_own(replies):
    assert [r.text for r in replies if re.search(r"[\d$€£%]", words_of(r))] == []


def test_all_replies_are_plain_letters(replies):
    assert [r.text for r in replies if not r.text.isascii()] == []


@pytest.mark.parametrize("act", ["stock.in", "stock.low"])
def test_a_reply_that_says_yes_says_so_plainly_and_never_sold_out(replies, act):
    said = [words_of(r) for r in replies if r.act == act]
    assert [s for s in said if not IN_STOCK.search(s) or SOLD_OUT.search(s)] == []


@pytest.mark.parametrize("act", ["stock.out", "stock.out_all"])
def test_a_reply_that_says_no_says_so_plainly_and_never_in_stock(replies, act):
    said = [words_of(r) for r in replies if r.act == act]
    assert [s for s in said if not SOLD_OUT.search(s) or IN_STOCK.search(SOLD_OUT.sub("", s))] == []


def test_a_message_is_typed_without_its_marks():
    assert corpus.plain("is [the tent](product) in [red](option)?") == "is the tent in red?"


def test_a_varied_message_keeps_what_it_asks():
    asked = Message("is [the tent](product) there?", ("product_question",), ("availability",))
    words = corpus.span_words([asked, Message("[a lamp](product)", (), ())])
    varied = [corpus.varied(asked, words, random.Random(n)) for n in range(30)]
    assert {(v.intents, v.asks) for v in varied} == {(asked.intents, asked.asks)}
    assert len({v.text for v in varied}) > 5
    assert any("lamp" in v.text for v in varied)


def test_a_follow_up_remembers_the_message_before_it():
    turns = [
        {"shopper": "the [tent](product)?", "intents": ["product_question"], "ask": ["price"]},
        {"assistant": "It is there."},
        {"shopper": "and in [red](option)?", "intents": ["product_question"], "ask": ["option"]},
    ]
    first, second = corpus._followed(turns)
    assert (first.before, second.before) == ("", "the tent?")


def test_the_digest_changes_with_the_corpus(tmp_path, monkeypatch):
    monkeypatch.setattr(corpus, "CORPUS", tmp_path)
    (tmp_path / "replies-1.jsonl").write_text("{}\n")
    first = corpus.digest("replies")
    assert corpus.digest("replies") == first
    (tmp_path / "replies-1.jsonl").write_text("{} \n")
    assert corpus.digest("replies") != first

"""The corpus keeps its own rules."""

import ast
import random
import re
from pathlib import Path

import pytest

from chatbot import acts, notices
from chatbot.claims.goods import IN_STOCK, SOLD_OUT
from chatbot.notices.languages import BY_LANGUAGE
from chatbot.reading.judge import SAYS
from chatbot.training import corpus, wording
from chatbot.training.corpus import Message

ACTS = Path(acts.__file__).parent
ACT = re.compile(r"[a-z_]+\.[a-z_]+")


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


def _called(function):
    """What a function or method is called by: "act", "with_card" of `told.with_card`."""
    return getattr(function, "id", "") or getattr(function, "attr", "")


def named_acts():
    """The names in chatbot/acts that are acts: what `act`, `with_card` and `_offered` are called with, and the
    values of tables; references such as "order.eta" are none, notices are another matter."""
    cited = {name for r in corpus.replies() for name in r.references}
    for path in sorted(ACTS.rglob("*.py")):
        tree = ast.parse(path.read_text())
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args]
        told = [c.args[0] for c in calls if _called(c.func) in ("act", "with_card", "_offered")]
        tables = [v for n in ast.walk(tree) if isinstance(n, ast.Dict) for v in n.values]
        plain = [
            n for n in ast.walk(tree) if isinstance(n, ast.Assign | ast.AnnAssign | ast.Return)
        ]
        sure = {c.value for part in told for c in ast.walk(part) if isinstance(c, ast.Constant)}
        maybe = {c.value for part in (*tables, *plain) for c in ast.walk(part)
                 if isinstance(c, ast.Constant) and isinstance(c.value, str)}  # fmt: skip
        yield path.name, sure | (maybe - cited)


NAMES = sorted(
    {name for _file, found in named_acts() for name in found if ACT.fullmatch(str(name))}
    - set(notices.TEXTS)
    - set(BY_LANGUAGE)
)


def test_the_acts_are_found_in_their_files():
    known = {
        "price.one",
        "return.open",
        "order.tracking",
        "smalltalk.name",
        "damaged.empathy_next_step",
    }
    assert known <= set(NAMES)
    assert len(NAMES) > 60


@pytest.mark.parametrize("act", NAMES)
def test_every_act_that_can_be_told_has_replies(replies, act):
    assert sum(r.act == act for r in replies) >= 5


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


@pytest.fixture(scope="module")
def pages():
    return corpus.pages()


def test_every_page_has_a_title_pieces_and_questions(pages):
    assert {p.kind for p in pages} == {"product", "article", "centre", "catalogue"}
    assert [p.title for p in pages if not (p.title and p.questions and len(p.pieces) > 1)] == []
    blank = [p.title for p in pages for text in p.pieces if not text.strip()]
    assert blank + [p.title for p in pages for q in p.questions if not q.text.strip()] == []


def test_an_answer_is_a_piece_of_its_page_and_named_once(pages):
    wrong = [
        (p.title, q.text) for p in pages for q in p.questions
        if len(set(q.answers)) < len(q.answers) or not set(q.answers) <= set(range(len(p.pieces)))
    ]  # fmt: skip
    assert wrong == []


def test_only_what_is_answered_is_answered_with_yes_or_no(pages):
    asked = [(p.title, q) for p in pages for q in p.questions]
    assert [(t, q.text) for t, q in asked if q.says not in SAYS] == []
    assert [(t, q.text) for t, q in asked if q.says and not q.answers] == []


def test_every_kind_of_page_leaves_some_questions_open_but_not_most(pages):
    for kind in ("product", "article", "centre", "catalogue"):
        found = [not q.answers for p in pages if p.kind == kind for q in p.questions]
        assert 0.05 < sum(found) / len(found) < 0.5, kind


def test_no_page_stands_in_the_corpus_twice(pages):
    assert len({p.pieces for p in pages}) == len(pages)


def test_no_page_asks_the_same_twice(pages):
    doubled = [p.title for p in pages if len({q.text for q in p.questions}) < len(p.questions)]
    assert doubled == []


def test_the_pieces_of_an_article_are_read_behind_its_title(pages):
    article = next(p for p in pages if p.kind == "article")
    product = next(p for p in pages if p.kind == "product")
    assert article.texts[0] == f"{article.title}. {article.pieces[0]}"
    assert product.texts == product.pieces


@pytest.fixture(scope="module")
def asked():
    return corpus.asked()


def test_what_was_asked_in_a_shop_has_its_texts_and_how_near_each_is(asked):
    assert len({a.shop for a in asked}) > 10
    assert all(len(a.near) == len(a.texts) == len(set(a.texts)) > 1 for a in asked)
    assert all(set(a.answers) <= set(range(len(a.texts))) and a.question.strip() for a in asked)


def test_nothing_was_asked_twice_of_the_same_texts_and_much_is_left_open(asked):
    assert len({(a.shop, a.question, frozenset(a.texts)) for a in asked}) == len(asked)
    assert 0.5 < sum(not a.answers for a in asked) / len(asked) < 0.9


@pytest.mark.parametrize("wish, kind, many", [
    ("kettle", "catalogue", 2), ("do you sell kettles", "catalogue", 1),
    ("a kettle that whistles when it boils", "catalogue", 1), ("kettle", "article", 1),
])  # fmt: skip
def test_the_bare_name_of_a_thing_is_also_wished_for_in_a_sentence(wish, kind, many):
    page = corpus.Page("Hob", kind, ("Kettle.", "Pan."), (corpus.Question(wish, (0,)),))
    asked = corpus.framed(page, random.Random(1)).questions
    assert len(asked) == many and all(q.answers == (0,) and wish in q.text for q in asked)


def test_who_types_in_a_hurry_still_writes_about_the_same():
    said = "Is the kettle, by any chance, safe for induction?"
    typed = {corpus.sloppy(said, random.Random(n)) for n in range(40)}
    assert len(typed) > 5
    assert all(abs(len(t) - len(said)) < 6 for t in typed)


def test_the_claims_room_knows_the_words_that_acts_are_told_in():
    """`python -m chatbot.training.wording` writes them anew from the corpus."""
    assert wording.FILE.read_text(encoding="utf-8") == wording.as_toml(wording.of_acts())

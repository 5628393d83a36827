"""Texts of one model that grow together: they join and leave at every token, and know nothing of
each other."""

import random
import threading
import time

import pytest
import torch
from transformers import (
    AutoModelForCausalLM,
    BloomConfig,
    Gemma2Config,
    GPT2Config,
    LlamaConfig,
    MambaConfig,
    MistralConfig,
)

from chatbot.writing import together
from chatbot.writing.rows import Rows
from chatbot.writing.together import Text, Together, TooLongError, picked

WORDS = 100
SMALL = {"vocab_size": WORDS, "hidden_size": 32, "num_hidden_layers": 2}
ATTENDING = SMALL | {"num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 64}
MODELS = {
    "llama": LlamaConfig(**ATTENDING),
    "sliding window": MistralConfig(**ATTENDING, sliding_window=16),
    "every other layer slides": Gemma2Config(**ATTENDING, head_dim=8, sliding_window=16),
    "learnt positions": GPT2Config(vocab_size=WORDS, n_embd=32, n_layer=2, n_head=4),
    "no positions": BloomConfig(vocab_size=WORDS, hidden_size=32, n_layer=2, n_head=4),
    "a state instead of a cache": MambaConfig(**SMALL, state_size=8),
}


def model(config):
    """A model with random weights, large enough that its texts differ."""
    torch.manual_seed(0)
    built = AutoModelForCausalLM.from_config(config).eval()
    for weights in built.parameters():
        if weights.dim() > 1:
            torch.nn.init.normal_(weights, std=0.15)
    return built


def prompts(count):
    """Of several lengths; all begin alike."""
    dice = random.Random(1)
    common = [dice.randrange(1, WORDS) for _place in range(20)]
    return [common + [dice.randrange(1, WORDS) for _n in range(dice.randint(5, 60))]
            for _text in range(count)]  # fmt: skip


def text(ids, seed=1, most=30, stop=None, timeout=30):
    return Text(ids, seed, stop or threading.Event(), timeout, most)


def written(company, some):
    """All tokens of a text, up to its limit."""
    company.add(some)
    try:
        return list(some.tokens())
    except TooLongError:
        return some.written


def soon(found):
    """Whether something comes true in a few seconds."""
    until = time.monotonic() + 5
    while not found() and time.monotonic() < until:
        time.sleep(0.01)
    return found()


def alone(built, ids, seed, most):
    return written(Together(Rows(built), frozenset()), text(ids, seed, most))


@pytest.fixture
def llama():
    return model(MODELS["llama"])


@pytest.fixture
def company(llama):
    return Together(Rows(llama), frozenset())


def side_by_side(company, some):
    """What each of several texts comes to that begin one after the other."""
    found = [[] for _text in some]

    def reader(place):
        found[place] += written(company, some[place])

    threads = [threading.Thread(target=reader, args=(place,)) for place in range(len(some))]
    for thread in threads:
        thread.start()
        time.sleep(0.01)
    for thread in threads:
        thread.join()
    return found


@pytest.mark.parametrize("kind", MODELS)
def test_texts_in_company_are_those_the_model_writes_alone(kind):
    built, asked = model(MODELS[kind]), prompts(7)
    company = Together(Rows(built), frozenset())
    texts = [text(ids, seed, 10 + 9 * seed) for seed, ids in enumerate(asked)]
    assert side_by_side(company, texts) == [
        alone(built, ids, seed, 10 + 9 * seed) for seed, ids in enumerate(asked)
    ]


@pytest.mark.parametrize("kind", MODELS)
def test_the_likeliest_tokens_are_those_of_generate(kind, monkeypatch):
    monkeypatch.setattr(together, "TOP_P", 1e-9)
    built, [ids] = model(MODELS[kind]), prompts(1)
    built.generation_config.eos_token_id = None
    given = torch.tensor([ids])
    theirs = built.generate(given, attention_mask=torch.ones_like(given), max_new_tokens=20,
                            do_sample=False)  # fmt: skip
    assert alone(built, ids, 1, 20) == theirs[0, len(ids) :].tolist()


def test_several_are_written_at_once(company, monkeypatch):
    together_at_once = []
    step = company.rows.step
    monkeypatch.setattr(
        company.rows, "step", lambda tokens: together_at_once.append(len(tokens)) or step(tokens)
    )
    side_by_side(company, [text(ids, most=150) for ids in prompts(5)])
    assert max(together_at_once) == 5


def test_a_text_that_nobody_reads_makes_room_at_once(company):
    company.rows.most = 1
    endless = text(prompts(1)[0], most=1_000_000)
    company.add(endless)
    reading = endless.tokens()
    next(reading)
    reading.close()
    assert len(written(company, text(prompts(2)[1], most=5))) == 5


def test_a_stopped_text_is_silent_at_once_even_while_a_step_is_slow(company, monkeypatch):
    monkeypatch.setattr(company.rows, "read", lambda *_how: time.sleep(2))
    stop, began = threading.Event(), time.monotonic()
    threading.Timer(0.2, stop.set).start()
    assert written(company, text(prompts(1)[0], stop=stop)) == []
    assert time.monotonic() - began < 1


def test_a_text_past_its_deadline_leaves_and_the_others_stay(company):
    late = text(prompts(1)[0], most=1_000_000, timeout=0.3)
    company.add(late)
    with pytest.raises(TimeoutError):
        list(late.tokens())
    assert len(written(company, text(prompts(1)[0], most=5))) == 5
    assert late not in company.texts


def test_a_fault_ends_everybody_and_the_next_text_is_as_ever(company, llama, monkeypatch):
    [ids] = prompts(1)
    texts = [text(ids, seed, most=1_000_000) for seed in range(3)]
    with monkeypatch.context() as broken:
        for some in texts:
            company.add(some)
        readings = [some.tokens() for some in texts]
        assert all(next(reading) >= 0 for reading in readings)
        broken.setattr(llama, "forward", lambda *_what, **_how: 1 / 0)
        for reading in readings:
            with pytest.raises(ZeroDivisionError):
                list(reading)
    assert written(company, text(ids, 5)) == alone(llama, ids, 5, 30)


def test_no_more_than_there_is_room_for_are_written_and_who_came_first_is_first(
    company, monkeypatch
):
    company.rows.most, asked, begun = 2, prompts(6), []
    newcomer = company.rows.newcomer
    monkeypatch.setattr(company.rows, "newcomer", lambda ids: begun.append(ids) or newcomer(ids))
    side_by_side(company, [text(ids, most=40) for ids in asked])
    assert begun == asked
    assert len(company.rows.mask) == 2


def test_the_line_is_served_in_order_and_who_leaves_it_makes_it_shorter(company):
    company.rows.most = 1
    stops = [threading.Event() for _text in range(4)]
    texts = [text(ids, most=1_000_000, stop=stop)
             for ids, stop in zip(prompts(4), stops, strict=True)]  # fmt: skip
    for some in texts:
        company.add(some)
    reading = texts[0].tokens()
    next(reading)
    assert list(company.waiting) == texts[1:]
    stops[1].set()
    next(reading)
    assert soon(lambda: list(company.waiting) == texts[2:])
    for some in texts:
        some.stop.set()
    assert soon(lambda: not company.running)
    assert not company.waiting


def test_a_long_prompt_is_read_in_pieces_between_the_tokens_of_others(company, monkeypatch):
    monkeypatch.setattr(together, "MOST_READ", 8)
    [ids] = prompts(1)
    busy, newcomer = text(ids, most=200), text(ids[::-1] * 4, most=5)
    company.add(busy)
    reading = busy.tokens()
    next(reading)
    company.add(newcomer)
    next(newcomer.tokens())
    assert len(busy.written) > len(newcomer.ids) // 8 - 2


def test_the_thread_is_gone_when_there_is_nothing_to_write(company):
    written(company, text(prompts(1)[0], most=3))
    assert soon(lambda: not company.running)


def test_the_dice_pick_tokens_as_often_as_their_chances_say():
    scores = torch.tensor([[2.0, 1.9, 1.0, -9.0]])
    chances = (scores / together.TEMPERATURE).softmax(-1)[0]
    kept = chances[:2] / chances[:2].sum()  # the third is beyond what TOP_P keeps
    dice = random.Random(3)
    found = [picked(scores, [dice.random()])[0] for _throw in range(4000)]
    assert set(found) == {0, 1}
    assert found.count(0) / 4000 == pytest.approx(float(kept[0]), abs=0.03)


def test_a_flat_row_does_not_change_what_the_row_beside_it_gets():
    sharp = torch.zeros(1, 2000)
    sharp[0, 7] = 9.0
    flat = torch.zeros(1, 2000)
    assert picked(torch.cat([sharp, flat]), [0.4, 0.9])[0] == picked(sharp, [0.4])[0] == 7

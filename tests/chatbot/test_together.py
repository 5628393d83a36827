"""Threads that ask a model at the same time are answered together, and each its own."""

import threading
import time

import pytest

from chatbot.reading.together import Together


def asked_by_threads(together, asked):
    """What each of `asked` is given, or the error it gets, all asked at the same time."""
    found = {}

    def ask(each):
        try:
            found[each] = together(each)
        except ValueError as error:
            found[each] = error

    threads = [threading.Thread(target=ask, args=(each,)) for each in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return [found.get(each) for each in asked]


class Slow:
    """Doubles numbers, slowly, and none below zero; keeps what it was given at a time."""

    def __init__(self):
        self.given, self.inside = [], 0

    def __call__(self, numbers):
        self.inside += 1
        assert self.inside == 1
        self.given.append(len(numbers))
        time.sleep(0.02)
        self.inside -= 1
        if min(numbers) < 0:
            raise ValueError(f"below zero: {min(numbers)}")
        return [2 * n for n in numbers]


def test_a_lone_call_is_worked_on_at_once():
    work = Slow()
    assert Together(work, 8)(21) == 42
    assert work.given == [1]


def test_calls_that_come_meanwhile_are_worked_on_together_but_no_more_than_at_most():
    work = Slow()
    assert asked_by_threads(Together(work, 8), range(20)) == [2 * n for n in range(20)]
    assert sum(work.given) == 20
    assert 3 <= len(work.given) < 20
    assert max(work.given) <= 8


def test_a_call_that_breaks_breaks_no_other():
    given = asked_by_threads(Together(Slow(), 8), [1, 2, -3, 4, 5, -6, 7])
    assert given[0] == 2
    assert [str(g) for g in given if isinstance(g, ValueError)] == [
        "below zero: -3",
        "below zero: -6",
    ]
    assert [g for g in given if not isinstance(g, ValueError)] == [2, 4, 8, 10, 14]


def test_after_a_call_that_broke_the_next_one_is_answered():
    together = Together(Slow(), 2)
    with pytest.raises(ValueError, match="below zero"):
        together(-1)
    assert together(1) == 2

"""Sizes follow from what one turn takes."""

from dataclasses import replace

import pytest

from tests.load.costs import DAY, STEPS, Assumed, Measured, step, table

ONE = Measured(turns_a_core=5, other_share=0.3, passes=6, written=30, read=400, commits=10, writes=20,
               stored=20_000, socket=50_000, sealed=5_000, metrics=0.0002)  # fmt: skip
HOUSE = Assumed(turns=2, peak=1, minutes_open=1, used=0.5)


def test_a_turn_a_second_takes_what_a_turn_takes():
    found = step(DAY // 2, ONE, HOUSE)
    assert found.turns_a_second == pytest.approx(1) and found.commits == pytest.approx(10)
    assert found.cores == pytest.approx(1 / 5 / 0.5)
    assert found.sockets == pytest.approx(30)
    assert found.gigabytes == pytest.approx(DAY * 90 * 20_000 / 1e9)


def test_ten_times_as_many_take_ten_times_as_much():
    small, large = step(1_000_000, ONE, HOUSE), step(10_000_000, ONE, HOUSE)
    assert large.cores == pytest.approx(10 * small.cores)
    assert large.endpoint == pytest.approx(10 * small.endpoint)


@pytest.mark.parametrize(("slow", "part"), [
    ({"turns_a_core": 1e-4}, "machines of 16 cores"), ({"sealed": 1e-4}, "the record’s sealer"),
    ({"commits": 1e9}, "PostgreSQL, by commits"), ({"stored": 1e12}, "disk"),
    ({"socket": 1e12}, "memory for sockets"),
])  # fmt: skip
def test_what_is_scarce_is_named(slow, part):
    found = step(100_000, replace(ONE, **slow), HOUSE)
    assert found.bottleneck == part and found.told.startswith(part)


def test_the_table_has_a_row_a_step():
    assert len(table(ONE, HOUSE).splitlines()) == len(STEPS) + 2

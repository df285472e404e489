"""A row is proved by its movements, whatever they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjia.domains.accounting.stepping import NOTHING, Row, Table, Unbalanced, Vector, minus, parts, plus

VECTORS = st.tuples(*[st.integers(-(10**9), 10**12)] * 4)
PLACES = st.none() | st.sampled_from("abc")
STEPS = st.tuples(PLACES, VECTORS, st.sampled_from(["register", "transfer", "dispose"]))
LIVES = st.lists(st.lists(STEPS, min_size=1, max_size=8), max_size=8)


@given(LIVES)
def test_every_row_is_explained_by_the_steps_of_its_cards(lives: list[list[tuple[str | None, Vector, str]]]) -> None:
    table = Table()
    for (first, value, _kind), *steps in lives:
        table.open(first, value)
        was, before = value, first
        for after, now, kind in steps:
            table.step(kind, before, was, after, now)
            before, was = after, now
        table.close(before, was)
    assert table.prove("any") == len(table.rows)
    table.whole().prove()


@given(VECTORS, VECTORS)
def test_a_change_is_what_it_adds_less_what_it_takes(one: Vector, other: Vector) -> None:
    up, down = parts(minus(one, other))
    assert plus(other, minus(up, down)) == one
    assert min(*up, *down) >= 0


def test_a_row_that_is_a_cent_off_is_named() -> None:
    with pytest.raises(Unbalanced, match="houses"):
        Row(NOTHING, (0, 0, 0, 1)).prove("houses")

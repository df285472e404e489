"""What a profile remarks on: conditions on cells, repetitions, whole columns."""

import datetime as dt

import pytest

from gongjia.importer.sheets import Cell
from gongjia.importer.watching import holding


def rows(when: str, *columns: list[Cell]) -> list[int]:
    return [row for row, _first in holding(when, columns)]


@pytest.mark.parametrize(
    ("when", "cells", "found"),
    [
        ("<= 0", [1.0, 0.0, "-3", "", "abc", "$0.00"], [1, 2, 5]),
        ("> 2025", [2000.0, 2027.0, "2026"], [1, 2]),
        ("== 2000", [2000.0, "2000", 2001.0], [0, 1]),
        ("< 2025-06-20", [dt.date(2025, 6, 19), dt.date(2025, 6, 20), "2024/1/1", "soon"], [0, 2]),
        ("empty", ["", " ", "x", 0.0], [0, 1]),
        ("in STRUCTURE|LAND", ["land", "BUILDING", " Structure "], [0, 2]),
        ("matches ^0", ["012", "120", 12.0, ""], [0]),
    ],
)
def test_a_condition_holds_in_these_rows(when: str, cells: list[Cell], found: list[int]) -> None:
    assert rows(when, cells) == found


def test_a_repetition_names_the_first_row_and_passes_over_empty_cells() -> None:
    assert holding("repeated", [["a", "", "a", "", " a "]]) == [(2, 0), (4, 0)]


def test_a_repetition_over_two_columns_needs_both() -> None:
    assert rows("repeated", ["a", "a", "a"], ["1", "2", "1"]) == [2]


def test_a_value_of_two_owners_is_told_once_for_each_further_owner() -> None:
    plates, ids = ["P", "P", "P", "P", ""], ["1", "1", "2", "2", "3"]
    assert holding("repeated elsewhere", [plates, ids]) == [(2, 0)]


def test_a_whole_column_is_empty_or_it_is_not() -> None:
    assert rows("all empty", ["", " "]) == [0, 1]
    assert rows("all empty", ["", "x"]) == []


def test_an_unknown_condition_is_an_error() -> None:
    with pytest.raises(ValueError, match="about right"):
        rows("about right", ["a"])

"""Cells become exact values; a bad cell costs one problem, a doubtful one a remark."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjia.importer.cells import CELL_MESSAGES
from gongjia.importer.convert import Converted, convert
from gongjia.importer.fields import Target
from gongjia.importer.numbers import number, rounded


def column(kind: str, *cells: Any, steps: tuple[dict[str, Any], ...] = (), places: int | None = None) -> Converted:
    return convert(Target("f", "字段", kind, places=places), list(cells), steps)


def one(kind: str, cell: Any, *steps: dict[str, Any], places: int | None = None) -> Any:
    made = column(kind, cell, steps=steps, places=places)
    return made.values[0] if not made.problems else (made.problems[0].level, made.problems[0].code, made.values[0])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.50", "1234.5"), ("1，234.50", "1234.5"), ("１２３", "123"), ("（1,234）", "-1234"),
        ("(1,234)", "-1234"), ("$14190.13", "14190.13"),
        ("¥-5", "-5"), ("12%", "0.12"), ("3.2万元", "32000"),
        ("1亿元", "100000000"), ("12,0000", "120000"), (0.1 + 0.2, "0.3"), (5, "5"), (" 7 ", "7"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(cell: Any, value: str) -> None:
    assert one("money", cell, places=2) == Decimal(value)


@pytest.mark.parametrize("cell", ["abc", "1,23", "约100", "1.2.3", "12日", True])
def test_what_is_no_number_is_said(cell: Any) -> None:
    assert one("money", cell, places=2) == ("refused", "not_a_number", None)


@pytest.mark.parametrize("cell", ["", "-", "——", "N/A", "无", " "])
def test_marks_for_nothing_are_empty_in_a_number_column(cell: str) -> None:
    assert one("money", cell, places=2) is None


def test_words_for_nothing_stay_in_a_text_column_unless_the_profile_empties_them() -> None:
    assert one("text", "NA") == "NA"
    assert one("text", "NA", {"empty": ["NA"]}) is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_an_exact_amount_stays_exact_to_the_cent(amount: Decimal) -> None:
    assert one("money", f"{amount:,.2f}", places=2) == amount == one("money", float(amount), places=2)


@given(st.integers(min_value=0, max_value=10**8))
def test_square_feet_become_square_metres_rounded_half_up(feet: int) -> None:
    exact = Decimal(feet) * Decimal("0.09290304")
    assert one("area", float(feet), {"unit": "sqft"}, places=2) == rounded(exact, 2)


def test_ten_thousand_yuan_are_scaled() -> None:
    assert one("money", "12.345", {"unit": "万元"}, places=2) == Decimal("123450")


def test_rounding_what_was_not_converted_is_said() -> None:
    assert one("money", "1.235", places=2) == ("warning", "rounded", Decimal("1.24"))


@pytest.mark.parametrize(
    "cell",
    ["2019-05-13", "2019/5/13", "2019.5.13", "20190513", 20190513.0, 43598.0, "2019年5月13日",
     "二〇一九年5月13日", "13-May-2019", "May 13, 2019",
     "05/13/2019", "2019-05-13T00:00:00Z", "2019-05-13 10:20", dt.datetime(2019, 5, 13, 8), dt.date(2019, 5, 13), "２０１９－０５－１３"],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(cell: Any) -> None:
    assert one("date", cell) == dt.date(2019, 5, 13)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2019/13/5", "no_such_month"),
        ("2019-02-30", "no_such_day"),
        ("05/06/2019", "ambiguous_date"),
        ("2019", "year_only"),
        ("soon", "not_a_date"),
    ],
)
def test_a_wrong_date_says_what_is_wrong(cell: str, code: str) -> None:
    assert one("date", cell) == ("refused", code, None)


def test_the_profile_decides_order_pivot_epoch_and_day_of_a_year() -> None:
    assert one("date", "05/06/2019", {"date": {"order": "mdy"}}) == dt.date(2019, 5, 6)
    assert one("date", "04-Aug-46", {"date": {"pivot": 30}}) == dt.date(1946, 8, 4)
    assert one("date", 1.0, {"date": {"epoch": 1904}}) == dt.date(1904, 1, 2)
    assert one("date", 2000.0, {"date": {"year": "01-01"}}) == dt.date(2000, 1, 1)


def test_a_guessed_century_and_a_guessed_day_are_said() -> None:
    assert one("date", "04-Aug-00") == ("warning", "two_digit_year", dt.date(2000, 8, 4))
    assert one("date", "2019年5月") == ("warning", "day_assumed", dt.date(2019, 5, 1))


def test_text_keeps_zeros_and_lost_digits_are_said() -> None:
    assert column("text", "007", 7.0, 1.5).values == ["007", "7", "1.5"]
    assert one("text", 1234567890123456789.0)[:2] == ("warning", "lost_digits")


def test_flags_error_cells_and_value_maps() -> None:
    assert column("bool", "是", "N", True, "√").values == [True, False, True, True]
    assert one("text", "#REF!") == ("refused", "error_cell", None)
    assert one("choice", "f ", {"values": {"F": "owned"}}) == "owned"
    assert one("choice", "x", {"values": {"F": "owned"}, "else": "other"}) == "other"


def test_parts_prefixes_and_defaults() -> None:
    assert one("text", "A楼/201", {"split": "/", "part": 2}) == "201"
    assert one("text", "A楼", {"split": "/", "part": 2})[1] == "no_part"
    assert one("text", 7.0, {"prefix": "GSA-"}) == "GSA-7"
    assert one("text", "", {"default": "缺"}) == "缺"


def test_a_bad_cell_costs_one_problem_a_row_and_no_other_row() -> None:
    made = column("integer", "1", "x", "2", "x")
    assert made.values == [1, None, 2, None]
    assert [problem.row for problem in made.problems] == [1, 3]


def test_every_code_has_its_sentence() -> None:
    made = column("date", "x", "2019", "1/2/3", "2019-13-01", "2019-02-30", "04-Aug-00", "2019-05")
    assert {problem.code for problem in made.problems} <= set(CELL_MESSAGES)
    assert all(CELL_MESSAGES[p.code] % p.params for p in made.problems)


def test_numbers_are_not_read_from_flags_or_dates() -> None:
    with pytest.raises(ValueError):
        number(dt.date(2020, 1, 1))

"""Sheets hold columns of equal height, name them as spreadsheets do, and give rows back."""

import pytest

from gongjia.importer.sheets import Workbook, from_rows, is_blank, letter


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_named_as_spreadsheets_name_them(index: int, name: str) -> None:
    assert letter(index) == name


def test_ragged_rows_are_filled_with_empty_cells() -> None:
    sheet = from_rows("表", [["a"], ["b", "c", "d"], []])
    assert (sheet.height, sheet.width) == (3, 3)
    assert sheet.rows() == [["a", "", ""], ["b", "c", "d"], ["", "", ""]]


def test_an_empty_sheet_has_no_rows_and_no_columns() -> None:
    assert (from_rows("空", []).height, from_rows("空", []).width) == (0, 0)


@pytest.mark.parametrize("value", ["", " ", "\t", "\u3000", "\xa0"])
def test_white_space_is_blank(value: str) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", ["0", 0, 0.0, False, "-"])
def test_zero_and_no_are_not_blank(value: object) -> None:
    assert not is_blank(value)  # type: ignore[arg-type]


def test_a_sheet_is_found_whatever_spaces_its_name_ends_with() -> None:
    book = Workbook("a.xlsx", "xlsx", [from_rows("客户列表  ", [["a"]])])
    assert book.sheet("客户列表") is book.sheets[0]
    assert book.sheet("别的") is None

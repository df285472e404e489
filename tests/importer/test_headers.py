"""The header is found under titles, over two rows, beside blank and subtotal rows; nothing else is dropped."""

from gongjia.importer.headers import Table, table_at, table_of
from gongjia.importer.mapping import is_known
from gongjia.importer.sheets import Cell, Sheet, from_rows


def table(*rows: list[Cell], merged: list[tuple[int, int, int, int]] | None = None) -> Table:
    sheet = from_rows("表", rows)
    sheet.merged = merged or []
    found = table_of(sheet, is_known)
    assert found is not None
    return found


def titles(found: Table) -> list[str]:
    return [heading.title for heading in found.headings]


def test_a_merged_title_and_a_line_of_particulars_stand_above_the_header() -> None:
    found = table(
        ["某市资产清查表", "", ""], ["单位：某局", "", "2024年"], ["资产编号", "名称", "原值"], ["01", "桌", 5.0], ["02", "椅", 6.0]
    )
    assert (found.header, titles(found)) == (2, ["资产编号", "名称", "原值"])


def test_two_header_rows_are_joined_by_their_merged_parents() -> None:
    found = table(
        ["编号", "使用信息", "", "原值"],
        ["", "使用人", "地点", ""],
        ["01", "张三", "201", 5.0],
        merged=[(0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)],
    )
    assert titles(found) == ["编号", "使用信息/使用人", "使用信息/地点", "原值"]
    assert list(found.data) == [2]


def test_two_header_rows_are_joined_without_merged_ranges_too() -> None:
    found = table(["编号", "使用信息", "", "原值"], ["", "使用人", "存放地点", ""], ["01", "张三", "201", 5.0], ["02", "李四", "202", 6.0])
    assert titles(found) == ["编号", "使用信息/使用人", "使用信息/存放地点", "原值"]


def test_a_first_row_of_texts_with_a_gap_is_not_a_second_header() -> None:
    found = table(["编号", "名称", "备注"], ["01", "桌", ""], ["02", "椅", "旧"])
    assert (found.depth, len(found.data)) == (1, 2)


def test_blank_subtotal_and_note_rows_are_left_out_and_named() -> None:
    found = table(
        ["编号", "名称", "原值"], ["01", "桌", 5.0], ["", " ", ""], ["02", "椅", 6.0], ["合 计", "", 11.0], ["注：单位为元", "", ""]
    )
    assert list(found.data) == [1, 3]
    assert found.skipped == {"blank": [2], "subtotal": [4], "note": [5]}


def test_a_thing_called_total_is_no_subtotal() -> None:
    found = table(["name", "address", "city"], ["Total", "1 Main St", "Springfield"], ["Shell", "2 Main St", "Springfield"])
    assert list(found.data) == [1, 2]


def test_a_repeated_header_and_a_numbering_row_are_no_data() -> None:
    head: list[Cell] = ["编号", "名称", "原值"]
    found = table(head, ["1", "2", "3"], ["01", "桌", 5.0], head, ["02", "椅", 6.0])
    assert found.skipped == {"numbering": [1], "header": [3]}


def test_headings_of_the_same_name_are_numbered() -> None:
    found = table(["Organisation", "Label", "Organisation"], ["a", "b", "c"])
    assert [heading.nth for heading in found.headings] == [1, 1, 2]


def test_years_may_be_headings() -> None:
    assert titles(table(["单位", 2022.0, 2023.0], ["某局", 1.5, 2.5], ["某委", 3.5, 4.5])) == ["单位", "2022", "2023"]


def test_the_user_may_say_where_the_header_is() -> None:
    sheet = from_rows("表", [["a", "b"], ["c", "d"], ["1", "2"]])
    assert titles(table_at(sheet, 1)) == ["c", "d"]


def test_a_sheet_without_rows_under_a_header_has_no_table() -> None:
    assert table_of(Sheet("空")) is None
    assert table_of(from_rows("数", [[1.0, 2.0], [3.0, 4.0]])) is None

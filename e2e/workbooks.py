"""The workbook of a clerk: a merged title, a heading of two rows, a subtotal, and cells that cannot be right."""

from __future__ import annotations

from pathlib import Path

import openpyxl

UNIT = "云川市机关事务管理局"
TITLE = "云川市机关事务管理局固定资产清查表（二〇二六年度）"
UPPER = ["序号", "资产编号", "资产名称", "分类代码", "使用单位", "价值", None, "购置日期", "使用状况"]
LOWER = [None, None, None, None, None, "原值（万元）", "数量", None, None]
BAD_DATE, UNKNOWN_UNIT = "2019/13/5", "云川市航天局"


def rows(mark: str) -> list[list[object]]:
    """Return five lines of which two are in order; `mark` keeps the numbers of one journey apart from another's."""
    return [
        [1, f"{mark}-001", "台式计算机", "A02010105", UNIT, 0.48, 1, "2024-03-01", "在用"],
        [2, f"{mark}-002", f"便携式计算机{mark}", "A02010108", UNIT, 2.98, 1, "2025-06-18", "在用"],
        [3, f"{mark}-003", "扫描仪", "A02021118", UNIT, 0.32, 1, BAD_DATE, "在用"],
        [4, f"{mark}-004", "碎纸机", "A02021301", UNKNOWN_UNIT, 0.09, 1, "2023-04-11", "在用"],
        [5, f"{mark}-001", "投影仪", "A02020200", UNIT, 0.86, 1, "2022-09-30", "在用"],
    ]


def bad_workbook(folder: Path, mark: str) -> Path:
    """Write the workbook and return where it is."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "资产清查表"
    for row in ([TITLE], UPPER, LOWER, *rows(mark), ["合计", None, None, None, None, 4.73, 5]):
        sheet.append(row)
    for area in ("A1:I1", "F2:G2", *(f"{letter}2:{letter}3" for letter in "ABCDEHI")):
        sheet.merge_cells(area)
    path = folder / f"清查表-{mark}.xlsx"
    book.save(path)
    return path

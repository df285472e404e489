"""What a file is, its bytes say; what a cell is, stays."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest

from gongjia.importer.errors import Unreadable
from gongjia.importer.headers import find_table
from gongjia.importer.limits import Limits
from gongjia.importer.reading import read


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["编号", "日期", "金额", "长号"])
    sheet.append(["007", dt.date(2024, 5, 1), 12.5, "123456789012345678"])
    sheet.append(["008", "#N/A", "=1+1", "x"])
    sheet["B3"].data_type = "e"
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "账.xlsx")
    return tmp_path / "账.xlsx"


def test_text_dates_and_long_ids_survive(workbook: Path) -> None:
    assert read(workbook).sheets[0].row(1) == ["007", dt.date(2024, 5, 1), 12.5, "123456789012345678"]


def test_an_error_cell_keeps_its_word(workbook: Path) -> None:
    assert read(workbook).sheets[0].columns[1][2] == "#N/A"


def test_hidden_sheets_are_read_and_say_so(workbook: Path) -> None:
    assert [(sheet.name, sheet.hidden) for sheet in read(workbook).sheets] == [("Sheet", False), ("藏", True)]


def test_the_extension_is_not_believed(workbook: Path) -> None:
    assert read(workbook.rename(workbook.with_suffix(".csv"))).format == "xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_simplified_chinese_text_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.csv", "资产编号,资产名称\n0001,办公桌\n".encode(encoding))
    assert read(path).sheets[0].rows() == [["资产编号", "资产名称"], ["0001", "办公桌"]]


def test_traditional_chinese_text_is_read_from_big5(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "資產編號,資產名稱\n0001,辦公桌，鐵製\n".encode("big5"))
    assert read(path).encoding == "big5"


def test_western_text_is_not_taken_for_chinese(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ("name,price\n" + "plain words here,12\n" * 9 + "café,£3\n").encode("cp1252"))
    assert read(path).sheets[0].row(10) == ["café", "£3"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path / "a.txt", f"a{delimiter}b{delimiter}c\n1{delimiter}2{delimiter}3\n".encode())
    assert read(path).delimiter == delimiter


def test_a_stray_quote_does_not_swallow_the_file(tmp_path: Path) -> None:
    lines = "".join(f'{number},"15\n' if number == 3 else f"{number},ok\n" for number in range(40_000))
    assert read(write(tmp_path / "a.csv", b"id,note\n" + lines.encode())).sheets[0].height == 40_001


def test_an_xls_that_is_really_html_becomes_its_table(tmp_path: Path) -> None:
    page = "<html><table><tr><th colspan=2>房屋</th></tr><tr><td>编号<td>名称</tr><tr><td>01<td>东楼</tr></table></html>"
    sheet = read(write(tmp_path / "a.xls", page.encode("gbk"))).sheets[0]
    assert sheet.rows() == [["房屋", ""], ["编号", "名称"], ["01", "东楼"]]
    assert sheet.merged == [(0, 0, 0, 1)]


def test_an_xls_that_is_really_tabbed_text_becomes_its_table(tmp_path: Path) -> None:
    assert find_table(read(write(tmp_path / "a.xls", "编号\t名称\n01\t东楼\n".encode("utf-16")))).headings[1].title == "名称"


def test_an_xml_workbook_of_2003_becomes_its_table(tmp_path: Path) -> None:
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    cells = "".join(f'<Row><Cell><Data ss:Type="String">{a}</Data></Cell><Cell><Data ss:Type="{k}">{b}</Data></Cell></Row>'
                    for a, k, b in [("名称", "String", "面积"), ("东楼", "Number", "12.5")])  # fmt: skip
    data = f'<?xml version="1.0"?><Workbook {space}><Worksheet ss:Name="楼"><Table>{cells}</Table></Worksheet></Workbook>'
    assert read(write(tmp_path / "a.xls", data.encode())).sheets[0].rows() == [["名称", "面积"], ["东楼", 12.5]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.7", "not_spreadsheet"),
        (bytes(range(256)) * 8, "not_spreadsheet"),
        (b"PK\x03\x04 cut short", "broken"),
        (b"<html><p>no table</p></html>", "html_without_table"),
        (b"MIME-Version: 1.0\r\n", "web_archive"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "broken"),
    ],
)
def test_what_is_no_spreadsheet_is_named(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(write(tmp_path / "a.xlsx", data))
    assert caught.value.code == code and "a.xlsx" in str(caught.value)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * (60 << 20))
    with pytest.raises(Unreadable) as caught:
        read(tmp_path / "a.xlsx")
    assert caught.value.code == "zip_bomb"


def test_a_far_away_cell_costs_no_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = 1
    book.active["A1"] = 1
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(Unreadable) as caught:
        read(tmp_path / "a.xlsx")
    assert caught.value.code == "too_many_cells"


def test_a_reader_that_takes_too_long_is_stopped(workbook: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        read(workbook, limits=Limits(seconds=0))
    assert caught.value.code == "too_slow"


def test_a_missing_file_and_a_missing_sheet_are_named(tmp_path: Path, workbook: Path) -> None:
    with pytest.raises(Unreadable, match="找不到这个文件"):
        read(tmp_path / "none.xlsx")
    with pytest.raises(Unreadable, match="没有名为“无”的工作表，有：Sheet、藏"):
        find_table(read(workbook), wanted="无")

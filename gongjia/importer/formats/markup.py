"""Web pages and XML workbooks that call themselves `.xls`: each table becomes a sheet."""

from pathlib import Path

from lxml import etree, html

from gongjia.importer.errors import Unreadable
from gongjia.importer.formats.encoding import decode
from gongjia.importer.limits import MEGABYTE, Limits
from gongjia.importer.sheets import Cell, Sheet, Span, from_rows

SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read_page(path: Path, limits: Limits) -> tuple[list[Sheet], str]:
    """Return the tables of a web page as sheets, and the page's encoding."""
    text, encoding = content(path, limits)
    try:
        page = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken", path.name, detail=str(error)[:200]) from error
    tables = [table for table in page.iter("table") if table.find(".//table") is None]
    sheets = [sheet for number, table in enumerate(tables, 1) if (sheet := table_sheet(table, number, limits)).height]
    if not sheets:
        raise Unreadable("html_without_table", path.name)
    return sheets, encoding


def content(path: Path, limits: Limits) -> tuple[str, str]:
    size = path.stat().st_size
    if size > limits.page_bytes:
        raise Unreadable("too_big", path.name, size=size // MEGABYTE, limit=limits.page_bytes // MEGABYTE)
    return decode(path.read_bytes())


def table_sheet(table: html.HtmlElement, number: int, limits: Limits) -> Sheet:
    """Lay the cells of a table on a grid, leaving empty what a span covers."""
    grid: dict[tuple[int, int], str] = {}
    merged: list[Span] = []
    covered: set[tuple[int, int]] = set()
    for index, row in enumerate(table.iter("tr")):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (index, column) in covered:
                column += 1
            down, across = span(cell, "rowspan"), span(cell, "colspan")
            grid[index, column] = " ".join(cell.text_content().split())
            if (down > 1 or across > 1) and len(covered) < limits.cells // 10:
                merged.append((index, column, index + down - 1, column + across - 1))
                covered.update((index + y, column + x) for y in range(down) for x in range(across))
            column += across
    return laid_out(caption(table) or f"Table {number}", grid, merged)


def laid_out(name: str, grid: dict[tuple[int, int], str], merged: list[Span]) -> Sheet:
    height = max((row for row, _ in grid), default=-1) + 1
    width = max((column for _, column in grid), default=-1) + 1
    sheet = from_rows(name, [[grid.get((row, column), "") for column in range(width)] for row in range(height)])
    sheet.merged = merged
    return sheet


def span(cell: html.HtmlElement, name: str) -> int:
    """Read a span; a wrong one counts as 1, a wild one is cut."""
    value = str(cell.get(name, "1")).strip()
    return min(max(int(value), 1), 200) if value.isdecimal() and len(value) < 6 else 1


def caption(table: html.HtmlElement) -> str:
    found = table.find("caption")
    return " ".join(found.text_content().split())[:60] if found is not None else ""


def read_xml_workbook(path: Path, limits: Limits) -> list[Sheet]:
    """Return the worksheets of an XML Spreadsheet 2003 file."""
    text, _ = content(path, limits)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(text.encode().partition(b"?>")[2] or text.encode(), parser)
    if root is None:
        raise Unreadable("broken", path.name, detail="XML")
    return [xml_sheet(sheet) for sheet in root.iter(f"{SPREADSHEET}Worksheet")]


def xml_sheet(sheet: etree._Element) -> Sheet:
    rows: list[list[Cell]] = []
    for row in sheet.iter(f"{SPREADSHEET}Row"):
        start = int(row.get(f"{SPREADSHEET}Index", len(rows) + 1))
        rows.extend([] for _ in range(min(start - 1 - len(rows), 10_000)))
        cells: list[Cell] = []
        for cell in row.iter(f"{SPREADSHEET}Cell"):
            place = int(cell.get(f"{SPREADSHEET}Index", len(cells) + 1))
            cells.extend("" for _ in range(min(place - 1 - len(cells), 2_000)))
            data = cell.find(f"{SPREADSHEET}Data")
            cells.append("" if data is None else xml_value(data))
        rows.append(cells)
    return from_rows(sheet.get(f"{SPREADSHEET}Name", ""), rows)


def xml_value(data: etree._Element) -> Cell:
    text = "".join(map(str, data.itertext()))
    if data.get(f"{SPREADSHEET}Type") == "Number":
        return float(text)
    if data.get(f"{SPREADSHEET}Type") == "DateTime":
        return text.partition("T")[0]
    return text

"""Workbooks of a few sheets, made at once."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from rustpy_xlsxwriter import write_worksheets

from gongjia.web.export import TYPES

Sheet = tuple[str, Sequence[str], Sequence[Sequence[Any]]]
"""Name, headings, rows."""


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return an XLSX of the given sheets; amounts are numbers."""
    body: list[Any] = [
        (name, [dict(zip(heads, row, strict=True)) for row in rows] or [dict.fromkeys(heads)]) for name, heads, rows in sheets
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_worksheets(body, str(path), bold_headers=True, autofit=True)
        return path.read_bytes()


def attached(content: bytes, name: str) -> HttpResponse:
    """Return a workbook as a download."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=TYPES["xlsx"], headers=headers)


def yuan_number(cents: int) -> float:
    """Return 分 as a number of yuan for a cell."""
    return cents / 100

"""The approval form on A4: as PDF, and as a Word file that can be filed with other papers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import get_language
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from gongjia.approvals.sheet import Sheet
from gongjia.core import paper

SOURCE = Path(__file__).parent / "typst" / "form.typ"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pdf(sheet: Sheet) -> bytes:
    """Return the form as PDF."""
    out = io.BytesIO()
    segno.make(sheet.address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, omitsize=True, nl=False)
    data = {**asdict(sheet), "qr": out.getvalue().decode(), "lang": "en" if get_language() == "en" else "zh"}
    return paper.pdf(SOURCE, data, title=f"{sheet.title} {sheet.facts[0][1]}")


def docx(sheet: Sheet) -> bytes:
    """Return the form as a Word file."""
    made = Document()
    _page(made)
    heading = made.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _styled(heading.add_run(sheet.title), 20, bold=True)
    flat = [part for fact in sheet.facts for part in fact]
    _table(made, [flat[start : start + 4] for start in range(0, len(flat), 4)], widths=(2.4, 6.1, 2.4, 6.1))
    _table(made, [list(sheet.reason)], widths=(2.4, 14.6))
    _part(made, sheet.what, [list(sheet.heads), *map(list, sheet.rows)], head=True)
    _part(made, sheet.gates_title, list(map(list, sheet.gates)))
    _part(
        made,
        sheet.signs_title,
        [list(sheet.sign_heads), *map(list, sheet.signs), *([step, "", "", ""] for step in sheet.awaited)],
        head=True,
    )
    _qr(made, sheet.address)
    _styled(made.add_paragraph().add_run(sheet.foot), 9)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    style.paragraph_format.space_after = Pt(4)


def _styled(run: Any, size: float, *, bold: bool = False) -> None:
    run.font.size, run.bold = Pt(size), bold


def _part(made: Any, title: str, rows: Sequence[Sequence[str]], *, head: bool = False) -> None:
    """Add a titled table; a part without rows is left out."""
    if len(rows) > head:
        _styled(made.add_paragraph().add_run(title), 12, bold=True)
        _table(made, rows, head=head)


def _table(made: Any, rows: Sequence[Sequence[str]], *, head: bool = False, widths: Sequence[float] = ()) -> None:
    table = made.add_table(rows=0, cols=max(map(len, rows)))
    table.style = "Table Grid"
    for number, cells in enumerate(rows):
        drawn = table.add_row().cells
        for place, text in enumerate(cells):
            drawn[place].text = ""
            _styled(drawn[place].paragraphs[0].add_run(text), 9.5, bold=head and number == 0)
            if widths:
                drawn[place].width = Cm(widths[place])
    made.add_paragraph().paragraph_format.space_after = Pt(0)


def _qr(made: Any, text: str) -> None:
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", border=1, scale=4)
    out.seek(0)
    made.add_picture(out, width=Cm(2.2))

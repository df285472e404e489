"""The approval form on paper: the same words as PDF and as a Word file."""

from __future__ import annotations

import io

import pytest
from docx import Document

from gongjia.approvals.sheet import sheet_of
from tests.approvals.working import Office, approve, draft, submitted
from tests.approvals_pages.conftest import Enter

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def words(content: bytes) -> str:
    made = Document(io.BytesIO(content))
    return "\n".join(cell.text for table in made.tables for row in table.rows for cell in row.cells)


def test_the_sheet_holds_rows_conclusions_and_signatures(office: Office) -> None:
    sheet = sheet_of(approve(office.head, submitted(office), "同意购置"), "https://example.test/1")
    assert any("打印机" in cell for row in sheet.rows for cell in row)
    assert any("同意购置" in cell and "同意" in cell for row in sheet.signs for cell in row)
    assert sheet.gates and sheet.reason[1] == "旧机已报废"


def test_the_form_comes_as_pdf(office: Office, enter: Enter) -> None:
    answer = enter(office.asker).get(f"/approvals/request/{draft(office)}/paper.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_the_form_comes_as_a_word_file(office: Office, enter: Enter) -> None:
    request = approve(office.head, submitted(office), "同意购置")
    answer = enter(office.asker).get(f"/approvals/request/{request.pk}/paper.docx")
    assert all(word in words(answer.content) for word in (request.key, "打印机", "同意购置", "旧机已报废"))


def test_no_other_paper_exists(office: Office, enter: Enter) -> None:
    assert enter(office.asker).get(f"/approvals/request/{draft(office)}/paper.exe").status_code == 404

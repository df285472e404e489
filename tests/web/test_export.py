"""An export holds what the list shows, exactly, and nothing that a spreadsheet program would run."""

from __future__ import annotations

import csv
import datetime as dt
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from gongjia.core.files import path_of
from gongjia.core.jobs import enqueue, run_job
from gongjia.core.models import Job
from gongjia.web.export import neutral
from tests.people import Town
from tests.web.cards import foreign, register

pytestmark = pytest.mark.django_db
COLUMNS = ["number", "name", "unit", "cost", "status", "acquired_on"]


def export(town: Town, shape: str, query: str = "", actor: Any = None) -> Job:
    row = enqueue("web.export", actor or town.clerk, resource="ledger.asset", query=query, columns=COLUMNS, shape=shape)
    run_job.func(row.pk)
    row.refresh_from_db()
    return row


def table(row: Job) -> list[list[Any]]:
    path = path_of(row.result_file)
    if row.result_file.name.endswith("csv"):
        return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def test_a_workbook_holds_words_numbers_and_dates(town: Town):
    register(town, 2, acquired_on="2019-03-01")
    rows = table(export(town, "xlsx"))
    assert rows[0][3] == "原值（元）"
    assert rows[1] == ["A-0000", "台式计算机", "市水务局", 4800.5, "在用", dt.date(2019, 3, 1)]


def test_a_text_file_keeps_the_cents(town: Town):
    register(town, 1)
    assert table(export(town, "csv"))[1] == ["A-0000", "台式计算机", "市水务局", "4800.50", "在用", ""]


def test_only_what_the_list_shows_is_exported(town: Town):
    register(town, 3)
    register(town, 2, prefix="I", status="idle", idle_since="2026-01-01")
    assert len(table(export(town, "csv", "status=idle"))) == 3


def test_only_what_the_person_may_see_is_exported(town: Town):
    register(town, 1)
    foreign(town)
    assert [row[0] for row in table(export(town, "xlsx"))[1:]] == ["A-0000"]
    assert table(export(town, "csv", actor=town.stranger))[1:] == []


def test_an_empty_export_still_has_its_headings(town: Town):
    assert table(export(town, "xlsx"))[0][0] == "资产编号"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@cmd", "\tx"])
def test_a_formula_is_neutralised(text: str):
    assert neutral(text) == f"'{text}"
    assert neutral("普通") == "普通"


def test_a_formula_stays_text_in_both_formats(town: Town):
    register(town, 1, name="=HYPERLINK(1)")
    assert table(export(town, "csv"))[1][1] == "'=HYPERLINK(1)"
    assert table(export(town, "xlsx"))[1][1] == "=HYPERLINK(1)"


def test_the_page_starts_a_job_and_hands_over_its_file(client: Client, town: Town):
    register(town, 1)
    client.force_login(town.clerk)
    assert "原值" in client.get("/ledger/asset/export/?status=in_use").content.decode()
    url = client.post("/ledger/asset/export/start/", {"query": "status=in_use", "col": COLUMNS, "format": "csv"}).url
    run_job.func(Job.objects.get().pk)
    page = client.get(url).content.decode()
    assert 'data-state="done"' in page
    assert "下载" in page
    assert "A-0000" in b"".join(client.get(f"{url}file/").streaming_content).decode()


def test_the_job_of_another_is_not_found(client: Client, town: Town):
    row = export(town, "csv")
    client.force_login(town.inspector)
    assert [client.get(f"/jobs/{row.pk}/{part}").status_code for part in ("", "file/")] == [404, 404]
    assert client.post(f"/jobs/{row.pk}/cancel/").status_code == 404


def test_without_columns_nothing_starts(client: Client, town: Town):
    client.force_login(town.clerk)
    client.post("/ledger/asset/export/start/", {"format": "csv"})
    assert not Job.objects.exists()


def test_a_waiting_job_can_be_cancelled(client: Client, town: Town):
    client.force_login(town.clerk)
    url = client.post("/ledger/asset/export/start/", {"col": COLUMNS}).url
    client.post(f"{url}cancel/")
    assert 'data-state="cancelled"' in client.get(url).content.decode()

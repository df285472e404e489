"""Label sheets: one label a visible row, the words as data, the code an address of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from gongjia.core.files import path_of
from gongjia.core.jobs import run_job
from gongjia.core.models import Job
from gongjia.core.resource import resources
from gongjia.web.labels import labels, sheet
from tests.people import Town
from tests.web.cards import foreign, register

pytestmark = pytest.mark.django_db
ASSETS = resources["ledger.asset"]


def test_a_label_tells_name_number_and_unit(town: Town):
    [pk] = register(town, 1)
    [label] = labels(ASSETS, town.clerk, [pk], "https://gongjia.example")
    assert label["title"] == "台式计算机"
    assert label["link"] == f"https://gongjia.example/ledger/asset/{pk}/"
    assert "资产编号 A-0000" in label["lines"]


def test_a_foreign_row_gets_no_label(town: Town):
    assert labels(ASSETS, town.clerk, [foreign(town)], "") == []


@pytest.mark.parametrize("layout", ["a4", "roll"])
@pytest.mark.parametrize("title", ["打印机", '#sys.version "] //'])
def test_a_sheet_is_a_pdf_whatever_the_words(layout: str, title: str):
    made: list[dict[str, Any]] = [{"title": title, "lines": ["资产编号 #1"], "link": "https://gongjia.example/x"}] * 22
    assert sheet(made, layout).startswith(b"%PDF")


def test_the_selection_bar_makes_a_sheet_as_a_job(client: Client, town: Town):
    ids = register(town, 2)
    client.force_login(town.clerk)
    assert "标签（A4）" in client.get("/ledger/asset/").content.decode()
    client.post("/bulk/ledger.asset/", {"id": ",".join(map(str, ids)), "action": "labels-a4"})
    run_job.func(Job.objects.get().pk)
    done = Job.objects.get()
    assert (done.state, done.result) == ("done", {"labels": 2})
    assert path_of(done.result_file).read_bytes().startswith(b"%PDF")


def test_labels_of_foreign_rows_alone_are_refused(client: Client, town: Town):
    pk = foreign(town)
    client.force_login(town.clerk)
    client.post("/bulk/ledger.asset/", {"id": pk, "action": "labels-roll"})
    run_job.func(Job.objects.get().pk)
    assert Job.objects.get().state == "failed"
